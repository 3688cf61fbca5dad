"""Counts what came of a population: how many of each grade, with each flag, left out for each cause."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rung.grading.compiled import CompiledPolicy
from rung.runs.manifest import MeasuredColumn, Named
from rung.vocabulary import Quantity

if TYPE_CHECKING:
    import polars as pl

__all__ = ["Tally", "digits", "measured_column"]


@dataclass(frozen=True, slots=True)
class Tally:
    """How many customers came out how."""

    rows: int
    grades: dict[str, int]
    """Every grade, best first."""
    flags: dict[str, int]
    """Every flag, in the policy's order."""
    causes: dict[str, int]
    """Only causes that occurred."""

    @classmethod
    def of(cls, outcomes: pl.DataFrame, compiled: CompiledPolicy) -> Tally:
        """Count a frame of ``model_grade``, ``not_graded``, ``flags`` and ``len``, one row an outcome."""
        graded = _counted(outcomes, "model_grade")
        left = _counted(outcomes, "not_graded")
        causes = dict.fromkeys((*compiled.refusal_codes, *sorted(left)))
        return cls(
            rows=int(outcomes["len"].sum()),
            grades={grade: graded.get(grade, 0) for grade in compiled.grades},
            flags=_flagged(outcomes, [flag.id for flag in compiled.flags]),
            causes={cause: left[cause] for cause in causes if cause in left},
        )


def _counted(outcomes: pl.DataFrame, column: str) -> dict[str, int]:
    counts: dict[str, int] = {}
    for name, count in outcomes.select(column, "len").drop_nulls().iter_rows():
        counts[name] = counts.get(name, 0) + count
    return counts


def _flagged(outcomes: pl.DataFrame, flags: Sequence[str]) -> dict[str, int]:
    counts = dict.fromkeys(flags, 0)
    for mask, count in outcomes.select("flags", "len").iter_rows():
        for place, flag in enumerate(flags):
            if mask >> place & 1:
                counts[flag] += count
    return counts


def measured_column(quantity: Quantity) -> MeasuredColumn:
    """Describe a column of measured values as a person reads it."""
    return MeasuredColumn(
        id=quantity.id,
        title=quantity.title,
        kind=quantity.kind.value,
        unit=quantity.unit,
        decimals=digits(quantity.scale),
        choices=tuple(Named(choice.id, choice.title) for choice in quantity.choices),
    )


def digits(scale: int) -> int:
    """Return how many digits a scale, a power of ten, takes away."""
    return len(str(scale)) - 1
