"""Made-up car owners who stand on a bound: one for each rule, the flag, and each side of every cut-off."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

from rung_auto4s.motorists import Motorist, Visit

__all__ = ["ON_THE_BOUND"]


def _called(**marks: Any) -> Motorist:
    return Motorist(**{"phone": "已接通", **marks}, is_exact=True)


def _came(*visits: str) -> Motorist:
    return Motorist(phone="已接通", visits=tuple(map(_visit, visits)), is_exact=True)


def _visit(written: str) -> Visit:
    # "2026-02-10 活动 500 优惠": the last word stands for a visit on promotion.
    day, arena, amount, *promotion = written.split()
    return (day, arena, int(Decimal(amount) * 100), bool(promotion))


_ON_THE_CALL_LIST: Final = (
    _called(acceptance="了解并认可", need="有需求", intention="近期来店", cars=3),
    _called(acceptance="了解并认可", need="暂无需求", cars=2),
    _called(is_hard_to_talk_to="是", kind="单位", cars=4),
    _called(acceptance="了解", is_under_warranty="是"),
    _called(car="很少使用"),
    _called(is_person_in_charge_reached="否"),
    _called(town="很少在"),
    *(_called(tenths_of_km=tenths) for tenths in (299, 300, 301)),
    _called(prepaid_at="4S店"),
    _called(prepaid_at="其他修理店"),
    _called(acceptance="不了解"),
    _called(phone="未接通"),
    _called(phone="", record="待核实"),
    _called(has_friend_with_shop="是"),
    _called(trusts_dealer="是", intention="明确不来"),
    _called(intention="明确不来"),
    _called(car="已卖车"),
    _called(record="资料错误"),
    _called(phone="非本人"),
    _called(town="不在"),
    _called(phone="空号"),
    _called(phone=""),
    _called(acceptance="了解并认可", need="有需求", intention="近期来店", car="已卖车"),
    _called(kind="单位", owner="甲", cars=2),
    _called(kind="单位", owner="甲", cars=1),
)

_AT_THE_DESK: Final = (
    # Spend on 10,000, just under and just over.
    _came("2026-06-10 售后 6000", "2026-04-20 销售 3000", "2026-02-10 活动 500 优惠", "2025-10-08 售后 500"),
    _came(
        "2026-06-10 售后 5999.99", "2026-04-20 销售 3000", "2026-02-10 活动 500 优惠", "2025-10-08 售后 500"
    ),
    _came(
        "2026-06-10 售后 6000.01", "2026-04-20 销售 3000", "2026-02-10 活动 500 优惠", "2025-10-08 售后 500"
    ),
    # Three visits; two arenas.
    _came("2026-06-10 售后 6500", "2026-04-20 销售 3000", "2026-02-10 活动 500 优惠"),
    _came("2026-06-10 售后 6000", "2026-04-20 销售 3000", "2026-02-10 售后 500", "2025-10-08 售后 500"),
    # Three and four months since the last visit.
    _came("2026-03-30 售后 6000", "2026-03-05 销售 3000", "2026-02-10 活动 500 优惠", "2025-10-08 售后 500"),
    _came("2026-02-27 售后 6000", "2026-01-05 销售 3000", "2026-02-10 活动 500 优惠", "2025-10-08 售后 500"),
    # 75 % and 80 % of the visits on promotion.
    _came(
        "2026-06-10 售后 6000 优惠",
        "2026-04-20 销售 3000 优惠",
        "2026-02-10 活动 500 优惠",
        "2025-10-08 售后 500",
    ),
    _came(
        "2026-06-10 售后 6000 优惠",
        "2026-04-20 销售 3000 优惠",
        "2026-02-10 活动 500 优惠",
        "2026-01-15 售后 100 优惠",
        "2025-10-08 售后 500",
    ),
    # Spend on 3,000 and just under; one visit; one arena.
    _came("2026-05-06 售后 2000", "2025-11-18 销售 1000"),
    _came("2026-05-06 售后 1999.99", "2025-11-18 销售 1000"),
    _came("2026-05-06 售后 5000"),
    _came("2026-05-06 售后 2000", "2025-11-18 售后 1000"),
    # Six and seven months since the last visit.
    _came("2025-12-30 售后 2000", "2025-11-18 销售 1000"),
    _came("2025-11-29 售后 2000", "2025-11-18 销售 1000"),
    # The first day within twelve months, and the last before them.
    _came("2025-12-31 售后 2000", "2025-07-01 销售 1000"),
    _came("2025-12-31 售后 2000", "2025-06-30 销售 1000"),
    _came("2025-07-01 售后 800"),
    _came("2025-06-30 售后 800"),
    _came(),
)

ON_THE_BOUND: Final = (*_ON_THE_CALL_LIST, *_AT_THE_DESK)
"""The borderline customers of both ready policies."""
