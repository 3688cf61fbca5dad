"""Several acts as one: all that is done in the block is kept together, or nothing of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from types import TracebackType
from typing import TYPE_CHECKING, Self

from rung.ledger.events import Event, EventFilter
from rung.ledger.records import InputRecord
from rung.ledger.service.filters import (
    EVERY_ALARM,
    EVERY_ARRIVAL,
    EVERY_CONTACT,
    EVERY_RECORD,
    EVERY_REVIEW,
    AlarmFilter,
    ArrivedFilter,
    ContactFilter,
    RecordFilter,
    ReviewFilter,
)
from rung.ledger.service.passed_on import ServicePassedOn
from rung.ledger.store import ALL_INPUTS, EVERY, Appending, Head, InputFilter, LedgerStore
from rung.progress import Progress

if TYPE_CHECKING:
    import polars as pl

    from rung.ledger.keeping.standing import Difference

__all__ = ["held", "rehearsed"]


@contextmanager
def held(store: LedgerStore) -> Iterator[LedgerStore]:
    """Hold the ledger for the block; everything appended through what is given is kept at its end.

    An error that leaves the block undoes all of it.
    """
    with store.appending() as ledger:
        yield _Held(store, ledger)


@contextmanager
def rehearsed(store: LedgerStore) -> Iterator[LedgerStore]:
    """Hold the ledger for the block, and undo at its end whatever was appended: it was to be seen only."""
    try:
        with held(store) as ledger:
            yield ledger
            raise _Undone
    except _Undone:
        pass


class _Undone(Exception):  # noqa: N818 - no error, and never seen outside
    pass


@dataclass(frozen=True, slots=True)
class _Held(ServicePassedOn):
    """A store whose every appending is part of one that is held already."""

    store: LedgerStore
    ledger: Appending

    @contextmanager
    def appending(self) -> Iterator[Appending]:
        yield self.ledger

    def events(self, wanted: EventFilter = EVERY, *, after: int = 0) -> Iterator[Event]:
        return self.ledger.events(wanted, after=after)

    def event(self, sequence: int) -> Event | None:
        return self.ledger.event(sequence)

    def event_numbers(self, wanted: EventFilter, first: int, last: int) -> list[int]:
        return self.store.event_numbers(wanted, first, last)

    def events_numbered(self, numbers: Sequence[int]) -> Mapping[int, Event | None]:
        return self.store.events_numbered(numbers)

    def head(self) -> Head:
        return self.ledger.head()

    def input(self, input_id: str) -> InputRecord | None:
        return self.ledger.input(input_id)

    def inputs(self, wanted: InputFilter = ALL_INPUTS) -> Iterator[InputRecord]:
        return self.ledger.inputs(wanted)

    def open_frame(self, policy_id: str) -> pl.DataFrame:
        return self.store.open_frame(policy_id)

    def record_frame(
        self, policy_id: str, report: Callable[[int], None] = lambda _done: None
    ) -> pl.DataFrame:
        return self.store.record_frame(policy_id, report)

    def last_contacts_frame(self) -> pl.DataFrame:
        return self.store.last_contacts_frame()

    def latest_contacts_frame(self, outcomes: Collection[str]) -> pl.DataFrame:
        return self.store.latest_contacts_frame(outcomes)

    def contacts_frame(self, wanted: ContactFilter = EVERY_CONTACT) -> pl.DataFrame:
        return self.store.contacts_frame(wanted)

    def contacts_before_frame(self, moment: datetime) -> pl.DataFrame:
        return self.store.contacts_before_frame(moment)

    def arrived_frame(self, wanted: ArrivedFilter = EVERY_ARRIVAL) -> pl.DataFrame:
        return self.store.arrived_frame(wanted)

    def alarms_frame(self, wanted: AlarmFilter = EVERY_ALARM) -> pl.DataFrame:
        return self.store.alarms_frame(wanted)

    def records_frame(self, wanted: RecordFilter = EVERY_RECORD) -> pl.DataFrame:
        return self.store.records_frame(wanted)

    def holders_frame(self) -> pl.DataFrame:
        return self.store.holders_frame()

    def reviews_frame(self, wanted: ReviewFilter = EVERY_REVIEW) -> pl.DataFrame:
        return self.store.reviews_frame(wanted)

    def looked_at_frame(self, policy_id: str) -> pl.DataFrame:
        return self.store.looked_at_frame(policy_id)

    def damage(self) -> tuple[str, ...]:
        return self.store.damage()

    @property
    def place(self) -> str:
        return self.store.place

    def account(self) -> str | None:
        return self.store.account()

    def first_difference(self, report: Progress | None = None) -> Difference | None:
        return self.store.first_difference(report)

    def rebuild(self, report: Progress | None = None) -> int:
        return self.store.rebuild(report)

    def size(self) -> int:
        return self.store.size()

    def close(self) -> None:
        """Leave the store open: it is another's to close."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        pass
