"""What a person judges of a customer, each one thing that can be seen, and the day it was judged."""

from __future__ import annotations

from typing import Final

from rung.sdk import Choice, Field, Kind, Text

__all__ = ["JUDGED"]


def _choice(name: str, zh: str, en: str, *aliases: str) -> Choice:
    return Choice(id=name, title=Text(zh, en), aliases=aliases)


def _judged(name: str, zh: str, en: str, choices: tuple[Choice, ...], *aliases: str) -> Field:
    return Field(id=name, title=Text(zh, en), kind=Kind.CATEGORY, choices=choices, aliases=aliases)


JUDGED: Final = (
    Field(
        id="judged_on",
        title=Text("评价日期", "Judged on"),
        kind=Kind.DATE,
        aliases=("评定日期", "评估日期", "填表日期", "judgement date", "date judged"),
        about=Text("下列各项评价的填写日期。", "The day the judgements below were given."),
        is_changeable=False,
    ),
    _judged(
        "prospects",
        "发展前景",
        "Prospects",
        (
            _choice("promising", "好", "Promising", "前景好", "看好", "good"),
            _choice("fair", "一般", "Fair", "中", "前景一般", "middling"),
            _choice("poor", "差", "Poor", "前景差", "不看好", "bad"),
        ),
        "客户前景",
        "新客户前景",
        "前景",
        "outlook",
        "prospects of the new customer",
    ),
    _judged(
        "potential",
        "合作潜力",
        "Potential",
        (
            _choice("high", "高", "High", "潜力大", "较高", "大", "large"),
            _choice("some", "有一定潜力", "Some", "有一定", "较大"),
            _choice("average", "一般", "Average", "中", "普通", "medium"),
            _choice("low", "低", "Low", "小", "潜力小", "small"),
        ),
        "潜力",
        "发展潜力",
        "增长潜力",
        "cooperation potential",
        "growth potential",
    ),
    _judged(
        "demands",
        "产品服务要求",
        "Demands",
        (
            _choice("high", "高", "High", "要求高", "较高"),
            _choice("some", "有一定要求", "Some", "有一定"),
            _choice("average", "一般", "Average", "中", "要求一般", "medium"),
            _choice("low", "低", "Low", "要求低", "较低"),
        ),
        "需求要求",
        "对产品或服务的要求",
        "客户要求",
        "demands on product or service",
        "requirements",
    ),
    _judged(
        "need",
        "当前需求",
        "Present need",
        (
            _choice("steady", "持续需求", "Steady", "长期需求", "稳定采购", "ongoing"),
            _choice("interested", "有需求有兴趣", "Interested", "有需求", "有兴趣", "interest"),
            _choice("low", "需求低", "Low", "低", "需求少", "little"),
            _choice("none", "没有需求", "None", "无需求", "暂无需求", "no need"),
        ),
        "需求程度",
        "需求情况",
        "need now",
        "current need",
    ),
    _judged(
        "strategic_value",
        "战略价值",
        "Strategic value",
        (
            _choice("high", "高", "High", "大"),
            _choice("medium", "中", "Medium", "一般", "middle"),
            _choice("low", "低", "Low", "小"),
        ),
        "战略意义",
        "战略地位",
        "strategic importance",
        "strategic fit",
    ),
    _judged(
        "buying_power",
        "购买力",
        "Buying power",
        (
            _choice("strong", "强", "Strong", "很强", "高", "high"),
            _choice("some", "较强", "Some", "有一定", "有一定购买力"),
            _choice("average", "一般", "Average", "中", "medium"),
            _choice("weak", "弱", "Weak", "差", "低", "low"),
        ),
        "购买能力",
        "支付能力",
        "purchasing power",
        "spending power",
    ),
    _judged(
        "demand_stability",
        "需求稳定性",
        "Stability of demand",
        (
            _choice("stable", "稳定", "Stable", "长期稳定", "steady"),
            _choice("fluctuating", "有波动", "Fluctuating", "波动", "基本稳定"),
            _choice("flexible", "弹性大", "Flexible", "弹性", "随机", "elastic"),
            _choice("unstable", "不稳定", "Unstable", "很不稳定"),
        ),
        "采购稳定性",
        "需求稳定",
        "demand stability",
        "steadiness",
    ),
    _judged(
        "decision_power",
        "决策权",
        "Power of decision",
        (
            _choice("decides", "能拍板", "Decides", "有决策权", "最终决策", "decision maker"),
            _choice("influences", "能影响决策", "Influences", "影响决策", "有建议权", "influencer"),
            _choice("executes", "只经办", "Executes", "经办", "没有决策权", "buyer only"),
        ),
        "决策能力",
        "采购决策权",
        "decision power",
        "authority",
    ),
    _judged(
        "influence",
        "市场影响力",
        "Influence",
        (
            _choice("large", "大", "Large", "较大", "强", "high"),
            _choice("some", "有一定影响", "Some", "有一定", "中", "medium"),
            _choice("little", "小", "Little", "弱", "没有影响", "low"),
        ),
        "影响力",
        "行业影响力",
        "market influence",
        "standing",
    ),
    _judged(
        "resources",
        "资源实力",
        "Resources",
        (
            _choice("rich", "雄厚", "Rich", "强", "大", "strong"),
            _choice("some", "一般", "Some", "中", "有一定", "medium"),
            _choice("few", "薄弱", "Few", "弱", "小", "weak"),
        ),
        "资源",
        "客户资源",
        "resources of the customer",
        "means",
    ),
    _judged(
        "willingness",
        "付费意愿",
        "Willingness to pay",
        (
            _choice("ready", "愿意付费", "Ready to pay", "强", "愿为价值付费", "high"),
            _choice("bargains", "讲价成交", "Bargains", "中", "一般", "medium"),
            _choice("cheapest", "只比价格", "Cheapest only", "弱", "只看价格", "low"),
        ),
        "付款意愿",
        "支付意愿",
        "willing to pay",
        "price attitude",
    ),
)
