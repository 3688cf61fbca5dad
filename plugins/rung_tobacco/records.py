"""What the customer manager keeps on file of a shop: the hardship file, visits and complaints."""

from __future__ import annotations

from typing import Final

from rung.sdk import Choice, Field, Kind, RecordState, RecordType, Text

__all__ = ["RECORDS", "ROLES"]


def _note(name: str, zh: str, en: str, *, is_required: bool = False, is_sensitive: bool = False) -> Field:
    title = Text(zh, en)
    return Field(id=name, title=title, kind=Kind.TEXT, is_required=is_required, is_sensitive=is_sensitive)


def _day(name: str, zh: str, en: str, *, is_required: bool = False) -> Field:
    return Field(id=name, title=Text(zh, en), kind=Kind.DATE, is_required=is_required)


def _one_of(name: str, title: Text, *choices: tuple[str, str, str]) -> Field:
    found = tuple(Choice(id=each, title=Text(zh, en)) for each, zh, en in choices)
    return Field(id=name, title=title, kind=Kind.CATEGORY, choices=found)


def _state(name: str, zh: str, en: str, *, is_open: bool = True) -> RecordState:
    return RecordState(id=name, title=Text(zh, en), is_open=is_open)


HARDSHIP_FILE: Final = RecordType(
    id="hardship_file",
    title=Text("困难零售户档案", "Hardship file"),
    fields=(
        Field(
            id="hardship",
            title=Text("困难类型", "Kind of hardship"),
            kind=Kind.CATEGORY,
            choices=(
                Choice(id="old", title=Text("老", "Old")),
                Choice(id="weak", title=Text("弱", "Weak")),
                Choice(id="ill", title=Text("病", "Ill")),
                Choice(id="disabled", title=Text("残", "Disabled")),
            ),
            is_required=True,
            is_sensitive=True,
        ),
        _note("circumstances", "困难情况", "Circumstances", is_required=True, is_sensitive=True),
        _note("needs", "帮扶需求", "Help needed", is_sensitive=True),
        _note("supply", "货源照顾", "Supply tilted", is_sensitive=True),
        _note("help", "帮扶措施", "Help given", is_sensitive=True),
    ),
    states=(
        _state("on_file", "在档", "On file"),
        _state("closed", "已销档", "Closed", is_open=False),
    ),
    by="customer_manager",
    cause="hardship",
    about=Text("情感服务先建档，后服务。", "Care begins once the file is open."),
)

VISIT_PLAN: Final = RecordType(
    id="visit_plan",
    title=Text("走访计划", "Visit plan"),
    fields=(
        _note("purpose", "走访事由", "Purpose", is_required=True),
        _day("planned_on", "计划日期", "Planned for", is_required=True),
        _one_of(
            "manner",
            Text("走访方式", "Manner"),
            ("in_person", "上门", "In person"),
            ("call", "电话", "Call"),
            ("online", "线上", "Online"),
        ),
    ),
    states=(
        _state("planned", "已计划", "Planned"),
        _state("paid", "已走访", "Paid", is_open=False),
        _state("cancelled", "已取消", "Cancelled", is_open=False),
    ),
    by="customer_manager",
    about=Text("写明目的、时间和方式。", "Purpose, time and manner."),
)

VISIT_REPORT: Final = RecordType(
    id="visit_report",
    title=Text("走访记录", "Visit report"),
    fields=(
        _day("visited_on", "走访日期", "Visited on", is_required=True),
        _one_of(
            "purpose",
            Text("走访事由", "Purpose"),
            ("routine", "常规走访", "Routine"),
            ("brand", "品牌培育", "Brand work"),
            ("guidance", "经营指导", "Guidance"),
            ("display", "陈列帮扶", "Display"),
            ("care", "关爱慰问", "Care"),
        ),
        _note("findings", "经营情况", "What was found", is_required=True),
        _note("advice", "指导建议", "Advice"),
        _note("next_step", "跟踪事项", "To be followed up"),
    ),
    states=(
        _state("open", "待跟踪", "To be followed up"),
        _state("done", "已落实", "Carried out", is_open=False),
    ),
    by="customer_manager",
    cause="purpose",
)

COMPLAINT: Final = RecordType(
    id="complaint",
    title=Text("投诉处理单", "Complaint"),
    fields=(
        _note("subject", "投诉内容", "Subject", is_required=True),
        _one_of(
            "cause",
            Text("投诉原因", "Cause"),
            ("supply", "货源供应", "Supply"),
            ("delivery", "送货", "Delivery"),
            ("quality", "卷烟质量", "Quality"),
            ("settlement", "货款结算", "Settlement"),
            ("service", "服务态度", "Service"),
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
    by="customer_manager",
    cause="cause",
    about=Text(
        "查明原因、定方案、跟踪结果，按原因定期分析；半个月内办结为设定。",
        "Cause found, plan made, result followed, counted by cause; half a month is our choice.",
    ),
)

RECORDS: Final = (HARDSHIP_FILE, VISIT_PLAN, VISIT_REPORT, COMPLAINT)

ROLES: Final = {
    "customer_manager": Text("片区客户经理", "District customer manager"),
}
