"""Reads contacts, arrivals, alarms, records, reviews and holders through one connection."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final, TypeVar

from sqlalchemy import Connection, Row, bindparam, select

from rung.errors import Place, RungError
from rung.ledger.events import Event
from rung.ledger.keeping.database import Database
from rung.ledger.keeping.event_rows import event_of
from rung.ledger.keeping.service.choosing import (
    chosen_alarms,
    chosen_arrived,
    chosen_contacts,
    chosen_holdings,
    chosen_records,
    chosen_reviews,
)
from rung.ledger.keeping.service.numbers import day_of, moment_of, moment_or_none
from rung.ledger.keeping.service.tables import (
    alarms,
    arrived,
    contacts,
    holders,
    last_contacts,
    records,
    reviews,
)
from rung.ledger.keeping.tables import events
from rung.ledger.service.alarms import RaisedAlarm, alarms_folded
from rung.ledger.service.arrivals import ArrivedEvent, read_arrival
from rung.ledger.service.contacts import (
    LastContact,
    LoggedContact,
    read_contact,
    read_contact_withdrawal,
)
from rung.ledger.service.customer_records import CustomerRecord, records_folded
from rung.ledger.service.filters import (
    EVERY_ALARM,
    EVERY_ARRIVAL,
    EVERY_CONTACT,
    EVERY_HOLDING,
    EVERY_RECORD,
    EVERY_REVIEW,
    AlarmFilter,
    ArrivedFilter,
    ContactFilter,
    HoldingFilter,
    RecordFilter,
    ReviewFilter,
)
from rung.ledger.service.holdings import HeldSince, Holding
from rung.ledger.service.reviews import ReviewDone, read_review, read_review_withdrawal
from rung.ledger.store import UnreadableEventError
from rung.text import _

__all__ = ["ServiceReader"]

_PAGE: Final = 500
# Things told from their events at once.
_MANY: Final = 5_000
# Values a query is given at once: a database takes only so many.

_Thing = TypeVar("_Thing")
_Fold = Callable[[Iterable[Event]], Mapping[int, _Thing]]

_CONTACT: Final = select(contacts.c.withdrawn).where(contacts.c.number == bindparam("number"))
_LAST_CONTACT: Final = select(
    last_contacts.c.at,
    last_contacts.c.next_on,
    last_contacts.c.next_told_at,
    last_contacts.c["count"].label("contacts"),
    last_contacts.c.outcome,
    last_contacts.c.latest,
    last_contacts.c.latest_at,
).where(last_contacts.c.customer_id == bindparam("customer_id"))
_ARRIVED: Final = select(arrived.c.number).where(arrived.c.number == bindparam("number"))
_BY_KEY: Final = (
    select(arrived.c.number)
    .where(arrived.c.event_table == bindparam("table"), arrived.c.key == bindparam("key"))
    .order_by(arrived.c.number)
    .limit(1)
)
_BY_KEYS: Final = select(arrived.c.key, arrived.c.number).where(
    arrived.c.event_table == bindparam("table"), arrived.c.key.in_(bindparam("keys", expanding=True))
)
_ALARM: Final = select(alarms.c.acts).where(alarms.c.number == bindparam("number"))
_RECORD: Final = select(records.c.acts).where(records.c.number == bindparam("number"))
_REVIEW: Final = select(reviews.c.withdrawn).where(reviews.c.number == bindparam("number"))
_HOLDER: Final = select(holders).where(holders.c.customer_id == bindparam("customer_id"))
_EVENTS: Final = select(events).where(events.c.sequence.in_(bindparam("numbers", expanding=True)))


class ServiceReader:
    """Reads what is kept of service; what stays in events is read from these."""

    def __init__(self, connection: Connection, database: Database) -> None:
        self._connection = connection
        self._database = database

    def settle(self) -> None:
        """See that what was appended is in the tables: a writer's, before anything is read."""

    def contact(self, number: int) -> LoggedContact | None:
        """Return one contact, None where none was logged by the event of that number."""
        self.settle()
        row = self._connection.execute(_CONTACT, {"number": number}).one_or_none()
        return None if row is None else next(self._contacts([(number, row.withdrawn)]))

    def contacts(self, wanted: ContactFilter = EVERY_CONTACT) -> Iterator[LoggedContact]:
        """Yield the contacts wanted, newest first by their own moment."""
        self.settle()
        left = wanted.limit
        while left is None or left > 0:
            page = replace(wanted, limit=_PAGE if left is None else min(left, _PAGE))
            query = chosen_contacts(page).add_columns(contacts.c.withdrawn, contacts.c.at)
            rows = self._connection.execute(query).all()
            yield from self._contacts([(row.number, row.withdrawn) for row in rows])
            if len(rows) < _PAGE:
                return
            left = None if left is None else left - len(rows)
            wanted = replace(wanted, before=(moment_of(rows[-1].at), rows[-1].number))

    def last_contact(self, customer_id: str) -> LastContact | None:
        """Return what the contacts with a customer come to, None where there was none."""
        self.settle()
        found = self._last_contact(customer_id)
        return found if found and found.count else None

    def arrived(self, wanted: ArrivedFilter = EVERY_ARRIVAL) -> Iterator[ArrivedEvent]:
        """Yield the arrived events wanted, newest first."""
        self.settle()
        left = wanted.limit
        while left is None or left > 0:
            page = replace(wanted, limit=_PAGE if left is None else min(left, _PAGE))
            numbers = self._connection.execute(chosen_arrived(page)).scalars().all()
            told = self._events(numbers)
            yield from (read_arrival(self._told(told, number)) for number in numbers)
            if len(numbers) < _PAGE:
                return
            left = None if left is None else left - len(numbers)
            wanted = replace(wanted, before=numbers[-1])

    def arrived_event(self, number: int) -> ArrivedEvent | None:
        """Return one arrived event, None where the event of that number tells of none."""
        self.settle()
        if self._connection.execute(_ARRIVED, {"number": number}).one_or_none() is None:
            return None
        return read_arrival(self._told(self._events([number]), number))

    def arrived_by_key(self, table: str, key: str) -> int | None:
        """Return the number of the event with a key of its sender's, None where it has not arrived."""
        self.settle()
        number: int | None = self._connection.execute(_BY_KEY, {"table": table, "key": key}).scalar()
        return number

    def arrived_by_keys(self, table: str, keys: Iterable[str]) -> dict[str, int]:
        """Return the numbers of those that have arrived, by key."""
        self.settle()
        found: dict[str, int] = {}
        for piece in _pieces(list(dict.fromkeys(keys)), _MANY):
            for key, number in self._connection.execute(_BY_KEYS, {"table": table, "keys": piece}):
                found[key] = min(number, found.get(key, number))
        return found

    def alarm(self, number: int) -> RaisedAlarm | None:
        """Return an alarm as it stands, None where none was raised by the event of that number."""
        self.settle()
        return self._kept_alarm(number)

    def alarms(self, wanted: AlarmFilter = EVERY_ALARM) -> Iterator[RaisedAlarm]:
        """Yield the alarms wanted as they stand, oldest first."""
        self.settle()
        left = wanted.limit
        while left is None or left > 0:
            page = replace(wanted, limit=_PAGE if left is None else min(left, _PAGE))
            rows = self._connection.execute(chosen_alarms(page).add_columns(alarms.c.acts)).all()
            yield from self._folded(rows, alarms_folded, "W")
            if len(rows) < _PAGE:
                return
            left = None if left is None else left - len(rows)
            wanted = replace(wanted, after=rows[-1].number)

    def record(self, number: int) -> CustomerRecord | None:
        """Return a record as it stands, None where none was opened by the event of that number."""
        self.settle()
        return self._kept_record(number)

    def records(self, wanted: RecordFilter = EVERY_RECORD) -> Iterator[CustomerRecord]:
        """Yield the records wanted as they stand, oldest first."""
        self.settle()
        left = wanted.limit
        while left is None or left > 0:
            page = replace(wanted, limit=_PAGE if left is None else min(left, _PAGE))
            rows = self._connection.execute(chosen_records(page).add_columns(records.c.acts)).all()
            yield from self._folded(rows, records_folded, "R")
            if len(rows) < _PAGE:
                return
            left = None if left is None else left - len(rows)
            wanted = replace(wanted, after=rows[-1].number)

    def review(self, number: int) -> ReviewDone | None:
        """Return one review, None where none was recorded by the event of that number."""
        self.settle()
        return self._kept_review(number)

    def reviews(self, wanted: ReviewFilter = EVERY_REVIEW) -> Iterator[ReviewDone]:
        """Yield the reviews wanted, oldest first."""
        self.settle()
        left = wanted.limit
        while left is None or left > 0:
            page = replace(wanted, limit=_PAGE if left is None else min(left, _PAGE))
            rows = self._connection.execute(chosen_reviews(page).add_columns(reviews.c.withdrawn)).all()
            yield from self._reviewed([(row.number, row.withdrawn) for row in rows])
            if len(rows) < _PAGE:
                return
            left = None if left is None else left - len(rows)
            wanted = replace(wanted, after=rows[-1].number)

    def holder(self, customer_id: str) -> Holding | None:
        """Return whose customer it is, None where nothing on record says so."""
        self.settle()
        return self._holder(customer_id)

    def holdings(self, wanted: HoldingFilter = EVERY_HOLDING) -> Iterator[Holding]:
        """Yield whose customers are whose, by the customers' ids."""
        self.settle()
        query = chosen_holdings(wanted).execution_options(stream_results=True, yield_per=_PAGE)
        with self._connection.execute(query) as found:
            yield from map(self._holding, found)

    def _last_contact(self, customer_id: str) -> LastContact | None:
        row = self._connection.execute(_LAST_CONTACT, {"customer_id": customer_id}).one_or_none()
        if row is None:
            return None
        try:
            return LastContact(
                customer_id=customer_id,
                at=moment_or_none(row.at),
                next_on=day_of(row.next_on),
                next_told_at=moment_or_none(row.next_told_at),
                count=int(row.contacts),
                outcome=row.outcome,
                latest=int(row.latest),
                latest_at=moment_or_none(row.latest_at),
            )
        except (OverflowError, TypeError, ValueError) as error:
            raise self._unreadable(customer_id) from error

    def _kept_alarm(self, number: int) -> RaisedAlarm | None:
        acts = self._connection.execute(_ALARM, {"number": number}).scalar()
        return None if acts is None else next(self._folded([(number, acts)], alarms_folded, "W"))

    def _kept_record(self, number: int) -> CustomerRecord | None:
        acts = self._connection.execute(_RECORD, {"number": number}).scalar()
        return None if acts is None else next(self._folded([(number, acts)], records_folded, "R"))

    def _kept_review(self, number: int) -> ReviewDone | None:
        row = self._connection.execute(_REVIEW, {"number": number}).one_or_none()
        return None if row is None else next(self._reviewed([(number, row.withdrawn)]))

    def _reviewed(self, found: Sequence[tuple[int, int | None]]) -> Iterator[ReviewDone]:
        """Yield reviews, each given by its number and that of the event that takes it back."""
        told = self._events([number for pair in found for number in pair if number is not None])
        for number, withdrawn in found:
            review = read_review(self._told(told, number))
            if withdrawn is not None:
                withdrawal = read_review_withdrawal(self._told(told, withdrawn))
                review = replace(review, withdrawal=withdrawal)
            yield review

    def _holder(self, customer_id: str) -> Holding | None:
        row = self._connection.execute(_HOLDER, {"customer_id": customer_id}).one_or_none()
        return None if row is None else self._holding(row)

    def _holding(self, row: Row[Any]) -> Holding:
        try:
            return Holding(
                number=row.number,
                customer_id=row.customer_id,
                account=row.account,
                since=moment_of(row.since),
                how=HeldSince(row.how),
                by=row.by_account,
                because=row.because,
                cooling_off_account=row.cooling_off_account,
                cooling_off_until=day_of(row.cooling_off_until),
            )
        except (OverflowError, TypeError, ValueError) as error:
            raise self._unreadable(str(row.customer_id)) from error

    def _contacts(self, found: Sequence[tuple[int, int | None]]) -> Iterator[LoggedContact]:
        """Yield contacts, each given by its number and that of the event that takes it back."""
        numbers = [number for pair in found for number in pair if number is not None]
        told = self._events(numbers)
        for number, withdrawn in found:
            contact = read_contact(self._told(told, number))
            if withdrawn is not None:
                withdrawal = read_contact_withdrawal(self._told(told, withdrawn))
                contact = replace(contact, withdrawal=withdrawal)
            yield contact

    def _folded(self, found: Iterable[Sequence[Any]], folded: _Fold[_Thing], letter: str) -> Iterator[_Thing]:
        """Yield things, each given by its number and those of the events that tell of it."""
        try:
            acts = {row[0]: tuple(map(int, row[1].split(" "))) for row in found}
        except (AttributeError, ValueError) as error:
            raise self._unreadable(letter) from error
        told = self._events([number for numbers in acts.values() for number in numbers])
        for number, numbers in acts.items():
            thing = folded(self._told(told, each) for each in numbers).get(number)
            if thing is None:
                raise self._unreadable(f"{letter}{number}")
            yield thing

    def _events(self, numbers: Sequence[int]) -> dict[int, Event]:
        found: dict[int, Event] = {}
        for piece in _pieces(numbers, _MANY):
            for row in self._connection.execute(_EVENTS, {"numbers": piece}):
                try:
                    found[row.sequence] = event_of(row)
                except (TypeError, ValueError) as error:
                    raise UnreadableEventError(row.sequence, self._database.place) from error
        return found

    def _told(self, told: Mapping[int, Event], number: int) -> Event:
        event = told.get(number)
        if event is None:
            raise UnreadableEventError(number, self._database.place)
        return event

    def _unreadable(self, name: str) -> RungError:
        return RungError.of(
            _("What the ledger keeps of {id} cannot be read.").format(id=name),
            _("“rung audit verify” says more; “rung ledger rebuild” makes it anew from the events."),
            Place(self._database.place),
        )


def _pieces(values: Sequence[_Thing], size: int) -> Iterator[Sequence[_Thing]]:
    for start in range(0, len(values), size):
        yield values[start : start + size]
