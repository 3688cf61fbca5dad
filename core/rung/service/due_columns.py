"""The rules of ``rhythm`` over a whole frame: when a promise comes due for a million customers at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, partial
from typing import Any, Final

import polars as pl

from rung.durations import Duration, Unit
from rung.policy.service import Approve, Contact, Respond, Review
from rung.service.calendars import Calendar
from rung.service.day_columns import (
    days_after,
    greatest,
    least,
    local_days,
    moments_of,
    nulls,
    rolled,
)
from rung.service.rhythm import rhythm_of

__all__ = ["DUE", "contact_days", "respond_days", "review_days"]

DUE: Final[dict[str, Any]] = {
    "first": pl.Date,
    "due": pl.Date,
    "latest": pl.Date,
    "at": pl.Datetime("us", "UTC"),
}
"""The columns of every answer here, as ``DueDays`` has them; ``due`` is null where nothing comes due."""

_FAR: Final = date(2200, 1, 1)
# A span that leads from here past the last date there is never ends.


def contact_days(contact: Contact, clocks: pl.DataFrame, calendar: Calendar) -> pl.DataFrame:
    """Return when the next contact is due for each row; law: ``contact_due`` row by row.

    ``clocks``: ``since`` (Date), ``last`` (Datetime UTC) and ``next_on`` (Date), the last two nullable.
    """
    return _Contacts(contact, clocks, calendar).days()


def review_days(review: Review, looked_at: pl.Series, calendar: Calendar) -> pl.DataFrame:
    """Return when each grade is to be looked at anew; law: ``review_due`` row by row."""
    if review.every is None:
        return _answer(looked_at.len())
    due = rolled(days_after(looked_at, review.every), looked_at + timedelta(days=1), calendar)
    return _answer(looked_at.len(), due=due, latest=due)


def respond_days(promise: Respond | Approve, arrived: pl.Series, calendar: Calendar) -> pl.DataFrame:
    """Return when what arrived is to be answered or passed; law: ``respond_due`` row by row."""
    if promise.within is None:
        return _answer(arrived.len())
    day = local_days(arrived, calendar)
    if promise.within.unit is Unit.HOUR:
        at = arrived + timedelta(hours=promise.within.count)
        due = local_days(at, calendar)
        return _answer(arrived.len(), due=due, latest=due, at=at)
    due = rolled(days_after(day, promise.within), day, calendar)
    return _answer(arrived.len(), due=due, latest=due)


def _answer(height: int, **columns: pl.Series | None) -> pl.DataFrame:
    nothing = pl.Series([None]).new_from_index(0, height)
    given = {name: column for name, column in columns.items() if column is not None}
    return pl.DataFrame([given.get(name, nothing).cast(kind).alias(name) for name, kind in DUE.items()])


@dataclass(frozen=True)
class _Contacts:
    """One promise of contact over many clocks."""

    contact: Contact
    clocks: pl.DataFrame
    calendar: Calendar

    @cached_property
    def since(self) -> pl.Series:
        return self.clocks["since"]

    @cached_property
    def day(self) -> pl.Series:
        """The day each counts from."""
        return local_days(self.clocks["last"], self.calendar).zip_with(self._has_last, self.since)

    @cached_property
    def _has_last(self) -> pl.Series:
        return self.clocks["last"].is_not_null()

    @cached_property
    def moment(self) -> pl.Series:
        """The moment each counts from, where hours matter."""
        return self.clocks["last"].zip_with(self._has_last, moments_of(self.since, self.calendar))

    @cached_property
    def first(self) -> pl.Series | None:
        span = self.contact.no_sooner_than
        return (
            None if span is None else greatest(self._later(span, self.day, lambda: self.moment), self.since)
        )

    @cached_property
    def floor(self) -> pl.Series:
        return self.since if self.first is None else self.first

    @cached_property
    def earliest(self) -> pl.Series:
        return greatest(self.day + timedelta(days=1), self.floor)

    def _later(self, span: Duration, day: pl.Series, moment: Callable[[], pl.Series]) -> pl.Series:
        if span.unit is Unit.HOUR:
            return local_days(moment() + timedelta(hours=span.count), self.calendar)
        return days_after(day, span)

    def _settled(self, day: pl.Series, *, is_exact: bool = False) -> pl.Series:
        day = greatest(day, self.floor)
        return day if is_exact else rolled(day, self.earliest, self.calendar)

    def _reached(
        self, span: Duration, day: pl.Series | None = None, moment: Callable[[], pl.Series] | None = None
    ) -> pl.Series:
        """Return the settled day a span after the day each counts from, or after another."""
        later = self._later(span, self.day if day is None else day, moment or (lambda: self.moment))
        return self._settled(later, is_exact=span.unit is Unit.HOUR)

    def days(self) -> pl.DataFrame:
        limit_span = self.contact.no_later_than
        limit = None if limit_span is None else self._reached(limit_span)
        due = self._regular()
        latest = due if limit is None else limit
        if due is None and self.first is not None:
            due = self._settled(self.first)
        elif due is not None and limit is not None:
            due = least(due, limit)
        every = rhythm_of(self.contact)
        at = None
        if every is not None and due is not None and every.unit is Unit.HOUR:
            at = self.moment + timedelta(hours=every.count)
            at = at.zip_with(local_days(at, self.calendar) == due, nulls(at))
        return self._as_agreed(due, latest, limit, at)

    def _as_agreed(
        self, due: pl.Series | None, latest: pl.Series | None, limit: pl.Series | None, at: pl.Series | None
    ) -> pl.DataFrame:
        """Put the day agreed with the customer in place of the rhythm's, where there is one."""
        height, next_on = self.clocks.height, self.clocks["next_on"]
        if next_on.null_count() < height:
            is_agreed = (next_on > self.day).fill_null(value=False)
            agreed = next_on if self.first is None else greatest(next_on, self.first)
            agreed = agreed if limit is None else least(agreed, limit)
            then = limit
            if then is None:
                then = agreed if latest is None else greatest(latest, agreed)
            due = agreed.zip_with(is_agreed, nulls(agreed) if due is None else due)
            latest = then.zip_with(is_agreed, nulls(then) if latest is None else latest)
            at = None if at is None else nulls(at).zip_with(is_agreed, at)
        return _answer(height, first=self.first, due=due, latest=latest, at=at)

    def _not_before(self, days: pl.Series) -> pl.Series:
        return greatest(self.moment, moments_of(days, self.calendar))

    def _regular(self) -> pl.Series | None:
        every = rhythm_of(self.contact)
        if every is not None:
            return self._reached(every)
        due: pl.Series | None = None
        start = self.since
        for phase in self.contact.phases:
            begun = greatest(self.day, start)
            found = self._reached(phase.every, begun, partial(self._not_before, start))
            is_last = phase.lasts is None or phase.lasts.after(_FAR) == date.max
            if phase.lasts is not None and not is_last:
                start = days_after(start, phase.lasts)
                found = found.zip_with(start > self.day, nulls(found))
            due = found if due is None else least(due, found)
            if is_last:
                break
        return due
