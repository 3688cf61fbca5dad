"""How the overruled fared against the others, where outcomes are known, and who ranked them better."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

import polars as pl

from rung.monitor.ranking import Places, RankingCompared, compared
from rung.monitor.rates import Rate

__all__ = ["GradeOutcome", "Left", "Meaning", "Performance", "Ranks", "is_monotone", "performance_of"]


class Meaning(StrEnum):
    """What it means that an outcome came about."""

    FEARED = "feared"
    """A default, a loss: the worse the grade, the more of it."""
    HOPED = "hoped"
    """A purchase, a renewal: the better the grade, the more of it."""


@dataclass(frozen=True, slots=True)
class Ranks:
    """The grades of a policy, best first, and whether that is an order at all."""

    grades: tuple[str, ...]
    is_ordered: bool


@dataclass(frozen=True, slots=True)
class GradeOutcome:
    """How the customers of one grade fared; None is not graded."""

    grade: str | None
    overruled: Rate
    others: Rate
    """Those not overruled."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """What was left aside, so that nobody looks ahead."""

    unread: int
    """Rows of the table without an outcome that can be read."""
    not_in_run: int
    """Customers of the table whom the run has not."""
    without: int
    """Customers of the run whom the table has not."""
    early: int
    """Outcomes of the run's day or before: the grade may rest on them."""
    late: int
    """Overrides that took effect when the outcome may have been known: these count as not overruled."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Performance:
    """The outcomes of overruled and not overruled customers of one run."""

    source: str
    header: str
    meaning: Meaning
    is_dated: bool
    until: date
    """The last day whose overrides count, where an outcome tells no day of its own."""
    left: Left
    overruled: Rate
    others: Rate
    """Those not overruled."""
    up: Rate
    down: Rate
    by_model_grade: tuple[GradeOutcome, ...]
    by_effective_grade: tuple[GradeOutcome, ...]
    model_is_monotone: bool | None
    """Whether among the overruled each worse grade of the model's fared worse or alike; None: no order."""
    effective_is_monotone: bool | None
    ranking: RankingCompared | None
    """Among the overruled; None where grades are no ranks."""
    groups: Mapping[str | None, Rate]
    """By what the overruled were asked to be laid side by side."""


def performance_of(
    rows: pl.DataFrame,
    ranks: Ranks,
    minimum: int,
    *,
    source: str,
    header: str,
    meaning: Meaning,
    is_dated: bool,
    until: date,
    left: Left,
) -> Performance:
    """Compare outcomes.

    ``rows`` has one row a customer with a known outcome: ``model_grade``, ``effective_grade`` (Strings),
    ``outcome`` and ``is_overruled`` (Booleans), ``notches``, and ``key``, the group of an overruled one.
    """
    rate = _Rates(minimum)
    overruled, others = rows.filter("is_overruled"), rows.filter(~pl.col("is_overruled"))
    by_model, by_effective = (tuple(_by_grade(overruled, others, column, ranks, rate)) for column in _GRADES)
    groups = overruled.group_by("key").agg(pl.col("outcome").sum(), pl.len()).iter_rows()
    return Performance(
        source=source,
        header=header,
        meaning=meaning,
        is_dated=is_dated,
        until=until,
        left=left,
        overruled=rate.of(overruled),
        others=rate.of(others),
        up=rate.of(overruled.filter(pl.col("notches") > 0)),
        down=rate.of(overruled.filter(pl.col("notches") < 0)),
        by_model_grade=by_model,
        by_effective_grade=by_effective,
        model_is_monotone=_monotone(by_model, ranks, meaning),
        effective_is_monotone=_monotone(by_effective, ranks, meaning),
        ranking=_ranking(overruled, ranks, minimum, meaning) if ranks.is_ordered else None,
        groups={key: Rate.of(events, n, minimum) for key, events, n in groups},
    )


_GRADES = ("model_grade", "effective_grade")


@dataclass(frozen=True, slots=True)
class _Rates:
    minimum: int

    def of(self, rows: pl.DataFrame) -> Rate:
        return Rate.of(int(rows["outcome"].sum()), rows.height, self.minimum)


def _by_grade(
    overruled: pl.DataFrame, others: pl.DataFrame, column: str, ranks: Ranks, rate: _Rates
) -> Iterable[GradeOutcome]:
    for grade in (*ranks.grades, None):
        is_grade = pl.col(column).is_null() if grade is None else pl.col(column) == grade
        one, other = rate.of(overruled.filter(is_grade)), rate.of(others.filter(is_grade))
        if one.n or other.n:
            yield GradeOutcome(grade, one, other)


def _monotone(found: tuple[GradeOutcome, ...], ranks: Ranks, meaning: Meaning) -> bool | None:
    rates = [each.overruled for each in found if each.grade is not None and each.overruled.n]
    if not ranks.is_ordered or len(rates) < 2:
        return None
    return is_monotone(rates, meaning)


def is_monotone(rates: Iterable[Rate], meaning: Meaning) -> bool:
    """Return whether rates, the best grade's first, never turn against the order of the grades."""
    steps = (worse.events * better.n - better.events * worse.n for better, worse in pairwise(rates))
    return all(step >= 0 if meaning is Meaning.FEARED else step <= 0 for step in steps)


def _ranking(overruled: pl.DataFrame, ranks: Ranks, minimum: int, meaning: Meaning) -> RankingCompared:
    places = {grade: place for place, grade in enumerate(ranks.grades)}
    sides: tuple[dict[Places, int], dict[Places, int]] = ({}, {})
    counts = overruled.drop_nulls(_GRADES).group_by(*_GRADES, "outcome").len()
    for model, effective, outcome, count in counts.iter_rows():
        is_feared = outcome is (meaning is Meaning.FEARED)
        sides[0 if is_feared else 1][places[model], places[effective]] = count
    return compared(*sides, minimum)
