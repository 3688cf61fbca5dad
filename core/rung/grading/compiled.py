"""A policy made ready to grade: every name bound, every number a scaled whole number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Final, Literal

from rung.policy.binding import Bound, names_in, tests_in
from rung.policy.cells import Test
from rung.policy.formula import Formula
from rung.policy.model import Policy
from rung.vocabulary import Quantity, Vocabulary

__all__ = [
    "POINT_SCALE",
    "CompiledBand",
    "CompiledCriterion",
    "CompiledFlag",
    "CompiledGate",
    "CompiledPolicy",
    "CompiledRule",
    "Effect",
    "Ranking",
    "Shares",
    "Table",
    "WeightedScore",
]

POINT_SCALE: Final = 100
"""Points are kept in hundredths."""

Unset = Literal["refuse", "worst", "drop", "points"]


@dataclass(frozen=True, slots=True)
class CompiledBand:
    """One band: the test that selects it, or the share of the population it closes, and its points."""

    test: Test | None
    top: int | None
    """In a ranked criterion: cumulative share in millionths; ``None`` for the last, open band."""
    points: int
    """Hundredths."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """How a measure's cut-offs come from the population."""

    key: str
    """Names the cut-offs in a calibration: ``grading`` or ``criteria.<id>``."""
    quantity: Quantity
    by: Literal["count", "value"]
    shares: tuple[int, ...]
    """Cumulative shares in millionths, best first; the last grade or band, open below, is left out."""
    ties: Literal["up", "down"]


@dataclass(frozen=True, slots=True)
class CompiledCriterion:
    """One criterion: its measure, whole-number weight and bands, best first as written."""

    id: str
    quantity: Quantity
    weight: int
    bands: tuple[CompiledBand, ...]
    ranking: Ranking | None
    missing: Unset
    missing_points: int
    """Hundredths given where the value is missing: the worst band's, or the policy's neutral points."""
    applies: Bound | None

    @property
    def best(self) -> int:
        """Most points a band gives, in hundredths."""
        return max(band.points for band in self.bands)

    @property
    def worst(self) -> int:
        """Fewest points a band gives, in hundredths."""
        return min(band.points for band in self.bands)


class Effect(StrEnum):
    """What a gate does to the grade."""

    AT_MOST = "at_most"
    AT_LEAST = "at_least"
    SET = "set"

    def apply(self, code: int, target: int) -> int:
        """Return the grade's code (0 is best) after the gate."""
        match self:
            case Effect.AT_MOST:
                return max(code, target)
            case Effect.AT_LEAST:
                return min(code, target)
            case Effect.SET:
                return target


@dataclass(frozen=True, slots=True)
class CompiledGate:
    """One gate."""

    id: str
    condition: Bound
    effect: Effect
    target: int
    """Code of the grade named."""
    missing: Literal["refuse", "skip", "fire"]


@dataclass(frozen=True, slots=True)
class CompiledFlag:
    """One flag."""

    id: str
    condition: Bound


@dataclass(frozen=True)
class CompiledRule:
    """One row of the decision table."""

    id: str
    condition: Bound
    grade: int

    @cached_property
    def needs(self) -> tuple[str, ...]:
        """Names whose missing value can leave the rule open."""
        return names_in(self.condition)


@dataclass(frozen=True, slots=True)
class WeightedScore:
    """Weighted points cut into grades."""

    cutoffs: tuple[int, ...]
    """Least score of each grade but the last, scaled by ``score_scale``."""
    score_scale: int


@dataclass(frozen=True, slots=True)
class Table:
    """A decision table: the first rule that holds gives the grade."""

    rules: tuple[CompiledRule, ...]
    otherwise: int | None
    missing: Literal["refuse", "no_match"]


@dataclass(frozen=True, slots=True)
class Shares:
    """Grades by shares of the population."""

    ranking: Ranking
    missing: Literal["refuse", "worst"]


@dataclass(frozen=True)
class CompiledPolicy:
    """Everything grading needs of a policy; see ``compile_policy``."""

    policy: Policy
    vocabulary: Vocabulary
    quantities: Mapping[str, Quantity]
    """Every name the policy may use: the vocabulary's and its own derived values'."""
    derived: tuple[Formula, ...]
    """In an order in which each formula's names are known before it."""
    criteria: tuple[CompiledCriterion, ...]
    method: WeightedScore | Table | Shares
    gates: tuple[CompiledGate, ...]
    flags: tuple[CompiledFlag, ...]

    @property
    def grades(self) -> tuple[str, ...]:
        """Grades, best first; a grade's code is its place."""
        return self.policy.grades

    @property
    def score_scale(self) -> int:
        """What a score is multiplied by to become the whole number kept; 1 without a score."""
        return self.method.score_scale if isinstance(self.method, WeightedScore) else 1

    @cached_property
    def rankings(self) -> tuple[Ranking, ...]:
        """Every set of cut-offs the population must give."""
        own = [criterion.ranking for criterion in self.criteria if criterion.ranking]
        return (*([self.method.ranking] if isinstance(self.method, Shares) else []), *own)

    @cached_property
    def named(self) -> tuple[str, ...]:
        """Every quantity named by criteria, rules, gates and flags, derived values included, once each."""
        names: list[str] = []
        for criterion in self.criteria:
            names.append(criterion.quantity.id)
            if criterion.applies:
                names.extend(names_in(criterion.applies))
        if isinstance(self.method, Table):
            for rule in self.method.rules:
                names.extend(tested(rule.condition))
        if isinstance(self.method, Shares):
            names.append(self.method.ranking.quantity.id)
        for condition in (*(gate.condition for gate in self.gates), *(flag.condition for flag in self.flags)):
            names.extend(tested(condition))
        return tuple(dict.fromkeys(names))

    @cached_property
    def table_names(self) -> tuple[str, ...]:
        """Names whose values a decision table rests on, once each; empty for other methods."""
        if not isinstance(self.method, Table):
            return ()
        return tuple(dict.fromkeys(name for rule in self.method.rules for name in rule.needs))

    @cached_property
    def wanted(self) -> frozenset[str]:
        """Quantities grading reads from the measured frame."""
        own = {formula.result.id: formula for formula in self.derived}
        wanted: set[str] = set()
        waiting = [*self.named]
        while waiting:
            name = waiting.pop()
            if name in own:
                waiting.extend(own[name].names())
            else:
                wanted.add(name)
        return frozenset(wanted)

    @cached_property
    def reason_codes(self) -> tuple[str, ...]:
        """Every reason an assessment can give; a reason's place in the tuple stands for it in expressions.

        A criterion's bands follow its missing value, so that a band's number counts on from there.
        """
        codes = [f"gate:{gate.id}" for gate in self.gates]
        for criterion in self.criteria:
            codes.append(f"{criterion.id}:missing")
            codes += [f"{criterion.id}:{number}" for number in range(1, len(criterion.bands) + 1)]
        if isinstance(self.method, Table):
            codes += [f"rule:{rule.id}" for rule in self.method.rules]
            codes.append("rule:otherwise")
        if isinstance(self.method, Shares):
            codes += [f"share:{grade}" for grade in self.grades]
        return tuple(codes)

    @cached_property
    def refusal_codes(self) -> tuple[str, ...]:
        """Every cause of not being graded; a cause's code is its place."""
        codes = [f"missing:{criterion.id}" for criterion in self.criteria]
        match self.method:
            case Table(rules):
                codes += [f"missing:{name}" for rule in rules for name in rule.needs]
            case Shares(ranking):
                codes.append(f"missing:{ranking.quantity.id}")
        codes += ["no_rule", "no_population", "no_evidence"]
        codes += [f"gate:{gate.id}" for gate in self.gates]
        return tuple(dict.fromkeys(codes))


def tested(condition: Bound) -> tuple[str, ...]:
    """Return every name a condition tests, those only tested for being missing included."""
    return tuple(dict.fromkeys(test.quantity.id for test in tests_in(condition)))
