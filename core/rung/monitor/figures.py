"""What is counted of human inputs of one kind: how many stand, which way they go, by whom, how old."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from math import ceil
from typing import Final

import polars as pl

from rung.ledger import InputKind, Status
from rung.monitor.rates import Rate
from rung.monitor.subject import Period

__all__ = [
    "AGES",
    "Ages",
    "Bucket",
    "Cell",
    "Concentration",
    "Counted",
    "Directions",
    "Flow",
    "InputFigures",
    "Step",
    "Waiting",
    "Waits",
    "counted",
    "directions_of",
    "figures_of",
]

AGES: Final = (30, 90, 180, 365)
"""Days up to which ages are counted together: a month, SAMA's 90 days, half a year, a year."""

EXPIRING: Final = 30
"""Days ahead within which an end is worth preparing for."""


@dataclass(frozen=True, slots=True)
class Counted:
    """How many of one sort: a reason, a person, a datum."""

    key: str
    count: int
    share: float
    """Of all counted beside it, 0–1."""


@dataclass(frozen=True, slots=True)
class Step:
    """How many go so many grades up, or down where negative."""

    notches: int
    count: int


@dataclass(frozen=True, slots=True)
class Cell:
    """How many of one grade were given another; None is not graded."""

    overruled: str | None
    given: str | None
    count: int


@dataclass(frozen=True, slots=True)
class Directions:
    """Which way inputs move the grade."""

    up: int
    down: int
    same: int
    """By no notch."""
    unknown: int
    """Where grades are no ranks, or there was no grade before or after."""


@dataclass(frozen=True, slots=True)
class Bucket:
    """How many are so many days old, and older than the bucket before; None: older still."""

    up_to: int | None
    count: int


@dataclass(frozen=True, slots=True)
class Ages:
    """Days since those in effect took effect."""

    median: float | None
    oldest: int | None
    oldest_id: str | None
    buckets: tuple[Bucket, ...]


@dataclass(frozen=True, slots=True)
class Waiting:
    """Those that wait for somebody."""

    count: int
    since: datetime | None
    """When the one that waits longest was proposed."""
    oldest_id: str | None


@dataclass(frozen=True, slots=True)
class Waits:
    """How long others took to decide, from the proposal."""

    n: int
    median_seconds: float | None
    p90_seconds: float | None
    """Nine of ten were decided within: the ⌈0.9 n⌉-th shortest."""


@dataclass(frozen=True, slots=True)
class Concentration:
    """How much rests on single persons."""

    people: int
    top: str | None
    """Account of whoever made most."""
    top_share: float | None
    herfindahl: float | None
    """Σ s² of their shares: 1 where one person made all, 1/people where all made as many."""


@dataclass(frozen=True, slots=True)
class Flow:
    """What became of those proposed in a period; the counts of the second group add up to the first."""

    proposed: int
    in_effect: int
    awaiting: int
    returned: int
    rejected: Rate
    """Of those proposed."""
    withdrawn: Rate
    """Of those proposed, before or after they took effect."""
    expired: int
    superseded: int
    decided: Waits
    ended: int
    """Expired in the period, whenever they were proposed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InputFigures:
    """The figures of one kind of human input under a policy."""

    kind: InputKind
    in_effect: int
    directions: Directions
    notches: tuple[Step, ...]
    """Furthest up first."""
    matrix: tuple[Cell, ...]
    reasons: tuple[Counted, ...]
    """Most frequent first, as all that is counted."""
    makers: tuple[Counted, ...]
    checkers: tuple[Counted, ...]
    """Of approvals: with two of them an input counts for both."""
    subjects: tuple[Counted, ...]
    """The data corrected or judged; nothing for overrides."""
    concentration: Concentration
    ages: Ages
    awaiting: Waiting
    returned: Waiting
    expiring: int
    """In effect, and their last day is within 30 days."""
    flow: Flow


def figures_of(
    facts: pl.DataFrame, kind: InputKind, in_effect: pl.DataFrame, today: date, period: Period, minimum: int
) -> InputFigures:
    """Count the inputs of one kind; ``in_effect`` are those of the rows that count as in effect."""
    makers = counted(in_effect["maker"])
    return InputFigures(
        kind=kind,
        in_effect=in_effect.height,
        directions=directions_of(in_effect),
        notches=_notches(in_effect),
        matrix=_matrix(in_effect),
        reasons=counted(in_effect["reason"]),
        makers=makers,
        checkers=counted(in_effect["checkers"].explode(empty_as_null=True).drop_nulls()),
        subjects=counted(in_effect["subject"].drop_nulls()),
        concentration=_concentration(makers),
        ages=_ages(in_effect, today),
        awaiting=_waiting(facts, Status.PROPOSED),
        returned=_waiting(facts, Status.RETURNED),
        expiring=in_effect.filter((pl.col("expires_at") - today).dt.total_days() <= EXPIRING).height,
        flow=flow_of(facts, period, minimum),
    )


def counted(values: pl.Series) -> tuple[Counted, ...]:
    """Count texts, the most frequent first, equals by their letters."""
    if values.is_empty():
        return ()
    table = values.rename("key").value_counts().sort("count", "key", descending=[True, False])
    return tuple(Counted(key, count, count / len(values)) for key, count in table.iter_rows())


def directions_of(rows: pl.DataFrame) -> Directions:
    """Return which way inputs move the grade."""
    notches = rows["notches"]
    up, down, same = (int(each.sum()) for each in (notches > 0, notches < 0, notches == 0))
    return Directions(up, down, same, int(notches.null_count()))


def _notches(rows: pl.DataFrame) -> tuple[Step, ...]:
    table = rows["notches"].drop_nulls().value_counts().sort("notches", descending=True)
    return tuple(Step(notches, count) for notches, count in table.iter_rows())


def _matrix(rows: pl.DataFrame) -> tuple[Cell, ...]:
    table = rows.group_by("overruled", "given").len().sort("overruled", "given", nulls_last=True)
    return tuple(Cell(*row) for row in table.iter_rows())


def _concentration(makers: tuple[Counted, ...]) -> Concentration:
    if not makers:
        return Concentration(0, None, None, None)
    squares = sum(each.share**2 for each in makers)
    return Concentration(len(makers), makers[0].key, makers[0].share, squares)


def _ages(rows: pl.DataFrame, today: date) -> Ages:
    days = rows.select("id", age=(pl.lit(today) - pl.col("effective_on")).dt.total_days())
    ages = days["age"]
    found = ages.median()
    assert found is None or isinstance(found, float)
    lower = (-1, *AGES)
    buckets = [
        Bucket(high, int(((ages > low) & (ages <= high)).sum()))
        for low, high in zip(lower, AGES, strict=False)
    ]
    buckets.append(Bucket(None, int((ages > AGES[-1]).sum())))
    oldest = days.sort("age", descending=True, maintain_order=True).row(0) if days.height else (None, None)
    return Ages(found, oldest[1], oldest[0], tuple(buckets))


def _waiting(facts: pl.DataFrame, status: Status) -> Waiting:
    rows = facts.filter(pl.col("status") == status.value).sort("made_at", maintain_order=True)
    if rows.is_empty():
        return Waiting(0, None, None)
    return Waiting(rows.height, rows["made_at"][0], rows["id"][0])


def flow_of(facts: pl.DataFrame, period: Period, minimum: int) -> Flow:
    """Return what became of the inputs proposed in a period."""
    cohort = facts.filter(period.holds("made_on"))
    status = dict(cohort["status"].value_counts().iter_rows())
    n = cohort.height
    ended = facts.filter((pl.col("status") == Status.EXPIRED.value) & period.holds("expires_at"))
    return Flow(
        proposed=n,
        in_effect=status.get(Status.APPROVED.value, 0),
        awaiting=status.get(Status.PROPOSED.value, 0),
        returned=status.get(Status.RETURNED.value, 0),
        rejected=Rate.of(status.get(Status.REJECTED.value, 0), n, minimum),
        withdrawn=Rate.of(status.get(Status.WITHDRAWN.value, 0), n, minimum),
        expired=status.get(Status.EXPIRED.value, 0),
        superseded=status.get(Status.SUPERSEDED.value, 0),
        decided=_waits(cohort["seconds"].drop_nulls()),
        ended=ended.height,
    )


def _waits(seconds: Iterable[float]) -> Waits:
    found = sorted(seconds)
    n = len(found)
    if not n:
        return Waits(0, None, None)
    median = (found[(n - 1) // 2] + found[n // 2]) / 2
    return Waits(n, median, found[ceil(9 * n / 10) - 1])
