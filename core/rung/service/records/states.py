"""The states a record goes through, and the day by which it is to be done."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from rung.durations import Duration
from rung.errors import RungError, did_you_mean
from rung.text import Text, _
from rung.vocabulary import RecordState, RecordType
from rung.words import fold

if TYPE_CHECKING:
    from rung.ledger.service.customer_records import CustomerRecord
    from rung.service.calendars import Calendar

__all__ = ["WITHDRAWN", "due_day", "is_withdrawn", "opened_first", "state_meant", "state_words"]

WITHDRAWN: Final = "withdrawn"
"""The state, of every type, of a record opened by mistake: it stays on record and counts for nothing."""

_WITHDRAWN: Final = Text("已撤回", "withdrawn")


def opened_first(record_type: RecordType) -> RecordState:
    """Return the state a new record is in."""
    return record_type.states[0]


def state_meant(record_type: RecordType, written: str) -> RecordState:
    """Return the state meant by its id or title; raises RungError where there is none."""
    word = fold(written)
    for each in record_type.states:
        if written == each.id or word in map(fold, (each.id, each.title.zh, each.title.en)):
            return each
    hint = did_you_mean(written, [each.id for each in record_type.states])
    if word in map(fold, (WITHDRAWN, _WITHDRAWN.zh)):
        hint = _("A record opened by mistake is taken back with: rung record withdraw NUMBER --reason TEXT")
    message = _("“{title}” has no state “{found}”.")
    raise RungError.of(message.format(title=record_type.title, found=written), hint)


def state_words(record_type: RecordType | None, state: str) -> Text:
    """Return what a state is called; its id where the type does not know it any more."""
    declared = record_type.states if record_type is not None else ()
    for each in declared:
        if each.id == state:
            return each.title
    return _WITHDRAWN if state == WITHDRAWN else Text.same(state)


def is_withdrawn(record: CustomerRecord) -> bool:
    """Whether a record was opened by mistake and taken back."""
    return record.state == WITHDRAWN and not record.is_open


def due_day(record_type: RecordType, opened: date, calendar: Calendar) -> date | None:
    """Return the last day by which a record opened on a day is to be closed, None where nothing says so.

    A day off goes to a working day as the calendar has it, never before the day it was opened. A record
    opened anew after it was closed has the day it had at first.
    """
    if record_type.deadline is None:
        return None
    return calendar.rolled(Duration.parse(record_type.deadline).after(opened), opened)
