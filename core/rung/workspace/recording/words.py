"""Records of customers in words: their type and state, the day they are due, and what was done with them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rung.moments import local
from rung.text import MASK, Text, _

if TYPE_CHECKING:
    from rung.ledger import People
    from rung.ledger.service.customer_records import CustomerRecord
    from rung.service.records.past import Entry
    from rung.workspace.recording.types import DeclaredType
    from rung.workspace.recording.views import RecordRow, ShownRecord

__all__ = [
    "cause_words",
    "due_words",
    "entry_words",
    "field_lines",
    "masked_words",
    "state_title",
    "type_title",
]


def masked_words() -> str:
    """Return what the masks stand for."""
    return _("{mask}: sensitive values, which are not for your role.").format(mask=MASK)


def type_title(record: CustomerRecord, declared: DeclaredType | None) -> Text:
    """Return what a record's type is called; its id where nobody declares it any more."""
    return Text.same(record.type) if declared is None else declared.type.title


def state_title(record: CustomerRecord, declared: DeclaredType | None) -> Text:
    """Return what the state of a record is called."""
    from rung.service.records.states import state_words

    return state_words(None if declared is None else declared.type, record.state)


def due_words(record: CustomerRecord, late_days: int | None) -> str:
    """Return the day a record is due, and how late it is; nothing without a day, or where it is closed."""
    if record.due is None or late_days is None:
        return ""
    day = record.due.isoformat()
    if late_days > 0:
        return f"{day}  " + _("{n} d late").format(n=late_days)
    left = _("today") if late_days == 0 else _("{n} d left").format(n=-late_days)
    return f"{day}  {left}"


def field_lines(found: ShownRecord | RecordRow) -> Iterator[tuple[str, str]]:
    """Yield title and value of everything a record holds, in the form's order."""
    from rung.service.records.past import field_title, value_in_words

    form = None if found.declared is None else found.declared.form
    held = found.record.fields
    known = [] if form is None else [name for name in form.names() if held.get(name) is not None]
    for name in (*known, *sorted(each for each in held if each not in known and held[each] is not None)):
        yield str(field_title(form, name)), str(value_in_words(form, name, held[name]))


def entry_words(entry: Entry, people: People) -> tuple[str, str, str]:
    """Return when something was done with a record, by whom, and what."""
    when = f"{local(entry.at):%Y-%m-%d %H:%M}"
    return when, people.name(entry.by), _("; ").join(_done(entry))


def _done(entry: Entry) -> Iterator[str]:
    if entry.is_opening:
        yield _("opened: {state}").format(state=entry.state)
    elif entry.state_was is not None:
        yield _("{was} → {state}").format(was=entry.state_was, state=entry.state)
    for each in entry.values:
        if each.was is None:
            yield _("{field}: {value}").format(field=each.title, value=each.value)
        else:
            words = _("{subject}: {was} → {value}")
            yield words.format(subject=each.title, was=each.was, value=each.value)
    if entry.due is not None:
        yield _("to be closed by {day}").format(day=entry.due.isoformat())
    if entry.note:
        yield _("“{note}”").format(note=entry.note)


def cause_words(row: RecordRow) -> str:
    """Return the cause by which records of the type are counted; nothing where it names none."""
    from rung.service.records.past import value_in_words

    name = None if row.declared is None else row.declared.type.cause
    if row.declared is None or name is None or row.record.fields.get(name) is None:
        return ""
    return str(value_in_words(row.declared.form, name, row.record.fields[name]))
