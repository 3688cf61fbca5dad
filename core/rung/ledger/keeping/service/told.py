"""What the events tell of service, as rows of its tables, streamed: memory holds a page or one customer's."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any, Final

from sqlalchemy import Connection, Row, Select, func, select

from rung.ledger.events import Event
from rung.ledger.keeping.event_rows import event_of
from rung.ledger.keeping.service.rows import (
    alarm_row,
    arrived_row,
    contact_row,
    holder_row,
    last_contact_row,
    record_row,
    review_row,
)
from rung.ledger.keeping.service.tables import alarms, arrived, contacts, holders, records, reviews
from rung.ledger.keeping.service.writing import TOLD_FROM, last_contacts_told
from rung.ledger.keeping.standing import streamed
from rung.ledger.keeping.tables import IS_SCARCE, events
from rung.ledger.kinds import EventKind
from rung.ledger.service.alarms import ALARM_KINDS, RaisedAlarm, alarm_changed_by
from rung.ledger.service.arrivals import read_arrival
from rung.ledger.service.contacts import ContactWithdrawal, read_contact, read_contact_withdrawal
from rung.ledger.service.customer_records import RECORD_KINDS, CustomerRecord, record_changed_by
from rung.ledger.service.holdings import HOLDING_KINDS, Holding, holding_changed_by
from rung.ledger.service.reviews import REVIEW_KINDS, ReviewDone, review_changed_by
from rung.ledger.store import UnreadableEventError
from rung.progress import Progress

__all__ = ["TableRow", "last_contact_rows", "logged_rows", "rows_by_customer", "withdrawals"]

TableRow = tuple[str, dict[str, Any]]
"""The name of a table, and a row of it."""

_LOGGED: Final = (EventKind.CONTACT_LOGGED.value, EventKind.EVENT_ARRIVED.value)
_BY_CUSTOMER: Final = (*ALARM_KINDS, *RECORD_KINDS, *HOLDING_KINDS, *REVIEW_KINDS)
_STEP: Final = 10_000
# Events between two reports of progress.


def logged_rows(connection: Connection, stage: str, report: Progress | None) -> Iterator[TableRow]:
    """Yield a row for each contact and arrival, by number; of contacts taken back as if they were not."""
    last = connection.execute(select(func.max(events.c.sequence))).scalar() or 0
    query = select(events).where(events.c.kind.in_(_LOGGED)).order_by(events.c.sequence)
    for done, event in enumerate(_told(connection, query), 1):
        if event.kind == EventKind.CONTACT_LOGGED:
            yield contacts.name, contact_row(read_contact(event))
        else:
            yield arrived.name, arrived_row(read_arrival(event))
        if report and done % _STEP == 0:
            report(stage, event.sequence, last)


def withdrawals(connection: Connection) -> Iterator[tuple[str, ContactWithdrawal]]:
    """Yield whose contacts are taken back by which events, by number."""
    kind = EventKind.CONTACT_WITHDRAWN.value
    query = select(events).where(events.c.kind == kind, IS_SCARCE).order_by(events.c.sequence)
    for event in _told(connection, query):
        yield event.customer_id or "", read_contact_withdrawal(event)


def last_contact_rows(connection: Connection) -> Iterator[dict[str, Any]]:
    """Yield what the contacts of each customer come to, by customer, as the table of contacts tells it."""
    query = select(*TOLD_FROM).order_by(contacts.c.customer_id, contacts.c.at, contacts.c.number)
    yield from map(last_contact_row, last_contacts_told(streamed(connection, query)))


def rows_by_customer(connection: Connection) -> Iterator[TableRow]:
    """Yield a row for each alarm, record, review and holder: customer by customer, in the order of their ids.

    Acts on one are of its customer, so that each customer's are told from its own events alone.
    """
    query = select(events).where(events.c.kind.in_(_BY_CUSTOMER), IS_SCARCE)
    told = _told(connection, query.order_by(events.c.customer_id, events.c.sequence))
    for _customer, of_customer in groupby(told, lambda event: event.customer_id):
        yield from _Folded().rows(of_customer)


class _Folded:
    """The alarms, records, reviews and holder of one customer."""

    def __init__(self) -> None:
        self.alarms: dict[int, RaisedAlarm] = {}
        self.records: dict[int, CustomerRecord] = {}
        self.holdings: dict[str, Holding] = {}
        self.reviews: dict[int, ReviewDone] = {}
        self.acts: dict[int, str] = {}

    def rows(self, of_customer: Iterator[Event]) -> Iterator[TableRow]:
        for event in of_customer:
            alarm = alarm_changed_by(event, self.alarms.get)
            record = record_changed_by(event, self.records.get)
            holding = holding_changed_by(event, self.holdings.get)
            if alarm is not None:
                self.alarms[alarm.number] = alarm
                self._acted(alarm.number, event.sequence)
            if record is not None:
                self.records[record.number] = record
                self._acted(record.number, event.sequence)
            review = review_changed_by(event, self.reviews.get)
            if review is not None:
                self.reviews[review.number] = review
            if holding is not None:
                self.holdings[holding.customer_id] = holding
        for alarm in self.alarms.values():
            yield alarms.name, alarm_row(alarm, self.acts[alarm.number])
        for record in self.records.values():
            yield records.name, record_row(record, self.acts[record.number])
        for review in self.reviews.values():
            yield reviews.name, review_row(review)
        for holding in self.holdings.values():
            yield holders.name, holder_row(holding)

    def _acted(self, number: int, sequence: int) -> None:
        before = self.acts.get(number)
        self.acts[number] = f"{before} {sequence}" if before else str(sequence)


def _told(connection: Connection, query: Select[Any]) -> Iterator[Event]:
    return map(_event, streamed(connection, query))


def _event(row: Row[Any]) -> Event:
    try:
        return event_of(row)
    except (TypeError, ValueError) as error:
        raise UnreadableEventError(row.sequence) from error
