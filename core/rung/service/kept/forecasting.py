"""How much falls due in the weeks to come, if each promise is kept on the day it is due."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, Final

import polars as pl

from rung.service.day_columns import MOMENT, greatest, local_days, moments_of
from rung.service.due_list import DueKind
from rung.service.kept.rhythms import Rhythm
from rung.service.rhythm import Clock

__all__ = ["LOAD", "WALKED", "Forecast", "ForecastBy", "LoadLine", "due_once", "falls_due", "walked"]

_DAY: Final = timedelta(days=1)
WALKED: Final[dict[str, Any]] = {
    "group": pl.UInt32,
    "day": pl.Date,
    "is_overdue": pl.Boolean,
    "n": pl.UInt32,
}
"""What falls due: under what it is counted, on which day, whether it is late already, how many times."""
LOAD: Final[dict[str, Any]] = {
    "kind": pl.String,
    "code": pl.String,
    "source": pl.String,
    "grade": pl.String,
    "person": pl.String,
    "channel": pl.String,
    "minutes": pl.Int32,
    "day": pl.Date,
    "is_overdue": pl.Boolean,
    "n": pl.UInt32,
}
"""The columns of a forecast; ``channel`` in the current language, ``minutes`` null where none are given."""


def falls_due(rhythm: Rhythm, clock: Clock, today: date, until: date) -> Iterator[tuple[date, bool]]:
    """Yield the days up to one on which a promise to one customer falls due, and whether it is late.

    The rule ``walked`` follows for a million: what is due before today is done today, all else on the day it
    is due or at its hour, and counts on from there. A rhythm shorter than a day comes due once a day, unless
    the hour counts.
    """
    calendar, before = rhythm.calendar, None
    while (found := rhythm.due(clock)) is not None:
        stays = before is not None and found.at is None and found.due <= before
        day = max(found.due, today) + (_DAY if stays else timedelta())
        if day > until:
            return
        yield day, found.latest is not None and found.latest < today
        by_hour = found.at if found.due >= today else None
        clock, before = Clock(clock.since, by_hour or calendar.moment_of(day)), day


def walked(rhythm: Rhythm, clocks: pl.DataFrame, group: pl.Series, today: date, until: date) -> pl.DataFrame:
    """Return what falls due up to a day, as ``WALKED`` has it; law: ``falls_due`` customer by customer.

    ``clocks``: ``since``, ``last`` and ``next_on`` of each customer.
    """
    calendar = rhythm.calendar
    work = clocks.select("since", pl.col("last").cast(MOMENT), "next_on").with_columns(group.alias("group"))
    day = local_days(work["last"], calendar)
    if not rhythm.by_hours:
        work = work.with_columns(moments_of(day, calendar).alias("last"))
    if not rhythm.counts_since:
        work = work.with_columns(day.alias("day")).with_columns(
            pl.max_horizontal("since", "day").alias("since")
        )
    is_agreed = pl.col("next_on") > pl.coalesce(day, "since")
    work = work.with_columns(pl.when(is_agreed).then("next_on").alias("next_on"))
    keys = ["since", "last", "next_on", "group"]
    work = work.group_by(keys).agg(pl.len().alias("n"))
    found = [pl.DataFrame(schema=WALKED)]
    before = pl.Series([None], dtype=pl.Date).new_from_index(0, work.height)
    while work.height:
        days = rhythm.days(work)
        # A rhythm shorter than a day comes due once a day, unless the hour counts.
        stays = ((days["due"] <= before) & days["at"].is_null()).fill_null(value=False)
        due = pl.Series("day", days["due"]).clip(today, None)
        due = (due + _DAY).zip_with(stays, due) if stays.any() else due
        told = work.select("group", "n").with_columns(
            due.alias("day"), (days["latest"] < today).fill_null(value=False).alias("is_overdue")
        )
        is_in = (due <= until).fill_null(value=False)
        found.append(told.filter(is_in).group_by("group", "day", "is_overdue").agg(pl.col("n").sum()))
        at = days["at"].zip_with((days["due"] >= today).fill_null(value=False), moments_of(due, calendar))
        done = at.zip_with(at.is_not_null(), moments_of(due, calendar))
        nothing = pl.lit(None, pl.Date).alias("next_on")
        work, before = work.with_columns(done.alias("last"), nothing).filter(is_in), due.filter(is_in)
        if not rhythm.counts_since:
            work = work.with_columns(greatest(work["since"], before).alias("since"))
        work = work.with_columns(before.alias("before")).group_by([*keys, "before"]).agg(pl.col("n").sum())
        before = work["before"]
    told = pl.concat([each.select(pl.col(n).cast(kind) for n, kind in WALKED.items()) for each in found])
    return told.group_by("group", "day", "is_overdue").agg(pl.col("n").sum())


def due_once(due: pl.Series, latest: pl.Series, group: pl.Series, today: date, until: date) -> pl.DataFrame:
    """Return what falls due once up to a day, such as what waits for an answer, as ``WALKED`` has it."""
    told = pl.DataFrame(
        [group.alias("group"), due.clip(today, None).alias("day"), (latest < today).alias("is_overdue")]
    )
    counts = (
        told.filter(pl.col("day") <= until).group_by("group", "day", "is_overdue").agg(pl.len().alias("n"))
    )
    return counts.select(pl.col(name).cast(kind) for name, kind in WALKED.items())


class ForecastBy(StrEnum):
    """What a forecast is told by."""

    WEEK = "week"
    PERSON = "person"
    GRADE = "grade"
    CHANNEL = "channel"


@dataclass(frozen=True, slots=True)
class LoadLine:
    """What falls due in one week, to one person's or grade's customers, or by one channel."""

    names: tuple[str | None, ...]
    contacts: int
    reviews: int
    answers: int
    overdue: int
    """How many of all these are late already; they stand in the first week."""
    minutes: int
    untimed: int
    """How many contacts have no duration in the policy."""

    @property
    def hours(self) -> float:
        """The hours of the contacts that have a duration."""
        return self.minutes / 60


@dataclass(frozen=True)
class Forecast:
    """What falls due in the weeks to come, by one policy or by two."""

    policy: str
    load: pl.DataFrame
    """``LOAD``."""
    first: date
    until: date
    other_policy: str | None = None
    other: pl.DataFrame | None = None
    """The same customers by a changed policy."""
    grades: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()

    def lines(self, *by: ForecastBy, by_other: bool = False) -> tuple[LoadLine, ...]:
        """Return the load by what is asked, of the changed policy if so asked."""
        load = self.load if not by_other else self.other
        if load is None:
            return ()
        week = pl.lit(self.first) + pl.duration(days=(pl.col("day") - self.first).dt.total_days() // 7 * 7)
        told = load.with_columns(week.cast(pl.Date).cast(pl.String).alias("week"))
        keys = [each.value for each in by]
        found = told.group_by(keys).agg(_SUMS) if keys else told.select(_SUMS)
        lines = (LoadLine(tuple(row[: len(keys)]), *row[len(keys) :]) for row in found.rows())
        return tuple(sorted(lines, key=lambda line: tuple(map(self._place, line.names))))

    def _place(self, name: str | None) -> tuple[bool, int, str]:
        place = self.grades.index(name) if name in self.grades else len(self.grades)
        return name is None, place, name or ""


def _sum(name: str, where: Iterable[DueKind]) -> pl.Expr:
    kinds = [each.value for each in where]
    return pl.col("n").filter(pl.col("kind").is_in(kinds)).sum().cast(pl.Int64).alias(name)


_IS_CONTACT: Final = pl.col("kind") == DueKind.CONTACT.value
_SUMS: Final = (
    _sum("contacts", [DueKind.CONTACT]),
    _sum("reviews", [DueKind.REVIEW]),
    _sum("answers", [DueKind.RESPOND]),
    pl.col("n").filter("is_overdue").sum().cast(pl.Int64).alias("overdue"),
    (pl.col("n").cast(pl.Int64) * pl.col("minutes")).sum().alias("total"),
    pl.col("n").filter(_IS_CONTACT & pl.col("minutes").is_null()).sum().cast(pl.Int64).alias("untimed"),
)
