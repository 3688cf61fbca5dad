"""Records kept of customers, of the types sectors declare: opened, changed, with all their changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from rung.ledger.events import Draft, Event
from rung.ledger.kinds import EventKind
from rung.ledger.service.payloads import (
    as_date,
    as_flag,
    as_number,
    as_text,
    as_text_or_none,
    as_values,
    date_text,
    drafted,
    strictly,
)

__all__ = [
    "RECORD_KINDS",
    "CustomerRecord",
    "RecordChange",
    "opening_draft",
    "record_change_draft",
    "record_changed_by",
    "records_folded",
]

RECORD_KINDS = (EventKind.RECORD_OPENED.value, EventKind.RECORD_CHANGED.value)
"""The kinds of event that tell of records."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordChange:
    """What one person changed in a record."""

    fields: Mapping[str, str | None] = field(default_factory=dict)
    """The values changed, by field; None where one is not known any more."""
    state: str | None = None
    """The state it was put into; None where that stayed."""
    is_open: bool
    """Whether it is open after it, as the type says of its state."""
    due: date | None
    """The day by which it is to be done from now on; None where there is none."""
    note: str = ""
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerRecord:
    """One record of a customer, and what was changed in it."""

    number: int = 0
    """Of the event that opened it; 0 while it is not recorded."""
    customer_id: str
    type: str
    """Id of its type in the sector."""
    sector: str
    fields: Mapping[str, str | None]
    """As they stand, by field, as ``rung.values`` writes them."""
    state: str
    is_open: bool
    """Whether its state is one in which it is still worked on."""
    due: date | None = None
    """The last day by which it is to be done."""
    maker: str
    opened_at: datetime
    changes: tuple[RecordChange, ...] = ()
    """Oldest first."""

    @property
    def id(self) -> str:
        """The id people know it by."""
        return f"R{self.number}"


def opening_draft(record: CustomerRecord) -> Draft:
    """Return the event that opens a record."""
    payload = {
        "type": record.type,
        "sector": record.sector,
        "fields": dict(record.fields),
        "state": record.state,
        "is_open": record.is_open,
        "due": date_text(record.due),
    }
    return drafted(EventKind.RECORD_OPENED, record.customer_id, payload, record.maker, record.opened_at)


def record_change_draft(record: CustomerRecord, change: RecordChange) -> Draft:
    """Return the event that changes a record."""
    payload = {
        "record": record.number,
        "fields": dict(change.fields),
        "state": change.state,
        "is_open": change.is_open,
        "due": date_text(change.due),
        "note": change.note,
    }
    return drafted(EventKind.RECORD_CHANGED, record.customer_id, payload, change.by, change.at)


def after_change(record: CustomerRecord, change: RecordChange) -> CustomerRecord:
    """Return the record as it stands after a change."""
    return replace(
        record,
        fields={**record.fields, **change.fields},
        state=change.state or record.state,
        is_open=change.is_open,
        due=change.due,
        changes=(*record.changes, change),
    )


def records_folded(events: Iterable[Event]) -> dict[int, CustomerRecord]:
    """Return the records that events tell of by number, oldest first."""
    found: dict[int, CustomerRecord] = {}
    for event in events:
        record = record_changed_by(event, found.get)
        if record is not None:
            found[record.number] = record
    return found


def record_changed_by(event: Event, lookup: Callable[[int], CustomerRecord | None]) -> CustomerRecord | None:
    """Return the record an event opens or changes, as it stands after it; None where it does neither.

    Raises UnreadableEventError for an event whose payload is none the ledger writes.
    """
    if event.kind == EventKind.RECORD_OPENED:
        return _opened(event)
    if event.kind != EventKind.RECORD_CHANGED:
        return None
    number, change = _changed(event)
    known = lookup(number)
    if known is None or known.customer_id != event.customer_id:
        return None
    return after_change(known, change)


@strictly("type", "sector", "fields", "state", "is_open", "due")
def _opened(event: Event, payload: dict[str, Any]) -> CustomerRecord:
    return CustomerRecord(
        number=event.sequence,
        customer_id=as_text(event.customer_id),
        type=as_text(payload["type"]),
        sector=as_text(payload["sector"]),
        fields=as_values(payload["fields"]),
        state=as_text(payload["state"]),
        is_open=as_flag(payload["is_open"]),
        due=as_date(payload["due"]),
        maker=event.maker,
        opened_at=event.made_at,
    )


@strictly("record", "fields", "state", "is_open", "due", "note")
def _changed(event: Event, payload: dict[str, Any]) -> tuple[int, RecordChange]:
    change = RecordChange(
        fields=as_values(payload["fields"]),
        state=as_text_or_none(payload["state"]),
        is_open=as_flag(payload["is_open"]),
        due=as_date(payload["due"]),
        note=as_text(payload["note"]),
        by=event.maker,
        at=event.made_at,
    )
    return as_number(payload["record"], 1, 2**63 - 1), change
