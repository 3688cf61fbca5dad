"""A sample of special-channel clients with their supplies and calls, as raw tables."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Final

from rung.sdk import Sample, sampling
from rung_channel import names
from rung_channel.clients import EVERY, Client, at_a_bound, drawn

__all__ = ["AS_OF", "sample"]

AS_OF: Final = date(2026, 6, 30)
"""The day the sample is looked at."""

_Known = list[tuple[str, Client]]
_YEAR: Final = 360
# Days that lie within 12 calendar months of the as-of date, whatever the leap years.
_INFLUENCE: Final = {"large": ("大", "强"), "some": ("一般", "中"), "little": ("小", "弱")}
_QUALITY: Final = {"good": ("好", "优秀"), "fair": ("一般", "合格"), "poor": ("差", "待培训")}
_CONDITIONS: Final = (
    "伙伴是否一般纳税人",
    "伙伴库存管理是否健全",
    "伙伴资金是否充足",
    "伙伴配送是否到位",
    "伙伴后勤是否完善",
)
_CALLS: Final = ("店内作业", "店内作业", "店内作业", "日常维护", "谈判")


def sample(n: int, seed: int) -> Sample:
    """Return ``n`` clients, their supplies and calls, as the tables of sales offices would hold them.

    Equal arguments give equal tables. Every column is text.

    Marginals of those drawn: the nine kinds of channel alike; outlets lognormal, median about five; a
    quarter or so of the partners lack one of the five conditions; where there are several partners the
    price differs by more than 3 % with one client in three.

    Correlations: size drives outlets, years of business, influence, reps and budget (rank correlation of
    outlets with budget 0.7 to 0.95); the quality of the reps goes with nothing.

    Dirt: 3 % of the years, outlets and budgets and 4 % of the judgements are blank, 10 % of the
    conditions; 1.5 % of amounts are written as people write them (1,200,000 · １２００ · 约500 · blank), 3 %
    in 万; one choice in ten goes by another word; a third of the per cents carry a sign. One client in 10
    is built to stand on, just under or just over a bound of the ready policy; from n = 300 on every one of
    these stands in it.
    """
    rng = Random(f"channel/{n}/{seed}")
    clients = [at_a_bound(i // EVERY) if i % EVERY == 4 else drawn(rng) for i in range(n)]
    known: _Known = [(f"TQ{i + 1:06d}", client) for i, client in enumerate(clients)]
    return Sample(
        customers=sampling.frame(_clients(known, rng)),
        events={
            "supplies": sampling.frame(_supplies(known, rng)),
            "calls": sampling.frame(_calls(known, rng)),
        },
        as_of=AS_OF,
    )


def _day(days: int) -> str:
    return (AS_OF - timedelta(days=days)).isoformat()


def _clients(known: _Known, rng: Random) -> sampling.Columns:
    areas = [rng.choice(names.AREAS) for _ in known]
    clients = [each for _, each in known]

    def kept(odds: float, each: Client, written: str) -> str:
        return sampling.optional(rng, odds, written, is_exact=each.is_built)

    return {
        "客户编号": [key for key, _ in known],
        "客户名称": [names.client(rng, each.kind, area) for each, area in zip(clients, areas, strict=True)],
        "特渠类型": [sampling.word(rng, names.KINDS[each.kind][0]) for each in clients],
        "所在区域": areas,
        "业代处": [names.OFFICES[area] + "业代处" for area in areas],
        "对接人": [sampling.person(rng) for _ in known],
        "联系电话": [
            f"1{rng.choice('3578')}{rng.randrange(10)}****{rng.randrange(10_000):04d}" for _ in known
        ],
        "生意历史": [kept(0.03, each, f"{each.years / 10:g}") for each in clients],
        "门店数": [kept(0.03, each, str(each.outlets)) for each in clients],
        "区域影响力": [kept(0.04, each, sampling.word(rng, _INFLUENCE[each.influence])) for each in clients],
        "特渠业代人数": [str(each.reps) for each in clients],
        "特渠业代素质": [kept(0.04, each, sampling.word(rng, _QUALITY[each.quality])) for each in clients],
        "年度费用预算": [
            kept(0.03, each, sampling.money(rng, each.budget, is_exact=each.is_built)) for each in clients
        ],
        "评价日期": [_day(10 + rng.randrange(300)) for _ in known],
        **{
            header: [kept(0.1, each, "是" if each.fit[place] else "否") for each in clients]
            for place, header in enumerate(_CONDITIONS)
        },
        "伙伴间价差": [sampling.per_cent(rng, each.price_gap) for each in clients],
        "伙伴间进店费用差": [sampling.per_cent(rng, each.cost_gap) for each in clients],
    }


def _supplies(known: _Known, rng: Random) -> sampling.Columns:
    rows = [(key, *supply) for key, each in known for supply in _supplied(each, rng)]
    return sampling.columns(("客户编号", "供货日期", "供货伙伴", "箱数", "供货金额"), rows)


def _supplied(each: Client, rng: Random) -> Iterator[tuple[str, str, str, str]]:
    """Yield each supply's day, partner, cases and value: about one a month from each partner."""
    partners = rng.sample(names.PARTNERS, each.partners)
    count = 6 * each.partners
    for number in range(count):
        cases = max(1, round(each.cases / count * (0.6 + 0.8 * rng.random())))
        value = sampling.money(rng, cases * (3_600 + rng.randrange(400)), is_exact=each.is_built)
        yield _day(1 + rng.randrange(_YEAR)), partners[number % each.partners], str(cases), value


def _calls(known: _Known, rng: Random) -> sampling.Columns:
    rows = [
        (key, _day(days), kind, rng.choice(("特渠业代", "特渠专员", "业代处主任")))
        for key, each in known
        for days, kind in _called(each, rng)
    ]
    return sampling.columns(("客户编号", "拜访日期", "拜访类型", "拜访人"), rows)


def _called(each: Client, rng: Random) -> Iterator[tuple[int, str]]:
    """Yield each call's day and kind: a review most months, and what the reps do in the shops."""
    for month in range(6):
        if rng.random() < 0.8:
            yield sampling.days_ago(month, rng.randrange(20)), "月度生意回顾"
    for _ in range(1 + 3 * each.reps):
        yield 1 + rng.randrange(180), rng.choice(_CALLS)
