"""Invented names for the sample: clients, groups, people, projects and regions."""

from __future__ import annotations

from random import Random
from typing import Final

__all__ = ["MANAGERS", "REGIONS", "client", "group", "person", "project"]

_SURNAMES: Final = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
_GIVEN: Final = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华兰玉萍红飞梅建国志海春生文辉宏远航宇晨"
REGIONS: Final = (
    "江宁",
    "滨海",
    "临川",
    "云岭",
    "长丰",
    "东港",
    "西山",
    "北原",
    "南浦",
    "青河",
    "白石",
    "海陵",
)
_BRANDS: Final = (
    "恒基",
    "中泰",
    "华宇",
    "金桥",
    "盛达",
    "瑞丰",
    "天成",
    "宏远",
    "东方",
    "新城",
    "安泰",
    "联创",
    "国信",
    "远景",
    "正大",
    "锦绣",
    "鼎盛",
    "润和",
)
_KINDS: Final = {
    "government": ("住房和城乡建设局", "交通运输局", "水利局", "城市管理局", "教育局", "开发区管委会"),
    "institution": ("人民医院", "职业技术学院", "第一中学", "图书馆", "规划设计研究院", "文化中心"),
    "state_owned": ("城市建设投资集团", "轨道交通公司", "水务集团", "交通建设公司", "能源投资公司"),
    "private": ("置业有限公司", "房地产开发有限公司", "实业有限公司", "机械制造有限公司", "物流有限公司"),
    "foreign": ("电子（中国）有限公司", "汽车部件有限公司", "化工有限公司"),
    "other": ("商会", "业主委员会", "慈善基金会"),
}
_PUBLIC: Final = frozenset({"government", "institution", "state_owned", "other"})
# These go by their place; firms go by a brand as well.
_PROJECTS: Final = (
    "办公楼",
    "道路改造",
    "污水处理厂",
    "标准厂房",
    "实验楼",
    "住院楼",
    "地下车库",
    "桥梁加固",
    "管网更新",
    "景观提升",
    "智慧园区",
    "学生宿舍",
)
MANAGERS: Final = ("周建华", "李晓梅", "王志强", "陈月红", "吴海涛", "郑文娟", "孙立平", "何秀兰")


def person(rng: Random) -> str:
    """Return a person's name of two or three characters."""
    given = rng.choice(_GIVEN) + (rng.choice(_GIVEN) if rng.random() < 0.7 else "")
    return rng.choice(_SURNAMES) + given


def client(rng: Random, nature: str, region: str) -> str:
    """Return the name of a client of that nature and region."""
    brand = "" if nature in _PUBLIC else rng.choice(_BRANDS)
    return region + brand + rng.choice(_KINDS[nature])


def group(rng: Random, number: int) -> str:
    """Return the name of a group; the number keeps namesakes apart."""
    return f"{rng.choice(REGIONS)}{rng.choice(_BRANDS)}{number}集团"


def project(rng: Random, region: str) -> str:
    """Return the name of a project in the region."""
    return region + rng.choice(_PROJECTS) + "工程"
