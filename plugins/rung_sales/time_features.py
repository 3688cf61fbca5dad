"""How long since a lead was last heard of or bought, and how long until it closes or must be acted on."""

from __future__ import annotations

from typing import Final

from rung.sdk import Aggregate, Feature, Kind, Text

__all__ = ["TIMED"]

_SINCE: Final = (
    Feature(
        id="days_since_followup",
        title=Text("距上次跟进天数", "Days since the last follow-up"),
        kind=Kind.INTEGER,
        unit="天",
        low=0,
        aliases=("未跟进天数", "days without follow-up"),
        events="followups",
        aggregate=Aggregate.DAYS_SINCE,
    ),
    Feature(
        id="days_since_mail",
        title=Text("距上次来信天数", "Days since the last mail received"),
        kind=Kind.INTEGER,
        unit="天",
        low=0,
        aliases=("未来信天数", "days without mail"),
        events="mails",
        aggregate=Aggregate.DAYS_SINCE,
        where={"direction": "in"},
    ),
    Feature(
        id="months_since_order",
        title=Text("距上次成交月数", "Months since the last order"),
        kind=Kind.INTEGER,
        unit="月",
        low=0,
        aliases=("未成交月数", "months without order"),
        events="orders",
        aggregate=Aggregate.MONTHS_SINCE,
        where={"kind": "formal"},
    ),
)


def _until(name: str, zh: str, en: str, aggregate: Aggregate, day: str, *aliases: str) -> Feature:
    return Feature(
        id=name,
        title=Text(zh, en),
        kind=Kind.INTEGER,
        unit="天" if aggregate is Aggregate.DAYS_UNTIL else "月",
        aliases=aliases,
        events="customers",
        aggregate=aggregate,
        column=day,
    )


_UNTIL: Final = (
    _until("days_to_close", "距成交天数", "Days to close", Aggregate.DAYS_UNTIL, "expected_close_on",
           "预计成交天数", "days until close"),
    _until("months_to_close", "距成交月数", "Months to close", Aggregate.MONTHS_UNTIL, "expected_close_on",
           "几个月内成交", "months until close"),
    _until("days_to_act", "距处理天数", "Days to act", Aggregate.DAYS_UNTIL, "act_by", "剩余天数",
           "days until due"),
    _until("months_to_act", "距处理月数", "Months to act", Aggregate.MONTHS_UNTIL, "act_by", "几个月内处理",
           "months until due"),
)  # fmt: skip
# A month begun counts as a month: 1 is any day up to the same day of next month.

TIMED: Final = (*_SINCE, *_UNTIL)
