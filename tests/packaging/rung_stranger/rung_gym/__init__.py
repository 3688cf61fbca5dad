"""A fitness studio's members, graded by what they pay and how often they come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rung.sdk import (
    Aggregate,
    Choice,
    EventTable,
    Feature,
    Field,
    Kind,
    Measure,
    Sample,
    Sector,
    Text,
    hookimpl,
)

if TYPE_CHECKING:
    import narwhals.stable.v2 as nw

RUNG_API = 1

FIELDS = (
    Field(
        id="member_id",
        title=Text("会员号", "Member number"),
        kind=Kind.TEXT,
        aliases=("member", "会员编号", "卡号"),
        is_required=True,
    ),
    Field(id="member_name", title=Text("会员姓名", "Member name"), kind=Kind.TEXT, aliases=("姓名", "name")),
    Field(
        id="plan",
        title=Text("会籍", "Plan"),
        kind=Kind.CATEGORY,
        choices=(
            Choice(id="yearly", title=Text("年卡", "Yearly")),
            Choice(id="monthly", title=Text("月卡", "Monthly")),
            Choice(id="day", title=Text("次卡", "Day pass")),
        ),
    ),
    Field(id="monthly_fee", title=Text("月费", "Monthly fee"), kind=Kind.MONEY, unit="元", low=0),
    Field(
        id="extras_12m",
        title=Text("近一年加购", "Extras in 12 months"),
        kind=Kind.MONEY,
        unit="元",
        aliases=("私教消费",),
        low=0,
    ),
    Field(id="days_past_due", title=Text("逾期天数", "Days past due"), kind=Kind.INTEGER, low=0),
)

VISITS = EventTable(
    id="visits",
    title=Text("到店记录", "Visits"),
    customer="member_id",
    columns=(
        Field(id="member_id", title=Text("会员号", "Member number"), kind=Kind.TEXT),
        Field(id="date", title=Text("到店日期", "Date"), kind=Kind.DATE),
        Field(id="minutes", title=Text("停留分钟", "Minutes"), kind=Kind.INTEGER, low=0),
    ),
)

VISITS_3M = Feature(
    id="visits_3m",
    title=Text("近三个月到店次数", "Visits in 3 months"),
    kind=Kind.INTEGER,
    unit="次",
    events="visits",
    aggregate=Aggregate.COUNT,
    within="3mo",
)


def _worth() -> nw.Expr:
    import narwhals.stable.v2 as nw

    return nw.col("monthly_fee") * 12 + nw.col("extras_12m")


WORTH = Measure(
    id="worth_12m",
    title=Text("年度价值", "Yearly worth"),
    kind=Kind.MONEY,
    unit="元",
    inputs=("monthly_fee", "extras_12m"),
    build=_worth,
)


def _sample(n: int, seed: int) -> Sample:
    from rung_gym.sample import sample

    return sample(n, seed)


@hookimpl
def rung_sector() -> Sector:
    """Supply the gym."""
    return Sector(
        id="gym",
        title=Text("健身房", "Gym"),
        about=Text("健身房会员的分级与服务。", "Members of a fitness studio, their tiers and their service."),
        fields=FIELDS,
        events=(VISITS,),
        features=(VISITS_3M,),
        measures=(WORTH,),
        key="member_id",
        name="member_name",
        policies="rung_gym.policies",
        sample=_sample,
    )
