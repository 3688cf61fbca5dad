"""A sample of clients with their contracts, payments, visits, complaints and satisfaction surveys."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Final

import polars as pl

from rung.sdk import Sample
from rung_engineering import names
from rung_engineering.clients import EVERY, Client, at_a_bound, drawn

__all__ = ["AS_OF", "sample"]

AS_OF: Final = date(2026, 6, 30)
"""The day the sample is looked at."""

Columns = dict[str, list[str]]


def sample(n: int, seed: int) -> Sample:
    """Return ``n`` clients and their events, as the tables of an engineering firm would hold them.

    Equal arguments give equal tables. Every column is text.

    Marginals (built clients included): nature 政府机关 28 %, 事业单位 14 %, 国有企业 18 %, 民营企业 30 %,
    外资企业 4 %, 其他 6 %; one client in three belongs to a group; three in ten were not surveyed; value
    of contracts in 24 months lognormal, median 2 to 4 million yuan; a payment is late in 15 % to 19 % of
    cases, rarest from foreign firms.

    Correlations: a client's worth drives contract value, income share and importance (rank correlation
    of value with importance 0.7 to 0.9); loyalty, which leans on worth, drives years of cooperation,
    payment on time and satisfaction (years with satisfaction 0.3 to 0.7, years with value 0.4 to 0.7).

    Dirt: 10 % of 收入占比, 15 % of 重要程度 (not judged yet), 3 % of 合作年限 and 2 % of 客户性质 are blank;
    1.5 % of contract and payment amounts are written as people write them (1,200,000 · １２００ · 约500 ·
    blank), 3 % in 万; one choice in ten goes by another word (国企 for 国有企业); a third of the shares
    carry a percent sign. One client in 12 is built to stand on, just under or just over a bound of
    engineering.client-grades; from n = 200 on every grade occurs, from n = 480 on every bound.
    """
    rng = Random(seed)
    clients = [at_a_bound(i // EVERY) if i % EVERY == 5 else drawn(rng) for i in range(n)]
    ids = [f"GC{i + 1:07d}" for i in range(n)]
    regions = [rng.choice(names.REGIONS) for _ in clients]
    return Sample(
        customers=_frame(_customers(clients, ids, regions, rng)),
        events={
            "contracts": _frame(_contracts(clients, ids, regions, rng)),
            "payments": _frame(_payments(clients, ids, rng)),
            "project_visits": _frame(_visits(clients, ids, rng)),
            "complaints": _frame(_complaints(clients, ids, rng)),
            "surveys": _frame(_surveys(clients, ids, rng)),
        },
        as_of=AS_OF,
    )


def _frame(columns: Columns) -> pl.DataFrame:
    return pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String))


_NATURE: Final = {
    "government": ("政府机关", "政府"),
    "institution": ("事业单位", "事业单位"),
    "state_owned": ("国有企业", "国企"),
    "private": ("民营企业", "民企"),
    "foreign": ("外资企业", "外企"),
    "other": ("其他", "社会团体"),
}
_IMPORTANCE: Final = {"vital": ("核心", "战略"), "important": ("重要", "重点"), "ordinary": ("一般", "普通")}
_NEEDS: Final = ("工期要求紧", "控制造价", "质量创优", "配合审计", "分期实施", "绿色建筑", "信息化管理", "")
_FEEDBACK: Final = ("配合及时", "图纸变更多", "现场管理规范", "资料移交慢", "希望加强沟通", "", "")


def _customers(clients: list[Client], ids: list[str], regions: list[str], rng: Random) -> Columns:
    paired = list(zip(clients, regions, strict=True))
    return {
        "客户编号": ids,
        "单位名称": [names.client(rng, client.nature, region) for client, region in paired],
        "所属集团": _group_names(len(clients), rng),
        "联系人": [names.person(rng) for _ in clients],
        "联系电话": [
            f"1{rng.choice('3578')}{rng.randrange(10)}****{rng.randrange(10_000):04d}" for _ in clients
        ],
        "所在地区": regions,
        "客户经理": [rng.choice(names.MANAGERS) for _ in clients],
        "客户性质": [_optional(rng, client, 0.02, _word(rng, _NATURE[client.nature])) for client in clients],
        "重要程度": [
            _optional(rng, client, 0.15, _word(rng, _IMPORTANCE[client.importance])) for client in clients
        ],
        "收入占比": [_optional(rng, client, 0.10, _per_cent(rng, client.share)) for client in clients],
        "合作年限": [_optional(rng, client, 0.03, f"{client.years / 10:g}") for client in clients],
        "客户需求": [rng.choice(_NEEDS) for _ in clients],
        "反馈意见": [rng.choice(_FEEDBACK) for _ in clients],
    }


def _word(rng: Random, words: tuple[str, str]) -> str:
    return words[rng.random() < 0.1]


def _optional(rng: Random, client: Client, odds: float, written: str) -> str:
    return "" if not client.is_built and rng.random() < odds else written


def _per_cent(rng: Random, hundredths: int) -> str:
    sign = "%" if rng.random() < 1 / 3 else ""
    return f"{hundredths // 100}.{hundredths % 100:02d}{sign}"


def _group_names(n: int, rng: Random) -> list[str]:
    """Return each client's group or a blank; the clients of one group stand together."""
    groups: list[str] = []
    while len(groups) < n:
        if rng.random() < 0.15:
            groups.extend([names.group(rng, len(groups) + 1)] * rng.randint(2, 4))
        else:
            groups.append("")
    return groups[:n]


_FULL_WIDTH: Final = str.maketrans("0123456789.", "０１２３４５６７８９．")


def _money(rng: Random, client: Client, fen: int) -> str:
    """Return an amount in yuan as a person may have typed it: 4.5 % otherwise than in plain digits."""
    plain = f"{fen // 100}.{fen % 100:02d}" if fen % 100 else str(fen // 100)
    draw = 1.0 if client.is_built else rng.random()
    if draw >= 0.045:
        return plain
    if draw >= 0.015:
        return f"{fen // 1_000_000}.{fen % 1_000_000:06d}".rstrip("0").rstrip(".") + "万"
    style = int(draw / 0.015 * 4)
    if style == 0:
        return f"{fen // 100:,}"
    if style == 1:
        return plain.translate(_FULL_WIDTH)
    return f"约{plain}" if style == 2 else ""


_DAYS: Final = tuple((AS_OF - timedelta(days=days)).isoformat() for days in range(2_000))
_TWO_YEARS: Final = 725
# Days that lie within 24 calendar months of the as-of date, whatever the leap years.


def _days_ago(rng: Random, first: int, last: int) -> str:
    return _DAYS[first + int(rng.random() * (last - first))]


_KINDS: Final = ("勘察设计", "施工", "施工", "监理", "咨询", "运维")


def _contracts(clients: list[Client], ids: list[str], regions: list[str], rng: Random) -> Columns:
    customer: list[str] = []
    day: list[str] = []
    amount: list[str] = []
    place: list[str] = []
    for client, key, region in zip(clients, ids, regions, strict=True):
        parts = _split(rng, client.value, client.contracts)
        customer += [key] * len(parts)
        place += [region] * len(parts)
        day += [_days_ago(rng, 1, _TWO_YEARS) for _ in parts]
        amount += [_money(rng, client, fen) for fen in parts]
        if client.years >= 30 and rng.random() < 0.5:
            customer.append(key)
            place.append(region)
            day.append(_days_ago(rng, 760, 1_080))
            amount.append(_money(rng, client, 30_000_000 + int(rng.random() * 1_000) * 1_000_000))
    return {
        "客户编号": customer,
        "签订日期": day,
        "合同金额": amount,
        "项目名称": [names.project(rng, region) for region in place],
        "合同类型": [rng.choice(_KINDS) for _ in customer],
    }


def _split(rng: Random, total: int, parts: int) -> list[int]:
    """Return ``parts`` uneven amounts that add up to ``total``, all but the first whole thousands of yuan."""
    split = [int(total * (0.4 + 0.6 * rng.random()) / parts) // 100_000 * 100_000 for _ in range(parts - 1)]
    return [total - sum(split), *split] if parts else []


def _payments(clients: list[Client], ids: list[str], rng: Random) -> Columns:
    customer: list[str] = []
    amount: list[str] = []
    late: list[str] = []
    for client, key in zip(clients, ids, strict=True):
        customer += [key] * client.payments
        part = max(5_000_000, client.value // (client.payments + 1) // 100_000 * 100_000)
        amount += [_money(rng, client, part) for _ in range(client.payments)]
        late += [_days_late(rng, is_late=number < client.late) for number in range(client.payments)]
    day = [_days_ago(rng, 1, _TWO_YEARS) for _ in customer]
    return {"客户编号": customer, "到账日期": day, "回款金额": amount, "逾期天数": late}


def _days_late(rng: Random, *, is_late: bool) -> str:
    return str(1 + int(rng.random() ** 3 * 180) if is_late else -int(rng.random() * 15))


_PURPOSES: Final = ("了解需求", "解决现场问题", "项目进度沟通", "回访", "商务洽谈")
_MANNERS: Final = ("上门", "上门", "上门", "电话", "线上")


def _visits(clients: list[Client], ids: list[str], rng: Random) -> Columns:
    customer: list[str] = []
    for client, key in zip(clients, ids, strict=True):
        customer += [key] * (int(rng.random() * 3) + 2 * (client.importance == "vital"))
    return {
        "客户编号": customer,
        "拜访日期": [_days_ago(rng, 1, 500) for _ in customer],
        "拜访目的": [rng.choice(_PURPOSES) for _ in customer],
        "拜访方式": [rng.choice(_MANNERS) for _ in customer],
        "是否有记录": ["是" if rng.random() < 0.85 else "否" for _ in customer],
    }


_SUBJECTS: Final = ("工期延误", "质量缺陷", "资料不全", "沟通不畅", "现场安全")


def _complaints(clients: list[Client], ids: list[str], rng: Random) -> Columns:
    customer = [
        key
        for client, key in zip(clients, ids, strict=True)
        for _ in range(2)
        if rng.random() < (0.15 if 0 <= client.satisfaction < 700 else 0.04)
    ]
    return {
        "客户编号": customer,
        "投诉日期": [_days_ago(rng, 1, 500) for _ in customer],
        "投诉内容": [rng.choice(_SUBJECTS) for _ in customer],
        "是否办结": ["否" if rng.random() < 0.2 else "是" for _ in customer],
    }


def _surveys(clients: list[Client], ids: list[str], rng: Random) -> Columns:
    surveyed = [(c, key) for c, key in zip(clients, ids, strict=True) if c.satisfaction >= 0]
    return {
        "客户编号": [key for _, key in surveyed],
        "调查日期": [_days_ago(rng, 1, 360) for _ in surveyed],
        "满意度得分": [f"{client.satisfaction / 10:g}" for client, _ in surveyed],
    }
