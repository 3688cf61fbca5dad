"""What an analysis finds in gates, flags and promises: the needless, the idle, what nobody is owed."""

from __future__ import annotations

from typing import Any

import pytest
from found_in import FULL, SCORED, only
from small_world import analysed, policy


@pytest.mark.parametrize(("limit", "unreachable"), [("A", ["grades[1]"]), ("B", ["grades[0]", "grades[1]"])])
def test_a_gate_left_open_refuses_only_where_it_would_change_the_grade(limit, unreachable):
    compiled = policy(
        grading={"mode": "rules", "missing": "no_match", "otherwise": "C"},
        rules=[{"id": "r", "grade": "A", "when": {"count": "missing"}, "reason": "r"}],
        gates=[{"id": "g", "when": {"count": ">= 3"}, "at_most": limit, "reason": "g"}],
    )
    assert [each[2] for each in analysed(compiled, "unreachable_grade")] == unreachable


def gated(*gates: dict[str, Any]) -> list[tuple[str, str, str]]:
    named = [{"id": f"g{n}", "reason": "g", **gate} for n, gate in enumerate(gates)]
    return analysed(policy(grading=SCORED, criteria=[FULL], gates=named))


def test_a_gate_that_applies_only_where_a_stronger_one_does_is_needless():
    assert gated(
        {"when": {"count": ">= 2"}, "at_most": "C"}, {"when": {"count": ">= 4"}, "at_most": "B"}
    ) == [
        ("unreachable_grade", "error", "grades[0]"),
        ("unreachable_grade", "error", "grades[1]"),
        ("subsumed", "warning", "gates[1]"),
    ]
    assert gated(
        {"when": {"yes": True}, "at_most": "C"}, {"when": {"yes": True, "count": "5"}, "at_most": "B"}
    ) == [("subsumed", "warning", "gates[1]")]


def test_a_gate_that_caps_lower_inside_another_is_not_needless():
    assert (
        gated({"when": {"yes": True}, "at_most": "B"}, {"when": {"yes": True, "count": "5"}, "at_most": "C"})
        == []
    )


def test_gates_that_do_the_same_are_duplicates():
    assert gated(
        {"when": {"yes": True}, "at_most": "B"}, {"when": {"not": {"yes": False}}, "at_most": "B"}
    ) == [("duplicate", "warning", "gates[1]")]


def test_a_gate_that_changes_nobodys_grade_is_idle():
    assert gated({"when": {"count": "< 3"}, "at_most": "B"}) == [("idle", "warning", "gates[0]")]
    assert gated({"when": {"count": "< 3"}, "at_most": "C"}) == []


def test_a_gate_that_applies_to_everybody_is_told():
    assert ("always", "warning", "gates[0].when") in gated(
        {"when": {"any": [{"count": ">= 2"}, {"count": "< 3"}]}, "at_most": "B"}
    )


def test_a_hard_gate_inside_a_soft_one_leaves_a_note():
    soft = {"when": {"yes": True}, "at_most": "B"}
    assert gated(soft, {**soft, "when": {"yes": True, "count": "5"}, "hard": True}) == [
        ("subsumed", "note", "gates[1]")
    ]


def test_flags_that_say_the_same_are_told_and_one_inside_another_is_not():
    flags = [
        {"id": "f0", "title": "F", "when": {"count": ">= 2"}},
        {"id": "f1", "title": "F", "when": {"count": "not([0..1])"}},
        {"id": "f2", "title": "F", "when": {"count": ">= 3"}},
    ]
    compiled = policy(grading=SCORED, criteria=[FULL], flags=flags)
    assert analysed(compiled) == [("duplicate", "warning", "flags[1]")]
    assert only(compiled, "duplicate").example.assessment.flags == ("f0", "f1")


def test_a_promise_nobody_is_owed_is_told_where_it_stands():
    service = {"A": {"contact": [{"every": "1mo"}, {"every": "2mo", "when": {"count": "> 5"}}]}}
    compiled = policy(grading=SCORED, criteria=[FULL], service=service)
    assert analysed(compiled) == [("impossible", "error", "service.A.contact[1].when")]
