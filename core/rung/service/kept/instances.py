"""Each time a promise to one customer came due, and whether it was kept: the rule all counting follows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from itertools import zip_longest
from typing import Final

from rung.service.calendars import Calendar
from rung.service.kept.rhythms import Rhythm, following
from rung.service.rhythm import Clock, DueDays
from rung.text import Text

__all__ = ["Act", "Instance", "Kept", "instances", "judged"]


class Kept(StrEnum):
    """What became of a promise that came due."""

    KEPT = "kept"
    LATE = "late"
    """Done, but after the last day in time."""
    MISSED = "missed"
    """Not done before it came due again, or not done so far though its last day is over."""
    OPEN = "open"
    """Its last day is not over yet."""

    @property
    def words(self) -> Text:
        """The state as a person reads it."""
        return _WORDS[self]


_WORDS: Final = {
    Kept.KEPT: Text("按时", "kept"),
    Kept.LATE: Text("迟延", "late"),
    Kept.MISSED: Text("未履行", "missed"),
    Kept.OPEN: Text("未到期限", "open"),
}


@dataclass(frozen=True, slots=True)
class Act:
    """A contact, or the attempt at one; a review."""

    at: datetime
    reached: bool = True
    """Whether it keeps the promise."""
    next_on: date | None = None
    """The day agreed for the next."""


@dataclass(frozen=True, slots=True)
class Instance:
    """One time a promise came due."""

    due: date
    latest: date
    state: Kept


@dataclass(frozen=True, slots=True)
class Period:
    """The days looked at, and the moment they are looked at from."""

    first: date
    until: date
    """The last day; never after ``now``."""
    now: datetime


def instances(
    rhythm: Rhythm, since: date, acts: Sequence[Act], period: Period, stopped: datetime | None = None
) -> Iterator[Instance]:
    """Yield each time a promise to one customer came due in a period, and what became of it.

    ``acts`` are in the order of their moments, none of them after ``period.now``. The clock starts at an act
    that keeps the promise, or on the day ``since`` on which it began; it comes due again until somebody keeps
    it. One is kept by an act up to its latest day, late by one after that and before it comes due again,
    which counts from the latest day, and else missed. An attempt that names the next day moves what it fell
    in time for. Acts on one day are one, except where hours count. ``stopped``: an act ended the promise;
    what was in time then was not broken. What can never be late is not counted.
    """
    keeping = [each for each in acts if each.reached]
    last_day = period.until if stopped is None else min(period.until, rhythm.calendar.day_of(stopped))
    for start, end in zip_longest([None, *keeping], keeping):
        if end is not None and _is_left_out(rhythm, since, start, end):
            continue
        clock = Clock(since, None if start is None else start.at, None if start is None else start.next_on)
        for attempt in acts:
            is_between = (start is None or attempt.at >= start.at) and (end is None or attempt.at <= end.at)
            if is_between and not attempt.reached and attempt.next_on is not None:
                due = rhythm.due(clock)
                if due is None or not _is_past(attempt.at, due, rhythm.calendar):
                    clock = replace(clock, next_on=attempt.next_on)
        for due, state in _chain(rhythm, clock, end, last_day, period.now):
            assert due.latest is not None
            was_in_time = stopped is not None and not _is_past(stopped, due, rhythm.calendar)
            if was_in_time and state in (Kept.MISSED, Kept.OPEN):
                continue
            if period.first <= due.due <= last_day:
                yield Instance(due.due, due.latest, state)


def _is_left_out(rhythm: Rhythm, since: date, start: Act | None, end: Act) -> bool:
    """Whether what lies between two acts does not count: before the promise began, or within one day."""
    day = rhythm.calendar.day_of(end.at)
    is_one_day = start is not None and rhythm.calendar.day_of(start.at) == day
    return day < since or (is_one_day and not rhythm.by_hours)


def _chain(
    rhythm: Rhythm, clock: Clock, end: Act | None, until: date, now: datetime
) -> Iterator[tuple[DueDays, Kept]]:
    due = rhythm.due(clock)
    while due is not None and due.latest is not None and due.due <= until:
        clock, then = following(rhythm, clock.since, due)
        state = judged(due, then, None if end is None else end.at, rhythm.calendar, now)
        yield due, state
        has_come_again = then is not None and _has_come(end.at if end else now, then, rhythm.calendar)
        if state is not Kept.MISSED or not has_come_again:
            return
        due = then


def judged(
    due: DueDays, then: DueDays | None, done: datetime | None, calendar: Calendar, now: datetime
) -> Kept:
    """Return what became of something due: done at a moment, or not so far; ``then``: due again."""
    if done is not None:
        if not _is_past(done, due, calendar):
            return Kept.KEPT
        return Kept.MISSED if then is not None and _has_come(done, then, calendar) else Kept.LATE
    if then is not None and _has_come(now, then, calendar):
        return Kept.MISSED
    return Kept.MISSED if _is_past(now, due, calendar) else Kept.OPEN


def _is_past(moment: datetime, due: DueDays, calendar: Calendar) -> bool:
    if due.at is not None:
        return moment > due.at
    return due.latest is not None and calendar.day_of(moment) > due.latest


def _has_come(moment: datetime, then: DueDays, calendar: Calendar) -> bool:
    return moment >= then.at if then.at is not None else calendar.day_of(moment) >= then.due
