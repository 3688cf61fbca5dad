"""How customers, and a value of theirs, are spread over the grades of one run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

__all__ = ["Distribution", "GradeCount", "distribution_of"]


@dataclass(frozen=True, slots=True)
class GradeCount:
    """The customers of one grade."""

    grade: str | None
    """None: not graded."""
    count: int
    share: float
    """Of all customers, 0–1."""
    value: int
    """Sum of the value followed, scaled; missing ones count as nothing; 0 where none is followed."""
    value_share: float | None
    """Of the sum of all; None where none is followed, or that sum is not above 0."""


@dataclass(frozen=True, slots=True)
class Distribution:
    """The grades of one run."""

    grades: tuple[GradeCount, ...]
    """Best first, then those not graded if there are any."""
    customers: int
    value: int
    missing: int
    """Customers without the value followed."""
    herfindahl: float | None
    """Σ s² of the grades' shares of the graded: 1 where all have one grade; None where nobody is graded."""


def distribution_of(rows: pl.DataFrame, grades: Sequence[str]) -> Distribution:
    """Count the rows by ``grade`` and add up ``value``, which is null throughout where none is followed."""
    found = {
        grade: (count, int(value))
        for grade, count, value in rows.group_by(pl.col("grade").cast(pl.String))
        .agg(pl.len(), pl.col("value").cast(pl.Int128).sum())
        .iter_rows()
    }
    whole = sum(value for _count, value in found.values())
    known = [*grades, *([None] if None in found else [])]
    counts = [_counted(grade, *found.get(grade, (0, 0)), rows.height, whole) for grade in known]
    graded = sum(each.count for each in counts if each.grade is not None)
    squares = sum(each.count**2 for each in counts if each.grade is not None)
    return Distribution(
        grades=tuple(counts),
        customers=rows.height,
        value=whole,
        missing=rows["value"].null_count(),
        herfindahl=squares / graded**2 if graded else None,
    )


def _counted(grade: str | None, count: int, value: int, customers: int, whole: int) -> GradeCount:
    share = count / customers if customers else 0.0
    return GradeCount(grade, count, share, value, value / whole if whole > 0 else None)
