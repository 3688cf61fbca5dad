"""Promises that come due once: answers to what arrived, duties of alarms, records to be closed by a day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from rung.ledger.service.alarms import RaisedAlarm
from rung.ledger.service.customer_records import CustomerRecord
from rung.service.calendars import Calendar
from rung.service.kept.instances import Kept, Period, judged
from rung.service.rhythm import DueDays

__all__ = ["Once", "alarm_duties", "answered_at", "record_days", "state_of"]


@dataclass(frozen=True, slots=True)
class Once:
    """Something due once."""

    customer_id: str
    code: str
    due: date
    state: Kept
    maker: str | None
    """Account of whoever did it; None where nobody has."""


def state_of(due: DueDays, done: datetime | None, calendar: Calendar, now: datetime) -> Kept:
    """Return what became of something that does not come due again."""
    return judged(due, None, done, calendar, now)


def answered_at(alarm: RaisedAlarm) -> tuple[datetime, str] | None:
    """Return when an alarm was answered in all its duties, or closed, and by whom; None where it was not."""
    answers = [each.answer for each in alarm.duties]
    if answers and all(answers):
        last = max((each for each in answers if each is not None), key=lambda each: each.at)
        return last.at, last.by
    return None if alarm.closing is None else (alarm.closing.at, alarm.closing.by)


def alarm_duties(alarms: Iterable[RaisedAlarm], calendar: Calendar, period: Period) -> Iterator[Once]:
    """Yield the duties of alarms that fall due in a period; closing an alarm settles what was not."""
    for alarm in alarms:
        for duty in alarm.duties:
            day = calendar.day_of(duty.due)
            if not period.first <= day <= period.until:
                continue
            done = duty.answer or alarm.closing
            when, by = (None, None) if done is None else (done.at, done.by)
            state = state_of(DueDays(None, day, day, duty.due), when, calendar, period.now)
            yield Once(alarm.customer_id, alarm.alarm, day, state, by)


def record_days(records: Iterable[CustomerRecord], calendar: Calendar, period: Period) -> Iterator[Once]:
    """Yield the records whose last day lies in a period: kept where they were closed by then."""
    for record in records:
        if record.due is None or not period.first <= record.due <= period.until:
            continue
        when, by = _closed(record)
        state = state_of(DueDays(None, record.due, record.due), when, calendar, period.now)
        yield Once(record.customer_id, record.type, record.due, state, by)


def _closed(record: CustomerRecord) -> tuple[datetime | None, str | None]:
    """Return when a record was closed for good, and by whom."""
    if record.is_open:
        return None, None
    when, by = record.opened_at, record.maker
    is_open = True
    for change in record.changes:
        if is_open and not change.is_open:
            when, by = change.at, change.by
        is_open = change.is_open
    return when, by
