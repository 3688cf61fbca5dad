"""A sample of investors with their trades and services, as raw tables."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Final

from rung.sdk import Sample, sampling
from rung_wealth.investors import EVERY, NEVER, Investor, at_a_bound, drawn

__all__ = ["AS_OF", "sample"]

AS_OF: Final = date(2026, 6, 30)
"""The day the sample is looked at."""

_Known = list[tuple[str, Investor]]
_YEAR: Final = 360
# Days that lie within 12 calendar months of the as-of date, whatever the leap years.
_MANAGERS: Final = {
    "城东支行": ("周建华", "李晓梅"),
    "江滨支行": ("陈月红", "吴海涛", "郑文娟"),
    "开发区支行": ("孙立平", "何秀兰"),
}
_RISKS: Final = (("保守型", "C1"), ("稳健型", "C2"), ("平衡型", "C3"), ("成长型", "积极型"), ("进取型", "C5"))
_BUYS: Final = (("申购", "购买"), ("定投", "认购"))
_PRODUCTS: Final = ("基金", "理财产品", "理财产品", "保险", "大额存单", "贵金属", "国债")
_MANNERS: Final = ("面谈", "电话", "电话", "微信", "柜台", "沙龙活动", "投诉处理")


def sample(n: int, seed: int) -> Sample:
    """Return ``n`` investors, their trades and services, as the tables of a bank's branches hold them.

    Equal arguments give equal tables. Every column is text.

    Marginals of those drawn: 8 % bought nothing in 12 months; the others' purchases are lognormal, about
    five at the median; assets under management have a median of about 200,000 yuan; income is a tenth of
    a per cent to one per cent of the volume.

    Correlations: wealth drives assets, volume and services; activity, which leans on wealth, drives
    purchases and the risk rating (rank correlation of volume with assets 0.5 to 0.9).

    Dirt: 6 % of the assets and 5 % of the risk ratings are blank; 1.5 % of amounts are written as people
    write them (1,200,000 · １２００ · 约500 · blank), 3 % in 万; one choice in ten goes by another word.
    One investor in 12 is built to stand on, just under or just over a bound of the ready policy; from
    n = 480 on every one of these stands in it.
    """
    rng = Random(f"wealth/{n}/{seed}")
    investors = [at_a_bound(i // EVERY) if i % EVERY == 5 else drawn(rng) for i in range(n)]
    known: _Known = [(f"W{i + 1:07d}", investor) for i, investor in enumerate(investors)]
    return Sample(
        customers=sampling.frame(_investors(known, rng)),
        events={
            "trades": sampling.frame(_trades(known, rng)),
            "services": sampling.frame(_services(known, rng)),
        },
        as_of=AS_OF,
    )


def _day(days: int) -> str:
    return (AS_OF - timedelta(days=days)).isoformat()


def _investors(known: _Known, rng: Random) -> sampling.Columns:
    branches = [rng.choice(tuple(_MANAGERS)) for _ in known]
    return {
        "客户编号": [key for key, _ in known],
        "客户姓名": [sampling.person(rng) for _ in known],
        "理财经理": [rng.choice(_MANAGERS[branch]) for branch in branches],
        "所属网点": branches,
        "联系电话": [
            f"1{rng.choice('3578')}{rng.randrange(10)}****{rng.randrange(10_000):04d}" for _ in known
        ],
        "开户日期": [_day(400 + rng.randrange(4_000)) for _ in known],
        "管理资产": [
            sampling.optional(
                rng,
                0.06,
                sampling.money(rng, each.assets, is_exact=each.is_built),
                is_exact=each.is_built,
            )
            for _, each in known
        ],
        "风险承受能力": [
            sampling.optional(rng, 0.05, sampling.word(rng, _RISKS[each.risk]), is_exact=each.is_built)
            for _, each in known
        ],
    }


def _trades(known: _Known, rng: Random) -> sampling.Columns:
    rows = [(key, *trade) for key, each in known for trade in _traded(each, rng)]
    return sampling.columns(("客户编号", "交易日期", "交易方向", "产品类别", "交易金额", "手续费收入"), rows)


def _traded(each: Investor, rng: Random) -> Iterator[tuple[str, str, str, str, str]]:
    """Yield each trade's day, direction, product, value and income, the latest purchase first."""
    if not each.purchases + each.sales:
        if each.months < NEVER:
            yield _day(sampling.days_ago(each.months, 5)), "申购", "基金", "20000", "100"
        return
    count = each.purchases + each.sales
    last = sampling.days_ago(each.months, 8)
    days = [last, *(last + rng.randrange(max(1, _YEAR - last)) for _ in range(count - 1))]
    volumes, incomes = sampling.split(rng, each.volume, count), sampling.split(rng, each.income, count)
    for number, (day, volume, income) in enumerate(zip(days, volumes, incomes, strict=True)):
        direction = sampling.word(rng, rng.choice(_BUYS)) if number < each.purchases else "赎回"
        yield (
            _day(day),
            direction,
            rng.choice(_PRODUCTS),
            sampling.money(rng, volume, is_exact=each.is_built),
            sampling.money(rng, income, is_exact=each.is_built),
        )


def _services(known: _Known, rng: Random) -> sampling.Columns:
    rows = [
        (
            key,
            _day(1 + rng.randrange(_YEAR)),
            rng.choice(_MANNERS),
            str(5 + rng.randrange(60)),
            sampling.money(rng, cost, is_exact=each.is_built),
        )
        for key, each in known
        for cost in sampling.split(rng, each.cost, each.services)
    ]
    return sampling.columns(("客户编号", "服务日期", "服务方式", "服务时长", "服务成本"), rows)
