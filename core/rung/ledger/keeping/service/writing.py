"""Keeps the tables of service with each act appended, in pieces and in its transaction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any, Final

from sqlalchemy import Connection, bindparam, select, update

from rung.ledger.events import Event
from rung.ledger.keeping.database import Database
from rung.ledger.keeping.many import put
from rung.ledger.keeping.service.numbers import day_of, moment_of
from rung.ledger.keeping.service.reading import ServiceReader
from rung.ledger.keeping.service.rows import (
    alarm_row,
    arrived_row,
    contact_row,
    holder_row,
    last_contact_row,
    record_row,
    review_row,
)
from rung.ledger.keeping.service.tables import (
    SERVICE,
    alarms,
    arrived,
    contacts,
    holders,
    last_contacts,
    records,
    reviews,
)
from rung.ledger.keeping.texts import check_row
from rung.ledger.kinds import EventKind
from rung.ledger.service.alarms import ALARM_KINDS, RaisedAlarm, alarm_changed_by
from rung.ledger.service.arrivals import read_arrival
from rung.ledger.service.contacts import (
    LastContact,
    after_contact,
    read_contact,
    read_contact_withdrawal,
    takes_back,
)
from rung.ledger.service.customer_records import RECORD_KINDS, CustomerRecord, record_changed_by
from rung.ledger.service.holdings import HOLDING_KINDS, Holding, holding_changed_by
from rung.ledger.service.reviews import REVIEW_KINDS, ReviewDone, review_changed_by

__all__ = ["TOLD_FROM", "ServiceWriter", "last_contacts_told"]

_TABLES: Final = {table.name: table for table in SERVICE}
_TAKE_BACK: Final = (
    update(contacts).where(contacts.c.number == bindparam("contact")).values(withdrawn=bindparam("by_event"))
)
TOLD_FROM: Final = (
    contacts.c.customer_id,
    contacts.c.at,
    contacts.c.reached,
    contacts.c.next_on,
    contacts.c.withdrawn,
    contacts.c.outcome,
    contacts.c.number,
)
"""The columns ``last_contacts_told`` is given."""
_OF_CUSTOMER: Final = (
    select(*TOLD_FROM)
    .where(contacts.c.customer_id == bindparam("customer_id"))
    .order_by(contacts.c.at, contacts.c.number)
)
_ACTS: Final = {
    table.name: select(table.c.acts).where(table.c.number == bindparam("number"))
    for table in (alarms, records)
}


class ServiceWriter(ServiceReader):
    """Takes events as they are appended, and puts what they make or change into the tables."""

    def __init__(self, connection: Connection, database: Database) -> None:
        super().__init__(connection, database)
        self._rows: dict[str, dict[Any, dict[str, Any]]] = {}
        self._last: dict[str, LastContact | None] = {}
        self._holdings: dict[str, Holding | None] = {}
        self._alarms: dict[int, RaisedAlarm | None] = {}
        self._records: dict[int, CustomerRecord | None] = {}
        self._reviews: dict[int, ReviewDone | None] = {}

    def take(self, event: Event) -> None:
        """Note what an event makes or changes; raises UnreadableEventError for what is no such event."""
        match event.kind:
            case EventKind.CONTACT_LOGGED:
                self._logged(event)
            case EventKind.CONTACT_WITHDRAWN:
                self._withdrawn(event)
            case EventKind.EVENT_ARRIVED:
                self._keep(arrived.name, event.sequence, arrived_row(read_arrival(event)))
            case kind if kind in ALARM_KINDS:
                self._alarmed(event)
            case kind if kind in RECORD_KINDS:
                self._recorded(event)
            case kind if kind in REVIEW_KINDS:
                review = review_changed_by(event, self._review)
                if review is not None:
                    self._reviews[review.number] = review
                    self._keep(reviews.name, review.number, review_row(review))
            case kind if kind in HOLDING_KINDS:
                holding = holding_changed_by(event, self._holder)
                if holding is not None:
                    self._holdings[holding.customer_id] = holding
                    self._keep(holders.name, holding.customer_id, holder_row(holding))

    def write(self) -> None:
        """Put what was noted into the tables: many rows at once take a fraction of one by one."""
        rows, self._rows = self._rows, {}
        for name, noted in rows.items():
            put(self._connection, _TABLES[name], list(noted.values()))
        for known in (self._last, self._holdings, self._alarms, self._records, self._reviews):
            known.clear()

    def _keep(self, table: str, key: object, row: dict[str, Any]) -> None:
        check_row(row, self._database.place)
        self._rows.setdefault(table, {})[key] = row

    def _logged(self, event: Event) -> None:
        contact = read_contact(event)
        customer = contact.customer_id
        last = after_contact(
            self._last_contact(customer),
            customer,
            contact.at,
            contact.next_on,
            reached=contact.reached,
            outcome=contact.outcome,
            number=contact.number,
        )
        self._keep(contacts.name, contact.number, contact_row(contact))
        self._last[customer] = last
        self._keep(last_contacts.name, customer, last_contact_row(last))

    def _withdrawn(self, event: Event) -> None:
        withdrawal = read_contact_withdrawal(event)
        self.settle()
        known = self.contact(withdrawal.contact)
        if known is None or not takes_back(event, known):
            return
        self._connection.execute(_TAKE_BACK, {"contact": known.number, "by_event": event.sequence})
        found = self._connection.execute(_OF_CUSTOMER, {"customer_id": known.customer_id})
        for last in last_contacts_told(found):
            self._last[known.customer_id] = last
            self._keep(last_contacts.name, known.customer_id, last_contact_row(last))

    def _alarmed(self, event: Event) -> None:
        alarm = alarm_changed_by(event, self._alarm)
        if alarm is not None:
            self._alarms[alarm.number] = alarm
            acts = self._acts(alarms.name, alarm.number, event.sequence)
            self._keep(alarms.name, alarm.number, alarm_row(alarm, acts))

    def _recorded(self, event: Event) -> None:
        record = record_changed_by(event, self._record)
        if record is not None:
            self._records[record.number] = record
            acts = self._acts(records.name, record.number, event.sequence)
            self._keep(records.name, record.number, record_row(record, acts))

    def _acts(self, table: str, number: int, sequence: int) -> str:
        """Return the numbers of the events that tell of a thing, with one more."""
        noted = self._rows.get(table, {}).get(number)
        before = noted["acts"] if noted else None
        if before is None and number != sequence:
            before = self._connection.execute(_ACTS[table], {"number": number}).scalar()
        return f"{before} {sequence}" if before else str(sequence)

    def _alarm(self, number: int) -> RaisedAlarm | None:
        if number not in self._alarms:
            self._alarms[number] = self._kept_alarm(number)
        return self._alarms[number]

    def _record(self, number: int) -> CustomerRecord | None:
        if number not in self._records:
            self._records[number] = self._kept_record(number)
        return self._records[number]

    def _review(self, number: int) -> ReviewDone | None:
        if number not in self._reviews:
            self._reviews[number] = self._kept_review(number)
        return self._reviews[number]

    def _last_contact(self, customer_id: str) -> LastContact | None:
        if customer_id not in self._last:
            self._last[customer_id] = super()._last_contact(customer_id)
        return self._last[customer_id]

    def _holder(self, customer_id: str) -> Holding | None:
        if customer_id not in self._holdings:
            self._holdings[customer_id] = super()._holder(customer_id)
        return self._holdings[customer_id]


def last_contacts_told(rows: Iterable[Sequence[Any]]) -> Iterator[LastContact]:
    """Yield what the contacts of each customer come to, from rows of ``TOLD_FROM`` by customer and time.

    Of a customer all of whose contacts were taken back, too: with a count of none.
    """
    for customer_id, of_customer in groupby(rows, itemgetter(0)):
        last: LastContact | None = None
        for _customer, at, reached, next_on, withdrawn, outcome, number in of_customer:
            if withdrawn is None:
                last = after_contact(
                    last,
                    customer_id,
                    moment_of(at),
                    day_of(next_on),
                    reached=bool(reached),
                    outcome=outcome,
                    number=number,
                )
        yield last or LastContact(customer_id=customer_id, at=None, next_on=None, next_told_at=None, count=0)
