"""What became of a record: who opened it, and each change, with what stood there before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from rung.ledger.service.customer_records import CustomerRecord, after_change
from rung.service.records.form import Form
from rung.service.records.states import state_words
from rung.text import MASK, Text

__all__ = ["Entry", "NewValue", "field_title", "past_of", "value_in_words"]


@dataclass(frozen=True, slots=True)
class NewValue:
    """A value as it stands after an entry."""

    field: str
    title: Text
    value: Text
    was: Text | None = None
    """As it stood before; None in the entry that opens a record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing done with a record."""

    record: str
    """Its id."""
    type: Text
    """What its type is called."""
    customer_id: str
    at: datetime
    by: str
    state: Text
    """After it."""
    state_was: Text | None = None
    """None where the state stayed, and in the first entry."""
    values: tuple[NewValue, ...] = ()
    due: date | None = None
    """The day it is to be closed by from then on; None where that stayed."""
    note: str = ""
    is_opening: bool = False
    is_closing: bool = False
    """Whether nothing was to be done any more from then on."""


def past_of(opening: CustomerRecord, whole: CustomerRecord, form: Form | None) -> Iterator[Entry]:
    """Yield what was done with a record, oldest first.

    ``opening``: as it was opened; ``whole``: as it stands, with its changes. Without a form, because its
    plugin is gone, ids stand for titles.
    """
    declared = None if form is None else form.type
    kind = Text.same(whole.type) if declared is None else declared.title
    now = opening
    values = tuple(_values(form, opening.fields))
    yield Entry(
        record=whole.id,
        type=kind,
        customer_id=whole.customer_id,
        at=opening.opened_at,
        by=opening.maker,
        state=state_words(declared, opening.state),
        values=values,
        is_opening=True,
    )
    for change in whole.changes:
        before, now = now, after_change(now, change)
        moved = now.state != before.state
        yield Entry(
            record=whole.id,
            type=kind,
            customer_id=whole.customer_id,
            at=change.at,
            by=change.by,
            state=state_words(declared, now.state),
            state_was=state_words(declared, before.state) if moved else None,
            values=tuple(_values(form, change.fields, before.fields)),
            due=now.due if before.is_open and now.is_open and now.due != before.due else None,
            note=change.note,
            is_closing=before.is_open and not now.is_open,
        )


def _values(
    form: Form | None, fields: Mapping[str, str | None], before: Mapping[str, str | None] | None = None
) -> Iterator[NewValue]:
    for name in _ordered(form, fields):
        was = None if before is None else value_in_words(form, name, before.get(name))
        yield NewValue(name, field_title(form, name), value_in_words(form, name, fields[name]), was)


def _ordered(form: Form | None, fields: Mapping[str, str | None]) -> list[str]:
    known = [] if form is None else [name for name in form.names() if name in fields]
    return [*known, *sorted(name for name in fields if name not in known)]


def field_title(form: Form | None, name: str) -> Text:
    """Return what a field is called; its id where the type does not know it any more."""
    found = None if form is None else form.field(name)
    return Text.same(name) if found is None or found.id != name else found.title


def value_in_words(form: Form | None, name: str, kept: str | None) -> Text:
    """Return a value in words; as it is kept where the type does not know its field any more."""
    found = None if form is None else form.field(name)
    if kept == MASK or found is None or found.id != name:
        return Text.same(kept or "")
    return found.words(kept)
