"""The wealth-management sector put together: what the plugin hands to Rung."""

from __future__ import annotations

from typing import Final

from rung.sdk import Sample, Sector, Text
from rung_wealth.events import EVENTS
from rung_wealth.features import FEATURES
from rung_wealth.fields import FIELDS
from rung_wealth.records import RECORDS, ROLES

__all__ = ["WEALTH"]


def _sample(n: int, seed: int) -> Sample:
    # Imported on call: the sample needs polars, the sector does not.
    from rung_wealth.sample import sample

    return sample(n, seed)


WEALTH: Final = Sector(
    id="wealth",
    title=Text("财富管理客户", "Wealth management"),
    about=Text(
        "银行、券商的理财客户：按交易金额、购买次数、贡献和服务成本分层；数据来自交易流水和服务记录。",
        "Investors of a bank or broker: put into tiers by volume traded, purchases, contribution and cost to "
        "serve; from trades and service records.",
    ),
    fields=FIELDS,
    events=EVENTS,
    features=FEATURES,
    records=RECORDS,
    roles=ROLES,
    policies="rung_policies.wealth",
    sample=_sample,
)
