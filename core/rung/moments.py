"""Where the clock hangs: moments are told, and days begin, in one zone for the whole program.

That is the machine's, unless a face of Rung that works on one workspace sets the zone of its calendar. What
programs read, such as JSON and what is at rest, bears moments in UTC all the same.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, tzinfo
from functools import cache

__all__ = ["day_of", "local", "now", "placed", "set_zone", "today"]

Zone = tzinfo | None


def _machines() -> Zone:
    return None


_zone: Callable[[], Zone] = _machines


def set_zone(zone: Callable[[], Zone]) -> None:
    """Tell moments in this zone from here on; it is asked for once, when the first is told.

    ``zone`` gives ``None`` for the machine's.
    """
    global _zone
    _zone = cache(zone)


def now() -> datetime:
    """Return the moment it is, in the zone."""
    return datetime.now(UTC).astimezone(_zone())


def today() -> date:
    """Return the day it is, in the zone."""
    return now().date()


def local(moment: datetime) -> datetime:
    """Return a moment as the clock shows it here."""
    return moment.astimezone(_zone())


def placed(written: datetime) -> datetime:
    """Return a moment written without a zone as it is meant here."""
    zone = _zone()
    return written.astimezone() if zone is None else written.replace(tzinfo=zone)


def day_of(moment: datetime) -> date:
    """Return the day a moment falls on here."""
    return local(moment).date()
