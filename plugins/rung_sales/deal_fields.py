"""What is known of the deal: its need, its stage as noted, what it may be worth, and when."""

from __future__ import annotations

from typing import Final

from rung.sdk import Choice, Field, Kind, Text

__all__ = ["DEAL"]


def _choice(name: str, zh: str, en: str, *aliases: str) -> Choice:
    return Choice(id=name, title=Text(zh, en), aliases=aliases)


DEAL: Final = (
    Field(
        id="need",
        title=Text("需求状况", "Need"),
        kind=Kind.CATEGORY,
        choices=(
            _choice("now", "明确", "Now", "有明确需求", "明确需求", "现有需求", "clear"),
            _choice("later", "潜在", "Later", "潜在需求", "将来有需求", "暂无需求", "latent"),
            _choice("none", "没有", "Never", "没有需求", "无需求", "no need"),
        ),
        aliases=("需求", "客户需求", "需求情况", "current need", "demand"),
        about=Text(
            "明确：说得出要什么、要多少；潜在：现在不要，以后会要；没有：不会要。",
            "Now: can say what and how much; later: not now, but will; never: will not.",
        ),
    ),
    Field(
        id="is_hopeless",
        title=Text("无成交可能", "No chance of a deal"),
        kind=Kind.BOOLEAN,
        aliases=("已无可能", "无可能成交", "是否无成交可能", "no chance", "hopeless"),
    ),
    Field(
        id="stage",
        title=Text("当前阶段", "Stage noted"),
        kind=Kind.CATEGORY,
        choices=(
            _choice("lead", "商机挖掘", "Lead", "商机", "线索"),
            _choice("visit", "拜访跟进", "Visit", "拜访", "跟进"),
            _choice("proposal", "方案产品", "Proposal", "方案", "报方案"),
            _choice("negotiation", "商务谈判", "Negotiation", "谈判", "洽谈"),
            _choice("contract", "合同签订", "Contract", "签约", "已签合同", "signed"),
        ),
        aliases=("阶段", "销售阶段", "商机阶段", "deal stage", "pipeline stage"),
        about=Text("业务员登记的阶段。", "The stage as the salesperson noted it."),
    ),
    Field(
        id="expected_amount",
        title=Text("可成交金额", "Dealable amount"),
        kind=Kind.MONEY,
        unit="元",
        aliases=("预计成交金额", "预计金额", "商机金额", "expected amount", "deal amount", "deal value"),
        low=0,
    ),
    Field(
        id="potential_volume",
        title=Text("潜在年用量", "Potential volume"),
        kind=Kind.MONEY,
        unit="元",
        aliases=("潜在采购额", "年潜在采购量", "潜在用量", "yearly potential", "potential purchases"),
        about=Text("一年可能采购的金额。", "What it might buy in a year, in money."),
        low=0,
    ),
    Field(
        id="expected_close_on",
        title=Text("预计成交日期", "Expected to close on"),
        kind=Kind.DATE,
        aliases=("预计签单日期", "预计成交日", "预计签约日期", "expected close date", "close date"),
    ),
    Field(
        id="act_by",
        title=Text("须处理日期", "To be acted on by"),
        kind=Kind.DATE,
        aliases=("最迟处理日期", "要求处理日期", "客户要求日期", "action due", "due date"),
    ),
)
