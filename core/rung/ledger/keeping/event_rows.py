"""Events as rows of the table: written, read back with every type checked, and chosen by a filter."""

from __future__ import annotations

from types import NoneType
from typing import Any, Final

from sqlalchemy import Row, Select, bindparam, func, select

from rung.ledger.events import Event, EventFilter, moment_text, read_moment
from rung.ledger.keeping.tables import events
from rung.ledger.kinds import EventKind

__all__ = ["INSERT", "LAST", "ONE", "chosen", "event_of", "values_of"]

INSERT: Final = events.insert()
"""Adds an event to the table, given its values."""

LAST: Final = select(func.max(events.c.sequence))
"""The number of the last event."""

ONE: Final = select(events).where(events.c.sequence == bindparam("sequence"))
"""One event, given its number."""

_OF_NOBODY: Final = frozenset(
    kind.value
    for kind in (
        EventKind.DELEGATION_MADE,
        EventKind.DELEGATION_ENDED,
        EventKind.LEDGER_MIGRATED,
        EventKind.CLOCK_CORRECTED,
    )
)
# Acts that are about no customer.
_COLUMNS: Final = tuple(events.columns.keys())
_TYPES: Final = frozenset(
    (int, str, customer, policy, bytes, str, str, str, str)
    for customer in (str, NoneType)
    for policy in (str, NoneType)
)
# Of the columns, in their order; looked up at once, for ten million events are read.


def values_of(event: Event) -> dict[str, Any]:
    """Return an event as the values of its row."""
    values = {name: getattr(event, name) for name in _COLUMNS}
    values["made_at"] = moment_text(event.made_at)
    return values


def event_of(row: Row[Any]) -> Event:
    """Return a row as the event it is; raises ValueError for values the ledger never writes."""
    found = tuple(row)
    # SQLite keeps what it is given, whatever the column says: a text as bytes is tampering.
    if tuple(map(type, found)) not in _TYPES:
        raise ValueError("a value of another type")
    sequence, kind, customer_id, policy_id, payload, made_at, maker, previous, own_hash = found
    return Event(
        sequence=sequence,
        kind=kind,
        customer_id=customer_id,
        policy_id=policy_id,
        payload=payload,
        made_at=read_moment(made_at),
        maker=maker,
        previous=previous,
        hash=own_hash,
    )


def chosen(wanted: EventFilter) -> Select[Any]:
    """Return the query for the events wanted, in their order."""
    query = select(events).order_by(events.c.sequence)
    same = {"customer_id": wanted.customer_id, "policy_id": wanted.policy_id, "maker": wanted.maker}
    for name, value in same.items():
        if value is not None:
            query = query.where(events.c[name] == value)
    if wanted.kinds:
        query = query.where(events.c.kind.in_(wanted.kinds))
        if _OF_NOBODY.issuperset(wanted.kinds):
            # Told so, the database finds them by its index of customers, whose nulls stand together.
            query = query.where(events.c.customer_id.is_(None))
    if wanted.since is not None:
        query = query.where(events.c.made_at >= moment_text(wanted.since))
    if wanted.until is not None:
        query = query.where(events.c.made_at < moment_text(wanted.until))
    return query
