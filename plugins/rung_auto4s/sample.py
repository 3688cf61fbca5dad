"""A made-up repair shop: customers, their visits, calls, promotions, complaints and cars, as raw tables."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING, Final

from rung.sdk import Sample
from rung_auto4s.borderline import ON_THE_BOUND
from rung_auto4s.happenings import (
    AS_OF,
    Cells,
    cars,
    complaints,
    contacts,
    day_before,
    promotions,
    visits,
)
from rung_auto4s.motorists import Motorist, drawn
from rung_auto4s.names import firm_name, person_name

if TYPE_CHECKING:
    import polars as pl

__all__ = ["sample"]

_CUSTOMERS: Final = (
    "客户编号", "客户名称", "客户性质", "车主编号", "联系电话", "服务顾问", "车牌号", "车型", "购车日期",
    "电话结果", "资料情况", "认可程度", "需求", "来店意向", "难以沟通", "是否在保", "车辆状况",
    "联系到负责人", "在本市情况", "距店公里数", "他店储值", "朋友开修理店", "信赖4S店",
)  # fmt: skip
_EVENTS: Final = {
    "visits": ("客户编号", "进店日期", "业务类别", "消费金额", "是否优惠来店", "行驶里程"),
    "contacts": ("客户编号", "联系日期", "联系方式", "是否联系上", "联系人员"),
    "promotions": ("客户编号", "活动日期", "活动名称", "是否参加"),
    "complaints": ("客户编号", "投诉日期", "投诉内容", "是否解决"),
    "vehicles": ("客户编号", "登记日期", "车牌号", "车型"),
}


def sample(n: int, seed: int) -> Sample:
    """Make ``n`` customers of a repair shop with their events; equal arguments, equal tables.

    A hidden warmth, normal, moves the traits behind acceptance and intention (correlation 0.6 each)
    and the rate of visits: exp(0.5 + 0.7 × warmth) a year, Poisson over two years (2.1 a year on
    average).

    Marginals: 90 % persons, 10 % firms; persons have 1, 2 or 3 cars in 84, 13 and 3 %, firms 1 to 3
    alike, and three firms in five share an owner id with other rows. Phone reached 70 %, not
    reached 15 %, dead 6 %, wrong person 3 %, not called 6 %. Record verified 60 %, to be verified
    10 %, wrong 4 %, not looked at 26 %. What a call finds out is noted for all who were reached and
    30 % of the rest; of these: accepts 45 %, knows 35 %, unaware 20 %; need known 35 %, none now
    50 %; coming soon 25 %, later 65 %, refused 10 %; hard to talk to 7 %, under warranty 15 %,
    person in charge not reached 6 %, friend with a shop 4 %, car seldom used 5 %, sold 5 %, seldom in
    town 6 %, never 3 %, prepaid at a dealer 6 %, at another shop 4 %. Distance log-normal, median
    8 km, sigma 0.9, unknown for 20 %. Visits: 70 % after-sales, 12 % sales, 18 % promotions; one
    customer in ten comes on promotion only.

    Written down carelessly: 5 % of the visits' dates are not ISO, 1 % of the amounts blank, a further
    6.4 % carry separators, full-width digits, the unit or a guess (``written``).

    Borderline customers (``ON_THE_BOUND``: every rule, the flag, each side of every bound), written
    exactly, are 2 % of the whole, but at least one of each from n = 200 on, and never more than a quarter.
    """
    rng = Random(f"auto4s/{n}/{seed}")
    events: dict[str, Cells] = {name: [] for name in _EVENTS}
    customers: Cells = []
    car = 1
    for number, motorist in enumerate(_motorists(n, rng), start=1):
        customer = f"C{number:07d}"
        held = cars(customer, car, motorist.cars, rng)
        car += motorist.cars
        customers += (customer, *_card(motorist, held[2], held[3], rng))
        events["vehicles"] += held
        events["visits"] += visits(customer, motorist, rng)
        events["contacts"] += contacts(customer, motorist, rng)
        events["promotions"] += promotions(customer, rng)
        events["complaints"] += complaints(customer, rng)
    return Sample(
        customers=_frame(_CUSTOMERS, customers),
        events={name: _frame(columns, events[name]) for name, columns in _EVENTS.items()},
        as_of=AS_OF,
    )


def _motorists(n: int, rng: Random) -> list[Motorist]:
    motorists = [drawn(rng) for _ in range(n)]
    for motorist in motorists:
        if motorist.kind == "单位" and rng.random() < 0.6:
            motorist.owner = f"DW{rng.randrange(max(1, n // 40)):05d}"
    count = min(n // 4, max(len(ON_THE_BOUND), n // 50))
    for number, place in enumerate(rng.sample(range(n), count)):
        turn, which = divmod(number, len(ON_THE_BOUND))
        chosen = ON_THE_BOUND[which]
        # Each turn its own owner, or the cars of all turns would be counted together.
        motorists[place] = replace(chosen, owner=f"{chosen.owner}{turn:05d}") if chosen.owner else chosen
    return motorists


def _card(motorist: Motorist, plate: str, model: str, rng: Random) -> tuple[str, ...]:
    # Every column of the customer's row after the id.
    tenths = motorist.tenths_of_km
    return (
        firm_name(rng) if motorist.kind == "单位" else person_name(rng),
        motorist.kind,
        motorist.owner,
        f"1{rng.randrange(30, 100)}****{rng.randrange(10_000):04d}",
        rng.choice(("孙顾问", "马顾问", "高顾问")),
        plate,
        model,
        day_before(rng.randrange(100, 4000)),
        motorist.phone,
        motorist.record,
        motorist.acceptance,
        motorist.need,
        motorist.intention,
        motorist.is_hard_to_talk_to,
        motorist.is_under_warranty,
        motorist.car,
        motorist.is_person_in_charge_reached,
        motorist.town,
        "" if tenths is None else f"{tenths / 10:.1f}",
        motorist.prepaid_at,
        motorist.has_friend_with_shop,
        motorist.trusts_dealer,
    )


def _frame(columns: tuple[str, ...], cells: Cells) -> pl.DataFrame:
    import polars as pl

    width = len(columns)
    return pl.DataFrame(
        [pl.Series(name, cells[number::width], dtype=pl.String) for number, name in enumerate(columns)]
    )
