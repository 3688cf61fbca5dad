"""Gives what a ledger held keeps of service, for what stands before it and adds nothing to that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

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

if TYPE_CHECKING:
    from rung.ledger.service.alarms import RaisedAlarm
    from rung.ledger.service.arrivals import ArrivedEvent
    from rung.ledger.service.contacts import LastContact, LoggedContact
    from rung.ledger.service.customer_records import CustomerRecord
    from rung.ledger.service.holdings import Holding
    from rung.ledger.service.reviews import ReviewDone
    from rung.ledger.store import Appending

__all__ = ["ServicePassedOn"]


class ServicePassedOn:
    """The part of ``Appending`` that is about service, of another."""

    __slots__ = ()

    ledger: Appending

    def contact(self, number: int) -> LoggedContact | None:
        """Return one contact, None where none was logged by the event of that number."""
        return self.ledger.contact(number)

    def contacts(self, wanted: ContactFilter = EVERY_CONTACT) -> Iterator[LoggedContact]:
        """Yield the contacts wanted, newest first by their own moment."""
        return self.ledger.contacts(wanted)

    def last_contact(self, customer_id: str) -> LastContact | None:
        """Return what the contacts with a customer come to, None where there was none."""
        return self.ledger.last_contact(customer_id)

    def arrived(self, wanted: ArrivedFilter = EVERY_ARRIVAL) -> Iterator[ArrivedEvent]:
        """Yield the arrived events wanted, newest first."""
        return self.ledger.arrived(wanted)

    def arrived_event(self, number: int) -> ArrivedEvent | None:
        """Return one arrived event, None where the event of that number tells of none."""
        return self.ledger.arrived_event(number)

    def arrived_by_key(self, table: str, key: str) -> int | None:
        """Return the number of the event with a key of its sender's, None where it has not arrived."""
        return self.ledger.arrived_by_key(table, key)

    def arrived_by_keys(self, table: str, keys: Iterable[str]) -> Mapping[str, int]:
        """Return the numbers of those that have arrived, by key."""
        return self.ledger.arrived_by_keys(table, keys)

    def alarm(self, number: int) -> RaisedAlarm | None:
        """Return an alarm as it stands, None where none was raised by the event of that number."""
        return self.ledger.alarm(number)

    def alarms(self, wanted: AlarmFilter = EVERY_ALARM) -> Iterator[RaisedAlarm]:
        """Yield the alarms wanted as they stand, oldest first."""
        return self.ledger.alarms(wanted)

    def record(self, number: int) -> CustomerRecord | None:
        """Return a record as it stands, None where none was opened by the event of that number."""
        return self.ledger.record(number)

    def records(self, wanted: RecordFilter = EVERY_RECORD) -> Iterator[CustomerRecord]:
        """Yield the records wanted as they stand, oldest first."""
        return self.ledger.records(wanted)

    def review(self, number: int) -> ReviewDone | None:
        """Return one review, None where none was recorded by the event of that number."""
        return self.ledger.review(number)

    def reviews(self, wanted: ReviewFilter = EVERY_REVIEW) -> Iterator[ReviewDone]:
        """Yield the reviews wanted, oldest first."""
        return self.ledger.reviews(wanted)

    def holder(self, customer_id: str) -> Holding | None:
        """Return whose customer it is, None where nothing on record says so."""
        return self.ledger.holder(customer_id)

    def holdings(self, wanted: HoldingFilter = EVERY_HOLDING) -> Iterator[Holding]:
        """Yield whose customers are whose, by the customers' ids."""
        return self.ledger.holdings(wanted)
