"""The sample's events: orders, payments, contacts, complaints and surveys, as columns of text."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Final

from rung.sdk import sampling
from rung_general.customers import Customer

__all__ = [
    "AS_OF",
    "Known",
    "complaints",
    "contacts",
    "orders",
    "payments",
    "surveys",
    "written_day",
]

AS_OF: Final = date(2026, 6, 30)
"""The day the sample is looked at."""

Known = list[tuple[str, Customer]]
"""Customers with their ids."""

_DAYS: Final = tuple((AS_OF - timedelta(days=days)).isoformat() for days in range(1_000))
_YEAR: Final = 360
_TWO_YEARS: Final = 725
# Days that lie within 12 and 24 calendar months of the as-of date, whatever the leap years.
_PRODUCTS: Final = ("标准产品", "定制产品", "配件耗材", "技术服务", "季节新品", "促销装")


def written_day(days: int) -> str:
    """Return the day so many days before the as-of date."""
    return _DAYS[days]


def _between(rng: Random, first: int, last: int) -> int:
    return first + int(rng.random() * max(1, last - first))


def orders(known: Known, rng: Random) -> sampling.Columns:
    """Return the orders of two years; each year's add up to what the customer bought in it."""
    rows = [
        (
            key,
            _DAYS[days],
            sampling.money(rng, fen, is_exact=customer.is_built),
            str(max(1, fen // 20_000)),
            sampling.money(rng, profit, is_exact=customer.is_built),
            _PRODUCTS[number % customer.products],
        )
        for key, customer in known
        for number, (days, fen, profit) in enumerate(_bought(customer, rng))
    ]
    return sampling.columns(("客户编号", "下单日期", "订单金额", "数量", "毛利额", "产品类别"), rows)


def _bought(customer: Customer, rng: Random) -> Iterator[tuple[int, int, int]]:
    """Yield each order's day, value and gross profit, the latest order first."""
    spare = 8 if customer.is_built else int(rng.random() * 20)
    last = sampling.days_ago(customer.months, spare)
    for total, count, first, end in (
        (customer.amount, customer.orders, last, _YEAR),
        (customer.amount_earlier, customer.earlier, 370 if customer.orders else last, _TWO_YEARS),
    ):
        days = [first, *(_between(rng, first, end) for _ in range(count - 1))]
        profits = sampling.split(rng, total * customer.margin // 10_000, count)
        yield from zip(days, sampling.split(rng, total, count), profits, strict=False)


_OWN_REASONS: Final = ("资金紧张", "资金紧张", "故意拖欠")
_OTHER_REASONS: Final = ("付款流程", "我方原因")


def payments(known: Known, rng: Random) -> sampling.Columns:
    """Return the payments of the last year, the late ones with their days and reason."""
    rows = [
        (key, _DAYS[_between(rng, 1, _YEAR)], *payment)
        for key, customer in known
        for payment in _paid(customer, rng)
    ]
    return sampling.columns(("客户编号", "到账日期", "回款金额", "拖欠天数", "拖欠原因"), rows)


def _paid(customer: Customer, rng: Random) -> Iterator[tuple[str, str, str]]:
    """Yield each payment's value, days late and reason, the late ones first."""
    part = max(5_000, customer.amount // max(1, customer.payments) // 100 * 100)
    for number in range(customer.payments):
        value = sampling.money(rng, part, is_exact=customer.is_built)
        if number < len(customer.delays):
            reasons = _OWN_REASONS if number < customer.own_delays else _OTHER_REASONS
            yield value, str(customer.delays[number]), rng.choice(reasons)
        else:
            yield value, str(-int(rng.random() * 10)), ""


_MANNERS: Final = ("上门拜访", "电话", "电话", "短信微信", "短信微信", "会谈")
_PURPOSES: Final = ("了解需求", "介绍新品", "催收货款", "售后回访", "节日问候", "洽谈合同")


def contacts(known: Known, rng: Random) -> sampling.Columns:
    """Return the contacts of about a year, more of them with those who buy more often."""
    customer = [key for key, each in known for _ in range(int(rng.random() * (2 + min(each.orders, 10))))]
    return {
        "客户编号": customer,
        "联系日期": [_DAYS[_between(rng, 1, 450)] for _ in customer],
        "联系方式": [rng.choice(_MANNERS) for _ in customer],
        "事由": [rng.choice(_PURPOSES) for _ in customer],
    }


_SUBJECTS: Final = ("送货延误", "质量问题", "发票差错", "服务态度", "价格争议")


def complaints(known: Known, rng: Random) -> sampling.Columns:
    """Return the complaints of the last year."""
    customer = [key for key, each in known for _ in range(each.complaints)]
    return {
        "客户编号": customer,
        "投诉日期": [_DAYS[_between(rng, 1, _YEAR)] for _ in customer],
        "投诉内容": [rng.choice(_SUBJECTS) for _ in customer],
        "是否办结": ["否" if rng.random() < 0.2 else "是" for _ in customer],
    }


def surveys(known: Known, rng: Random) -> sampling.Columns:
    """Return one survey for each customer that was asked."""
    asked = [(key, customer) for key, customer in known if customer.satisfaction >= 0]
    return {
        "客户编号": [key for key, _ in asked],
        "调查日期": [_DAYS[_between(rng, 1, _YEAR)] for _ in asked],
        "满意度得分": [f"{customer.satisfaction / 10:g}" for _, customer in asked],
    }
