"""Invented names for the sample: buyers and firms of each region, and who looks after them."""

from __future__ import annotations

from random import Random
from typing import Final

__all__ = ["BRANCHES", "COUNTRIES", "PRODUCTS", "branch_and_rep", "buyer", "firm"]

COUNTRIES: Final = {
    "north_america": ("美国", "加拿大", "墨西哥"),
    "south_america": ("巴西", "智利", "秘鲁"),
    "europe": ("德国", "意大利", "波兰"),
    "africa": ("肯尼亚", "尼日利亚", "摩洛哥"),
    "middle_east": ("阿联酋", "沙特", "约旦"),
    "southeast_asia": ("越南", "泰国", "马来西亚"),
    "australia": ("澳大利亚", "新西兰"),
    "other": ("中国", "日本", "哈萨克斯坦"),
}
PRODUCTS: Final = ("LED灯具", "不锈钢水槽", "电动工具", "园林家具", "陶瓷餐具", "汽车配件")
BRANCHES: Final = {
    "华东分公司": ("周建华", "李晓梅", "王志强"),
    "华南分公司": ("陈月红", "吴海涛"),
    "华北分公司": ("郑文娟", "孙立平", "何秀兰"),
}
_GIVEN: Final = (
    "Adam",
    "Bianca",
    "Carlos",
    "Dina",
    "Emil",
    "Farah",
    "Goran",
    "Hana",
    "Ivo",
    "Julia",
    "Karim",
    "Lena",
)
_FAMILY: Final = (
    "Alvarez",
    "Brandt",
    "Costa",
    "Demir",
    "Eriksen",
    "Fahmy",
    "Grant",
    "Haddad",
    "Ito",
    "Jansen",
)
_MARKS: Final = (
    "Norvik",
    "Altamar",
    "Bergland",
    "Cedro",
    "Delmor",
    "Estrela",
    "Fjord",
    "Galaxia",
    "Horizon",
    "Ironbay",
)
_TRADES: Final = ("Trading", "Imports", "Supply", "Hardware", "Home", "Lighting")
_FORMS: Final = ("Ltd", "LLC", "GmbH", "S.A.", "Pte", "Co.")


def buyer(rng: Random) -> str:
    """Return a person's name."""
    return f"{rng.choice(_GIVEN)} {rng.choice(_FAMILY)}"


def firm(rng: Random) -> str:
    """Return a firm's name."""
    return f"{rng.choice(_MARKS)} {rng.choice(_TRADES)} {rng.choice(_FORMS)}"


def branch_and_rep(rng: Random) -> tuple[str, str]:
    """Return a branch and one of its sales representatives."""
    branch = rng.choice(tuple(BRANCHES))
    return branch, rng.choice(BRANCHES[branch])
