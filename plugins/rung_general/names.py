"""Invented names for the sample: firms, their trades and places, and who looks after them."""

from __future__ import annotations

from random import Random
from typing import Final

__all__ = ["INDUSTRIES", "MANAGERS", "REGIONS", "organisation"]

_BRANDS: Final = (
    "恒信",
    "中诚",
    "华泽",
    "金禾",
    "盛源",
    "瑞祥",
    "天和",
    "宏达",
    "东升",
    "新景",
    "安平",
    "联合",
    "国泰",
    "远大",
    "正阳",
    "锦程",
    "鼎新",
    "润丰",
)
REGIONS: Final = ("江宁", "滨海", "临川", "云岭", "长丰", "东港")
INDUSTRIES: Final = ("机械制造", "建材", "食品饮料", "医药", "零售", "教育")
MANAGERS: Final = {
    "销售一部": ("周建华", "李晓梅", "王志强"),
    "销售二部": ("陈月红", "吴海涛", "郑文娟"),
    "大客户部": ("孙立平", "何秀兰"),
}
_KINDS: Final = {
    "industrial": ("机械制造有限公司", "食品有限公司", "建材有限公司", "制药有限公司"),
    "intermediary": ("商贸有限公司", "贸易有限公司", "批发部", "连锁超市有限公司"),
    "government": ("教育局", "人民医院", "机关事务管理局", "第一中学"),
}


def organisation(rng: Random, kind: str, region: str) -> str:
    """Return the name of an organisation of that kind and region."""
    brand = "" if kind == "government" else rng.choice(_BRANDS)
    return region + brand + rng.choice(_KINDS[kind])
