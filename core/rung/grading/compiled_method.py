"""The ways a compiled policy finds a grade: points, a table of rules, shares, a matrix, scales combined."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from rung.grading.compiled_parts import Ranking
from rung.policy.binding import Bound, names_in

__all__ = [
    "Collecting",
    "Combination",
    "CompiledRule",
    "Matrix",
    "Method",
    "Shares",
    "Table",
    "Ungraded",
    "WeightedScore",
]

Hit = Literal["first", "unique", "any", "priority", "furthest", "rule_order", "collect"]
"""Which of the rules that hold gives the grade; ``furthest`` is the last of the grades, for stages."""


@dataclass(frozen=True, slots=True)
class WeightedScore:
    """Weighted points cut into grades."""

    cutoffs: tuple[int, ...]
    """Least score of each grade but the last, scaled by ``score_scale``."""
    score_scale: int


@dataclass(frozen=True)
class CompiledRule:
    """One row of the decision table."""

    id: str
    condition: Bound
    grade: int | None
    """Code of the grade; ``None`` where points are collected."""
    points: int = 0
    """Hundredths collected where the rule holds."""

    @cached_property
    def needs(self) -> tuple[str, ...]:
        """Names whose missing value can leave the rule open."""
        return names_in(self.condition)


@dataclass(frozen=True, slots=True)
class Collecting:
    """How the points of the rules that hold become a score, and the score a grade."""

    how: Literal["sum", "min", "max", "count"]
    cutoffs: tuple[int, ...]
    score_scale: int


@dataclass(frozen=True)
class Table:
    """A decision table: which of the rules that hold gives the grade is the hit policy's matter."""

    rules: tuple[CompiledRule, ...]
    """In the order written."""
    otherwise: int | None
    missing: Literal["refuse", "no_match"]
    hit: Hit = "first"
    collecting: Collecting | None = None
    """Only under the hit policy ``collect``."""
    is_closed: bool = False
    """Whether the policy says that whoever meets no rule is not graded: then that is no gap."""

    @cached_property
    def precedence(self) -> tuple[int, ...]:
        """Places of the rules, the one that matters most first.

        With the table tried in this order, the first rule that holds gives the grade under ``priority``
        and ``furthest`` too; under ``collect`` it is the order of the reasons.
        """

        def weighs(place: int) -> int:
            rule = self.rules[place]
            match self.hit:
                case "priority":
                    return rule.grade or 0
                case "furthest":
                    return -(rule.grade or 0)
                case "collect":
                    return self._collected(rule)
            return 0

        return tuple(sorted(range(len(self.rules)), key=weighs))

    def _collected(self, rule: CompiledRule) -> int:
        match self.collecting.how if self.collecting else "count":
            case "sum":
                return -abs(rule.points)
            case "min":
                return rule.points
            case "max":
                return -rule.points
        return 0

    @property
    def may_conflict(self) -> bool:
        """Whether two rules that hold can leave a customer without a grade."""
        return self.hit in {"unique", "any"}

    @property
    def names_every(self) -> bool:
        """Whether every rule that holds is a reason for the grade."""
        return self.hit in {"unique", "rule_order", "collect"}


@dataclass(frozen=True, slots=True)
class Shares:
    """Grades by shares of the population."""

    ranking: Ranking
    missing: Literal["refuse", "worst"]


@dataclass(frozen=True, slots=True)
class Matrix:
    """The bands met on two criteria name the cell that holds the grade."""

    axes: tuple[int, int]
    """Places of the criteria down and across."""
    cells: tuple[tuple[int, ...], ...]
    """Codes of grades, one row for each band of the first axis."""


@dataclass(frozen=True, slots=True)
class Combination:
    """Each criterion's band names a grade; all of them together make one."""

    how: Literal["worst", "best", "weighted"]
    ties: Literal["up", "down"]
    last: int
    """Code of the policy's last grade."""

    def pull(self, code: int, weight: int) -> int:
        """Return how much a scale's grade speaks for the outcome; 0 for not at all."""
        match self.how:
            case "worst":
                return code + 1
            case "best":
                return self.last - code + 1
            case "weighted":
                return code * weight


@dataclass(frozen=True, slots=True)
class Ungraded:
    """Nobody is graded: the policy only raises alarms."""


Method = WeightedScore | Table | Shares | Matrix | Combination | Ungraded
