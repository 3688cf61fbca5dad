"""The ways a policy finds a grade: by weighted points, by rules, by shares of customers or of value."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from rung.policy.parts import Based, Exact, Grade, Name, Share, When, Words

__all__ = ["CountGrading", "Grading", "Rule", "RulesGrading", "ScoreGrading", "ValueGrading"]


class Rule(Based):
    """One row of the decision table: the grade a customer gets whose values meet ``when``."""

    id: Name
    grade: Grade
    when: When
    reason: Words


class ScoreGrading(Based):
    """Weighted points, cut into grades: a grade's cut-off is the least score that earns it."""

    mode: Literal["score"]
    cutoffs: dict[Grade, Exact]
    score_decimals: Annotated[int, Field(ge=0, le=4)] = 2


class RulesGrading(Based):
    """A decision table: the first rule that holds gives the grade."""

    mode: Literal["rules"]
    otherwise: Grade | None = None
    """Grade where no rule holds; without it the customer is not graded."""
    missing: Literal["refuse", "no_match"] = "refuse"
    """A rule that a missing value leaves open: the customer is refused where it would give another grade
    than the rule that holds, or it simply does not hold."""


class _Shared(Based):
    by: Name
    """The measure customers are ranked by, largest first."""
    shares: dict[Grade, Share]
    """Cumulative per cent, best grade first; the last is 100."""
    ties: Literal["up", "down"] = "up"
    missing: Literal["refuse", "worst"] = "refuse"


class CountGrading(_Shared):
    """Shares of the customers by rank."""

    mode: Literal["count"]


class ValueGrading(_Shared):
    """Shares of the cumulative value (Pareto)."""

    mode: Literal["value"]


Grading = Annotated[ScoreGrading | RulesGrading | CountGrading | ValueGrading, Field(discriminator="mode")]
