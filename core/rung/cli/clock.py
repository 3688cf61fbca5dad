"""What time it is for whoever sits here: the clock and the time zone of this machine."""

from __future__ import annotations

from datetime import date, datetime

__all__ = ["now_here", "today_here"]


def now_here() -> datetime:
    """Return the moment it is."""
    return datetime.now().astimezone()


def today_here() -> date:
    """Return the day it is."""
    return now_here().date()
