"""What an investor's trades and services add up to: how much and how often, what it brings, what it costs."""

from __future__ import annotations

from typing import Final

from rung.sdk import Aggregate, Feature, Kind, Text

__all__ = ["FEATURES"]

_TRADING: Final = (
    Feature(
        id="transaction_volume_12m",
        title=Text("近12个月交易金额", "Volume traded in 12 months"),
        kind=Kind.MONEY,
        unit="元",
        low=0,
        aliases=("年交易金额", "年交易量", "年成交额", "yearly volume", "transaction volume"),
        about=Text("买入和卖出合计。", "Purchases and sales together."),
        events="trades",
        aggregate=Aggregate.SUM,
        column="amount",
        within="12mo",
    ),
    Feature(
        id="purchases_12m",
        title=Text("近12个月购买次数", "Purchases in 12 months"),
        kind=Kind.INTEGER,
        unit="次",
        low=0,
        aliases=("年购买次数", "购买次数", "申购次数", "purchases per year", "number of purchases"),
        events="trades",
        aggregate=Aggregate.COUNT,
        within="12mo",
        where={"direction": "buy"},
    ),
    Feature(
        id="average_purchase_12m",
        title=Text("近12个月平均购买金额", "Average purchase in 12 months"),
        kind=Kind.MONEY,
        unit="元",
        low=0,
        aliases=("笔均购买金额", "平均申购金额", "average purchase", "mean ticket"),
        events="trades",
        aggregate=Aggregate.MEAN,
        column="amount",
        within="12mo",
        where={"direction": "buy"},
    ),
    Feature(
        id="product_kinds_12m",
        title=Text("近12个月持有产品类别数", "Kinds of product in 12 months"),
        kind=Kind.INTEGER,
        unit="类",
        low=0,
        aliases=("产品覆盖数", "产品类别数", "products held", "kinds of product"),
        events="trades",
        aggregate=Aggregate.DISTINCT,
        column="product",
        within="12mo",
    ),
    Feature(
        id="months_since_trade",
        title=Text("距上次交易月数", "Months since the last trade"),
        kind=Kind.INTEGER,
        unit="月",
        low=0,
        aliases=("未交易月数", "沉寂月数", "months without trade", "dormant months"),
        events="trades",
        aggregate=Aggregate.MONTHS_SINCE,
    ),
    Feature(
        id="contribution_12m",
        title=Text("近12个月贡献", "Contribution in 12 months"),
        kind=Kind.MONEY,
        unit="元",
        aliases=("年贡献", "综合贡献", "年中间业务收入", "yearly contribution", "contribution"),
        about=Text("各笔交易带来的收入合计。", "What all trades brought in."),
        events="trades",
        aggregate=Aggregate.SUM,
        column="income",
        within="12mo",
    ),
)

_SERVING: Final = (
    Feature(
        id="services_12m",
        title=Text("近12个月服务次数", "Services in 12 months"),
        kind=Kind.INTEGER,
        unit="次",
        low=0,
        aliases=("年服务次数", "接触次数", "services per year", "contacts 12m"),
        events="services",
        aggregate=Aggregate.COUNT,
        within="12mo",
    ),
    Feature(
        id="service_minutes_12m",
        title=Text("近12个月服务时长", "Minutes of service in 12 months"),
        kind=Kind.INTEGER,
        unit="分钟",
        low=0,
        aliases=("年服务时长", "占用时长", "minutes per year", "time spent 12m"),
        events="services",
        aggregate=Aggregate.SUM,
        column="minutes",
        within="12mo",
    ),
    Feature(
        id="cost_to_serve_12m",
        title=Text("近12个月服务成本", "Cost to serve in 12 months"),
        kind=Kind.MONEY,
        unit="元",
        low=0,
        aliases=("年服务成本", "服务成本", "维护成本", "cost to serve", "yearly service cost"),
        events="services",
        aggregate=Aggregate.SUM,
        column="cost",
        within="12mo",
    ),
)

FEATURES: Final = (*_TRADING, *_SERVING)
