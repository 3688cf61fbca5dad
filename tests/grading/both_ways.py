"""Grades customers one by one and as a frame, and holds the two to one another."""

from __future__ import annotations

from typing import Any

from drawn_policies import customers

from rung.grading.calibration import calibrate_rows
from rung.grading.compiled import CompiledPolicy
from rung.grading.row import Assessment
from rung.grading.scorecard import Scorecard


def as_result(compiled: CompiledPolicy, found: Assessment) -> dict[str, Any]:
    """Return an assessment as the row of the results frame that it must be."""
    three = [*found.reasons[:3], None, None, None][:3]
    points = zip(compiled.pointed, found.met, strict=False)
    return {
        "model_grade": found.grade,
        "score": found.score,
        "flags": sum(1 << bit for bit, flag in enumerate(compiled.flags) if flag.id in found.flags),
        **{f"points_{criterion.id}": met.points for criterion, met in points},
        "reason_1": three[0],
        "reason_2": three[1],
        "reason_3": three[2],
        "evidence": found.evidence,
        "not_graded": found.not_graded,
    }


def assessed(compiled: CompiledPolicy, *rows: dict[str, Any]) -> list[Assessment]:
    """Return what the policy says of each row; a frame of them must say the same."""
    scorecard = Scorecard(compiled, calibrate_rows(compiled, rows))
    alone = [scorecard.assess(row) for row in rows]
    results = scorecard.results(customers(*rows)).drop("customer_id", "customer_name").collect()
    assert results.to_dicts() == [as_result(compiled, found) for found in alone]
    return alone


def told(found: Assessment) -> tuple[str | None, tuple[str, ...]]:
    """Return the grade, or the cause where there is none, with the reasons."""
    return found.grade or found.not_graded, found.reasons
