"""Every bound on, just under and just over: in one row and in a frame."""

from __future__ import annotations

from typing import Any

import pytest
from drawn_policies import customers, policy

from rung.grading.calibration import Calibration
from rung.grading.compiled import CompiledPolicy
from rung.grading.scorecard import Scorecard


def graded(compiled: CompiledPolicy, *rows: dict[str, Any]) -> list[tuple[str | None, int | None]]:
    """Grade rows one by one and as a frame; both must say the same."""
    scorecard = Scorecard(compiled, Calibration())
    alone = [(found.grade, found.score) for found in map(scorecard.assess, rows)]
    frame = scorecard.results(customers(*rows)).select("model_grade", "score").collect()
    assert frame.rows() == alone
    return alone


def scored(points: float, weights: tuple[float, float] = (1, 1), **grading: Any) -> CompiledPolicy:
    """A policy whose first criterion gives ``points`` and whose second gives none from count 1 on."""
    return policy(
        grading={"mode": "score", "cutoffs": {"A": 80, "B": 60, "C": 40}, **grading},
        criteria=[
            {
                "id": "a",
                "title": "A",
                "measure": "count",
                "weight": weights[0],
                "bands": [{"when": "-", "points": points}],
            },
            {
                "id": "b",
                "title": "B",
                "measure": "count",
                "weight": weights[1],
                "bands": [{"when": "<= 0", "points": points}, {"when": "> 0", "points": 0}],
            },
        ],
    )


@pytest.mark.parametrize(
    ("points", "grade", "score"),
    [
        (80.01, "A", 8001),
        (80, "A", 8000),
        (79.99, "B", 7999),
        (60, "B", 6000),
        (59.99, "C", 5999),
        (40, "C", 4000),
        (39.99, "D", 3999),
    ],
)
def test_a_score_on_the_cutoff_earns_the_grade_and_one_hundredth_less_does_not(
    points: float, grade: str, score: int
) -> None:
    assert graded(scored(points), {"count": 0}) == [(grade, score)]


@pytest.mark.parametrize(
    ("weights", "points", "score"),
    [
        ((1, 1), 0.01, 1),
        ((1, 2), 0.01, 0),
        ((2, 1), 0.01, 1),
        ((1, 1), -0.01, 0),
        ((1, 1), -0.03, -1),
        ((1, 2), -0.05, -2),
    ],
)
def test_a_score_is_rounded_half_up_to_its_decimals(
    weights: tuple[float, float], points: float, score: int
) -> None:
    assert graded(scored(points, weights), {"count": 1}) == [("D", score)]


def test_a_score_keeps_the_decimals_the_policy_asks_for() -> None:
    assert graded(scored(79.5, score_decimals=0), {"count": 0}) == [("A", 80)]
    assert graded(scored(79.49, score_decimals=0), {"count": 0}) == [("B", 79)]
    assert graded(scored(80, score_decimals=4), {"count": 0}) == [("A", 800_000)]


def test_a_gate_fires_beyond_its_bound_and_not_on_it() -> None:
    compiled = policy(
        grading={"mode": "score", "cutoffs": {"A": 80, "B": 60, "C": 40}},
        criteria=[{"id": "a", "title": "A", "measure": "count", "bands": [{"when": "-", "points": 100}]}],
        gates=[
            {"id": "late", "when": {"share": "> 90%"}, "at_most": "C", "missing": "skip", "reason": "late"},
            {
                "id": "floor",
                "when": {"money": "[10..20)"},
                "at_least": "B",
                "missing": "skip",
                "reason": "floor",
            },
            {"id": "ban", "when": {"word": "z"}, "set": "D", "missing": "skip", "reason": "ban"},
        ],
    )
    rows = [{"count": 1, "share": share} for share in (8_999, 9_000, 9_001)]
    assert [grade for grade, _ in graded(compiled, *rows)] == ["A", "A", "C"]
    floors = [{"count": 1, "share": 9_001, "money": money} for money in (999, 1_000, 1_999, 2_000)]
    assert [grade for grade, _ in graded(compiled, *floors)] == ["C", "B", "B", "C"]
    assert graded(compiled, {"count": 1, "word": "z", "money": 1_500}) == [("D", 10_000)]


@pytest.mark.parametrize(("missing", "grade"), [("refuse", None), ("skip", "A"), ("fire", "C")])
def test_a_gate_left_open_by_a_missing_value_does_as_it_is_told(missing: str, grade: str | None) -> None:
    compiled = policy(
        grading={"mode": "score", "cutoffs": {"A": 80, "B": 60, "C": 40}},
        criteria=[
            {
                "id": "a",
                "title": "A",
                "measure": "count",
                "bands": [{"when": ">= 1", "points": 100}, {"when": "< 1", "points": 0}],
            }
        ],
        gates=[
            {"id": "late", "when": {"share": "> 90%"}, "at_most": "C", "missing": missing, "reason": "late"}
        ],
    )
    assert [found for found, _ in graded(compiled, {"count": 1})] == [grade]
    # Where the gate could change nothing, a missing value decides nothing.
    assert [found for found, _ in graded(compiled, {"count": 0})] == ["D"]


@pytest.mark.parametrize(
    ("missing", "grade", "score"),
    [("refuse", None, None), ("worst", "C", 4_000), ("drop", "A", 8_000), ({"points": 40}, "B", 6_000)],
)
def test_a_missing_value_is_a_decision_of_the_policy(
    missing: Any, grade: str | None, score: int | None
) -> None:
    compiled = policy(
        grading={"mode": "score", "cutoffs": {"A": 80, "B": 60, "C": 40}},
        criteria=[
            {"id": "a", "title": "A", "measure": "count", "bands": [{"when": "-", "points": 80}]},
            {
                "id": "b",
                "title": "B",
                "measure": "money",
                "missing": missing,
                "bands": [{"when": ">= 1", "points": 80}, {"when": "< 1", "points": 0}],
            },
        ],
    )
    assert graded(compiled, {"count": 1}) == [(grade, score)]


def test_with_every_criterion_left_out_nobody_is_graded() -> None:
    compiled = policy(
        grading={"mode": "score", "cutoffs": {"A": 80, "B": 60, "C": 40}},
        criteria=[
            {
                "id": "a",
                "title": "A",
                "measure": "count",
                "missing": "drop",
                "bands": [{"when": "-", "points": 80}],
            }
        ],
    )
    assert Scorecard(compiled, Calibration()).assess({}).not_graded == "no_evidence"
    assert graded(compiled, {}) == [(None, None)]
