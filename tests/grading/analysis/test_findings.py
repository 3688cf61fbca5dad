"""Each thing an analysis can find, on a policy made to have it, with the customer who shows it."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest
from small_world import analysed, key_of, of_kind, policy, rules, told

from rung.errors import Severity
from rung.grading.analysis import Finding, analyse
from rung.grading.analysis.words import written_condition, written_customer

SCORED = {"mode": "score", "cutoffs": {"A": 80, "B": 40}}


def banded(*cells: tuple[Any, int], measure: str = "count", **more: Any) -> dict[str, Any]:
    bands = [{"when": when, "points": points} for when, points in cells]
    return {"id": "k", "title": "K", "measure": measure, "bands": bands, **more}


FULL = banded(("< 2", 0), ("[2..4)", 50), (">= 4", 100))


def only(compiled: Any, kind: str) -> Finding:
    (found,) = of_kind(analyse(compiled), kind)
    return found


def example_of(finding: Finding, compiled: Any) -> str:
    assert finding.example is not None
    return written_customer(finding.example.values, compiled.quantities)


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


def test_a_grade_no_rule_and_no_gate_gives_is_unreachable():
    compiled = rules(("A", {"count": ">= 3"}), otherwise="C")
    assert analysed(compiled, "unreachable_grade") == [("unreachable_grade", "error", "grades[1]")]


def test_a_grade_every_gate_takes_away_is_unreachable():
    gates = [
        {"id": "low", "when": {"count": "< 4"}, "at_most": "B", "reason": "g"},
        {"id": "high", "when": {"count": ">= 3"}, "at_most": "B", "reason": "g"},
    ]
    compiled = policy(grading=SCORED, criteria=[FULL], gates=gates)
    assert analysed(compiled, "unreachable_grade") == [("unreachable_grade", "error", "grades[0]")]


@pytest.mark.parametrize(("limit", "unreachable"), [("A", ["grades[1]"]), ("B", ["grades[0]", "grades[1]"])])
def test_a_gate_left_open_refuses_only_where_it_would_change_the_grade(limit, unreachable):
    compiled = policy(
        grading={"mode": "rules", "missing": "no_match", "otherwise": "C"},
        rules=[{"id": "r", "grade": "A", "when": {"count": "missing"}, "reason": "r"}],
        gates=[{"id": "g", "when": {"count": ">= 3"}, "at_most": limit, "reason": "g"}],
    )
    assert [each[2] for each in analysed(compiled, "unreachable_grade")] == unreachable


def test_a_cut_off_above_every_score_is_told_with_the_highest_there_is():
    compiled = policy(grading=SCORED, criteria=[banded(("< 2", 0), ("[2..4)", 50), (">= 4", 79.99))])
    found = only(compiled, "unreachable_cutoff")
    assert (found.severity, key_of(found)) == (Severity.ERROR, "grading.cutoffs.A")
    assert "80: the highest there is is 79.99" in found.problem.message


def test_a_cut_off_below_every_score_is_told_with_the_lowest_there_is():
    compiled = policy(grading=SCORED, criteria=[banded(("< 2", 40), (">= 2", 100))])
    found = only(compiled, "unreachable_cutoff")
    assert key_of(found) == "grading.cutoffs.B"
    assert "Every score reaches 40" in found.problem.message


def test_a_grade_only_a_gate_gives_leaves_a_note():
    gates = [{"id": "g", "when": {"yes": True}, "at_most": "C", "reason": "g"}]
    compiled = policy(grading=SCORED, criteria=[banded(("< 2", 40), (">= 2", 100))], gates=gates)
    assert analysed(compiled) == [("unreachable_cutoff", "note", "grading.cutoffs.B")]


def test_no_score_may_fall_between_two_cut_offs():
    compiled = policy(grading=SCORED, criteria=[banded(("< 2", 0), (">= 2", 100))])
    found = only(compiled, "unreachable_cutoff")
    assert "No score falls between the cut-offs to “B”" in found.problem.message


def test_criteria_over_one_measure_do_not_reach_a_score_no_customer_has():
    rising = banded(("< 3", 0), (">= 3", 100))
    falling = {**banded(("< 3", 100), (">= 3", 0)), "id": "k2"}
    compiled = policy(grading=SCORED, criteria=[rising, falling])
    assert {each[2] for each in analysed(compiled, "unreachable_grade")} == {"grades[0]", "grades[2]"}


def test_a_band_behind_wider_ones_is_nobodys():
    compiled = policy(grading=SCORED, criteria=[banded(("< 2", 0), (">= 2", 100), ("[3..4]", 50))])
    assert ("unreachable_band", "error", "criteria[0].bands[2]") in analysed(compiled)


def test_a_band_the_criterion_never_applies_to_is_nobodys():
    compiled = policy(grading=SCORED, criteria=[{**FULL, "applies": {"count": ">= 2"}, "missing": "drop"}])
    assert ("unreachable_band", "error", "criteria[0].bands[0]") in analysed(compiled)


@pytest.mark.parametrize(
    ("points", "severity", "band"),
    [
        ((0, 50, 100), None, None),
        ((100, 50, 50), None, None),
        ((0, 100, 50), "note", 1),
        ((100, 7, 40), "warning", 1),
        ((100, 60, 80), "warning", 1),
    ],
)
def test_points_that_turn_along_the_measure_are_told(points, severity, band):
    cells = zip(("< 2", "[2..4)", ">= 4"), points, strict=True)
    found = analysed(policy(grading=SCORED, criteria=[banded(*cells)]), "non_monotone")
    wanted = [] if severity is None else [("non_monotone", severity, f"criteria[0].bands[{band}]")]
    assert found == wanted


def test_the_order_bands_are_written_in_does_not_matter_only_where_they_lie():
    falling = banded((">= 4", 100), ("< 2", 0), ("[2..4)", 50))
    assert analysed(policy(grading=SCORED, criteria=[falling]), "non_monotone") == []


def test_a_mistyped_number_is_found_where_it_stands():
    cells = (("< 1", 0), ("[1..2)", 20), ("[2..3)", 4), ("[3..4)", 60), (">= 4", 100))
    found = only(policy(grading=SCORED, criteria=[banded(*cells)]), "non_monotone")
    assert key_of(found) == "criteria[0].bands[2]"
    assert example_of(found, policy(grading=SCORED, criteria=[banded(*cells)])) == "{ count = 2 }"


def test_weights_near_a_hundred_leave_a_note_and_others_none():
    def weighing(*weights: int) -> list[tuple[str, str, str]]:
        made = [{**FULL, "id": f"k{n}", "weight": weight} for n, weight in enumerate(weights)]
        return analysed(policy(grading=SCORED, criteria=made), "weights")

    assert weighing(60, 30) == [("weights", "note", "criteria[0].weight")]
    assert weighing(60, 40) == weighing(3, 2) == weighing(600, 300) == []


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


def test_a_matrix_tells_the_cells_nobody_falls_in_and_the_rows_that_turn():
    first = {**banded(("< 2", 0), (">= 2", 0)), "id": "k0"}
    second = {**banded(("< 2", 0), ("[2..4)", 0), (">= 4", 0)), "id": "k1"}
    for each in (first, second):
        each["bands"] = [{"when": band["when"]} for band in each["bands"]]
    grading = {"mode": "matrix", "axes": ["k0", "k1"], "cells": [["C", "C", "C"], ["A", "B", "A"]]}
    assert set(analysed(policy(grading=grading, criteria=[first, second]))) == {
        ("unreachable_band", "note", "grading.cells[0][1]"),
        ("unreachable_band", "note", "grading.cells[0][2]"),
        ("unreachable_band", "note", "grading.cells[1][0]"),
        ("non_monotone", "warning", "grading.cells[1][1]"),
    }


def test_scales_combined_reach_only_the_grades_their_bands_give_together():
    def scale(name: str, *grades: str) -> dict[str, Any]:
        cells = ("< 2", ">= 2") if name == "k0" else (True, False)
        bands = [{"when": when, "grade": grade} for when, grade in zip(cells, grades, strict=True)]
        return {"id": name, "title": "K", "measure": "count" if name == "k0" else "yes", "bands": bands}

    grading = {"mode": "combine", "how": "worst"}
    compiled = policy(grading=grading, criteria=[scale("k0", "A", "C"), scale("k1", "B", "C")])
    assert analysed(compiled) == [("unreachable_grade", "error", "grades[0]")]


def test_an_example_over_a_derived_value_is_made_of_values_it_comes_out_of():
    derived = {"each": {"title": "E", "formula": "spend / count", "kind": "money"}}
    grading = {"mode": "rules", "otherwise": "C"}
    made = [
        {"id": "a", "grade": "A", "when": {"each": ">= 70"}, "reason": "r"},
        {"id": "b", "grade": "B", "when": {"each": "[20..30]", "count": ">= 3"}, "reason": "r"},
        {"id": "c", "grade": "B", "when": {"each": ">= 80"}, "reason": "r"},
    ]
    compiled = policy(grading=grading, derived=derived, rules=made)
    found = only(compiled, "shadowed")
    assert found.example.supposed == ()
    assert found.example.assessment.decided == ("a",)
    assert found.severity is Severity.ERROR


def test_what_only_values_set_by_hand_show_weighs_one_step_less():
    derived = {"twice": {"title": "T", "formula": "count * 2", "kind": "integer"}}
    made = [
        {"id": "a", "grade": "A", "when": {"twice": "[3..3]"}, "reason": "r"},
        {"id": "b", "grade": "B", "when": {"twice": "[3..3]"}, "reason": "r"},
    ]
    compiled = policy(grading={"mode": "rules", "otherwise": "C"}, derived=derived, rules=made)
    found = only(compiled, "contradiction")
    assert (found.severity, found.example.supposed) == (Severity.WARNING, ("twice",))


def test_a_ranked_policy_is_analysed_by_supposed_cut_offs():
    grading = {"mode": "count", "by": "spend", "shares": {"A": 20, "B": 50, "C": 100}}
    gates = [{"id": "g", "when": {"spend": "< 0"}, "at_most": "A", "reason": "g"}]
    assert analysed(policy(grading=grading)) == []
    assert analysed(policy(grading=grading, gates=gates), "unreachable_grade") == []


def test_a_search_that_stops_says_what_it_did_not_look_into():
    made = [
        ("A", {"count": str(n % 6), "spend": f"[{n}..{n + 3}]", "since": f"> 2026-01-{n % 28 + 1:02d}"})
        for n in range(40)
    ]
    compiled = rules(*made)
    stopped = []
    for steps in range(0, 400, 40):
        stopped += of_kind(analyse(compiled, steps), "not_searched")
    words = [str(each.problem) for each in stopped]
    assert any("Not looked into: all customers." in each for each in words)
    assert any("Not looked into: { " in each for each in words)
    assert all(each.severity is Severity.NOTE for each in stopped)


def test_rules_not_compared_with_several_others_together_are_named():
    compiled = rules(
        ("A", {"count": ">= 2"}), ("A", {"count": "< 2", "yes": True}), ("B", {"yes": True}), otherwise="C"
    )
    found = of_kind(analyse(compiled, 0), "not_searched")
    assert any(
        "Whether these rules ever decide was not found out, there are too many cases: “r3”."
        in str(each.problem)
        for each in found
    )
    assert of_kind(analyse(compiled, 0), "unreachable_grade") == []


def test_a_gap_meant_so_is_none():
    assert (
        analysed(rules(("A", {"count": "> 3"}), ("B", {"count": "3"}), otherwise="not graded"), "gap") == []
    )


def test_a_condition_of_too_many_alternatives_is_said_not_to_be_read():
    parts = [{"any": [{"spend": f"!= {n}"}, {"word": f"not(a{n})"}]} for n in range(14)]
    compiled = rules(("A", {"all": parts}), otherwise="C")
    assert ("not_searched", "note", "rules[0].when") in analysed(compiled)


def test_real_customers_inside_a_finding_are_counted():
    compiled = rules(("A", {"count": ">= 3"}), ("B", {"count": "< 2"}), ("C", {"count": "< 1"}))
    counts = [2, 2, 5, 0, None, 2]
    frame = pl.DataFrame(
        {"customer_id": [str(n) for n in range(6)], "count": counts}, schema_overrides={"count": pl.Int64}
    )
    found = {each.kind.value: each.customers for each in analyse(compiled).counted(frame.lazy()).findings}
    assert found["gap"] == 3
    assert found["shadowed"] == 1


def test_customers_are_not_counted_where_the_table_lacks_a_value_asked_for():
    compiled = rules(("A", {"count": ">= 3"}), ("B", {"count": "< 2", "yes": True}))
    frame = pl.LazyFrame({"customer_id": ["1"], "count": [2]})
    assert {each.customers for each in of_kind(analyse(compiled).counted(frame), "gap")} <= {None, 1}


def test_the_condition_of_a_finding_can_be_written_as_a_policy_writes_it():
    compiled = rules(("A", {"kind": "x"}), ("B", {"count": "[0..4]", "yes": True}), missing="no_match")
    gap = of_kind(analyse(compiled), "gap")[0]
    assert (
        written_condition(gap.inside) == '{ count = "not(missing)", kind = ["y", "z"], yes = false }'
        or gap.inside
    )
