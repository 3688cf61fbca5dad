"""The sample's events, from mails to complaints, as columns of text."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Final

from rung_sales.handwriting import money
from rung_sales.leads import Lead

__all__ = [
    "AS_OF",
    "Columns",
    "Known",
    "complaints",
    "followups",
    "mails",
    "orders",
    "quotes",
    "surveys",
    "visits",
    "written_day",
]

AS_OF: Final = date(2026, 6, 30)
"""The day the sample is looked at."""

Columns = dict[str, list[str]]
Known = list[tuple[str, Lead]]
"""Leads with their ids."""

_TICKS: Final = {
    "shows_interest": "表示兴趣",
    "names_product": "提到产品",
    "states_request": "明确产品要求",
    "asks_price": "询价",
    "asks_name": "问品名",
    "asks_pictures": "问图片",
    "asks_data": "问技术参数",
    "asks_packing": "问包装",
    "asks_shipping": "问运输",
    "states_specification": "写明规格",
    "states_quantity": "写明数量",
    "states_payment": "写明付款方式",
    "states_delivery": "写明交货期",
}
_YEAR: Final = 360
# Days that lie within 12 calendar months of the as-of date.


def written_day(days: int) -> str:
    """Return the day so many days after the as-of date, before it where negative."""
    return (AS_OF + timedelta(days=days)).isoformat()


def _ago(rng: Random, first: int, last: int) -> str:
    return written_day(-first - int(rng.random() * (last - first)))


def mails(known: Known, rng: Random) -> Columns:
    """Return every mail to and fro, ticked for what it names and asks."""
    sent = [(key, mail) for key, lead in known for mail in lead.mails]
    return {
        "客户编号": [key for key, _ in sent],
        "邮件日期": [_ago(rng, 1, 300) for _ in sent],
        "收发": ["发" if "out" in mail else "收" for _, mail in sent],
        **{header: ["是" if tick in mail else "否" for _, mail in sent] for tick, header in _TICKS.items()},
    }


_PURPOSES: Final = ("了解需求", "介绍产品", "谈合作", "看样品", "验厂")


def visits(known: Known, rng: Random) -> Columns:
    """Return the visits paid and received."""
    made = [(key, "上门拜访", "否") for key, lead in known for _ in range(lead.visits_paid)]
    made += [
        (key, "客户来访", "是" if number < lead.from_abroad else "否")
        for key, lead in known
        for number in range(lead.visits_received)
    ]
    return {
        "客户编号": [key for key, _, _ in made],
        "拜访日期": [_ago(rng, 1, 400) for _ in made],
        "拜访类型": [kind for _, kind, _ in made],
        "国外来访": [abroad for _, _, abroad in made],
        "拜访目的": [rng.choice(_PURPOSES) for _ in made],
    }


_SUBJECTS: Final = {
    "need": "了解需求",
    "proposal": "方案沟通",
    "negotiation": "商务谈判",
    "contract": "合同签订",
    "care": "问候回访",
}
_MANNERS: Final = ("电话", "电话", "邮件", "微信", "上门")


def followups(known: Known, rng: Random) -> Columns:
    """Return the log of follow-ups."""
    logged = [(key, talk) for key, lead in known for talk in lead.talks]
    return {
        "客户编号": [key for key, _ in logged],
        "跟进日期": [_ago(rng, 1, 200) for _ in logged],
        "跟进方式": [rng.choice(_MANNERS) for _ in logged],
        "跟进内容": [_SUBJECTS[talk] for _, talk in logged],
    }


def quotes(known: Known, rng: Random) -> Columns:
    """Return the proposals and quotes handed over."""
    handed = [
        (key, lead, kind)
        for key, lead in known
        for kind, count in (("产品方案", lead.proposals), ("报价", lead.quotes))
        for _ in range(count)
    ]
    return {
        "客户编号": [key for key, _, _ in handed],
        "报价日期": [_ago(rng, 1, 250) for _ in handed],
        "单据类型": [kind for _, _, kind in handed],
        "报价金额": [_worth(rng, lead) for _, lead, _ in handed],
    }


def orders(known: Known, rng: Random) -> Columns:
    """Return the sample orders and the formal ones, of the last 12 months and of earlier."""
    placed = [
        (key, lead, kind, _ago(rng, first, last))
        for key, lead in known
        for kind, count, first, last in (
            ("样品单", lead.samples, 1, _YEAR),
            ("正式订单", lead.orders, 1, _YEAR),
            ("正式订单", lead.earlier, 380, 900),
        )
        for _ in range(count)
    ]
    return {
        "客户编号": [key for key, _, _, _ in placed],
        "下单日期": [day for _, _, _, day in placed],
        "订单类型": [kind for _, _, kind, _ in placed],
        "订单金额": ["500" if kind == "样品单" else _worth(rng, lead) for _, lead, kind, _ in placed],
    }


def _worth(rng: Random, lead: Lead) -> str:
    whole = lead.amount if lead.amount is not None else 20_000_000
    return money(rng, round(whole * (0.4 + 0.6 * rng.random()) / 100) * 100, is_exact=lead.is_built)


_REMARKS: Final = ("", "", "交货太慢", "包装破损", "回复及时", "价格偏高")


def surveys(known: Known, rng: Random) -> Columns:
    """Return one survey for each lead that was asked."""
    asked = [(key, lead.satisfaction) for key, lead in known if lead.satisfaction is not None]
    return {
        "客户编号": [key for key, _ in asked],
        "调查日期": [_ago(rng, 1, _YEAR) for _ in asked],
        "满意度得分": [f"{tenths / 10:g}" for _, tenths in asked],
        "意见": [rng.choice(_REMARKS) for _ in asked],
    }


_COMPLAINTS: Final = ("交货延误", "质量问题", "数量短缺", "单证差错")


def complaints(known: Known, rng: Random) -> Columns:
    """Return the complaints of the last year."""
    customer = [key for key, lead in known for _ in range(lead.complaints)]
    return {
        "客户编号": customer,
        "投诉日期": [_ago(rng, 1, _YEAR) for _ in customer],
        "投诉内容": [rng.choice(_COMPLAINTS) for _ in customer],
        "是否办结": ["否" if rng.random() < 0.3 else "是" for _ in customer],
    }
