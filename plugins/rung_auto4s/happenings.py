"""What happened to the made-up car owners: visits, calls, promotions, complaints, cars registered."""

from __future__ import annotations

from datetime import date, timedelta
from math import exp
from random import Random
from typing import Final

from rung_auto4s.handwriting import dated, written
from rung_auto4s.motorists import Motorist, one_of
from rung_auto4s.names import MODELS, car_plate

__all__ = ["AS_OF", "cars", "complaints", "contacts", "day_before", "promotions", "visits"]

Cells = list[str]
"""Rows of a table as text, cell after cell: a flat list, for the million rows of a large sample."""

AS_OF: Final = date(2026, 6, 30)
_DAYS: Final = tuple((AS_OF - timedelta(days=back)).isoformat() for back in range(5000))
_ARENAS: Final = ("售后", "销售", "活动")
_MEDIANS: Final = {"售后": 70_000, "销售": 300_000, "活动": 20_000}
_CALLERS: Final = ("小陈", "小周", "小吴", "小郑")
_PARTIES: Final = ("春季免费检测", "夏季空调清洗", "车主自驾游", "国庆保养半价", "冬季防冻检查")
_TOPICS: Final = ("维修质量", "等待时间长", "价格", "服务态度", "配件缺货")


def day_before(days: int) -> str:
    """Return the date so many days before the sample's as-of date, at most 4,999."""
    return _DAYS[days]


def visits(customer: str, motorist: Motorist, rng: Random) -> Cells:
    """Return the visits of two years: a Poisson count, mostly after-sales, amounts log-normal."""
    if motorist.is_exact:
        return _to_the_cent(customer, motorist)
    cells: Cells = []
    mileage = rng.randint(5_000, 90_000)
    for back in sorted(
        (rng.randrange(730) for _ in range(_poisson(2 * motorist.yearly_visits, rng))), reverse=True
    ):
        arena = one_of(_ARENAS, (0.70, 0.82), rng)
        amount = _MEDIANS[arena] * exp(0.9 * rng.gauss(0, 1)) / 100
        likely = 1.0 if motorist.only_on_promotion else 0.9 if arena == "活动" else 0.1
        cells += (
            customer,
            dated(_DAYS[back], rng),
            arena,
            written(f"{amount:.2f}", rng, blank=0.01),
            "是" if rng.random() < likely else "否",
            str(mileage + (730 - back) * 40),
        )
    return cells


def _to_the_cent(customer: str, motorist: Motorist) -> Cells:
    cells: Cells = []
    for day, arena, cents, is_on_promotion in motorist.visits:
        amount = f"{cents // 100}.{cents % 100:02d}"
        cells += (customer, day, arena, amount, "是" if is_on_promotion else "否", "")
    return cells


def _poisson(mean: float, rng: Random) -> int:
    # Knuth's product of uniforms: means here are below 40.
    least, product, count = exp(-mean), rng.random(), 0
    while product > least:
        product *= rng.random()
        count += 1
    return count


def contacts(customer: str, motorist: Motorist, rng: Random) -> Cells:
    """Return up to three calls of the last half-year; whoever is reachable was reached four times in five."""
    chance = 0.8 if motorist.phone == "已接通" else 0.1
    cells: Cells = []
    for _ in range(rng.randrange(4)):
        channel = "电话" if rng.random() < 0.8 else "微信短信"
        reached = "是" if rng.random() < chance else "否"
        cells += (customer, _DAYS[rng.randrange(180)], channel, reached, rng.choice(_CALLERS))
    return cells


def promotions(customer: str, rng: Random) -> Cells:
    """Return one invitation, to a quarter of the customers; two in five took part."""
    if rng.random() >= 0.25:
        return []
    return [customer, _DAYS[rng.randrange(365)], rng.choice(_PARTIES), "是" if rng.random() < 0.4 else "否"]


def complaints(customer: str, rng: Random) -> Cells:
    """Return one complaint of the last two years, of 4 % of the customers; three in four are resolved."""
    if rng.random() >= 0.04:
        return []
    return [customer, _DAYS[rng.randrange(730)], rng.choice(_TOPICS), "是" if rng.random() < 0.75 else "否"]


def cars(customer: str, first: int, count: int, rng: Random) -> Cells:
    """Return the customer's cars, their plates numbered from ``first``."""
    cells: Cells = []
    for number in range(first, first + count):
        cells += (customer, _DAYS[rng.randrange(30, 3600)], car_plate(number), rng.choice(MODELS))
    return cells
