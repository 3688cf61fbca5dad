"""Grading: a policy compiled, calibrated on a population, and applied to one customer or to all."""

from rung.grading.calibration import Calibration, calibrate, calibrate_rows
from rung.grading.compile import compile_policy
from rung.grading.compiled import CompiledPolicy
from rung.grading.explaining import explain
from rung.grading.explanation import Explanation
from rung.grading.row import Assessment
from rung.grading.scorecard import Scorecard

__all__ = [
    "Assessment",
    "Calibration",
    "CompiledPolicy",
    "Explanation",
    "Scorecard",
    "calibrate",
    "calibrate_rows",
    "compile_policy",
    "explain",
]
