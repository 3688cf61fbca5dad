"""Scales combined: each criterion's band names a grade, and one is made of them."""

from __future__ import annotations

from typing import Any

import pytest
from both_ways import assessed, told
from drawn_policies import policy

from rung.errors import RungError
from rung.grading.calibration import Calibration
from rung.grading.compiled import CompiledPolicy
from rung.grading.explaining import explain
from rung.grading.nearest_change import nearest_change
from rung.grading.scorecard import Scorecard
from rung.text import Text


def scale(name: str, measure: str, **more: Any) -> dict[str, Any]:
    bands = [
        {"when": ">= 30", "grade": "A"},
        {"when": "[20..30)", "grade": "B"},
        {"when": "[10..20)", "grade": "C"},
        {"when": "< 10", "grade": "D"},
    ]
    return {"id": name, "title": name.title(), "measure": measure, "bands": bands, **more}


def combined(how: str, *criteria: dict[str, Any], **grading: Any) -> CompiledPolicy:
    scales = criteria or (scale("spend", "count"), scale("need", "share"))
    return policy(grading={"mode": "combine", "how": how, **grading}, criteria=list(scales))


A, B, C, D = 30, 20, 10, 0
# A value of each grade, in units; shares are kept in hundredths.


def customer(spend: int | None, need: int | None) -> dict[str, Any]:
    return {"count": spend, "share": None if need is None else need * 100}


@pytest.mark.parametrize(
    ("how", "spend", "need", "grade", "reasons"),
    [
        ("worst", A, A, "A", ("spend:1", "need:1")),
        ("worst", A, C, "C", ("need:3", "spend:1")),
        ("worst", D, C, "D", ("spend:4", "need:3")),
        ("best", A, C, "A", ("spend:1", "need:3")),
        ("best", D, C, "C", ("need:3", "spend:4")),
        ("weighted", A, A, "A", ()),
        ("weighted", A, C, "B", ("need:3",)),
        ("weighted", D, C, "C", ("spend:4", "need:3")),
    ],
)
def test_one_grade_is_made_of_all(
    how: str, spend: int, need: int, grade: str, reasons: tuple[str, ...]
) -> None:
    (found,) = assessed(combined(how), customer(spend, need))
    assert told(found) == (grade, reasons)
    assert (found.score, found.evidence) == (None, 100)


@pytest.mark.parametrize(
    ("ties", "spend", "need", "grade"),
    [
        ("up", A, B, "A"),
        ("down", A, B, "B"),
        ("up", B, C, "B"),
        ("down", B, C, "C"),
        ("up", C, D, "C"),
        ("down", C, D, "D"),
    ],
)
def test_halfway_between_two_grades_goes_as_ties_go(ties: str, spend: int, need: int, grade: str) -> None:
    (found,) = assessed(combined("weighted", ties=ties), customer(spend, need))
    assert found.grade == grade


@pytest.mark.parametrize(
    ("weights", "grade"),
    [((1, 1), "B"), ((2, 1), "B"), ((3, 1), "A"), ((1, 2), "B"), ((1, 5), "C"), ((1, 3), "B")],
)
def test_weights_pull_the_mean(weights: tuple[float, float], grade: str) -> None:
    # Grades A and C: the mean place is 2·w₂ / (w₁ + w₂), rounded to the nearest, half up to the better.
    made = combined(
        "weighted", scale("spend", "count", weight=weights[0]), scale("need", "share", weight=weights[1])
    )
    (found,) = assessed(made, customer(A, C))
    assert found.grade == grade


@pytest.mark.parametrize(
    ("missing", "how", "outcome", "reasons"),
    [
        ("refuse", "worst", "missing:need", ()),
        ("worst", "worst", "D", ("need:missing", "spend:2")),
        ("worst", "weighted", "C", ("need:missing", "spend:2")),
        ("drop", "worst", "B", ("spend:2",)),
        ("drop", "best", "B", ("spend:2",)),
        ("drop", "weighted", "B", ("spend:2",)),
    ],
)
def test_a_missing_value_is_refused_counts_as_the_worst_or_is_left_out(
    missing: str, how: str, outcome: str, reasons: tuple[str, ...]
) -> None:
    made = combined(how, scale("spend", "count"), scale("need", "share", missing=missing))
    (found,) = assessed(made, customer(B, None))
    assert told(found) == (outcome, reasons)
    assert found.evidence == 50


def test_the_worst_of_a_scale_is_the_worst_grade_it_names() -> None:
    bands = [{"when": ">= 20", "grade": "A"}, {"when": "< 10", "grade": "C"}, {"when": "-", "grade": "B"}]
    made = combined("worst", scale("spend", "count"), scale("need", "share", bands=bands, missing="worst"))
    (found,) = assessed(made, customer(A, None))
    assert found.grade == "C"


def test_nobody_is_graded_on_nothing() -> None:
    made = combined("best", scale("spend", "count", missing="drop"))
    (found,) = assessed(made, {})
    assert told(found) == ("no_evidence", ())


def test_a_scale_that_does_not_apply_is_left_out() -> None:
    made = combined("worst", scale("spend", "count"), scale("need", "share", applies={"yes": True}))
    applies, does_not = assessed(made, customer(A, D) | {"yes": True}, customer(A, D) | {"yes": False})
    assert (applies.grade, does_not.grade) == ("D", "A")
    assert (applies.evidence, does_not.evidence) == (100, 100)


def test_the_explanation_shows_each_scale_s_grade() -> None:
    found = explain(Scorecard(combined("worst"), Calibration()), customer(A, C))
    assert [(line.id, line.grade) for line in found.criteria] == [("spend", "A"), ("need", "C")]
    need = found.criteria[1]
    assert (need.better, need.worse) == (Text.same("[20 .. 30)"), Text.same("< 10"))
    assert (need.points, need.weight_share) == (None, 0)


def test_weights_are_shown_where_they_count() -> None:
    made = combined("weighted", scale("spend", "count", weight=3), scale("need", "share", weight=1))
    found = explain(Scorecard(made, Calibration()), customer(A, C))
    assert [line.weight_share for line in found.criteria] == [75, 25]


def test_the_smallest_change_lifts_the_scale_that_holds_the_grade_down() -> None:
    change = nearest_change(Scorecard(combined("worst"), Calibration()), customer(A, 15))
    assert change is not None
    assert (dict(change.values), change.grade) == ({"share": 2000}, "B")


@pytest.mark.parametrize(
    ("more", "key", "message"),
    [
        (
            {"criteria": [scale("spend", "count", bands=[{"when": "-"}])]},
            "criteria[0].bands[0]",
            "No grade is given here.",
        ),
        (
            {"criteria": [scale("spend", "count", bands=[{"when": "-", "grade": "E"}])]},
            "criteria[0].bands[0].grade",
            "“E” is no grade of this policy.",
        ),
        (
            {"criteria": [scale("spend", "count")], "ordered": False},
            "grading.mode",
            "Scales can be combined only where the grades have an order.",
        ),
        ({"criteria": []}, "criteria", "A policy of mode combine needs at least one criterion."),
    ],
)
def test_scales_that_cannot_be_combined_are_told_at_their_place(
    more: dict[str, Any], key: str, message: str
) -> None:
    with pytest.raises(RungError) as caught:
        policy(grading={"mode": "combine", "how": "worst"}, **more)
    assert [(each.place.key if each.place else "", each.message) for each in caught.value.problems] == [
        (key, message)
    ]


def test_points_are_asked_for_where_they_are_added_up() -> None:
    with pytest.raises(RungError) as caught:
        policy(
            grading={"mode": "score", "cutoffs": {"A": 3, "B": 2, "C": 1}},
            criteria=[scale("spend", "count", bands=[{"when": "> 1", "points": 5}, {"when": "<= 1"}])],
        )
    (problem,) = caught.value.problems
    assert (problem.place.key if problem.place else "", problem.message) == (
        "criteria[0].bands[1]",
        "No points are given here.",
    )
