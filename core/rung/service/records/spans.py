"""The periods records are counted by: weeks from Monday, calendar months, quarters of the calendar year."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

__all__ = ["Span"]

_DAY: Final = timedelta(days=1)


class Span(StrEnum):
    """How long a period is."""

    WEEK = "week"
    """From Monday to Sunday, numbered as ISO 8601 has it."""
    MONTH = "month"
    QUARTER = "quarter"

    def first(self, day: date) -> date:
        """Return the first day of the period a day lies in."""
        match self:
            case Span.WEEK:
                return day - day.weekday() * _DAY
            case Span.MONTH:
                return day.replace(day=1)
        return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)

    def last(self, day: date) -> date:
        """Return the last day of the period a day lies in; no later than dates go."""
        match self:
            case Span.WEEK:
                return self.first(day) + 6 * _DAY
            case Span.MONTH:
                months = 1
            case Span.QUARTER:
                months = 3
        first = self.first(day)
        total = first.year * 12 + first.month - 1 + months
        return date.max if total // 12 > date.max.year else date(total // 12, total % 12 + 1, 1) - _DAY

    def called(self, day: date) -> str:
        """Return what the period a day lies in is called: 2026-W10, 2026-03, 2026-Q1."""
        match self:
            case Span.WEEK:
                year, week, _weekday = day.isocalendar()
                return f"{year}-W{week:02}"
            case Span.MONTH:
                return f"{day:%Y-%m}"
        return f"{day.year}-Q{(day.month + 2) // 3}"

    def all(self, since: date, until: date) -> Iterator[date]:
        """Yield the first day of every period that has days from one day to another, both counted."""
        day = self.first(since)
        while day <= until:
            yield day
            last = self.last(day)
            if last == date.max:
                return
            day = last + _DAY
