"""What is kept on file of a customer in any trade: visits planned and paid, complaints and surveys."""

from __future__ import annotations

from typing import Final

from rung.sdk import Choice, Field, Kind, RecordState, RecordType, Text

__all__ = ["RECORDS", "ROLES"]


def _note(name: str, zh: str, en: str, *, is_required: bool = False) -> Field:
    return Field(id=name, title=Text(zh, en), kind=Kind.TEXT, is_required=is_required)


def _day(name: str, zh: str, en: str, *, is_required: bool = False) -> Field:
    return Field(id=name, title=Text(zh, en), kind=Kind.DATE, is_required=is_required)


def _one_of(name: str, title: Text, *choices: tuple[str, str, str]) -> Field:
    found = tuple(Choice(id=each, title=Text(zh, en)) for each, zh, en in choices)
    return Field(id=name, title=title, kind=Kind.CATEGORY, choices=found)


def _state(name: str, zh: str, en: str, *, is_open: bool = True) -> RecordState:
    return RecordState(id=name, title=Text(zh, en), is_open=is_open)


VISIT_PLAN: Final = RecordType(
    id="visit_plan",
    title=Text("拜访计划", "Visit plan"),
    fields=(
        _note("purpose", "拜访目的", "Purpose", is_required=True),
        _day("planned_on", "计划日期", "Planned for", is_required=True),
        _one_of(
            "manner",
            Text("拜访方式", "Manner"),
            ("in_person", "上门", "In person"),
            ("call", "电话", "Call"),
            ("online", "线上", "Online"),
        ),
    ),
    states=(
        _state("planned", "已计划", "Planned"),
        _state("paid", "已拜访", "Paid", is_open=False),
        _state("cancelled", "已取消", "Cancelled", is_open=False),
    ),
    by="sales_rep",
    about=Text("写明目的、时间和方式。", "Purpose, time and manner."),
)

VISIT_REPORT: Final = RecordType(
    id="visit_report",
    title=Text("拜访记录", "Visit report"),
    fields=(
        _day("visited_on", "拜访日期", "Visited on", is_required=True),
        _note("met", "拜访对象", "Met"),
        _note("needs", "客户需求", "Needs", is_required=True),
        _note("problems", "存在问题", "Problems"),
        _note("advice", "建议", "Advice"),
        _note("next_step", "跟踪事项", "To be followed up"),
    ),
    states=(
        _state("open", "待跟踪", "To be followed up"),
        _state("done", "已落实", "Carried out", is_open=False),
    ),
    deadline="15d",
    by="sales_rep",
    about=Text(
        "拜访后填写：了解到的需求、解决的问题、提出的建议，并跟踪落实；半个月落实为设定。",
        "After the visit: needs learnt, problems solved, advice given, and followed through; half a month is "
        "our choice.",
    ),
)

COMPLAINT: Final = RecordType(
    id="complaint",
    title=Text("投诉处理单", "Complaint"),
    fields=(
        _note("subject", "投诉内容", "Subject", is_required=True),
        _one_of(
            "cause",
            Text("投诉原因", "Cause"),
            ("product", "产品质量", "Product"),
            ("delivery", "交货", "Delivery"),
            ("price", "价格", "Price"),
            ("after_sales", "售后服务", "After-sales service"),
            ("manner", "服务态度", "Manner"),
            ("other", "其他", "Other"),
        ),
        _note("plan", "处理方案", "Plan"),
        _note("result", "处理结果", "Result"),
        _note("improvement", "改进措施", "Improvement"),
    ),
    states=(
        _state("received", "已受理", "Received"),
        _state("in_hand", "处理中", "In hand"),
        _state("settled", "已办结", "Settled", is_open=False),
    ),
    deadline="15d",
    by="sales_rep",
    cause="cause",
    about=Text(
        "查明原因、定方案、跟踪结果，按原因定期分析；半个月内办结为设定。",
        "Cause found, plan made, result followed, counted by cause; half a month is our choice.",
    ),
)

SURVEY: Final = RecordType(
    id="survey",
    title=Text("满意度调查表", "Satisfaction survey"),
    fields=(
        _day("asked_on", "发出日期", "Asked on", is_required=True),
        Field(
            id="score",
            title=Text("满意度得分", "Satisfaction"),
            kind=Kind.NUMBER,
            unit="分",
            decimals=1,
            low=0,
            high=100,
        ),
        _one_of(
            "matter",
            Text("最不满意的方面", "Least content with"),
            ("product", "产品", "Product"),
            ("delivery", "交货", "Delivery"),
            ("price", "价格", "Price"),
            ("service", "服务", "Service"),
            ("nothing", "没有不满意", "Nothing"),
        ),
        _note("remarks", "客户意见", "What the client says"),
        _note("adjustment", "策略调整", "Strategy adjusted"),
    ),
    states=(
        _state("sent", "已发出", "Sent"),
        _state("answered", "已收回", "Answered"),
        _state("seen_to", "已处理", "Seen to", is_open=False),
    ),
    deadline="1mo",
    by="sales_rep",
    cause="matter",
    about=Text(
        "关注满意度，据此调整策略；一个月收回为设定。",
        "Satisfaction is watched and the strategy adjusted to it; a month is our choice.",
    ),
)

RECORDS: Final = (VISIT_PLAN, VISIT_REPORT, COMPLAINT, SURVEY)

ROLES: Final = {
    "sales_rep": Text("销售代表", "Sales representative"),
}
