"""Moments and days as the tables of service keep them: whole numbers since 1970."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Final

__all__ = ["day_of", "days", "days_or_none", "micros", "micros_or_none", "moment_of", "moment_or_none"]

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_FIRST: Final = _EPOCH.date().toordinal()
_MICRO: Final = timedelta(microseconds=1)


def micros(moment: datetime) -> int:
    """Return a moment as microseconds."""
    return (moment - _EPOCH) // _MICRO


def micros_or_none(moment: datetime | None) -> int | None:
    """Return a moment as microseconds, or nothing."""
    return None if moment is None else micros(moment)


def moment_of(count: int) -> datetime:
    """Return the moment so many microseconds after 1970 began."""
    return _EPOCH + timedelta(microseconds=count)


def moment_or_none(count: int | None) -> datetime | None:
    """Return the moment so many microseconds after 1970 began, or nothing."""
    return None if count is None else moment_of(count)


def days(day: date) -> int:
    """Return a day as a number of days."""
    return day.toordinal() - _FIRST


def days_or_none(day: date | None) -> int | None:
    """Return a day as a number of days, or nothing."""
    return None if day is None else days(day)


def day_of(count: int | None) -> date | None:
    """Return the day so many days after 1970 began, or nothing."""
    return None if count is None else date.fromordinal(count + _FIRST)
