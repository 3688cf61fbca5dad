"""What is kept on file of a channel client: how talks are prepared, and the review of each month."""

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


TALKS: Final = RecordType(
    id="talks",
    title=Text("谈判准备表", "Preparation of talks"),
    fields=(
        _note("running", "经营状况", "How the client runs", is_required=True),
        _note("strategy", "经营策略", "Strategy"),
        _note("news", "最新动态", "News"),
        _note("key_departments", "关键部门", "Key departments", is_required=True),
        _day("talks_on", "谈判日期", "Talks on"),
        _note("result", "谈判结果", "Result"),
    ),
    states=(
        _state("preparing", "准备中", "In preparation"),
        _state("talking", "谈判中", "In talks"),
        _state("closed", "已结束", "Closed", is_open=False),
    ),
    by="channel_specialist",
    about=Text(
        "谈判前了解客户的经营状况、策略、动态和关键部门。",
        "Before talks: how the client runs, its strategy, news and key departments.",
    ),
)

BUSINESS_REVIEW: Final = RecordType(
    id="business_review",
    title=Text("月度生意回顾表", "Monthly business review"),
    fields=(
        _day("month", "回顾月份", "Month under review", is_required=True),
        _note("sales", "销售情况", "Sales", is_required=True),
        _note("promotions", "促销执行", "Promotions carried out"),
        _one_of(
            "matter",
            Text("主要问题", "Main problem"),
            ("price", "价格", "Price"),
            ("store_cost", "进店费用", "In-store cost"),
            ("supply", "供货", "Supply"),
            ("display", "陈列", "Display"),
            ("none", "无", "None"),
        ),
        _note("next_month", "下月计划", "Next month's plan"),
    ),
    states=(
        _state("open", "进行中", "Under way"),
        _state("done", "已完成", "Done", is_open=False),
    ),
    deadline="1mo",
    by="channel_specialist",
    cause="matter",
    about=Text("每月与客户回顾一次生意。", "The business is reviewed with the client each month."),
)

RECORDS: Final = (TALKS, BUSINESS_REVIEW)

ROLES: Final = {
    "channel_specialist": Text("特渠专员", "Special-channel specialist"),
}
