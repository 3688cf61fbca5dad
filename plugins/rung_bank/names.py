"""Names for made-up borrowers: companies, traders, persons and their account managers."""

from __future__ import annotations

from random import Random
from typing import Final

__all__ = ["INDUSTRIES", "REGIONS", "borrower_name", "manager_names", "person_name"]

REGIONS: Final = (
    "苏州",
    "无锡",
    "常州",
    "杭州",
    "宁波",
    "绍兴",
    "上海",
    "南京",
    "合肥",
    "济南",
    "青岛",
    "东莞",
    "佛山",
    "成都",
    "重庆",
    "武汉",
)
INDUSTRIES: Final = (
    "精密机械", "纺织", "化工", "电子", "食品", "物流", "建材", "医疗器械", "包装", "农业科技",
    "新材料", "环保", "汽车零部件", "家具", "软件", "工程",
)  # fmt: skip
_FIRST: Final = "恒瑞鑫华宏盛泰嘉德信诚金永昌兴隆博远东方中天海润和顺安康新元丰茂"
_SECOND: Final = "达源通成泰盛力丰润发利祥宇辉茂业科创联邦强荣升腾航峰林泽"
_SURNAMES: Final = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
_GIVEN: Final = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华建国志文玉婷浩宇晨欣雨嘉"


def person_name(rng: Random) -> str:
    """Return a person's name of two or three characters."""
    given = rng.choice(_GIVEN) + (rng.choice(_GIVEN) if rng.random() < 0.7 else "")
    return rng.choice(_SURNAMES) + given


def borrower_name(rng: Random, kind: str, region: str, industry: str) -> str:
    """Return a name that fits the kind of borrower."""
    if kind == "个人":
        return person_name(rng)
    brand = rng.choice(_FIRST) + rng.choice(_SECOND)
    if kind == "个体工商户":
        return f"{region}{brand}{industry}经营部"
    return f"{region}{brand}{industry}{'股份' if rng.random() < 0.12 else ''}有限公司"


def manager_names(rng: Random, count: int) -> tuple[str, ...]:
    """Return the names of the account managers among whom the borrowers are divided."""
    return tuple(person_name(rng) for _ in range(count))
