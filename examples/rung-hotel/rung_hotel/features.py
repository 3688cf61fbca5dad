"""What a guest's stays and complaints add up to, declared as data."""

from __future__ import annotations

from typing import Final

from rung.sdk import Aggregate, Feature, Kind, Text

__all__ = ["FEATURES"]

_DIRECT: Final = {"channel": ["website", "app", "phone", "counter"]}
# Ways of booking that cost no commission.

_HOW_MUCH: Final = (
    Feature(
        id="nights_12m",
        title=Text("近12个月间夜", "Nights in 12 months"),
        kind=Kind.INTEGER,
        unit="晚",
        low=0,
        aliases=("年间夜", "年入住晚数", "定级间夜", "qualifying nights", "nights per year"),
        events="stays",
        aggregate=Aggregate.SUM,
        column="nights",
        within="12mo",
    ),
    Feature(
        id="lifetime_nights",
        title=Text("累计间夜", "Nights ever"),
        kind=Kind.INTEGER,
        unit="晚",
        low=0,
        aliases=("历史间夜", "终身间夜", "lifetime nights", "nights to date"),
        events="stays",
        aggregate=Aggregate.SUM,
        column="nights",
    ),
    Feature(
        id="spend_12m",
        title=Text("近12个月消费", "Spend in 12 months"),
        kind=Kind.MONEY,
        unit="元",
        low=0,
        aliases=("年消费", "定级消费", "qualifying spend", "spend per year"),
        events="stays",
        aggregate=Aggregate.SUM,
        column="spend",
        within="12mo",
    ),
    Feature(
        id="spend_24m",
        title=Text("近24个月消费", "Spend in 24 months"),
        kind=Kind.MONEY,
        unit="元",
        low=0,
        aliases=("两年消费", "spend in two years"),
        events="stays",
        aggregate=Aggregate.SUM,
        column="spend",
        within="24mo",
    ),
)

_HOW: Final = (
    Feature(
        id="direct_share_24m",
        title=Text("近24个月直订占比", "Booked directly in 24 months"),
        kind=Kind.PERCENT,
        unit="%",
        low=0,
        high=100,
        aliases=("直订率", "直销占比", "direct share", "direct bookings"),
        about=Text(
            "通过官网、会员应用、电话或上门预订的住宿占比；没有住宿时为缺失。",
            "Stays booked on our website or app, by phone or at the desk, of all; missing without stays.",
        ),
        events="stays",
        aggregate=Aggregate.SHARE,
        within="24mo",
        where=_DIRECT,
    ),
    Feature(
        id="days_since_stay",
        title=Text("距上次离店天数", "Days since the last stay"),
        kind=Kind.INTEGER,
        unit="天",
        low=0,
        aliases=("未入住天数", "沉睡天数", "days since departure", "recency"),
        events="stays",
        aggregate=Aggregate.DAYS_SINCE,
    ),
    Feature(
        id="mean_rating_12m",
        title=Text("近12个月平均评分", "Mean rating in 12 months"),
        kind=Kind.NUMBER,
        decimals=2,
        aliases=("平均评分", "满意度", "average rating", "mean score"),
        events="stays",
        aggregate=Aggregate.MEAN,
        column="rating",
        within="12mo",
    ),
    Feature(
        id="complaints_12m",
        title=Text("近12个月投诉次数", "Complaints in 12 months"),
        kind=Kind.INTEGER,
        unit="次",
        low=0,
        aliases=("年投诉次数", "投诉次数", "complaints per year"),
        events="complaints",
        aggregate=Aggregate.COUNT,
        within="12mo",
    ),
)

FEATURES: Final = (*_HOW_MUCH, *_HOW)
