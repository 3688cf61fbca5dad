"""The ways a policy finds a grade: points, rules, shares of customers or value, a matrix, scales combined."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import Field

from rung.policy.parts import Based, Exact, Grade, Name, Part, Points, Share, When, Words

__all__ = [
    "HELD",
    "PREVIOUS_GRADE",
    "CombineGrading",
    "CountGrading",
    "Grading",
    "HitPolicy",
    "Hysteresis",
    "MatrixGrading",
    "NoGrading",
    "ProcessGrading",
    "Rule",
    "RulesGrading",
    "ScoreGrading",
    "ValueGrading",
]

ScoreDecimals = Annotated[int, Field(ge=0, le=4)]
HitPolicy = Literal["first", "unique", "any", "priority", "rule_order", "collect"]
"""OMG DMN 1.5, 8.2.8: which of the rules that hold gives the outcome."""


class Rule(Based):
    """One row of the decision table: what a customer gets whose values meet ``when``."""

    id: Name
    grade: Grade | None = None
    """Mandatory, save under the hit policy ``collect``."""
    points: Points | None = None
    """What the rule adds, under the hit policy ``collect``."""
    when: When
    reason: Words


class ScoreGrading(Based):
    """Weighted points, cut into grades: a grade's cut-off is the least score that earns it."""

    mode: Literal["score"]
    cutoffs: dict[Grade, Exact]
    score_decimals: ScoreDecimals = 2


class RulesGrading(Based):
    """A decision table; the hit policy says which of the rules that hold gives the grade."""

    mode: Literal["rules"]
    hit: HitPolicy = "first"
    """``first``: the first in the order written. ``unique``: never more than one may hold; where two do,
    the customer is not graded and both are named. ``any``: several may hold if they agree. ``priority``:
    the best grade of those that hold. ``rule_order``: the first one's grade, and every one is a reason.
    ``collect``: the points of all that hold become a score, which ``cutoffs`` make a grade."""
    collect: Literal["sum", "min", "max", "count"] | None = None
    cutoffs: dict[Grade, Exact] | None = None
    """Under ``collect``: the least score of each grade but the last."""
    score_decimals: ScoreDecimals = 2
    otherwise: Grade | None = None
    """Grade where no rule holds; "not graded" says that such a customer is to have none. Left out, the
    customer is not graded either, and ``policy check`` tells of the gap."""
    missing: Literal["refuse", "no_match"] = "refuse"
    """A rule that a missing value leaves open: the customer is refused where it would give another grade
    than the rule that holds, or it simply does not hold."""


class _Shared(Based):
    by: Name
    """The measure customers are ranked by, largest first."""
    shares: dict[Grade, Share]
    """Cumulative per cent, best grade first; the last is 100."""
    ties: Literal["up", "down"] = "up"
    within: Name | None = None
    """Shares are taken inside each segment: among the customers who share this field's value."""
    missing: Literal["refuse", "worst"] = "refuse"


class CountGrading(_Shared):
    """Shares of the customers by rank."""

    mode: Literal["count"]


class ValueGrading(_Shared):
    """Shares of the cumulative value (Pareto)."""

    mode: Literal["value"]


class MatrixGrading(Based):
    """Two criteria as axes: the bands met on each name the cell that holds the grade."""

    mode: Literal["matrix"]
    axes: tuple[Name, Name]
    """The criteria down and across."""
    cells: tuple[tuple[Grade, ...], ...]
    """One row for each band of the first axis, in it a grade for each band of the second."""


class CombineGrading(Based):
    """Several scales side by side: each criterion's band names a grade, and ``how`` makes one of them."""

    mode: Literal["combine"]
    how: Literal["worst", "best", "weighted"]
    """``weighted``: the mean of the grades' places by the criteria's weights, rounded to the nearest."""
    ties: Literal["up", "down"] = "up"
    """Where a weighted mean lies halfway between two grades: the better one, or the worse."""


class ProcessGrading(Based):
    """Stages instead of ranks, in the order they are gone through: the furthest whose rule holds."""

    mode: Literal["process"]
    otherwise: Grade | None = None
    missing: Literal["refuse", "no_match"] = "refuse"


class NoGrading(Part):
    """Nobody is graded: the policy only raises alarms."""

    mode: Literal["none"] = "none"


PREVIOUS_GRADE: Final = "previous_grade"
"""What conditions and tests call a customer's grade in the run before, in a policy that looks back at it."""

HELD: Final = "held"
"""Reason code of a grade that the one before holds on to."""


class Hysteresis(Based):
    """Keeps a grade from flickering: measured against the customer's grade in the run before."""

    margin: Annotated[Exact, Field(ge=0)] | None = None
    """In mode ``score``: how far past a cut-off the score must be for the grade to change."""
    max_up: Annotated[int, Field(ge=1)] | None = None
    """Most notches up in one run; gates bind all the same."""
    max_down: Annotated[int, Field(ge=1)] | None = None


Grading = Annotated[
    ScoreGrading
    | RulesGrading
    | CountGrading
    | ValueGrading
    | MatrixGrading
    | CombineGrading
    | ProcessGrading
    | NoGrading,
    Field(discriminator="mode"),
]
