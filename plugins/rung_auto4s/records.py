"""What the shop keeps on file besides its tables: complaints, and visits paid to group customers."""

from __future__ import annotations

from typing import Final

from rung.sdk import Choice, Field, Kind, RecordState, RecordType, Text

__all__ = ["RECORDS", "ROLES"]


def _note(name: str, zh: str, en: str, *, is_required: bool = False) -> Field:
    return Field(id=name, title=Text(zh, en), kind=Kind.TEXT, is_required=is_required)


def _state(name: str, zh: str, en: str, *, is_open: bool = True) -> RecordState:
    return RecordState(id=name, title=Text(zh, en), is_open=is_open)


COMPLAINT: Final = RecordType(
    id="complaint",
    title=Text("投诉处理单", "Complaint"),
    fields=(
        _note("subject", "投诉内容", "Subject", is_required=True),
        Field(
            id="cause",
            title=Text("投诉原因", "Cause"),
            kind=Kind.CATEGORY,
            choices=(
                Choice(id="repair", title=Text("维修质量", "Repair")),
                Choice(id="price", title=Text("价格收费", "Price")),
                Choice(id="waiting", title=Text("等待时间", "Waiting")),
                Choice(id="manner", title=Text("服务态度", "Manner")),
                Choice(id="parts", title=Text("配件", "Parts")),
                Choice(id="other", title=Text("其他", "Other")),
            ),
        ),
        _note("plan", "处理方案", "Plan"),
        _note("result", "处理结果", "Result"),
    ),
    states=(
        _state("received", "已受理", "Received"),
        _state("in_hand", "处理中", "In hand"),
        _state("settled", "已办结", "Settled", is_open=False),
    ),
    deadline="7d",
    by="service_advisor",
    cause="cause",
    about=Text(
        "客户投诉一件一单；七天办结为本行业包的设定。", "One for each complaint; seven days are our choice."
    ),
)

GROUP_VISIT: Final = RecordType(
    id="group_visit",
    title=Text("集团客户拜访记录", "Visit to a group customer"),
    fields=(
        Field(id="visited_on", title=Text("拜访日期", "Visited on"), kind=Kind.DATE, is_required=True),
        _note("met", "拜访对象", "Met"),
        Field(
            id="vehicles",
            title=Text("车辆数", "Vehicles"),
            kind=Kind.INTEGER,
            unit="辆",
            low=0,
            high=100_000,
        ),
        _note("needs", "客户需求", "Needs", is_required=True),
        _note("next_step", "下一步", "Next step"),
    ),
    states=(
        _state("open", "待落实", "To be carried out"),
        _state("done", "已落实", "Carried out", is_open=False),
    ),
    by="key_account_manager",
    about=Text(
        "集团客户由大客户经理上门拜访。", "Group customers are visited in person by the key-account manager."
    ),
)

RECORDS: Final = (COMPLAINT, GROUP_VISIT)

ROLES: Final = {
    "service_advisor": Text("服务顾问", "Service advisor"),
    "key_account_manager": Text("大客户经理", "Key-account manager"),
}
