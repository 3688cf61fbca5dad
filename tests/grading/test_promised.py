"""Service promised: every kind of obligation, owed where its condition holds, known by its code."""

from __future__ import annotations

from typing import Any

from drawn_policies import policy

from rung.grading.calibration import Calibration
from rung.grading.compiled import CompiledPolicy
from rung.grading.promised import service_of
from rung.grading.scorecard import Scorecard

EVERY_KIND: dict[str, Any] = {
    "contact": [{"every": "7d"}, {"every": "1d", "when": {"yes": True}}, {"id": "call", "every": "3d"}],
    "respond": {"to": "complaint", "within": "24h", "when": {"yes": True}},
    "review": {"every": "6mo", "when": {"yes": True}},
    "owner": {"by": "manager", "when": {"yes": True}},
    "approve": {"documents": "Quotes", "by": "manager", "when": {"yes": True}},
    "resource": {"what": "Stock", "amount": 1.5, "unit": "×", "when": {"yes": True}},
    "benefit": {"text": "Gifts", "when": {"yes": True}},
    "handling": {"text": "Together", "batch": True, "when": {"yes": True}},
    "release": {"after": "30d", "when": {"yes": True}},
    "escalate": {"after": "2d", "to": "manager", "when": {"yes": True}},
    "stop": {"text": "No calls", "when": {"yes": True}},
    "promise": [{"text": "Care", "when": {"yes": True}}, {"text": "More care"}],
}


def promising(**more: Any) -> CompiledPolicy:
    parts: dict[str, Any] = {
        "grading": {"mode": "rules", "otherwise": "D"},
        "rules": [{"id": "a", "grade": "A", "when": {"count": ">= 1"}, "reason": "r"}],
        "service": {"A": EVERY_KIND, "D": {"promise": {"text": "A smile"}}},
        "flags": [{"id": "care", "title": "Care", "when": {"word": "x"}, "service_class": "D"}],
    }
    return policy(**parts | more)


def codes(compiled: CompiledPolicy, row: dict[str, Any], grade: str | None) -> list[tuple[str, ...]]:
    return [line.codes for line in service_of(Scorecard(compiled, Calibration()), row, grade)]


def test_every_kind_of_obligation_is_owed_only_where_its_condition_holds() -> None:
    without = ("contact:1", "call", "promise:2")
    assert codes(promising(), {"count": 1, "yes": False}, "A") == [without]
    assert codes(promising(), {"count": 1}, "A") == [without]
    assert codes(promising(), {"count": 1, "yes": True}, "A") == [
        (
            "contact:1",
            "contact:2",
            "call",
            "respond",
            "review",
            "owner",
            "approve",
            "resource",
            "benefit",
            "handling",
            "release",
            "escalate",
            "stop",
            "promise:1",
            "promise:2",
        )
    ]


def test_codes_are_those_of_the_policy_where_some_promises_fall_away() -> None:
    (line,) = service_of(Scorecard(promising(), Calibration()), {"yes": False}, "A")
    kinds = [obligation.kind for obligation in line.terms.obligations()]
    assert list(zip(line.codes, kinds, strict=True)) == [
        ("contact:1", "contact"),
        ("call", "contact"),
        ("promise:2", "promise"),
    ]


def test_a_flag_brings_the_service_of_its_class_beside_the_grade_s_own() -> None:
    assert codes(promising(), {"word": "x"}, "A") == [("contact:1", "call", "promise:2"), ("promise",)]
    assert codes(promising(), {"word": "x"}, None) == [("promise",)]


def test_what_a_promise_asks_for_is_read_from_the_tables() -> None:
    owed = {"promise": {"text": "Care", "when": {"share": "> 1"}}}
    made = promising(service={"A": owed}, flags=[])
    assert made.wanted == {"count", "share"}
