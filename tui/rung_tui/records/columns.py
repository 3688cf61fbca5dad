"""The columns of records and of alarms, and how they give way on a narrow screen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from rung.moments import local
from rung_tui.language import _, spoken, words
from rung_tui.table import Cell, Column

if TYPE_CHECKING:
    from rung.workspace.arrivals.shown import ShownAlarm
    from rung.workspace.recording.views import RecordRow
    from rung_tui.records.listing import Listing

__all__ = ["alarm_columns", "record_columns"]


def record_columns(listing: Listing | None) -> tuple[Column[RecordRow], ...]:
    """Return the columns of records, left to right."""
    has_types = listing is None or listing.wish.type is None

    def by(row: RecordRow) -> Cell:
        return Cell("" if listing is None else listing.people.name(row.record.maker))

    columns: list[Column[RecordRow]] = [
        Column("due", lambda: _("Due"), _due, 10, 10, rank=1),
        Column("late", lambda: _("Late"), _late, 9, 14, rank=1),
        Column("record", lambda: _("Record"), lambda row: Cell(row.record.id, "muted"), 6, 8, rank=1),
        Column("customer", lambda: _("Customer"), _customer, 8, 18, rank=2),
        Column("name", lambda: _("Name"), lambda row: Cell(row.customer_name or ""), 10, 30, rank=4),
        Column("state", lambda: _("State"), _state, 12, 20, rank=2),
        Column("cause", lambda: _("Cause"), _cause, 12, 24, rank=5),
        Column("opened", lambda: _("Opened"), _opened, 10, 10, rank=6),
        Column("by", lambda: _("Opened by"), by, 8, 18, rank=7),
    ]
    if has_types:
        columns.insert(3, Column("type", lambda: _("Type"), _type, 14, 22, rank=3))
    return tuple(columns)


def _type(row: RecordRow) -> Cell:
    from rung.workspace.recording.words import type_title

    return Cell(words(type_title(row.record, row.declared)))


def _due(row: RecordRow) -> Cell:
    due = row.record.due
    return Cell(due.isoformat() if due is not None and row.record.is_open else "")


def _late(row: RecordRow) -> Cell:
    if not row.record.is_open:
        return Cell("✓", "good")
    days = row.late_days
    if days is None:
        return Cell("")
    if days > 0:
        return Cell(_("{n} d late").format(n=f"{days:,}"), "bad")
    if days == 0:
        return Cell(_("today"), "open")
    return Cell(_("{n} d left").format(n=f"{-days:,}"), "muted")


def _customer(row: RecordRow) -> Cell:
    return Cell(row.record.customer_id, "muted")


def _state(row: RecordRow) -> Cell:
    from rung.workspace.recording.words import state_title

    role = "" if row.record.is_open else "muted"
    return Cell(words(state_title(row.record, row.declared)), role)


def _cause(row: RecordRow) -> Cell:
    from rung.workspace.recording.words import cause_words

    spoken()
    return Cell(cause_words(row))


def _opened(row: RecordRow) -> Cell:
    return Cell(f"{local(row.record.opened_at):%Y-%m-%d}", "muted")


def alarm_columns(listing: Listing | None, now: Callable[[], datetime]) -> tuple[Column[ShownAlarm], ...]:
    """Return the columns of alarms, left to right; the time left is counted from ``now`` as it is drawn."""

    def left(shown: ShownAlarm) -> Cell:
        from rung.workspace.arrivals.words import time_left_words

        due = shown.alarm.due
        if due is None:
            return Cell("–" if shown.alarm.closing is None else "✓", "good")
        spoken()
        return Cell(time_left_words(due, now()), "bad" if due < now() else "open")

    def due(shown: ShownAlarm) -> Cell:
        from rung.workspace.arrivals.words import minute

        if shown.alarm.due is None or listing is None:
            return Cell("")
        return Cell(minute(shown.alarm.due, listing.zone))

    return (
        Column("left", lambda: _("Time left"), left, 10, 14, rank=0),
        Column("due", lambda: _("Due"), due, 16, 16, rank=7),
        Column("alarm", lambda: _("Alarm"), lambda each: Cell(each.alarm.id, "muted"), 5, 8, rank=1),
        Column("customer", lambda: _("Customer"), _alarm_customer, 8, 18, rank=2),
        Column("name", lambda: _("Name"), lambda each: Cell(each.customer_name or ""), 10, 30, rank=4),
        Column("title", lambda: _("What happened"), lambda each: Cell(words(each.title)), 16, 28, rank=3),
        Column("state", lambda: _("State"), _alarm_state, 12, 24, rank=5),
        Column("what", lambda: _("What"), _what, 10, 40, rank=4),
        Column("before", lambda: _("Before whom"), _before, 10, 28, rank=6),
    )


def _alarm_customer(shown: ShownAlarm) -> Cell:
    return Cell(shown.alarm.customer_id, "muted")


def _alarm_state(shown: ShownAlarm) -> Cell:
    from rung.workspace.arrivals.words import state_words

    spoken()
    role = "bad" if shown.is_late else "warning" if shown.is_escalated else ""
    return Cell(state_words(shown), role)


def _what(shown: ShownAlarm) -> Cell:
    duty = shown.alarm.next_duty
    return Cell("" if duty is None else words(duty.text))


def _before(shown: ShownAlarm) -> Cell:
    from rung.workspace.arrivals.words import whom_words

    spoken()
    return Cell(whom_words(shown))
