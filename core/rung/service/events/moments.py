"""When an event happened: a moment as its sender writes it, in the time zone of the workspace."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime, timedelta
from typing import Final

from rung.service.calendars import Calendar
from rung.text import _
from rung.written import read_date

__all__ = ["end_of", "moment_given", "moment_written"]

_AHEAD: Final = timedelta(minutes=1)
# So far the clock of another machine may be ahead; what it dates later has not happened yet.
_DAY: Final = timedelta(days=1)
_TIME: Final = re.compile(
    r"""(?:t|\s)\s*(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})
        (?::(?P<second>[0-9]{2})(?:[.](?P<fraction>[0-9]{1,9}))?)?\s*
        (?P<zone>z|utc|[+-][0-9]{2}:?[0-9]{2})?""",
    re.VERBOSE | re.IGNORECASE,
)


def moment_written(text: str, calendar: Calendar, now: datetime) -> datetime:
    """Return the moment a text names; raises ValueError, in words for a person, for none and for a later one.

    A time without a zone is of the calendar's; of an hour that the clocks go through twice it is the first.
    A day alone, and midnight sharp without a zone, which is how tables write one, is the end of that day,
    or now if that is earlier: what may have been in time is not called late.
    """
    spelled = unicodedata.normalize("NFKC", text).strip()
    day = read_date(spelled)
    if day is None:
        message = _("“{found}” is no moment; write 2026-01-05, 2026-01-05 14:30 or 2026-01-05T14:30+08:00.")
        raise ValueError(message.format(found=text.strip()))
    match = _TIME.search(spelled)
    if match is None:
        return moment_given(day, calendar, now)
    try:
        local = datetime(
            day.year,
            day.month,
            day.day,
            int(match["hour"]),
            int(match["minute"]),
            int(match["second"] or 0),
            int((match["fraction"] or "0").ljust(6, "0")[:6]),
        )
    except ValueError:
        raise ValueError(_("“{found}” is no time of day.").format(found=match[0].strip())) from None
    if match["zone"] is None:
        return moment_given(local, calendar, now)
    zone = match["zone"].upper()
    offset = "+00:00" if zone in ("Z", "UTC") else zone
    try:
        return _happened(datetime.fromisoformat(f"{local.isoformat()}{offset}"), calendar, now)
    except OverflowError:
        raise ValueError(_("“{found}” is no time of day.").format(found=match[0].strip())) from None


def moment_given(given: date, calendar: Calendar, now: datetime) -> datetime:
    """Return the moment a day, or a date and time, stands for; as ``moment_written`` has it."""
    if not isinstance(given, datetime):
        return _end_of(given, calendar, now)
    if given.tzinfo is not None:
        return _happened(given, calendar, now)
    if given.time() == given.min.time():
        return _end_of(given.date(), calendar, now)
    local = given.replace(tzinfo=calendar.zone, fold=0)
    if local.astimezone(UTC).astimezone(calendar.zone).replace(tzinfo=None, fold=0) != given:
        message = _("{found} never was: the clocks were put forward past it.")
        raise ValueError(message.format(found=f"{given:%Y-%m-%d %H:%M}"))
    return _happened(local, calendar, now)


def _end_of(day: date, calendar: Calendar, now: datetime) -> datetime:
    if day > calendar.day_of(now):
        raise ValueError(_("{found} is still to come.").format(found=day.isoformat()))
    if day == calendar.day_of(now):
        return now.astimezone(UTC)
    return end_of(day, calendar)


def end_of(day: date, calendar: Calendar) -> datetime:
    """Return the last moment of a day, in UTC."""
    following = min(day, date.max - _DAY) + _DAY
    return calendar.moment_of(following).astimezone(UTC) - timedelta(microseconds=1)


def _happened(moment: datetime, calendar: Calendar, now: datetime) -> datetime:
    if moment > now + _AHEAD:
        shown = f"{moment.astimezone(calendar.zone):%Y-%m-%d %H:%M}"
        raise ValueError(_("{found} is still to come.").format(found=shown))
    return min(moment, now).astimezone(UTC)
