"""Gives what is kept of service, each answer through a connection of its own."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING

from rung.ledger.keeping.database import Database
from rung.ledger.keeping.service.frames import (
    alarms_frame,
    arrived_frame,
    contacts_before_frame,
    contacts_frame,
    holders_frame,
    last_contacts_frame,
    latest_contacts_frame,
    looked_at_frame,
    records_frame,
    reviews_frame,
)
from rung.ledger.keeping.service.reading import ServiceReader
from rung.ledger.service.alarms import RaisedAlarm
from rung.ledger.service.arrivals import ArrivedEvent
from rung.ledger.service.contacts import LastContact, LoggedContact
from rung.ledger.service.customer_records import CustomerRecord
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
from rung.ledger.service.holdings import Holding
from rung.ledger.service.reviews import ReviewDone

if TYPE_CHECKING:
    import polars as pl

__all__ = ["ServiceStore"]


class ServiceStore:
    """The part of an SQL ledger that is about service; see ``LedgerStore``."""

    def __init__(self, database: Database) -> None:
        self.database = database

    @contextmanager
    def _service(self) -> Iterator[ServiceReader]:
        with self.database.reading() as connection:
            yield ServiceReader(connection, self.database)

    def contact(self, number: int) -> LoggedContact | None:
        """Return one contact, None where none was logged by the event of that number."""
        with self._service() as reader:
            return reader.contact(number)

    def contacts(self, wanted: ContactFilter = EVERY_CONTACT) -> Iterator[LoggedContact]:
        """Yield the contacts wanted, newest first by their own moment."""
        with self._service() as reader:
            yield from reader.contacts(wanted)

    def last_contact(self, customer_id: str) -> LastContact | None:
        """Return what the contacts with a customer come to, None where there was none."""
        with self._service() as reader:
            return reader.last_contact(customer_id)

    def arrived(self, wanted: ArrivedFilter = EVERY_ARRIVAL) -> Iterator[ArrivedEvent]:
        """Yield the arrived events wanted, newest first."""
        with self._service() as reader:
            yield from reader.arrived(wanted)

    def arrived_event(self, number: int) -> ArrivedEvent | None:
        """Return one arrived event, None where the event of that number tells of none."""
        with self._service() as reader:
            return reader.arrived_event(number)

    def arrived_by_key(self, table: str, key: str) -> int | None:
        """Return the number of the event with a key of its sender's, None where it has not arrived."""
        with self._service() as reader:
            return reader.arrived_by_key(table, key)

    def arrived_by_keys(self, table: str, keys: Iterable[str]) -> Mapping[str, int]:
        """Return the numbers of those that have arrived, by key."""
        with self._service() as reader:
            return reader.arrived_by_keys(table, keys)

    def alarm(self, number: int) -> RaisedAlarm | None:
        """Return an alarm as it stands, None where none was raised by the event of that number."""
        with self._service() as reader:
            return reader.alarm(number)

    def alarms(self, wanted: AlarmFilter = EVERY_ALARM) -> Iterator[RaisedAlarm]:
        """Yield the alarms wanted as they stand, oldest first."""
        with self._service() as reader:
            yield from reader.alarms(wanted)

    def record(self, number: int) -> CustomerRecord | None:
        """Return a record as it stands, None where none was opened by the event of that number."""
        with self._service() as reader:
            return reader.record(number)

    def records(self, wanted: RecordFilter = EVERY_RECORD) -> Iterator[CustomerRecord]:
        """Yield the records wanted as they stand, oldest first."""
        with self._service() as reader:
            yield from reader.records(wanted)

    def review(self, number: int) -> ReviewDone | None:
        """Return one review, None where none was recorded by the event of that number."""
        with self._service() as reader:
            return reader.review(number)

    def reviews(self, wanted: ReviewFilter = EVERY_REVIEW) -> Iterator[ReviewDone]:
        """Yield the reviews wanted, oldest first."""
        with self._service() as reader:
            yield from reader.reviews(wanted)

    def reviews_frame(self, wanted: ReviewFilter = EVERY_REVIEW) -> pl.DataFrame:
        """Return the reviews wanted as a frame; see ``LedgerStore``."""
        with self.database.reading() as connection:
            return reviews_frame(connection, self.database, wanted)

    def looked_at_frame(self, policy_id: str) -> pl.DataFrame:
        """Return when people last looked at each customer's grade; see ``LedgerStore``."""
        with self.database.reading() as connection:
            return looked_at_frame(connection, self.database, policy_id)

    def holder(self, customer_id: str) -> Holding | None:
        """Return whose customer it is, None where nothing on record says so."""
        with self._service() as reader:
            return reader.holder(customer_id)

    def holdings(self, wanted: HoldingFilter = EVERY_HOLDING) -> Iterator[Holding]:
        """Yield whose customers are whose, by the customers' ids."""
        with self._service() as reader:
            yield from reader.holdings(wanted)

    def last_contacts_frame(self) -> pl.DataFrame:
        """Return what the contacts with each customer come to; see ``LedgerStore``."""
        with self.database.reading() as connection:
            return last_contacts_frame(connection, self.database)

    def latest_contacts_frame(self, outcomes: Collection[str]) -> pl.DataFrame:
        """Return those whose latest contact ended in some way; see ``LedgerStore``."""
        with self.database.reading() as connection:
            return latest_contacts_frame(connection, self.database, outcomes)

    def contacts_frame(self, wanted: ContactFilter = EVERY_CONTACT) -> pl.DataFrame:
        """Return the contacts wanted as a frame; see ``LedgerStore``."""
        with self.database.reading() as connection:
            return contacts_frame(connection, self.database, wanted)

    def contacts_before_frame(self, moment: datetime) -> pl.DataFrame:
        """Return what the contacts before a moment come to; see ``LedgerStore``."""
        with self.database.reading() as connection:
            return contacts_before_frame(connection, self.database, moment)

    def arrived_frame(self, wanted: ArrivedFilter = EVERY_ARRIVAL) -> pl.DataFrame:
        """Return the arrived events wanted as a frame; see ``LedgerStore``."""
        with self.database.reading() as connection:
            return arrived_frame(connection, self.database, wanted)

    def alarms_frame(self, wanted: AlarmFilter = EVERY_ALARM) -> pl.DataFrame:
        """Return the alarms wanted as a frame; see ``LedgerStore``."""
        with self.database.reading() as connection:
            return alarms_frame(connection, self.database, wanted)

    def records_frame(self, wanted: RecordFilter = EVERY_RECORD) -> pl.DataFrame:
        """Return the records wanted as a frame; see ``LedgerStore``."""
        with self.database.reading() as connection:
            return records_frame(connection, self.database, wanted)

    def holders_frame(self) -> pl.DataFrame:
        """Return whose customer each is; see ``LedgerStore``."""
        with self.database.reading() as connection:
            return holders_frame(connection, self.database)
