"""What a dealer or repair shop computes from its events: visits, spend, calls, and all cars of an owner."""

from __future__ import annotations

from typing import Final

from rung.sdk import Aggregate, Feature, Kind, Text

__all__ = ["FEATURES"]

VISIT: Final = (
    Feature(
        id="visits_12m",
        title=Text("近12个月进店次数", "Visits in 12 months"),
        kind=Kind.INTEGER,
        unit="次",
        aliases=("近一年进店次数", "年进店次数", "来店次数", "visits", "visits per year"),
        events="visits",
        aggregate=Aggregate.COUNT,
        within="12mo",
    ),
    Feature(
        id="months_since_visit",
        title=Text("距上次进店月数", "Months since last visit"),
        kind=Kind.INTEGER,
        unit="个月",
        aliases=("未进店月数", "上次来店至今月数", "months since visit", "recency"),
        events="visits",
        aggregate=Aggregate.MONTHS_SINCE,
    ),
    Feature(
        id="promotion_share_12m",
        title=Text("近12个月优惠来店比例", "Share of visits on promotion"),
        kind=Kind.PERCENT,
        unit="%",
        aliases=("优惠来店比例", "优惠来店占比", "promotion share", "share of discounted visits"),
        events="visits",
        aggregate=Aggregate.SHARE,
        within="12mo",
        where={"is_on_promotion": True},
    ),
    Feature(
        id="arenas_12m",
        title=Text("近12个月参与业务数", "Arenas taken part in"),
        kind=Kind.INTEGER,
        aliases=("参与业务数", "参与业务种类", "arenas", "kinds of business"),
        events="visits",
        aggregate=Aggregate.DISTINCT,
        column="arena",
        within="12mo",
        about=Text("销售、售后、活动三项中参与过几项。", "How many of sales, after-sales and promotions."),
    ),
    Feature(
        id="spend_12m",
        title=Text("近12个月消费金额", "Spend in 12 months"),
        kind=Kind.MONEY,
        unit="元",
        aliases=("近一年消费", "年消费金额", "年产值", "spend", "annual spend"),
        events="visits",
        aggregate=Aggregate.SUM,
        column="amount",
        within="12mo",
    ),
    Feature(
        id="latest_mileage",
        title=Text("最近进店里程", "Latest mileage"),
        kind=Kind.INTEGER,
        unit="km",
        aliases=("最新里程", "当前里程", "last mileage", "current mileage"),
        events="visits",
        aggregate=Aggregate.LAST,
        column="mileage",
        is_changeable=False,
    ),
)

CONTACT: Final = (
    Feature(
        id="contacts_30d",
        title=Text("近30天联系次数", "Contacts in 30 days"),
        kind=Kind.INTEGER,
        unit="次",
        aliases=("近一个月联系次数", "月联系次数", "contacts", "calls in 30 days"),
        events="contacts",
        aggregate=Aggregate.COUNT,
        within="30d",
    ),
    Feature(
        id="days_since_contact",
        title=Text("距上次联系天数", "Days since last contact"),
        kind=Kind.INTEGER,
        unit="天",
        aliases=("未联系天数", "上次联系至今天数", "days since call"),
        events="contacts",
        aggregate=Aggregate.DAYS_SINCE,
    ),
    Feature(
        id="reached_share_6m",
        title=Text("近6个月联系成功率", "Share of contacts that reached him"),
        kind=Kind.PERCENT,
        unit="%",
        aliases=("接通率", "联系成功率", "reach rate", "answer rate"),
        events="contacts",
        aggregate=Aggregate.SHARE,
        within="6mo",
        where={"is_reached": True},
    ),
    Feature(
        id="promotions_attended_12m",
        title=Text("近12个月参加活动次数", "Promotions attended in 12 months"),
        kind=Kind.INTEGER,
        unit="次",
        aliases=("参加活动次数", "活动参与次数", "promotions attended", "events attended"),
        events="promotions",
        aggregate=Aggregate.COUNT,
        within="12mo",
        where={"is_attended": True},
    ),
    Feature(
        id="complaints_12m",
        title=Text("近12个月投诉次数", "Complaints in 12 months"),
        kind=Kind.INTEGER,
        unit="次",
        aliases=("近一年投诉次数", "投诉次数", "complaints", "complaints 12m"),
        events="complaints",
        aggregate=Aggregate.COUNT,
        within="12mo",
    ),
)

OWNER: Final = (
    Feature(
        id="vehicles_held",
        title=Text("车主名下车辆数", "Vehicles of the owner"),
        kind=Kind.INTEGER,
        aliases=("名下车辆数", "车辆数", "拥有车辆", "vehicles", "fleet size"),
        events="vehicles",
        aggregate=Aggregate.DISTINCT,
        column="plate",
        over="owner_id",
        is_changeable=False,
    ),
    Feature(
        id="plates_listed",
        title=Text("名单上同车主车牌数", "Plates of the owner on the list"),
        kind=Kind.INTEGER,
        aliases=("同车主车牌数", "plates on list", "plates of owner"),
        events="customers",
        aggregate=Aggregate.DISTINCT,
        column="plate",
        over="owner_id",
        about=Text(
            "名单一行一车时，由名单本身数出。",
            "Counted from the list itself, where it has a row for each car.",
        ),
        is_changeable=False,
    ),
    Feature(
        id="owner_spend_12m",
        title=Text("车主近12个月消费合计", "Spend of the owner in 12 months"),
        kind=Kind.MONEY,
        unit="元",
        aliases=("单位年消费", "车队年消费", "owner spend", "fleet spend"),
        events="visits",
        aggregate=Aggregate.SUM,
        column="amount",
        within="12mo",
        over="owner_id",
        is_changeable=False,
    ),
)

FEATURES: Final = VISIT + CONTACT + OWNER
