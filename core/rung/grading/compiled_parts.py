"""Criteria, gates and flags made ready to grade: names bound, numbers whole."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Literal

from rung.durations import Duration
from rung.policy.binding import Bound
from rung.policy.cells import Test
from rung.policy.method import HELD, PREVIOUS_GRADE
from rung.vocabulary import Quantity

__all__ = [
    "HELD",
    "POINT_SCALE",
    "PREVIOUS_GRADE",
    "CompiledBand",
    "CompiledCriterion",
    "CompiledFlag",
    "CompiledGate",
    "Effect",
    "Expiry",
    "Hold",
    "Ranking",
]

POINT_SCALE: Final = 100
"""Points are kept in hundredths."""

Unset = Literal["refuse", "worst", "drop", "points"]


@dataclass(frozen=True, slots=True)
class CompiledBand:
    """One band: the test that selects it, or the share of the population it closes, and what it is worth."""

    test: Test | None
    top: int | None
    """In a ranked criterion: cumulative share in millionths; ``None`` for the last, open band."""
    points: int
    """Hundredths; 0 where points are not added up."""
    grade: int | None = None
    """Where scales are combined: code of the grade this criterion alone would give."""


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
    within: Quantity | None = None
    """Divides the customers into segments, each with cut-offs of its own."""


@dataclass(frozen=True, slots=True)
class Expiry:
    """How long a judged answer stands."""

    dated_by: Quantity
    """Says when the answer was given; one without a date stands."""
    after: Duration


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
    expiry: Expiry | None = None

    @property
    def best(self) -> int:
        """Most points a band gives, in hundredths."""
        return max(band.points for band in self.bands)

    @property
    def worst(self) -> int:
        """Fewest points a band gives, in hundredths."""
        return min(band.points for band in self.bands)

    @property
    def fills_in(self) -> bool:
        """Whether a missing value counts as something: the worst, or neutral points."""
        return self.missing in {"worst", "points"}

    @property
    def worst_grade(self) -> int:
        """Code of the last of the bands' grades; 0 where they name none."""
        return max(band.grade or 0 for band in self.bands)


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
class Hold:
    """How far a grade may move from the one before; see ``rung.grading.hysteresis``."""

    margin: int | None
    """How far past a cut-off the score must be, scaled as the score is; ``None`` for no margin."""
    max_up: int | None
    """Most notches up."""
    max_down: int | None


@dataclass(frozen=True, slots=True)
class CompiledFlag:
    """One flag."""

    id: str
    condition: Bound
