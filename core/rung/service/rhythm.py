"""When one promise comes due for one customer: pure, and the rule that the columns for a million follow.

Days are days of the calendar's time zone; hours are elapsed hours, whatever the clocks are set to. A month
after a month's last day is the last day of a shorter month, a year after 29 February is 28 February.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Final

from rung.durations import Duration, Unit
from rung.policy.service import Approve, Contact, Phase, Respond, Review
from rung.service.calendars import Calendar

__all__ = ["Clock", "DueDays", "contact_due", "respond_due", "review_due", "rhythm_of", "stretches"]

_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Clock:
    """What a customer's rhythm counts from."""

    since: date
    """The day the present effective grade began."""
    last: datetime | None = None
    """Of the last contact that reached the customer: its own moment, not that of its being logged."""
    next_on: date | None = None
    """The day agreed with the customer for the next."""


@dataclass(frozen=True, slots=True)
class DueDays:
    """When a promise is to be kept."""

    first: date | None
    """Not before that day; None where nothing says so."""
    due: date
    latest: date | None
    """The last day on which it is not late; None where it is never late."""
    at: datetime | None = None
    """The moment it is due, where it is a matter of hours."""


def rhythm_of(contact: Contact) -> Duration | None:
    """Return how long after a contact the next is due, where that is one span for ever."""
    return contact.every or (None if contact.phases else contact.no_later_than)


def contact_due(contact: Contact, clock: Clock, calendar: Calendar) -> DueDays | None:
    """Return when the next contact is due; None where the promise has no rhythm and no day was agreed.

    It counts from the last contact, without one from the day the grade began, and is never due before that
    day: what a better grade promises is owed at once where the last contact is long past, not late already.
    A day agreed counts in place of the rhythm, never past ``no_later_than``. A day off goes to a working
    day; a day agreed stays, and so does what is due after hours.
    """
    from_ = _From.of(clock, calendar)
    first = None if contact.no_sooner_than is None else max(from_.after(contact.no_sooner_than), clock.since)
    floor = first or clock.since
    settled = partial(_settled, floor=floor, least=max(from_.day + _DAY, floor), calendar=calendar)
    limit = None
    if contact.no_later_than is not None:
        limit = settled(from_.after(contact.no_later_than), is_exact=_is_exact(contact.no_later_than))
    due, at = _regular(contact, from_, clock.since, settled)
    latest = limit or due
    if due is None and first is not None:
        due = settled(first)
    elif due is not None and limit is not None:
        due = min(due, limit)
    if clock.next_on is not None and clock.next_on > from_.day:
        agreed = max(clock.next_on, first or clock.next_on)
        agreed = min(agreed, limit or agreed)
        latest = limit or max(latest or agreed, agreed)
        due, at = agreed, None
    return (
        None
        if due is None
        else DueDays(first, due, latest, at if at and calendar.day_of(at) == due else None)
    )


_Settle = Callable[..., date]


def _regular(
    contact: Contact, from_: _From, since: date, settled: _Settle
) -> tuple[date | None, datetime | None]:
    """Return the day due by the rhythm, and the moment where it is a matter of hours."""
    if contact.phases:
        days = (
            settled(from_.not_before(start).after(phase.every), is_exact=_is_exact(phase.every))
            for start, end, phase in stretches(contact.phases, since)
            if end is None or end > from_.day
        )
        return min(days), None
    every = rhythm_of(contact)
    if every is None:
        return None, None
    return settled(from_.after(every), is_exact=_is_exact(every)), from_.moment_after(every)


def _is_exact(span: Duration) -> bool:
    return span.unit is Unit.HOUR


def _settled(day: date, *, floor: date, least: date, calendar: Calendar, is_exact: bool = False) -> date:
    """Return the day on which something is due: none before the floor, and a working day unless exact."""
    day = max(day, floor)
    return day if is_exact else calendar.rolled(day, least)


def stretches(phases: tuple[Phase, ...], since: date) -> Iterator[tuple[date, date | None, Phase]]:
    """Yield each phase with its first day and the day it is over, counted from the day the grade began."""
    start = since
    for phase in phases:
        end = None if phase.lasts is None else phase.lasts.after(start)
        if end is None or end == date.max:
            yield start, None, phase
            return
        yield start, end, phase
        start = end


@dataclass(frozen=True, slots=True)
class _From:
    """A moment that something counts from, and its day."""

    moment: datetime
    day: date
    calendar: Calendar

    @classmethod
    def of(cls, clock: Clock, calendar: Calendar) -> _From:
        if clock.last is None:
            return cls(calendar.moment_of(clock.since), clock.since, calendar)
        return cls(clock.last, calendar.day_of(clock.last), calendar)

    def not_before(self, day: date) -> _From:
        """Return the same, or the beginning of a later day."""
        return _From(max(self.moment, self.calendar.moment_of(day)), max(self.day, day), self.calendar)

    def moment_after(self, span: Duration) -> datetime | None:
        if span.unit is not Unit.HOUR:
            return None
        return self.moment.astimezone(UTC) + timedelta(hours=span.count)

    def after(self, span: Duration) -> date:
        moment = self.moment_after(span)
        return span.after(self.day) if moment is None else self.calendar.day_of(moment)


def review_due(review: Review, looked_at: date, calendar: Calendar) -> DueDays | None:
    """Return when a grade is to be looked at anew, from the day it last was; None at no fixed time."""
    if review.every is None:
        return None
    due = calendar.rolled(review.every.after(looked_at), looked_at + _DAY)
    return DueDays(None, due, due)


def respond_due(promise: Respond | Approve, arrived: datetime, calendar: Calendar) -> DueDays | None:
    """Return when something that arrived is to be answered or passed; None where no time is set.

    Hours are elapsed hours from its arrival, day and night; what falls on a day off after days goes to a
    working day, never before the day of its arrival.
    """
    if promise.within is None:
        return None
    from_ = _From(arrived, calendar.day_of(arrived), calendar)
    at = from_.moment_after(promise.within)
    due = calendar.day_of(at) if at is not None else calendar.rolled(from_.after(promise.within), from_.day)
    return DueDays(None, due, due, at)
