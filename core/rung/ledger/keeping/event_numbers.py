"""Events looked up by number, newest first: whoever turns pages needs neither what is before nor after."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from rung.ledger.events import Event, EventFilter
from rung.ledger.keeping.event_rows import chosen, event_of
from rung.ledger.keeping.tables import events
from rung.ledger.store import UnreadableEventError

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from rung.ledger.keeping.sql_store import SqlReader

__all__ = ["events_numbered", "numbers_of"]

_PIECE: Final = 500
# Numbers asked for at once: a database takes only so many.


def numbers_of(connection: Connection, wanted: EventFilter, first: int, last: int) -> list[int]:
    """Return the numbers of the events wanted from ``first`` to ``last``, both included, newest first."""
    query = chosen(wanted).with_only_columns(events.c.sequence).order_by(None)
    query = query.where(events.c.sequence.between(first, last)).order_by(events.c.sequence.desc())
    return [int(number) for number in connection.execute(query).scalars()]


def events_numbered(
    connection: Connection, reader: SqlReader, numbers: Sequence[int]
) -> dict[int, Event | None]:
    """Return the events of those numbers; None stands for one that cannot be read, none for one missing."""
    found: dict[int, Event | None] = {}
    for start in range(0, len(numbers), _PIECE):
        piece = numbers[start : start + _PIECE]
        try:
            rows = connection.execute(select(events).where(events.c.sequence.in_(piece)))
            found |= {event.sequence: event for event in map(event_of, rows)}
        except (TypeError, ValueError, DBAPIError):
            # One of them holds what the ledger never writes; an error about anything else comes again.
            found |= _singly(reader, piece)
    return found


def _singly(reader: SqlReader, numbers: Sequence[int]) -> dict[int, Event | None]:
    found: dict[int, Event | None] = {}
    for number in numbers:
        try:
            event = reader.event(number)
        except UnreadableEventError:
            found[number] = None
        else:
            if event is not None:
                found[number] = event
    return found
