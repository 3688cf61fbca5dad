"""Days and moments by the column: what a calendar says of one, asked once for all that are alike."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any, Final

import polars as pl

from rung.durations import Duration
from rung.service.calendars import Calendar, Roll

__all__ = [
    "MOMENT",
    "by_day",
    "days_after",
    "greatest",
    "least",
    "local_days",
    "moments_of",
    "nulls",
    "rolled",
]

MOMENT: Final = pl.Datetime("us", "UTC")
"""The type of a column of moments."""
_FEW: Final = 1_000


def local_days(moments: pl.Series, calendar: Calendar) -> pl.Series:
    """Return the days that moments in UTC fall on here.

    The clocks are asked once for each day that occurs, not for each moment; only on a day on which they are
    changed each moment counts for itself.
    """
    day = moments.dt.date()
    begins = by_day(day, partial(_offset, calendar), pl.Duration("us"))
    ends = by_day(day, partial(_offset, calendar, later=1), pl.Duration("us"))
    found = (moments + begins).dt.date()
    changes = ((begins != ends) & moments.is_not_null()).arg_true()
    if changes.is_empty():
        return found
    exact = [calendar.day_of(each) for each in moments.gather(changes).dt.replace_time_zone("UTC")]
    return found.scatter(changes, pl.Series(exact, dtype=pl.Date))


def _offset(calendar: Calendar, day: date, later: int = 0) -> timedelta:
    """Return how far the clocks here are ahead of UTC when a day of UTC begins, or the one after."""
    moment = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(days=later)
    return moment.astimezone(calendar.zone).utcoffset() or timedelta()


def moments_of(days: pl.Series, calendar: Calendar) -> pl.Series:
    """Return the moments, in UTC, at which days begin here."""
    return by_day(days, lambda day: calendar.moment_of(day).astimezone(UTC), MOMENT)


def days_after(days: pl.Series, span: Duration) -> pl.Series:
    """Return the days a span later, as ``Duration.after`` does."""
    return by_day(days, span.after, pl.Date)


def rolled(days: pl.Series, earliest: pl.Series, calendar: Calendar) -> pl.Series:
    """Return the working days that stand for days; see ``Calendar.rolled``."""
    if calendar.roll is Roll.NONE:
        return days
    after = by_day(days, calendar.on_or_after, pl.Date)
    if calendar.roll is Roll.AFTER:
        return after
    before = by_day(days, calendar.on_or_before, pl.Date)
    return before.zip_with(before >= earliest, after)


def by_day(days: pl.Series, ask: Callable[[date], Any], kind: Any) -> pl.Series:
    """Return what is asked of each day, of equal days once."""
    first: Any = days.min()
    last: Any = days.max()
    if first is None:
        return pl.Series([None]).new_from_index(0, days.len()).cast(kind)
    if (last - first).days <= _FEW:  # days that do not occur cost less than to leave them out
        table = pl.Series(
            [ask(first + timedelta(days=n)) for n in range((last - first).days + 1)], dtype=kind
        )
    else:
        each = days.unique().drop_nulls()
        answers = pl.Series(list(map(ask, each)), dtype=kind)
        table = nulls(answers, (last - first).days + 1).scatter(_from_day(each, first), answers)
    found: pl.Series = table.gather(_from_day(days, first))
    return found


def _from_day(days: pl.Series, first: Any) -> pl.Series:
    found: pl.Series = days.to_physical() - (first - date(1970, 1, 1)).days
    return found


def nulls(like: pl.Series, height: int | None = None) -> pl.Series:
    """Return nothing but nulls, of the type of a column and as many as it has rows."""
    return pl.Series([None], dtype=like.dtype).new_from_index(0, like.len() if height is None else height)


def greatest(one: pl.Series, other: pl.Series) -> pl.Series:
    """Return the later of two, row by row; where one is null the other."""
    found: pl.Series = pl.select(pl.max_horizontal(one, other)).to_series()
    return found


def least(one: pl.Series, other: pl.Series) -> pl.Series:
    """Return the earlier of two, row by row; where one is null the other."""
    found: pl.Series = pl.select(pl.min_horizontal(one, other)).to_series()
    return found
