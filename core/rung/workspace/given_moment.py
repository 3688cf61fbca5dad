"""A moment as people write it, by the workspace's clock, else the machine's: a day, or a day and an hour."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from rung.moments import placed

__all__ = ["given_moment"]


def given_moment(written: str, *, is_end: bool = False) -> datetime | None:
    """Return the moment written, as 2026-06-30 or “2026-06-30 14:30”; None where it is none.

    ``is_end``: the day, minute or second given is itself within, and the moment just after it is meant.
    """
    return next(filter(None, (_read(written, form, span, is_end) for form, span in _MOMENTS)), None)


def _read(written: str, form: str, span: timedelta, is_end: bool) -> datetime | None:
    try:
        found = datetime.strptime(written.replace("T", " "), form)
        # An hour that comes twice, as summer time ends, is the first of the two.
        return placed(found + span if is_end else found)
    except (ValueError, OverflowError, OSError):
        return None


_MOMENTS: Final = (
    ("%Y-%m-%d", timedelta(days=1)),
    ("%Y-%m-%d %H:%M", timedelta(minutes=1)),
    ("%Y-%m-%d %H:%M:%S", timedelta(seconds=1)),
)
