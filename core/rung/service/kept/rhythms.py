"""Promises that come due again and again, for one customer and, held to that, for a million at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Final, Protocol

import polars as pl

from rung.durations import Duration, Unit
from rung.policy.service import Contact, Review
from rung.service.calendars import Calendar
from rung.service.day_columns import greatest, local_days, moments_of
from rung.service.due_columns import contact_days, review_days
from rung.service.rhythm import Clock, DueDays, contact_due, review_due

__all__ = ["ContactRhythm", "ReviewRhythm", "Rhythm", "following", "following_clocks"]

_DAY: Final = timedelta(days=1)


class Rhythm(Protocol):
    """What comes due again and again."""

    @property
    def calendar(self) -> Calendar:
        """The working days it keeps to."""
        ...

    @property
    def by_hours(self) -> bool:
        """Whether the hour counts, and not only the day."""
        ...

    @property
    def counts_since(self) -> bool:
        """Whether the day the grade began counts even after a contact: a rhythm in phases."""
        ...

    @property
    def longest(self) -> int:
        """Days after which it has come due again, whatever it counts from."""
        ...

    def due(self, clock: Clock) -> DueDays | None:
        """Return when it is due for one customer, None where it never is."""
        ...

    def days(self, clocks: pl.DataFrame) -> pl.DataFrame:
        """Return the same for each row of ``since``, ``last`` and ``next_on``: the columns of ``DUE``."""
        ...


@dataclass(frozen=True)
class ContactRhythm:
    """A promise of contact."""

    contact: Contact
    calendar: Calendar

    @cached_property
    def _spans(self) -> tuple[Duration, ...]:
        said = self.contact
        spans = (said.every, said.no_later_than, said.no_sooner_than, *(each.every for each in said.phases))
        return tuple(each for each in spans if each is not None)

    @property
    def by_hours(self) -> bool:
        """Whether the hour counts, and not only the day."""
        return any(each.unit is Unit.HOUR for each in self._spans)

    @property
    def counts_since(self) -> bool:
        """Whether the day the grade began counts even after a contact."""
        return bool(self.contact.phases)

    @property
    def longest(self) -> int:
        """Days after which it has come due again."""
        return max(map(_days, self._spans), default=0)

    def due(self, clock: Clock) -> DueDays | None:
        """Return when the next contact is due."""
        return contact_due(self.contact, clock, self.calendar)

    def days(self, clocks: pl.DataFrame) -> pl.DataFrame:
        """Return when the next contact is due for each row."""
        return contact_days(self.contact, clocks, self.calendar)


@dataclass(frozen=True)
class ReviewRhythm:
    """A promise to look at the grade anew; ``Clock.last`` is the last time somebody did."""

    review: Review
    calendar: Calendar

    @property
    def by_hours(self) -> bool:
        """Reviews are a matter of days."""
        return False

    @property
    def counts_since(self) -> bool:
        """The later of both counts, so never after a review."""
        return False

    @property
    def longest(self) -> int:
        """Days after which it has come due again."""
        return 0 if self.review.every is None else _days(self.review.every)

    def due(self, clock: Clock) -> DueDays | None:
        """Return when the grade is to be looked at anew."""
        last = clock.since if clock.last is None else self.calendar.day_of(clock.last)
        return review_due(self.review, max(clock.since, last), self.calendar)

    def days(self, clocks: pl.DataFrame) -> pl.DataFrame:
        """Return the same for each row."""
        looked_at = greatest(clocks["since"], local_days(clocks["last"], self.calendar))
        return review_days(self.review, looked_at, self.calendar)


def _days(span: Duration) -> int:
    start = date(2000, 1, 1)
    return (span.after(start) - start).days + 1


def following(rhythm: Rhythm, since: date, due: DueDays) -> tuple[Clock, DueDays | None]:
    """Return when it comes due again after it was due and nobody kept it, and what that counts from.

    It counts from the last moment in time. Where that leads no further, for the rhythm is shorter than a day
    and the hour does not count, from the day after.
    """
    assert due.latest is not None
    calendar = rhythm.calendar
    clock = Clock(since, due.at or calendar.moment_of(due.latest))
    found = rhythm.due(clock)
    if due.at is None and found is not None and found.due <= due.latest:
        clock = Clock(since, calendar.moment_of(due.latest + _DAY))
        found = rhythm.due(clock)
    return clock, found


def following_clocks(
    rhythm: Rhythm, since: pl.Series, day: pl.Series, at: pl.Series
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return what it counts from after days, or moments where there are any, and when it comes due then.

    Law: ``following`` row by row.
    """
    clocks = _clocks(since, _moments(day, at, rhythm.calendar))
    found = rhythm.days(clocks)
    stays = ((found["due"] <= day) & at.is_null()).fill_null(value=False)
    if not stays.any():
        return clocks, found
    later = _moments(day + _DAY, at, rhythm.calendar)
    clocks = clocks.with_columns(later.zip_with(stays, clocks["last"]).alias("last"))
    return clocks, rhythm.days(clocks)


def _moments(day: pl.Series, at: pl.Series, calendar: Calendar) -> pl.Series:
    begun = moments_of(day, calendar)
    return at.zip_with(at.is_not_null(), begun) if at.null_count() < at.len() else begun


def _clocks(since: pl.Series, last: pl.Series) -> pl.DataFrame:
    nothing = pl.Series([None], dtype=pl.Date).new_from_index(0, since.len())
    return pl.DataFrame([since.alias("since"), last.alias("last"), nothing.alias("next_on")])
