"""From which grades customers went to which between two runs, new and lost customers counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

import polars as pl

from rung.monitor.rates import Rate

__all__ = ["Aside", "Migration", "Mobility", "Stand", "laid_beside", "migration_of", "mobility_of", "stood"]


class Aside(Enum):
    """Where a customer stands who has no grade."""

    NOT_GRADED = "not_graded"
    ABSENT = "absent"
    """Not in the run: new by the later one, lost by the earlier."""


Stand = str | Aside
"""A grade, or why there is none."""


@dataclass(frozen=True, slots=True)
class Mobility:
    """How much customers move, from a square matrix of grades, the best first."""

    upper: float | None
    """Weighted bandwidth of moves to worse grades, 0–1; None where nobody moved that way."""
    lower: float | None
    """Of moves to better grades."""
    shorrocks: float | None
    """(K − tr P) ÷ (K − 1): 0 where all stay; None where a grade had nobody, or there is one grade."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Migration:
    """Two runs side by side."""

    before: tuple[Stand, ...]
    """The rows: grades best first, not graded, not in the earlier run."""
    after: tuple[Stand, ...]
    """The columns: grades best first, not graded, not in the later run."""
    counts: Mapping[tuple[Stand, Stand], int]
    """Customers; only cells that hold any."""
    is_ordered: bool
    """Whether both runs have the same grades and these are ranks."""
    stayed: Rate
    """Same grade, of the customers graded in both runs; the shares of ``up`` and ``down`` as well."""
    up: Rate | None
    """None where there is no order."""
    down: Rate | None
    new: int
    """Customers of the later run whom the earlier has not."""
    lost: int
    mobility: Mobility | None
    """None where there is no order."""
    minimum: int
    """Fewer customers than that, and a rate is shown but not judged."""

    @property
    def customers(self) -> int:
        """How many customers are in one run or the other."""
        return sum(self.counts.values())

    def matrix(self) -> tuple[tuple[int, ...], ...]:
        """Return the counts row by row."""
        return tuple(tuple(self.counts.get((row, column), 0) for column in self.after) for row in self.before)


def laid_beside(before: pl.LazyFrame, after: pl.LazyFrame) -> pl.DataFrame:
    """Return the customers of two runs with both grades.

    Each frame has ``customer_id``, ``customer_name`` and ``model_grade``. The rows are the later run's in
    its order, then those lost: ``customer_id``, ``customer_name`` (the later run's), ``before`` and
    ``after`` (Strings, null where not graded), ``was_in`` and ``is_in``.
    """
    one, other = (
        each.with_columns(pl.col("model_grade").cast(pl.String)).collect() for each in (before, after)
    )
    if one["customer_id"].equals(other["customer_id"]):
        # Most runs are of the same customers in the same order: nobody needs to be looked for.
        return other.select(
            "customer_id",
            "customer_name",
            before=one["model_grade"],
            after="model_grade",
            was_in=pl.lit(value=True),
            is_in=pl.lit(value=True),
        )
    known = one.select("customer_id", before="model_grade").with_row_index("place")
    found = other.rename({"model_grade": "after"}).join(
        known, on="customer_id", how="left", maintain_order="left"
    )
    is_lost = pl.Series([True]).new_from_index(0, one.height).scatter(found["place"].drop_nulls(), False)
    lost = one.filter(is_lost)
    columns = ("customer_id", "customer_name", "before", "after", "was_in", "is_in")
    here = found.with_columns(was_in=pl.col("place").is_not_null(), is_in=pl.lit(value=True))
    gone = lost.rename({"model_grade": "before"}).with_columns(
        after=pl.lit(None, pl.String), was_in=pl.lit(value=True), is_in=pl.lit(value=False)
    )
    return pl.concat([here.select(columns), gone.select(columns)])


def migration_of(
    beside: pl.DataFrame, before: Sequence[str], after: Sequence[str], minimum: int, *, is_ordered: bool
) -> Migration:
    """Count the moves between two runs laid beside each other; the grades are each run's, best first."""
    keys = ["before", "was_in", "after", "is_in"]
    counts: dict[tuple[Stand, Stand], int] = {}
    for one, was_in, other, is_in, count in beside.group_by(keys).len().iter_rows():
        counts[_stand(one, is_there=was_in), _stand(other, is_there=is_in)] = count
    is_ordered = is_ordered and tuple(before) == tuple(after)
    square = [[counts.get((row, column), 0) for column in after] for row in before]
    graded = sum(map(sum, square))
    stayed = sum(counts.get((grade, grade), 0) for grade in before)
    ups = sum(square[row][column] for row in range(len(before)) for column in range(min(row, len(after))))
    return Migration(
        before=(*before, *_asides(counts, 0)),
        after=(*after, *_asides(counts, 1)),
        counts=counts,
        is_ordered=is_ordered,
        stayed=Rate.of(stayed, graded, minimum),
        up=Rate.of(ups, graded, minimum) if is_ordered else None,
        down=Rate.of(graded - stayed - ups, graded, minimum) if is_ordered else None,
        new=sum(count for (one, _other), count in counts.items() if one is Aside.ABSENT),
        lost=sum(count for (_one, other), count in counts.items() if other is Aside.ABSENT),
        mobility=mobility_of(square) if is_ordered else None,
        minimum=minimum,
    )


def _stand(grade: str | None, *, is_there: bool) -> Stand:
    if not is_there:
        return Aside.ABSENT
    return Aside.NOT_GRADED if grade is None else grade


def _asides(counts: Mapping[tuple[Stand, Stand], int], side: int) -> tuple[Aside, ...]:
    found = {pair[side] for pair in counts}
    return tuple(each for each in Aside if each in found)


def mobility_of(square: Sequence[Sequence[int]]) -> Mobility:
    """Return how much customers move, from their counts by grade before (rows) and after.

    Weighted bandwidths, ECB, Instructions for reporting the validation results of internal models (2019),
    2.5.5.1: Σ |i−j| N_ij ÷ Σ max(|i−K|, |i−1|) N_ij over i < j, and over i > j. Shorrocks, Econometrica 46
    (1978) 1013: (K − tr P) ÷ (K − 1), with p_ij = N_ij ÷ N_i.
    """
    grades = range(len(square))
    last = len(square) - 1

    def bandwidth(places: list[tuple[int, int]]) -> float | None:
        way = sum(abs(row - column) * square[row][column] for row, column in places)
        most = sum(max(last - row, row) * square[row][column] for row, column in places)
        return way / most if most else None

    upper = bandwidth([(row, column) for row in grades for column in grades if row < column])
    lower = bandwidth([(row, column) for row in grades for column in grades if row > column])
    sums = [sum(row) for row in square]
    shorrocks = None
    if last > 0 and all(sums):
        shorrocks = (len(square) - sum(square[place][place] / sums[place] for place in grades)) / last
    return Mobility(upper, lower, shorrocks)


def stood(before: Stand, after: Stand) -> pl.Expr:
    """Return which rows of two runs laid beside each other are in a cell."""
    return _stands("before", "was_in", before) & _stands("after", "is_in", after)


def _stands(grade: str, is_there: str, stand: Stand) -> pl.Expr:
    if stand is Aside.ABSENT:
        return ~pl.col(is_there)
    if stand is Aside.NOT_GRADED:
        return pl.col(is_there) & pl.col(grade).is_null()
    return (pl.col(grade) == stand).fill_null(value=False)
