"""What moved between two policies, by meaning: bounds, weights, promises, rules; and that in words."""

from rung.policy.diff.base import compared_with
from rung.policy.diff.comparing import diff
from rung.policy.diff.difference import Area, Difference, Kind, Step, Subject
from rung.policy.diff.lines import DiffLine, diff_lines
from rung.policy.diff.plain import plain_difference

__all__ = [
    "Area",
    "DiffLine",
    "Difference",
    "Kind",
    "Step",
    "Subject",
    "compared_with",
    "diff",
    "diff_lines",
    "plain_difference",
]
