"""One policy applied to a population, kept only as far as two policies are compared by it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rung.grading.calibration import Calibration, calibrate
from rung.grading.compiled import CompiledPolicy
from rung.grading.scorecard import Scorecard
from rung.pipeline.writing import left_ungraded

if TYPE_CHECKING:
    import polars as pl

    from rung.runs.run import Run

__all__ = ["GRADE", "REASON", "REFUSAL", "Graded", "graded_by", "graded_in"]

GRADE: Final = "model_grade"
REFUSAL: Final = "not_graded"
REASON: Final = "reason_1"


@dataclass(frozen=True)
class Graded:
    """A population as one policy grades it."""

    compiled: CompiledPolicy
    calibration: Calibration
    measured: pl.LazyFrame
    """What it was graded on: the measured frame, one row a customer."""
    frame: pl.DataFrame
    """In the same row order: ``model_grade``, ``not_graded``, ``reason_1``, ``score``, ``flags``, and
    ``points_<criterion>`` where points are added up."""


def graded_by(compiled: CompiledPolicy, measured: pl.LazyFrame, *, has_failed: bool = False) -> Graded:
    """Grade a measured frame, its cut-offs found anew among these customers.

    ``has_failed``: a value the policy rests on could not be computed, and nobody is graded.
    """
    calibration = calibrate(compiled, measured)
    results = Scorecard(compiled, calibration).results(measured)
    if has_failed:
        results = left_ungraded(results, compiled)
    return Graded(compiled, calibration, measured, _kept(results, compiled))


def graded_in(run: Run, compiled: CompiledPolicy, measured: pl.LazyFrame) -> Graded:
    """Return a run as it was graded, by its own cut-offs; ``compiled`` is its policy."""
    calibration = Calibration.from_dict(run.manifest.calibration)
    return Graded(compiled, calibration, measured, _kept(run.frame(), compiled))


def _kept(results: pl.LazyFrame, compiled: CompiledPolicy) -> pl.DataFrame:
    points = (f"points_{criterion.id}" for criterion in compiled.pointed)
    return results.select(GRADE, REFUSAL, REASON, "score", "flags", *points).collect(engine="streaming")
