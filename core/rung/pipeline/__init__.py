"""Source to run: takes a table in, calibrates, scores and writes the run; with a workspace or without."""

from rung.pipeline.cards import compiled_policy, scorecard_of
from rung.pipeline.grading import grade, grade_all, graded, graded_all
from rung.pipeline.request import GradeRequest
from rung.pipeline.retold import explain

__all__ = [
    "GradeRequest",
    "compiled_policy",
    "explain",
    "grade",
    "grade_all",
    "graded",
    "graded_all",
    "scorecard_of",
]
