"""What a feature cannot say: the guest's spend less the commission that agencies kept of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rung.sdk import Kind, Measure, Text

if TYPE_CHECKING:
    import narwhals.stable.v2 as nw

__all__ = ["COMMISSION", "MEASURES"]

COMMISSION: Final = 15
"""Per cent an agency keeps of a stay; agencies publish rates between 10 and 25, ours is an assumption."""

_WHOLE: Final = 100_00
# A hundred per cent, as the scaled integer it arrives as.


def _net_spend() -> nw.Expr:
    import narwhals.stable.v2 as nw

    spend = nw.col("spend_24m")
    # Who has never stayed has no share; there is nothing to take a commission of, so any value does.
    direct = nw.col("direct_share_24m").fill_null(0)
    rate = (_WHOLE - direct) * COMMISSION // 100
    # The commission is a part in ten thousand of the spend. Taken apart into whole ten thousands and the
    # rest, no product leaves 64 bits however much is spent, and not a fen is lost to rounding.
    commission = (spend // _WHOLE) * rate + (spend % _WHOLE) * rate // _WHOLE
    return spend - commission


MEASURES: Final = (
    Measure(
        id="net_spend_24m",
        title=Text("近24个月净消费", "Net spend in 24 months"),
        kind=Kind.MONEY,
        unit="元",
        aliases=("净收入", "扣佣后消费", "net revenue"),
        about=Text(
            "近24个月消费减去代理佣金：非直订部分按15%计。",
            "Spend in 24 months less commission: 15 % of what was not booked directly.",
        ),
        inputs=("spend_24m", "direct_share_24m"),
        build=_net_spend,
    ),
)
