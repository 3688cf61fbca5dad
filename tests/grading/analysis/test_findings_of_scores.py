"""What an analysis finds in a score: grades out of reach, bands nobody falls in, points that turn."""

from __future__ import annotations

from typing import Any

import pytest
from found_in import FULL, SCORED, banded, example_of, only
from small_world import analysed, key_of, policy, rules

from rung.errors import Severity


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


def test_a_ranked_policy_is_analysed_by_supposed_cut_offs():
    grading = {"mode": "count", "by": "spend", "shares": {"A": 20, "B": 50, "C": 100}}
    gates = [{"id": "g", "when": {"spend": "< 0"}, "at_most": "A", "reason": "g"}]
    assert analysed(policy(grading=grading)) == []
    assert analysed(policy(grading=grading, gates=gates), "unreachable_grade") == []
