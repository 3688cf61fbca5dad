"""What is kept on file of an investor: complaints, from their taking up to their settlement."""

from __future__ import annotations

from typing import Final

from rung.sdk import Choice, Field, Kind, RecordState, RecordType, Text

__all__ = ["RECORDS", "ROLES"]


def _note(name: str, zh: str, en: str, *, is_required: bool = False, is_sensitive: bool = False) -> Field:
    title = Text(zh, en)
    return Field(id=name, title=title, kind=Kind.TEXT, is_required=is_required, is_sensitive=is_sensitive)


def _one_of(name: str, title: Text, *choices: tuple[str, str, str]) -> Field:
    found = tuple(Choice(id=each, title=Text(zh, en)) for each, zh, en in choices)
    return Field(id=name, title=title, kind=Kind.CATEGORY, choices=found)


def _state(name: str, zh: str, en: str, *, is_open: bool = True) -> RecordState:
    return RecordState(id=name, title=Text(zh, en), is_open=is_open)


COMPLAINT: Final = RecordType(
    id="complaint",
    title=Text("投诉处理单", "Complaint"),
    fields=(
        _note("subject", "投诉内容", "Subject", is_required=True, is_sensitive=True),
        _one_of(
            "cause",
            Text("投诉原因", "Cause"),
            ("product", "产品表现", "Product"),
            ("fees", "收费", "Fees"),
            ("suitability", "适当性匹配", "Suitability"),
            ("disclosure", "信息披露", "Disclosure"),
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
    by="wealth_manager",
    cause="cause",
    about=Text(
        "查明原因、定方案、跟踪结果，按原因定期分析；半个月内办结为设定。",
        "Cause found, plan made, result followed, counted by cause; half a month is our choice.",
    ),
)

RECORDS: Final = (COMPLAINT,)

ROLES: Final = {
    "wealth_manager": Text("理财经理", "Wealth manager"),
}
