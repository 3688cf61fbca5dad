"""Makes the tables of service anew from the events alone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from sqlalchemy import Connection, bindparam, delete, func, select, update

from rung.ledger.keeping.many import put
from rung.ledger.keeping.service.tables import SERVICE, arrived, contacts, last_contacts
from rung.ledger.keeping.service.told import (
    TableRow,
    last_contact_rows,
    logged_rows,
    rows_by_customer,
    withdrawals,
)
from rung.ledger.keeping.tables import events
from rung.progress import Progress
from rung.text import _

__all__ = ["rebuild_service"]

_PAGE: Final = 5_000
# Rows written at once.
_MANY: Final = 100_000
# Events from which on indexes are made afterwards, all in order: row by row would take many times as long.
_TABLES: Final = {table.name: table for table in SERVICE}
_TAKE_BACK: Final = (
    update(contacts)
    .where(
        contacts.c.number == bindparam("contact"),
        contacts.c.number < bindparam("by_event"),
        contacts.c.customer_id == bindparam("of_customer"),
        contacts.c.withdrawn.is_(None),
    )
    .values(withdrawn=bindparam("by_event"))
)


def rebuild_service(connection: Connection, report: Progress | None = None) -> int:
    """Make the tables of service anew, and return how many things are kept.

    Raises UnreadableEventError for an event whose payload is none the ledger writes.
    """
    for table in SERVICE:
        connection.execute(delete(table))
    count = connection.execute(select(func.max(events.c.sequence))).scalar() or 0
    indexes = [*contacts.indexes, *arrived.indexes] if count >= _MANY else []
    for index in indexes:
        index.drop(connection)
    made = _write(connection, logged_rows(connection, _("Reading the events"), report))
    for of_customer, withdrawal in withdrawals(connection):
        given = {"contact": withdrawal.contact, "by_event": withdrawal.number, "of_customer": of_customer}
        connection.execute(_TAKE_BACK, given)
    for index in indexes:
        index.create(connection)
    _write(connection, ((last_contacts.name, row) for row in last_contact_rows(connection)))
    return made + _write(connection, rows_by_customer(connection))


def _write(connection: Connection, rows: Iterable[TableRow]) -> int:
    """Write rows, many of a table at once, and return how many there were."""
    made = 0
    waiting: dict[str, list[dict[str, Any]]] = {}
    for table, row in rows:
        made += 1
        page = waiting.setdefault(table, [])
        page.append(row)
        if len(page) == _PAGE:
            put(connection, _TABLES[table], page)
            page.clear()
    for table, page in waiting.items():
        put(connection, _TABLES[table], page)
    return made
