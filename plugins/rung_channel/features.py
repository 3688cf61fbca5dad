"""What a client's supplies and calls add up to: how much it takes, from how many partners, how it is seen."""

from __future__ import annotations

from typing import Final

from rung.sdk import Aggregate, Feature, Kind, Text

__all__ = ["FEATURES"]

FEATURES: Final = (
    Feature(
        id="supplied_12m",
        title=Text("近12个月供货金额", "Value supplied in 12 months"),
        kind=Kind.MONEY,
        unit="元",
        aliases=("年供货额", "年销售额", "yearly supplies", "yearly sales"),
        events="supplies",
        aggregate=Aggregate.SUM,
        column="amount",
        within="12mo",
    ),
    Feature(
        id="cases_12m",
        title=Text("近12个月供货箱数", "Cases in 12 months"),
        kind=Kind.INTEGER,
        unit="箱",
        aliases=("年供货箱数", "年销量", "cases per year", "yearly cases"),
        events="supplies",
        aggregate=Aggregate.SUM,
        column="cases",
        within="12mo",
    ),
    Feature(
        id="partners_12m",
        title=Text("近12个月供货伙伴数", "Partners in 12 months"),
        kind=Kind.INTEGER,
        unit="家",
        low=0,
        aliases=("供货伙伴数", "经销商数", "supplying partners", "number of partners"),
        events="supplies",
        aggregate=Aggregate.DISTINCT,
        column="partner",
        within="12mo",
    ),
    Feature(
        id="calls_3m",
        title=Text("近3个月拜访次数", "Calls in 3 months"),
        kind=Kind.INTEGER,
        unit="次",
        low=0,
        aliases=("季度拜访次数", "拜访次数", "calls per quarter", "visits 3m"),
        events="calls",
        aggregate=Aggregate.COUNT,
        within="3mo",
    ),
    Feature(
        id="months_since_review",
        title=Text("距上次生意回顾月数", "Months since the last review"),
        kind=Kind.INTEGER,
        unit="月",
        low=0,
        aliases=("未回顾月数", "上次回顾距今月数", "months without review", "review overdue by"),
        events="calls",
        aggregate=Aggregate.MONTHS_SINCE,
        where={"kind": "review"},
    ),
)
