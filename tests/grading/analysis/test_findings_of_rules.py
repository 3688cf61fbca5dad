"""What an analysis finds in a table of rules: gaps, rules that never decide, contradictions, stages."""

from __future__ import annotations

import pytest
from found_in import example_of, only
from small_world import analysed, key_of, of_kind, policy, rules, told

from rung.errors import Severity
from rung.grading.analysis import analyse


def test_a_sound_table_is_clean():
    compiled = rules(("A", {"count": ">= 3"}), ("B", {"count": "< 3", "yes": True}), otherwise="C")
    assert told(analyse(compiled)) == []


def test_a_gap_is_told_as_the_condition_a_rule_would_need():
    compiled = rules(("A", {"count": ">= 3"}), ("B", {"count": "< 2"}), ("C", {"count": "< 1"}))
    gap = only(compiled, "gap")
    assert (gap.severity, key_of(gap)) == (Severity.WARNING, "rules")
    assert 'No rule holds for the customers { count = "2" }: they are not graded.' in str(gap.problem)
    assert gap.example.assessment.not_graded == "no_rule"
    assert example_of(gap, compiled) == "{ count = 2 }"


def test_gaps_over_money_dates_and_texts_are_found_by_value_not_by_text():
    compiled = rules(
        ("A", {"spend": ">= 100.01"}),
        ("B", {"spend": "< 100"}),
        ("C", {"spend": "[100..100.00]"}),
        missing="no_match",
    )
    assert [each for each in analysed(compiled, "gap") if each[1] == "warning"] == []
    compiled = rules(("A", {"since": "> 2026-01-31"}), ("B", {"since": "< 2026-01-31"}), ("C", {"word": "a"}))
    (gap,) = [each for each in of_kind(analyse(compiled), "gap") if each.severity is Severity.WARNING]
    assert '{ since = "2026-01-31", word = "not(a)" }' in str(gap.problem)
    assert example_of(gap, compiled) == '{ since = 2026-01-31, word = "…" }'


def test_a_gap_only_missing_values_make_is_a_note():
    compiled = rules(("A", {"yes": True}), ("B", {"yes": False}), missing="no_match", otherwise=None)
    assert analysed(compiled, "gap") == [("gap", "note", "rules")]
    refusing = rules(("A", {"yes": True}), ("B", {"yes": False}))
    assert analysed(refusing, "gap") == []


def test_with_otherwise_there_is_no_gap():
    assert analysed(rules(("A", {"count": "> 3"}), ("B", {"count": "3"}), otherwise="C"), "gap") == []


def test_a_rule_behind_a_wider_one_never_decides():
    compiled = rules(("A", {"count": ">= 2"}), ("B", {"count": ">= 4", "yes": True}), otherwise="C")
    found = only(compiled, "shadowed")
    assert (found.severity, key_of(found)) == (Severity.ERROR, "rules[1]")
    assert "Rule “r2” never decides: “r1” holds wherever it does" in found.problem.message
    assert [other.key for other in found.others] == ["rules[0]"]
    assert found.example.assessment.decided == ("r1",)


def test_a_rule_is_shadowed_by_two_that_only_together_hold_wherever_it_does():
    compiled = rules(
        ("A", {"count": ">= 2"}), ("A", {"count": "< 2", "yes": [True]}), ("B", {"yes": True}), otherwise="C"
    )
    found = only(compiled, "shadowed")
    assert key_of(found) == "rules[2]"
    assert "another goes before it: “r1”, “r2”" in found.problem.message


def test_a_rule_no_customer_can_reach_past_open_ones_never_decides():
    compiled = rules(("A", {"count": ">= 2"}), ("B", {"count": "missing"}), otherwise="C")
    found = only(compiled, "shadowed")
    assert "missing values leave another rule open" in found.problem.message
    assert (
        analysed(
            rules(("A", {"count": ">= 2"}), ("B", {"count": "missing"}), otherwise="C", missing="no_match")
        )
        == []
    )


def test_an_open_rule_of_the_same_grade_keeps_none_from_deciding():
    compiled = rules(("A", {"count": ">= 2"}), ("A", {"count": "missing"}), otherwise="C")
    assert analysed(compiled, "shadowed") == []


def test_the_same_condition_written_in_other_words_is_a_duplicate():
    compiled = rules(
        ("A", {"count": ">= 2", "kind": "not(x)"}),
        ("A", {"not": {"any": [{"count": "< 2"}, {"kind": "x"}]}}),
        otherwise="B",
    )
    assert analysed(compiled, "duplicate") == [("duplicate", "warning", "rules[1]")]


def test_two_rules_that_ask_the_same_and_disagree_contradict_each_other():
    compiled = rules(("A", {"count": ">= 2"}), ("B", {"count": "2, [3..5]"}), otherwise="C")
    found = only(compiled, "contradiction")
    assert found.severity is Severity.ERROR
    assert "gives B where that gives A" in found.problem.message


def test_an_overlap_of_other_grades_is_only_a_note_where_the_first_decides():
    compiled = rules(("A", {"count": ">= 3"}), ("B", {"yes": True}), otherwise="C")
    found = only(compiled, "overlap")
    assert (found.severity, key_of(found)) == (Severity.NOTE, "rules[1]")
    assert analyse(compiled).is_clean


def test_a_rule_a_later_one_of_its_grade_holds_with_is_a_note():
    compiled = rules(("A", {"count": ">= 4"}), ("A", {"count": ">= 2"}), otherwise="B")
    assert analysed(compiled, "subsumed") == [("subsumed", "note", "rules[0]")]


@pytest.mark.parametrize("hit", ["unique", "any"])
def test_rules_that_conflict_are_told_pair_by_pair_with_a_customer_who_is_not_graded(hit):
    compiled = rules(
        ("A", {"count": ">= 3"}),
        ("B", {"count": ">= 4", "yes": True}),
        ("C", {"yes": False}),
        hit=hit,
        otherwise="C",
    )
    found = of_kind(analyse(compiled), "conflict")
    assert [(key_of(each), each.others[0].key) for each in found] == [
        ("rules[0]", "rules[1]"),
        ("rules[0]", "rules[2]"),
    ]
    assert {each.example.assessment.not_graded for each in found} == {"conflict"}
    assert found[0].severity is Severity.ERROR


def test_under_any_rules_that_agree_may_overlap_and_under_unique_not():
    pair = (("A", {"count": ">= 3"}), ("A", {"yes": True}))
    assert analysed(rules(*pair, hit="any", otherwise="B"), "conflict") == []
    assert len(analysed(rules(*pair, hit="unique", otherwise="B"), "conflict")) == 1


def test_under_priority_a_better_grade_shadows_wherever_it_is_written():
    compiled = rules(("B", {"count": ">= 4"}), ("A", {"count": ">= 2"}), hit="priority", otherwise="C")
    assert analysed(compiled, "shadowed") == [("shadowed", "error", "rules[0]")]


def test_under_rule_order_a_rule_that_never_decides_still_gives_a_reason():
    compiled = rules(("A", {"count": ">= 2"}), ("B", {"count": ">= 4"}), hit="rule_order", otherwise="C")
    assert analysed(compiled, "shadowed") == [("shadowed", "note", "rules[1]")]


def test_a_stage_the_furthest_one_always_goes_before_is_never_given():
    parts = [
        {"id": "a", "grade": "A", "when": {"count": ">= 1"}, "reason": "r"},
        {"id": "b", "grade": "B", "when": {"count": ">= 3"}, "reason": "r"},
        {"id": "c", "grade": "C", "when": {"count": ">= 2"}, "reason": "r"},
    ]
    compiled = policy(grading={"mode": "process", "otherwise": "A"}, rules=parts, ordered=False)
    assert analysed(compiled, "shadowed", "unreachable_grade") == [
        ("shadowed", "error", "rules[1]"),
        ("unreachable_grade", "error", "grades[1]"),
    ]


def test_points_collected_twice_for_one_condition_are_told():
    made = [
        {"id": "a", "points": 10, "when": {"count": ">= 2"}, "reason": "r"},
        {"id": "b", "points": 30, "when": {"count": "not([0..1])"}, "reason": "r"},
    ]
    grading = {
        "mode": "rules",
        "hit": "collect",
        "collect": "sum",
        "cutoffs": {"A": 40, "B": 10},
        "otherwise": "C",
    }
    assert set(analysed(policy(grading=grading, rules=made))) == {
        ("duplicate", "warning", "rules[1]"),
        ("unreachable_grade", "error", "grades[1]"),
        ("unreachable_cutoff", "error", "grading.cutoffs.A"),
    }


def test_a_condition_whose_parts_exclude_one_another_is_told_with_its_place():
    compiled = rules(
        ("A", {"count": ">= 3", "all": [{"count": "< 2"}]}), ("B", {"count": "> 5"}), otherwise="C"
    )
    assert analysed(compiled, "impossible") == [
        ("impossible", "error", "rules[0].when"),
        ("impossible", "error", "rules[1].when"),
    ]


def test_a_dead_alternative_is_told_beside_a_condition_that_can_hold():
    compiled = rules(("A", {"any": [{"yes": True}, {"count": "> 5"}]}), otherwise="B")
    assert ("impossible", "warning", "rules[0].when.any[1]") in analysed(compiled)


def test_a_gap_meant_so_is_none():
    assert (
        analysed(rules(("A", {"count": "> 3"}), ("B", {"count": "3"}), otherwise="not graded"), "gap") == []
    )
