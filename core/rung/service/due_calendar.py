"""What is due, as entries of a calendar (iCalendar, RFC 5545) for the program people keep theirs in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from rung.text import _, inert

if TYPE_CHECKING:
    from icalendar import Calendar as Written

    from rung.service.due_list import DueList, DueRow

__all__ = ["MOST_ENTRIES", "calendar_file"]

MOST_ENTRIES: Final = 10_000
"""More entries than that no program shows anybody any use of."""
_PRODUCT: Final = "-//Rung//Rung//EN"
_HOUR: Final = timedelta(hours=1)


def calendar_file(found: DueList, now: datetime) -> bytes:
    """Return the whole list as the bytes of a file ``.ics``, in the current language.

    What is overdue stands on the day looked from. An entry is known by its policy, customer and promise: a
    file taken anew and imported again moves entries instead of doubling them.
    """
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _("Due to customers"))
    for each in found.rows(0, len(found)):
        _add(calendar, each, found.day, now)
    return bytes(calendar.to_ical())


def _add(calendar: Written, row: DueRow, today: date, now: datetime) -> None:
    from icalendar import Event

    entry = Event()
    entry.add("uid", _uid(row))
    entry.add("dtstamp", now.astimezone(UTC))
    entry.add("sequence", int(now.timestamp()) // 60)
    entry.add("summary", _summary(row))
    entry.add("description", "\n".join(_lines(row, today)))
    entry.add("categories", [str(row.kind.words)])
    if row.at is not None and row.due >= today:
        entry.add("dtstart", row.at.astimezone(UTC))
        entry.add("dtend", row.at.astimezone(UTC) + _HOUR)
    else:
        day = max(row.due, today)
        entry.add("dtstart", day)
        entry.add("dtend", day + timedelta(days=1))
        entry.add("transp", "TRANSPARENT")
    calendar.add_component(entry)


def _uid(row: DueRow) -> str:
    known = "\0".join((row.policy, row.customer_id, row.kind.value, row.source, row.code))
    return f"{sha256(known.encode()).hexdigest()[:32]}@rung"


def _summary(row: DueRow) -> str:
    who = row.customer_name or row.customer_id
    named = _("{customer} ({grade})").format(customer=who, grade=row.grade) if row.grade else who
    return inert(_("{customer}: {what}").format(customer=named, what=row.what))


def _lines(row: DueRow, today: date) -> Iterator[str]:
    yield inert(_("customer {id}, policy {policy}").format(id=row.customer_id, policy=row.policy))
    if row.by is not None:
        yield inert(_("Owed by: {role}").format(role=row.by_title or row.by))
    if row.due < today:
        yield _("Was due on {day}.").format(day=row.due.isoformat())
    if row.latest is not None and row.latest > today:
        yield _("Not late until {day} is over.").format(day=row.latest.isoformat())
