"""Holds the tables of service to the events: says which row differs, going through both side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from sqlalchemy import Boolean, Connection, Integer, Table, bindparam, select, type_coerce

from rung.ledger.keeping.service.tables import (
    alarms,
    arrived,
    contacts,
    holders,
    last_contacts,
    records,
    reviews,
)
from rung.ledger.keeping.service.told import last_contact_rows, logged_rows, rows_by_customer, withdrawals
from rung.ledger.keeping.standing import Difference, streamed, what_differs
from rung.progress import Progress
from rung.text import _

__all__ = ["first_service_difference"]

_Row = dict[str, Any]
_Differences = Iterator[Difference]


def first_service_difference(connection: Connection, report: Progress | None = None) -> Difference | None:
    """Return the first thing kept of service whose row is not what the events tell, None where all are.

    Memory holds a page of rows at a time. Raises UnreadableEventError for an event whose payload is none the
    ledger writes.
    """
    for found in (_logged(connection, report), _taken_back(connection), _last(connection), _rest(connection)):
        for difference in found:
            return difference
    return None


def _logged(connection: Connection, report: Progress | None) -> _Differences:
    """Compare contacts and arrivals by number, but for whether they were taken back."""
    sides = {table.name: _Side(connection, table, ("number",)) for table in (contacts, arrived)}
    for table, row in logged_rows(connection, _("Comparing contacts with the events"), report):
        yield from sides[table].expect(row, but_for="withdrawn")
    for side in sides.values():
        yield from side.rest()


_WITHDRAWN: Final = select(contacts.c.customer_id, contacts.c.withdrawn).where(
    contacts.c.number == bindparam("number")
)


def _taken_back(connection: Connection) -> _Differences:
    """Compare which contacts were taken back by which event, in the order of these."""
    rows = _rows(connection, contacts, "withdrawn", where=contacts.c.withdrawn.is_not(None))
    kept = next(rows, None)
    for of_customer, withdrawal in withdrawals(connection):
        number, by = withdrawal.contact, withdrawal.number
        found = connection.execute(_WITHDRAWN, {"number": number}).one_or_none()
        if found is None or found.customer_id != of_customer or number >= by:
            continue
        if kept is not None and (kept["number"], kept["withdrawn"]) == (number, by):
            kept = next(rows, None)
        elif not (isinstance(found.withdrawn, int) and found.withdrawn < by):
            yield _otherwise_taken_back(number)
            return
    if kept is not None:
        yield _otherwise_taken_back(kept["number"])


def _otherwise_taken_back(number: object) -> Difference:
    detail = _("the events tell otherwise whether it was taken back, and by which")
    return Difference(number if isinstance(number, int) else 0, f"K{number}", detail)


def _last(connection: Connection) -> _Differences:
    side = _Side(connection, last_contacts, ("customer_id",))
    for row in last_contact_rows(connection):
        yield from side.expect(row)
    yield from side.rest()


def _rest(connection: Connection) -> _Differences:
    """Compare alarms, records, reviews and holders, customer by customer."""
    numbered = (alarms, records, reviews)
    sides = {table.name: _Side(connection, table, ("customer_id", "number")) for table in numbered}
    sides[holders.name] = _Side(connection, holders, ("customer_id",))
    for table, row in rows_by_customer(connection):
        yield from sides[table].expect(row)
    for side in sides.values():
        yield from side.rest()


class _Side:
    """The rows of a table in order, met one by one with those the events give."""

    def __init__(self, connection: Connection, table: Table, order: tuple[str, ...]) -> None:
        self._rows = _rows(connection, table, *order)
        self._row: _Row | None = next(self._rows, None)
        self._order = order
        self._name = _NAMES[table.name]

    def expect(self, wanted: _Row, but_for: str = "") -> _Differences:
        """Yield what differs up to the place of a row the events give."""
        while self._row is not None and self._is_before(self._row, wanted):
            yield from self._unknown()
        row = self._row
        if row is None or any(row[name] != wanted[name] for name in self._order):
            yield Difference(_number(wanted), self._name(wanted), _("it is not in the table"))
            return
        if but_for in row:
            row, wanted = {**row, but_for: None}, {**wanted, but_for: None}
        # 1 is True, and 5.0 is 5: what a database has as another type is met too.
        types = map(type, map(row.__getitem__, wanted))
        if row != wanted or list(types) != list(map(type, wanted.values())):
            yield Difference(_number(wanted), self._name(wanted), what_differs(wanted, row))
        self._row = next(self._rows, None)

    def rest(self) -> _Differences:
        """Yield the rows no event tells of."""
        while self._row is not None:
            yield from self._unknown()

    def _unknown(self) -> _Differences:
        assert self._row is not None
        yield Difference(_number(self._row), self._name(self._row), _("no event tells of it"))
        self._row = next(self._rows, None)

    def _is_before(self, row: _Row, wanted: _Row) -> bool:
        try:
            return bool([row[name] for name in self._order] < [wanted[name] for name in self._order])
        except TypeError:  # SQLite keeps what it is given, whatever the column says
            return True


def _rows(connection: Connection, table: Table, *order: str, where: Any = None) -> Iterator[_Row]:
    names = tuple(table.columns.keys())
    flags = [name for name in names if isinstance(table.c[name].type, Boolean)]
    # As they are kept: any number would be taken for a flag.
    columns = (type_coerce(each, Integer) if each.name in flags else each for each in table.c)
    query = select(*columns).order_by(*(table.c[name] for name in order))
    for row in streamed(connection, query if where is None else query.where(where)):
        found = dict(zip(names, row, strict=True))
        yield found | {name: bool(found[name]) for name in flags if found[name] in (0, 1)}


def _number(row: _Row) -> int:
    number = row.get("number", 0)
    return number if isinstance(number, int) else 0


_NAMES: Final[Mapping[str, Callable[[_Row], str]]] = {
    contacts.name: lambda row: f"K{row['number']}",
    last_contacts.name: lambda row: _("the last contact of {customer}").format(customer=row["customer_id"]),
    arrived.name: lambda row: f"E{row['number']}",
    alarms.name: lambda row: f"W{row['number']}",
    records.name: lambda row: f"R{row['number']}",
    reviews.name: lambda row: f"V{row['number']}",
    holders.name: lambda row: _("the holder of {customer}").format(customer=row["customer_id"]),
}
