"""Why a customer of a run has its grade, told from what the run keeps."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from rung.grading.reasons import refusal_text
from rung.grading.scorecard import Scorecard
from rung.runs.run import Run

if TYPE_CHECKING:
    from rung.grading.explanation import Explanation

__all__ = ["FAULT", "explain"]

FAULT: Final = "fault:"
"""Begins the cause of not being graded where a plugin failed; its id follows."""


def explain(run: Run, customer: str, scorecard: Scorecard) -> Explanation:
    """Explain one customer's grade in a run; raises RungError for a customer it does not hold."""
    from rung.grading.explaining import explain as explain_grade
    from rung.grading.explanation import ReasonLine

    found = run.find(customer)
    told = explain_grade(scorecard, found.measured, found.id, found.name or "")
    cause = found.result["not_graded"]
    if cause is None or not cause.startswith(FAULT):
        return told
    # The run left everybody out; the values at hand could tell a grade, but not one to stand by.
    refusal = ReasonLine(cause, refusal_text(scorecard.compiled, cause))
    return replace(
        told,
        grade=None,
        grade_title=None,
        service_class=None,
        score=None,
        not_graded=refusal,
        suggestion=None,
        service=(),
    )
