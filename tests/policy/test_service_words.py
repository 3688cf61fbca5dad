"""Every kind of promise, and every duty of an alarm, in words of both languages."""

from __future__ import annotations

from typing import Any

import pytest

from rung.policy.model import Alarm, ServiceTerms
from rung.policy.service_words import alarm_words, terms_words
from rung.text import Text, set_language

ROLES = {"head": Text("经理", "Head")}
B = {"zh": "乙", "en": "b"}


def said(kind: str, **parts: Any) -> str:
    (words,) = terms_words(ServiceTerms.model_validate({kind: parts}), ROLES)
    return words


KINDS: tuple[tuple[str, dict[str, Any], str, str], ...] = (
    ("contact", {"every": "7d"}, "contact every 7 days", "每7天联系一次"),
    (
        "contact",
        {"phases": [{"every": "3d", "lasts": "14d"}, {"every": "7d"}], "until": B},
        "contact every 3 days for 14 days, then every 7 days, until b",
        "联系：前14天每3天，其后每7天，直到乙",
    ),
    ("respond", {"to": "complaint", "within": "24h"}, "answer to “complaint” within 24 hours", ""),
    (
        "respond",
        {"to": "complaint", "title": {"zh": "客户投诉", "en": "a complaint"}, "within": "24h"},
        "answer to “a complaint” within 24 hours",
        "“客户投诉”须在24小时内答复",
    ),
    ("review", {"every": "6mo"}, "grade reviewed every 6 months", ""),
    ("owner", {"by": "head"}, "responsible: Head", "专人负责：经理"),
    (
        "approve",
        {"documents": B, "by": "head", "within": "1d"},
        "b go out only when passed by: Head, within 1 day",
        "乙须经经理审核后方可发出，1天内",
    ),
    ("resource", {"what": B, "amount": 1.5, "unit": "×"}, "b: 1.5 ×", "乙：1.5 ×"),
    ("resource", {"what": B, "amount": 2}, "b: 2", "乙：2"),
    ("resource", {"what": B}, "b", "乙"),
    ("benefit", {"text": B}, "b", "乙"),
    (
        "handling",
        {"text": B, "batch": True, "turn": 2, "by": "head"},
        "b, worked in one batch, turn 2; by: Head",
        "乙，集中成批处理，第2顺位；责任人：经理",
    ),
    (
        "release",
        {"after": "30d", "warn": "3d", "cooling_off": "90d"},
        "back to the public pool after 30 days without contact, the owner is told 3 days before, "
        "not taken again by the same owner for 90 days",
        "30天未联系即退回公海，提前3天提醒负责人，原负责人90天内不得再领取",
    ),
    ("escalate", {"after": "2d", "to": "head"}, "2 days late: Head is told", "逾期2天：报经理"),
    ("stop", {"text": B}, "nothing more is done: b", "不再跟进：乙"),
    ("promise", {"text": B}, "b", "乙"),
    ("benefit", {"text": B, "when": {"x": 1}}, "b; under a condition", "乙；有条件"),
)


@pytest.mark.parametrize(("kind", "parts", "english"), [case[:3] for case in KINDS])
def test_a_promise_is_put_into_words(kind: str, parts: dict[str, Any], english: str) -> None:
    assert said(kind, **parts) == english


@pytest.mark.parametrize(
    ("kind", "parts", "chinese"), [(kind, parts, zh) for kind, parts, _en, zh in KINDS if zh]
)
def test_a_promise_is_put_into_chinese_words(kind: str, parts: dict[str, Any], chinese: str) -> None:
    set_language("zh")
    try:
        assert said(kind, **parts) == chinese
    finally:
        set_language("en")


def test_a_condition_is_told_where_it_can_be_put_into_words() -> None:
    terms = ServiceTerms.model_validate({"benefit": {"text": B, "when": {"x": 1}}})
    assert terms_words(terms, ROLES, lambda _condition: "X is 1") == ["b; if X is 1"]


def test_a_suggestion_nobody_accepted_is_marked() -> None:
    terms = {"stated": False, "benefit": {"text": B, "basis": "assumed", "because": "x"}}
    assert terms_words(ServiceTerms.model_validate(terms), ROLES) == ["b (suggested, not in force)"]


def test_an_alarm_names_every_duty_and_who_is_told_when_one_is_late() -> None:
    alarm = Alarm.model_validate(
        {
            "id": "a",
            "title": "A",
            "on": "surveys",
            "duties": [
                {"text": "Call", "by": "head", "within": "24h", "channel": "phone"},
                {"text": "Mail", "by": "x"},
            ],
            "escalate_after": "2h",
            "escalate_to": "head",
        }
    )
    assert alarm_words(alarm, ROLES) == [
        "Call; by: Head; within 24 hours; phone",
        "Mail; by: x; at once",
        "2 hours late: Head is told",
    ]
