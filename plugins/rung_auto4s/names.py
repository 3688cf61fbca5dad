"""Names for made-up car owners, firms, cars and plates."""

from __future__ import annotations

from random import Random
from typing import Final

__all__ = ["MODELS", "car_plate", "firm_name", "person_name"]

MODELS: Final = (
    "朗逸",
    "轩逸",
    "卡罗拉",
    "雅阁",
    "凯美瑞",
    "帕萨特",
    "途观",
    "哈弗H6",
    "汉",
    "宋PLUS",
    "瑞虎8",
    "别克GL8",
    "五菱宏光",
    "福克斯",
)
_SURNAMES: Final = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
_GIVEN: Final = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华建国志文玉婷浩宇晨欣雨嘉"
_PLACES: Final = ("苏州", "昆山", "吴江", "常熟", "太仓", "无锡", "张家港")
_BRANDS: Final = (
    "顺通",
    "宏达",
    "金利",
    "华阳",
    "新城",
    "恒信",
    "东吴",
    "天逸",
    "鼎盛",
    "润和",
    "安捷",
    "众邦",
)
_LINES: Final = ("物流", "建筑工程", "装饰", "商贸", "驾校", "出租汽车", "食品", "电子科技", "园林", "物业")
_LETTERS: Final = "ABCDEFGHJKLMNPQRSTUVWXYZ"


def person_name(rng: Random) -> str:
    """Return a person's name of two or three characters."""
    given = rng.choice(_GIVEN) + (rng.choice(_GIVEN) if rng.random() < 0.7 else "")
    return rng.choice(_SURNAMES) + given


def firm_name(rng: Random) -> str:
    """Return the name of a firm that runs cars."""
    return f"{rng.choice(_PLACES)}{rng.choice(_BRANDS)}{rng.choice(_LINES)}有限公司"


def car_plate(number: int) -> str:
    """Return the plate of the sample's car of that number; no two are alike."""
    letter, rest = divmod(number, 100_000)
    return f"苏{_LETTERS[letter // 24 % 24]}{_LETTERS[letter % 24]}{rest:05d}"
