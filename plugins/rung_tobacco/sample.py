"""A sample of shops with their weekly orders, visits, display checks and complaints."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Final

import polars as pl

from rung.sdk import Sample
from rung_tobacco import names
from rung_tobacco.shops import EVERY, Shop, at_a_bound, drawn

__all__ = ["AS_OF", "sample"]

AS_OF: Final = date(2026, 6, 30)
"""The day the sample is looked at."""

Columns = dict[str, list[str]]


def sample(n: int, seed: int) -> Sample:
    """Return ``n`` shops and their events, as the tables of a district office would hold them.

    Equal arguments give equal tables. Every column is text.

    Marginals (built shops included): market type 城区 49 %, 镇区 32 %, 农村 19 %; 食杂店 35 % of all shops
    and 72 % of the rural ones; 偏远 3 % of city, 6 % of township and 35 % of rural shops; hardship 4 %,
    over three times as frequent among the weakest. Cartons in three months: lognormal, median 540.
    By tobacco.service-classes about one in ten is premium, half standard, a third basic.

    Correlations: a shop's standing (market, format, luck) drives scale, brand awareness, volume, supply
    tier, floor area and display score; rank correlation of volume with scale 0.8 to 0.9, with brand
    awareness 0.65 to 0.8; potential is independent of all.

    Dirt: 2 % of 地理位置, 经营规模, 品牌意识, 发展潜力 and 营业面积 each are blank; 1.5 % of quantities,
    amounts and floor areas are written as people write them (1,200 · １２ · 约500 · blank), 2 % of amounts
    in 万; one choice in ten goes by another word (城市 for 城区). One shop in eight shares its owner with
    the one before. One shop in 16 is built to stand on, just under or just over a bound of
    tobacco.service-classes, in hardship with a class, or left open by a gap; from n = 200 on every one
    of these occurs.
    """
    rng = Random(seed)
    shops = [at_a_bound(i // EVERY) if i % EVERY == 5 else drawn(rng) for i in range(n)]
    ids = [f"3301{i + 1:08d}" for i in range(n)]
    return Sample(
        customers=_frame(_customers(shops, ids, rng)),
        events={
            "orders": _frame(_orders(shops, ids, rng)),
            "visits": _frame(_visits(shops, ids, rng)),
            "display_checks": _frame(_display_checks(shops, ids, rng)),
            "complaints": _frame(_complaints(shops, ids, rng)),
        },
        as_of=AS_OF,
    )


def _frame(columns: Columns) -> pl.DataFrame:
    return pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String))


_WORDS: Final = {
    "city": ("城区", "城市"),
    "township": ("镇区", "乡镇"),
    "rural": ("农村", "乡村"),
    "mall": ("商场", "百货商场"),
    "supermarket": ("超市", "连锁超市"),
    "tobacco_liquor": ("烟酒店", "烟酒商店"),
    "convenience": ("便利店", "连锁便利店"),
    "grocery": ("食杂店", "小卖部"),
    "leisure": ("娱乐服务类", "娱乐服务"),
    "other": ("其他", "其它"),
    "good": ("优越", "繁华"),
    "fair": ("较好", "一般"),
    "remote": ("偏远", "偏僻"),
    "large": ("大", "大型"),
    "medium": ("中", "中型"),
    "small": ("小", "小型"),
    "": ("", ""),
}
_AWARENESS: Final = {"strong": ("强", "较强"), "fair": ("一般", "不强"), "weak": ("弱", "较弱"), "": ("", "")}
_POTENTIAL: Final = {"high": ("大", "较大"), "some": ("一般", "中"), "low": ("小", "低")}
_HARDSHIP: Final = {
    "old": ("老", "年老"),
    "weak": ("弱", "体弱"),
    "ill": ("病", "患病"),
    "disabled": ("残", "残疾"),
    "none": ("无", ""),
}


def _word(rng: Random, words: tuple[str, str]) -> str:
    return words[rng.random() < 0.1]


def _optional(rng: Random, shop: Shop, words: tuple[str, str]) -> str:
    return "" if not shop.is_built and rng.random() < 0.02 else _word(rng, words)


def _customers(shops: list[Shop], ids: list[str], rng: Random) -> Columns:
    table: Columns = {
        "许可证号": ids,
        "店铺名称": [names.shop(rng, shop.retail_format) for shop in shops],
        **_owners(len(shops), rng),
        "联系电话": [
            f"1{rng.choice('3578')}{rng.randrange(10)}****{rng.randrange(10_000):04d}" for _ in shops
        ],
    }
    districts = [rng.randrange(len(names.DISTRICTS)) for _ in shops]
    table["片区"] = [names.DISTRICTS[each] for each in districts]
    table["客户经理"] = [names.MANAGERS[each] for each in districts]
    table["市场类型"] = [_word(rng, _WORDS[shop.market_type]) for shop in shops]
    table["零售业态"] = [_word(rng, _WORDS[shop.retail_format]) for shop in shops]
    table["地理位置"] = [_optional(rng, shop, _WORDS[shop.location]) for shop in shops]
    table["经营规模"] = [_optional(rng, shop, _WORDS[shop.scale]) for shop in shops]
    table["品牌意识"] = [_optional(rng, shop, _AWARENESS[shop.brand_awareness]) for shop in shops]
    table["发展潜力"] = [_optional(rng, shop, _POTENTIAL[shop.potential]) for shop in shops]
    table["是否标准店"] = ["是" if rng.random() < _STANDARD_STORE[shop.scale] else "否" for shop in shops]
    table["档位"] = [str(min(30, max(1, round(15 + 6 * s.standing + rng.gauss(0, 2))))) for s in shops]
    table["营业面积"] = [_floor_area(rng, shop) for shop in shops]
    table["开业日期"] = [_opened(rng) for _ in shops]
    table["是否困难群体"] = ["否" if shop.hardship == "none" else "是" for shop in shops]
    table["困难类型"] = [_word(rng, _HARDSHIP[shop.hardship]) for shop in shops]
    return table


_STANDARD_STORE: Final = {"large": 0.7, "medium": 0.25, "small": 0.05, "": 0.1}


def _owners(n: int, rng: Random) -> Columns:
    owners: list[str] = []
    holders: list[str] = []
    for i in range(n):
        if i and rng.random() < 0.125:
            owners.append(owners[-1])
            holders.append(holders[-1])
        else:
            owners.append(f"JY{i + 1:07d}")
            holders.append(names.person(rng))
    return {"持证人": holders, "经营者编号": owners}


def _floor_area(rng: Random, shop: Shop) -> str:
    area = max(6, round(25 * 1.8**shop.standing * (0.7 + 0.6 * rng.random())))
    draw = rng.random()
    if draw < 0.02:
        return ""
    return _typed(rng, area) if draw < 0.035 else str(area)


def _opened(rng: Random) -> str:
    day = date(2005, 1, 1) + timedelta(days=rng.randrange(7_300))
    style = rng.random()
    if style < 0.8:
        return day.isoformat()
    return f"{day.year}年{day.month}月{day.day}日" if style < 0.9 else f"{day.year}/{day.month}/{day.day}"


_FULL_WIDTH: Final = str.maketrans("0123456789", "０１２３４５６７８９")


def _typed(rng: Random, value: int) -> str:
    """Return a number as a person may have typed it, otherwise than in plain digits."""
    style = rng.randrange(4)
    if style == 0:
        return f"{value:,}"
    if style == 1:
        return str(value).translate(_FULL_WIDTH)
    return f"约{value}" if style == 2 else ""


_PRICES: Final = {"一类": 420, "二类": 260, "三类": 150, "四类": 80, "五类": 45}
_TIERS: Final = tuple(_PRICES)
_WEEKLY: Final = tuple((AS_OF - timedelta(days=2 + 7 * week)).isoformat() for week in range(13))
# Thirteen order days, all within the last three months.
_OLDER: Final = tuple((AS_OF - timedelta(days=days)).isoformat() for days in (120, 210, 300))
# Older quarters stand as one line each, as carried over from a ledger.
_DRIFT: Final = (-2, -1, -1, 0, 0, 1, 1, 2)
# How far, in tiers, one order is from the shop's usual one.
_EVERY_N_WEEKS: Final = {"large": 1, "medium": 2, "small": 4}


def _orders(shops: list[Shop], ids: list[str], rng: Random) -> Columns:
    customer: list[str] = []
    day: list[str] = []
    quantity: list[str] = []
    amount: list[str] = []
    tier: list[str] = []
    for shop, key in zip(shops, ids, strict=True):
        days = _WEEKLY[:: _EVERY_N_WEEKS[shop.scale]]
        parts = [
            *_split(rng, shop.volume, len(days)),
            *(round(shop.volume * rng.uniform(0.7, 1.2)) for _ in _OLDER),
        ]
        usual = round(2.4 - 0.9 * shop.standing)
        for when, cartons in zip((*days, *_OLDER), parts, strict=True):
            if cartons <= 0:
                continue
            kind = _TIERS[min(4, max(0, usual + _DRIFT[int(rng.random() * 8)]))]
            customer.append(key)
            day.append(when)
            tier.append(kind)
            yuan = cartons * _PRICES[kind]
            is_plain = shop.is_built or rng.random() >= 0.05
            written = (str(cartons), str(yuan)) if is_plain else _order_as_typed(rng, cartons, yuan)
            quantity.append(written[0])
            amount.append(written[1])
    return {"许可证号": customer, "订货日期": day, "订购数量": quantity, "订购金额": amount, "卷烟类别": tier}


def _split(rng: Random, total: int, parts: int) -> list[int]:
    """Return ``parts`` uneven quantities that add up to ``total``."""
    each = total // parts
    split = [each] * parts
    split[-1] += total - each * parts
    for i in range(0, parts - 1, 2):
        moved = int(rng.random() * (each // 3 + 1))
        split[i] += moved
        split[i + 1] -= moved
    return split


def _order_as_typed(rng: Random, cartons: int, yuan: int) -> tuple[str, str]:
    """Return quantity and amount, one of them otherwise than in plain digits."""
    style = rng.random()
    if style < 0.3:
        return _typed(rng, cartons), str(yuan)
    if style < 0.6 or yuan < 10_000:
        return str(cartons), _typed(rng, yuan)
    return str(cartons), f"{yuan / 10_000:.4f}".rstrip("0").rstrip(".") + "万"


_PURPOSES: Final = ("常规走访", "常规走访", "常规走访", "品牌培育", "经营指导")


def _visits(shops: list[Shop], ids: list[str], rng: Random) -> Columns:
    customer: list[str] = []
    day: list[str] = []
    purpose: list[str] = []
    for shop, key in zip(shops, ids, strict=True):
        is_cared_for = shop.hardship != "none"
        for _ in range(rng.randint(1, 3) + (shop.scale == "large") + is_cared_for):
            customer.append(key)
            day.append(_days_ago(rng, 120))
            purpose.append("关爱慰问" if is_cared_for and rng.random() < 0.5 else rng.choice(_PURPOSES))
    return {"许可证号": customer, "走访日期": day, "走访事由": purpose}


def _display_checks(shops: list[Shop], ids: list[str], rng: Random) -> Columns:
    checked = [(shop, key) for shop, key in zip(shops, ids, strict=True) if rng.random() < 0.6]
    return {
        "许可证号": [key for _, key in checked],
        "检查日期": [_days_ago(rng, 240) for _ in checked],
        "陈列得分": [
            str(min(100, max(0, round(70 + 12 * s.standing + rng.gauss(0, 8))))) for s, _ in checked
        ],
    }


_SUBJECTS: Final = ("货源不足", "到货破损", "送货不及时", "订货系统故障", "服务态度")


def _complaints(shops: list[Shop], ids: list[str], rng: Random) -> Columns:
    customer = [key for _, key in zip(shops, ids, strict=True) for _ in range(_few(rng))]
    return {
        "许可证号": customer,
        "投诉日期": [_days_ago(rng, 500) for _ in customer],
        "投诉内容": [rng.choice(_SUBJECTS) for _ in customer],
        "是否办结": ["否" if rng.random() < 0.15 else "是" for _ in customer],
    }


def _few(rng: Random) -> int:
    draw = rng.random()
    return 0 if draw >= 0.08 else 1 if draw >= 0.02 else 2


_DAYS: Final = tuple((AS_OF - timedelta(days=days)).isoformat() for days in range(500))


def _days_ago(rng: Random, days: int) -> str:
    return _DAYS[int(rng.random() * days)]
