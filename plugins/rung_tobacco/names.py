"""Invented names for the sample: shops, licence holders, customer managers and districts."""

from __future__ import annotations

from random import Random
from typing import Final

__all__ = ["DISTRICTS", "MANAGERS", "person", "shop"]

_SURNAMES: Final = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
_GIVEN: Final = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华兰玉萍红飞梅建国志海春生文辉月福根水金荣"
_AUSPICIOUS: Final = (
    "鑫源",
    "福旺",
    "兴隆",
    "万家",
    "好邻居",
    "家和",
    "聚丰",
    "顺发",
    "永兴",
    "惠民",
    "天天",
    "宏达",
    "佳佳",
    "利民",
    "裕丰",
    "百汇",
    "四季",
    "乐购",
    "同心",
    "阳光",
)
_PLACES: Final = (
    "城东",
    "城西",
    "南门",
    "北街",
    "河口",
    "桥头",
    "东湖",
    "柳溪",
    "石桥",
    "新村",
    "大塘",
    "梅林",
    "云山",
    "清河",
)
_KINDS: Final = {
    "mall": ("商场", "购物中心", "百货"),
    "supermarket": ("超市", "生活超市", "平价超市"),
    "tobacco_liquor": ("烟酒店", "名烟名酒", "烟酒商行"),
    "convenience": ("便利店", "便利超市", "便民店"),
    "grocery": ("小卖部", "食杂店", "副食店", "杂货铺"),
    "leisure": ("宾馆", "茶楼", "棋牌室"),
    "other": ("加油站", "综合门市部", "报刊亭"),
}
DISTRICTS: Final = ("城区一片", "城区二片", "东片", "西片", "南片", "北片")
MANAGERS: Final = ("周建华", "李晓梅", "王志强", "陈月红", "吴海涛", "郑文娟")
# One customer manager a district, in the same order.


def person(rng: Random) -> str:
    """Return a person's name of two or three characters."""
    given = rng.choice(_GIVEN) + (rng.choice(_GIVEN) if rng.random() < 0.7 else "")
    return rng.choice(_SURNAMES) + given


def shop(rng: Random, retail_format: str) -> str:
    """Return the name of a shop of the format."""
    return rng.choice(_PLACES) + rng.choice(_AUSPICIOUS) + rng.choice(_KINDS[retail_format])
