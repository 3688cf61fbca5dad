"""A sample of leads with all that happens with them, as raw tables."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Final

from rung.sdk import Sample
from rung_sales import happenings, names
from rung_sales.borderline import EVERY, at_a_bound
from rung_sales.handwriting import money, tick, word
from rung_sales.happenings import AS_OF, Columns, Known, written_day
from rung_sales.leads import Lead, drawn

if TYPE_CHECKING:
    import polars as pl

__all__ = ["AS_OF", "sample"]


def sample(n: int, seed: int) -> Sample:
    """Return ``n`` leads and their events, as the tables of an export house would hold them.

    Equal arguments give equal tables. Every column is text.

    Marginals of those drawn: B2B platforms 30 %, fairs 18 %, search engines 14 %, own website and
    referrals 12 % each, directories 8 %; Europe 22 %, North America 18 %, South-East Asia 16 %, Middle East
    14 %; about one in seven has bought; deals lognormal, median 300,000 yuan; seven in ten buyers
    were surveyed.

    Correlations: a lead's warmth, higher for fairs and referrals, drives mails, data on file, stage, need and
    orders (rank correlation of mails with data on file 0.3 to 0.7), and brings the closing date nearer.

    Dirt: 25 % of the amounts and 40 % of the volumes are blank, so are 8 % of the needs, 30 % of the
    stages, 20 % of the days to act by, 80 % of the research on influence; one choice in ten goes by another
    word; 5 % of the amounts are written as people write them (1,200,000 · 120万 · 约500). One lead in 10 is
    built to stand on, just under or just over a bound of the ready policies; from n = 1,000 on every one
    of these stands in it.
    """
    rng = Random(f"sales/{n}/{seed}")
    leads = [at_a_bound(i // EVERY) if i % EVERY == 3 else drawn(rng) for i in range(n)]
    known: Known = [(f"XS{i + 1:07d}", lead) for i, lead in enumerate(leads)]
    return Sample(
        customers=_frame(_customers(known, rng)),
        events={
            "mails": _frame(happenings.mails(known, rng)),
            "visits": _frame(happenings.visits(known, rng)),
            "followups": _frame(happenings.followups(known, rng)),
            "quotes": _frame(happenings.quotes(known, rng)),
            "orders": _frame(happenings.orders(known, rng)),
            "surveys": _frame(happenings.surveys(known, rng)),
            "complaints": _frame(happenings.complaints(known, rng)),
        },
        as_of=AS_OF,
    )


def _frame(columns: Columns) -> pl.DataFrame:
    import polars as pl

    return pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String))


_SOURCES: Final = {
    "fair": ("展会", "广交会"),
    "b2b": ("B2B平台", "阿里巴巴"),
    "search_engine": ("搜索引擎", "网上搜索"),
    "directory": ("名录黄页", "黄页"),
    "website": ("公司网站", "官网"),
    "referral": ("转介绍", "客户介绍"),
    "other": ("其他", "其它"),
}
_REGIONS: Final = {
    "north_america": ("北美", "北美洲"),
    "south_america": ("南美", "拉美"),
    "europe": ("欧洲", "欧盟"),
    "africa": ("非洲", "西非"),
    "middle_east": ("中东", "海湾"),
    "southeast_asia": ("东南亚", "东盟"),
    "australia": ("澳洲", "大洋洲"),
    "other": ("其他地区", "其他"),
}
_NEEDS: Final = {"now": ("明确", "有明确需求"), "later": ("潜在", "将来有需求"), "none": ("没有", "无需求")}
_STAGES: Final = {
    "lead": ("商机挖掘", "商机"),
    "visit": ("拜访跟进", "拜访"),
    "proposal": ("方案产品", "方案"),
    "negotiation": ("商务谈判", "谈判"),
    "contract": ("合同签订", "已签合同"),
}


def _customers(known: Known, rng: Random) -> Columns:
    leads = [lead for _, lead in known]
    firms = [names.firm(rng) for _ in leads]
    people = [names.buyer(rng) for _ in leads]
    held = [names.branch_and_rep(rng) for _ in leads]
    return {
        "客户编号": [key for key, _ in known],
        "客户名称": [
            firm if "company" in lead.data else person
            for lead, firm, person in zip(leads, firms, people, strict=True)
        ],
        "分公司": [branch for branch, _ in held],
        "业务员": [rep for _, rep in held],
        "联系人": people,
        "公司名称": _known("company", leads, firms),
        "公司地址": _known("address", leads, [f"{rng.randrange(1, 900)} Harbour Road" for _ in leads]),
        "联系电话": _known(
            "phone", leads, [f"+{rng.randrange(20, 99)} ****{rng.randrange(10_000):04d}" for _ in leads]
        ),
        "传真": _known(
            "fax", leads, [f"+{rng.randrange(20, 99)} ****{rng.randrange(10_000):04d}" for _ in leads]
        ),
        "电子邮箱": _known("mail", leads, [f"buyer{number}@example.com" for number in range(len(leads))]),
        "即时通讯": _known("messenger", leads, [f"id{rng.randrange(10**6):06d}" for _ in leads]),
        "国家": [rng.choice(names.COUNTRIES[lead.region]) for lead in leads],
        "所属区域": [word(rng, _REGIONS[lead.region]) for lead in leads],
        "客户来源": [word(rng, _SOURCES[lead.source]) for lead in leads],
        "意向产品": [rng.choice(names.PRODUCTS) for _ in leads],
        "见过产品": [tick(lead.has_seen) for lead in leads],
        "同类产品代理商": [tick(lead.is_agent) for lead in leads],
        "当地有影响力": [tick(lead.is_influential) for lead in leads],
        **_deal(leads, rng),
    }


def _known(item: str, leads: list[Lead], written: list[str]) -> list[str]:
    return [each if item in lead.data else "" for lead, each in zip(leads, written, strict=True)]


def _deal(leads: list[Lead], rng: Random) -> Columns:
    def amount(fen: int | None, lead: Lead) -> str:
        return "" if fen is None else money(rng, fen, is_exact=lead.is_built)

    return {
        "需求状况": [word(rng, _NEEDS[lead.need]) if lead.need else "" for lead in leads],
        "无成交可能": [tick(lead.is_hopeless) for lead in leads],
        "当前阶段": [word(rng, _STAGES[lead.stage]) if lead.stage else "" for lead in leads],
        "可成交金额": [amount(lead.amount, lead) for lead in leads],
        "潜在年用量": [amount(lead.volume, lead) for lead in leads],
        "预计成交日期": ["" if lead.close_in is None else written_day(lead.close_in) for lead in leads],
        "须处理日期": ["" if lead.act_in is None else written_day(lead.act_in) for lead in leads],
    }
