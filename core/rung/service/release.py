"""When a customer nobody has cared for goes to the public pool: by their grade's own limit, after a warning.

The limit counts from the last contact that reached the customer, or from the moment whoever holds them got
them, whichever is later; without either from the day the grade began. A grade with a shorter limit than the
one before lets nobody go before the warning it promises has been given.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import polars as pl

from rung.durations import Duration, Unit
from rung.policy.service import Release
from rung.service.calendars import Calendar
from rung.service.day_columns import by_day, days_after, greatest, local_days

__all__ = ["Limit", "release_day", "release_days"]


@dataclass(frozen=True, slots=True)
class Limit:
    """Until when a customer may go without a contact."""

    warn: date
    """From that day on whoever holds the customer is warned."""
    go: date
    """From that day on the customer may be released."""


def release_day(
    release: Release, since: date, last: datetime | None, held: datetime | None, calendar: Calendar
) -> Limit:
    """Return the limit of one customer: the rule that ``release_days`` follows for a million.

    ``since``: the day the grade began; ``last``: of the last contact; ``held``: since when whoever holds
    the customer does, as far as the ledger tells.
    """
    moments = [each for each in (last, held) if each is not None]
    if moments and release.after.unit is Unit.HOUR:
        go = calendar.day_of(max(moments).astimezone(UTC) + timedelta(hours=release.after.count))
    else:
        go = release.after.after(calendar.day_of(max(moments)) if moments else since)
    go = max(go, since if release.warn is None else release.warn.after(since))
    return Limit(go if release.warn is None else release.warn.before(go), go)


def release_days(release: Release, clocks: pl.DataFrame, calendar: Calendar) -> pl.DataFrame:
    """Return ``warn`` and ``go`` (Date) for each row; law: ``release_day`` row by row.

    ``clocks``: ``since`` (Date), ``last`` and ``held`` (Datetime UTC), the last two nullable.
    """
    since, moment = clocks["since"], greatest(clocks["last"], clocks["held"])
    go = _after(moment, since, release.after, calendar)
    go = greatest(go, since if release.warn is None else days_after(since, release.warn))
    warn = go if release.warn is None else by_day(go, release.warn.before, pl.Date)
    return pl.DataFrame([warn.alias("warn"), go.alias("go")])


def _after(moment: pl.Series, since: pl.Series, span: Duration, calendar: Calendar) -> pl.Series:
    has_one = moment.is_not_null()
    day = local_days(moment, calendar).zip_with(has_one, since)
    if span.unit is not Unit.HOUR:
        return days_after(day, span)
    return local_days(moment + timedelta(hours=span.count), calendar).zip_with(
        has_one, days_after(since, span)
    )
