"""What a policy gives away before it grades: gaps, overlaps, what never happens, what says the same twice."""

from rung.grading.analysis.analyse import Analysis, analyse
from rung.grading.analysis.finding import Example, Finding, FindingKind

__all__ = ["Analysis", "Example", "Finding", "FindingKind", "analyse"]
