"""A sample of customers with their orders, payments, contacts, complaints and surveys, as raw tables."""

from __future__ import annotations

from random import Random
from typing import Final

from rung.sdk import Sample, sampling
from rung_general import names
from rung_general.answers import ANSWERS, HEADERS
from rung_general.borderline import EVERY, at_a_bound
from rung_general.customers import Customer, drawn
from rung_general.happenings import (
    AS_OF,
    Known,
    complaints,
    contacts,
    orders,
    payments,
    surveys,
    written_day,
)

__all__ = ["AS_OF", "sample"]


def sample(n: int, seed: int) -> Sample:
    """Return ``n`` customers and their events, as the tables of a trading firm would hold them.

    Equal arguments give equal tables. Every column is text.

    Marginals of those drawn: individuals 30 %, industrial buyers 28 %, intermediaries 27 %, government
    15 %; 7 % are new and have ordered nothing, 8 % have stopped ordering for a year or more, 7 % ordered
    once; the others' orders a year and their value are lognormal, median value 20,000 to 40,000 yuan;
    margin about 21 % on average, below 0 for one in fifty; six in ten of the buyers were surveyed.

    Correlations: a customer's worth drives orders, their value and what is judged of its potential,
    buying power, strategic value, influence and resources (rank correlation of value with buying power
    0.6 to 0.9); loyalty, which leans on worth, drives years of cooperation, share of purchases and
    satisfaction (share with years 0.5 to 0.9).

    Dirt: 10 % of the judgements are blank, 6 % were given more than a year ago; 2 % of 所属行业, 8 % of
    采购占比, 10 % of 服务成本, 3 % of 毛利率 and 合作年限 are blank; 1.5 % of amounts are written as people
    write them (1,200,000 · １２００ · 约500 · blank), 3 % in 万; one choice in ten goes by another word; a
    third of the per cents carry a sign. One customer in 10 is built to stand on, just under or just over a
    bound of the ready policies; from n = 900 on every one of these stands in it.
    """
    rng = Random(f"general/{n}/{seed}")
    customers = [at_a_bound(i // EVERY) if i % EVERY == 3 else drawn(rng) for i in range(n)]
    known: Known = [(f"KH{i + 1:07d}", customer) for i, customer in enumerate(customers)]
    return Sample(
        customers=sampling.frame(_customers(known, rng)),
        events={
            "orders": sampling.frame(orders(known, rng)),
            "payments": sampling.frame(payments(known, rng)),
            "contacts": sampling.frame(contacts(known, rng)),
            "complaints": sampling.frame(complaints(known, rng)),
            "surveys": sampling.frame(surveys(known, rng)),
        },
        as_of=AS_OF,
    )


_ORGANISATIONS: Final = {
    "industrial": ("工业用户", "生产企业"),
    "intermediary": ("中间商", "经销商"),
    "government": ("政府采购", "事业单位"),
}
_LINES: Final = ("工程业务", "渠道业务", "零售业务")
_LEVELS: Final = ("总部", "分公司", "门店")


def _customers(known: Known, rng: Random) -> sampling.Columns:
    customers = [customer for _, customer in known]
    departments = [rng.choice(tuple(names.MANAGERS)) for _ in known]
    regions = [rng.choice(names.REGIONS) for _ in known]
    return {
        "客户编号": [key for key, _ in known],
        "客户名称": [_name(rng, each, region) for each, region in zip(customers, regions, strict=True)],
        "购买主体": [_buyer(rng, each) for each in customers],
        "组织类型": [
            sampling.word(rng, _ORGANISATIONS[each.kind]) if each.kind in _ORGANISATIONS else ""
            for each in customers
        ],
        "所属行业": ["" if rng.random() < 0.02 else rng.choice(names.INDUSTRIES) for _ in known],
        "业务线": [rng.choice(_LINES) for _ in known],
        "所在地区": regions,
        "客户层级": ["" if each.kind == "individual" else rng.choice(_LEVELS) for each in customers],
        "负责部门": departments,
        "客户负责人": [rng.choice(names.MANAGERS[department]) for department in departments],
        "联系人": [sampling.person(rng) for _ in known],
        "联系电话": [
            f"1{rng.choice('3578')}{rng.randrange(10)}****{rng.randrange(10_000):04d}" for _ in known
        ],
        **_figures(customers, rng),
        "评价日期": [written_day(each.judged_days) if each.judged else "" for each in customers],
        **{HEADERS[name]: [_judged(rng, each, name) for each in customers] for name in HEADERS},
    }


def _name(rng: Random, customer: Customer, region: str) -> str:
    if customer.kind == "individual":
        return sampling.person(rng)
    return names.organisation(rng, customer.kind, region)


def _buyer(rng: Random, customer: Customer) -> str:
    return sampling.word(rng, ("个人", "个人客户") if customer.kind == "individual" else ("团体", "企业"))


def _figures(customers: list[Customer], rng: Random) -> sampling.Columns:
    def blanked(odds: float, each: Customer, written: str) -> str:
        return sampling.optional(rng, odds, written, is_exact=each.is_built)

    return {
        "合作年限": [blanked(0.03, each, f"{each.years / 10:g}") for each in customers],
        "毛利率": [blanked(0.03, each, sampling.per_cent(rng, each.margin)) for each in customers],
        "服务成本": [
            blanked(0.1, each, sampling.money(rng, each.cost, is_exact=each.is_built)) for each in customers
        ],
        "采购占比": [blanked(0.08, each, sampling.per_cent(rng, each.share)) for each in customers],
        "转介绍数": [str(each.referrals) for each in customers],
    }


def _judged(rng: Random, customer: Customer, name: str) -> str:
    answer = customer.judged.get(name)
    return "" if answer is None else sampling.word(rng, ANSWERS[name][answer])
