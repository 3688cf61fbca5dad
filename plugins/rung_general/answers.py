"""What the sample's table writes for each answer to a judged question: the usual word, and another in use."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

__all__ = ["ANSWERS", "HEADERS"]

HEADERS: Final = {
    "prospects": "发展前景",
    "potential": "合作潜力",
    "demands": "产品服务要求",
    "need": "当前需求",
    "strategic_value": "战略价值",
    "buying_power": "购买力",
    "demand_stability": "需求稳定性",
    "decision_power": "决策权",
    "influence": "市场影响力",
    "resources": "资源实力",
    "willingness": "付费意愿",
}
"""Each judged field and its header."""

ANSWERS: Final[Mapping[str, Mapping[str, tuple[str, str]]]] = {
    "prospects": {
        "promising": ("好", "看好"),
        "fair": ("一般", "中"),
        "poor": ("差", "不看好"),
    },
    "potential": {
        "high": ("高", "潜力大"),
        "some": ("有一定潜力", "较大"),
        "average": ("一般", "中"),
        "low": ("低", "小"),
    },
    "demands": {
        "high": ("高", "要求高"),
        "some": ("有一定要求", "有一定"),
        "average": ("一般", "中"),
        "low": ("低", "较低"),
    },
    "need": {
        "steady": ("持续需求", "长期需求"),
        "interested": ("有需求有兴趣", "有兴趣"),
        "low": ("需求低", "需求少"),
        "none": ("没有需求", "暂无需求"),
    },
    "strategic_value": {
        "high": ("高", "大"),
        "medium": ("中", "一般"),
        "low": ("低", "小"),
    },
    "buying_power": {
        "strong": ("强", "很强"),
        "some": ("较强", "有一定"),
        "average": ("一般", "中"),
        "weak": ("弱", "差"),
    },
    "demand_stability": {
        "stable": ("稳定", "长期稳定"),
        "fluctuating": ("有波动", "波动"),
        "flexible": ("弹性大", "弹性"),
        "unstable": ("不稳定", "很不稳定"),
    },
    "decision_power": {
        "decides": ("能拍板", "有决策权"),
        "influences": ("能影响决策", "有建议权"),
        "executes": ("只经办", "经办"),
    },
    "influence": {
        "large": ("大", "较大"),
        "some": ("有一定影响", "中"),
        "little": ("小", "弱"),
    },
    "resources": {
        "rich": ("雄厚", "强"),
        "some": ("一般", "中"),
        "few": ("薄弱", "弱"),
    },
    "willingness": {
        "ready": ("愿意付费", "愿为价值付费"),
        "bargains": ("讲价成交", "一般"),
        "cheapest": ("只比价格", "只看价格"),
    },
}
"""Each judged field's answers, by choice id, best first."""
