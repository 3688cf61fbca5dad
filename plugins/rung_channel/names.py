"""Invented names for the sample: clients of every kind of channel, their areas, offices and partners."""

from __future__ import annotations

from random import Random
from typing import Final

__all__ = ["AREAS", "KINDS", "OFFICES", "PARTNERS", "client"]

AREAS: Final = ("江宁", "滨海", "临川", "云岭", "长丰", "东港")
OFFICES: Final = {
    "江宁": "南区",
    "临川": "南区",
    "滨海": "东区",
    "东港": "东区",
    "云岭": "西区",
    "长丰": "西区",
}
PARTNERS: Final = ("宏达商贸", "金禾食品", "盛源配送", "正阳贸易", "锦程供应链")
_BRANDS: Final = ("星光", "时代", "万和", "海悦", "金禾", "蓝鲸", "天元", "百川", "新景", "联合")
KINDS: Final = {
    "school": (("学校", "校园"), ("第一中学", "职业技术学院", "师范学院", "实验小学")),
    "hospital": (("医院", "医疗"), ("人民医院", "中医院", "妇幼保健院")),
    "cinema": (("影院", "影城"), ("国际影城", "影院", "巨幕影城")),
    "internet_cafe": (("网吧", "网咖"), ("网咖", "电竞馆", "网络会所")),
    "karaoke": (("KTV", "歌厅"), ("KTV", "量贩KTV")),
    "travel": (("交通枢纽", "车站"), ("客运站", "高铁站", "机场", "服务区")),
    "sight": (("景区", "公园"), ("山景区", "湿地公园", "古镇")),
    "factory": (("厂矿企业", "工厂"), ("电子厂", "汽车厂", "钢铁厂", "工业园食堂")),
    "other": (("其他", "其它"), ("体育中心", "文化宫")),
}
"""Each kind's two words, and how its names end."""


def client(rng: Random, kind: str, area: str) -> str:
    """Return the name of a client of that kind and area."""
    public = kind in {"school", "hospital", "travel"}
    return area + ("" if public else rng.choice(_BRANDS)) + rng.choice(KINDS[kind][1])
