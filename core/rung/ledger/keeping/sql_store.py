"""Keeps the ledger's events in an SQL database: reads them in pages, appends them under one writer's lock."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, Self

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from rung.ledger.events import Draft, Event, EventFilter
from rung.ledger.folding import changed_by
from rung.ledger.keeping.clock import check_clock
from rung.ledger.keeping.database import Database
from rung.ledger.keeping.event_numbers import events_numbered, numbers_of
from rung.ledger.keeping.event_rows import LAST, ONE, chosen, event_of, values_of
from rung.ledger.keeping.input_rows import ONE_INPUT, chosen_inputs, record_of
from rung.ledger.keeping.lines import frame_of
from rung.ledger.keeping.many import put
from rung.ledger.keeping.record_frame import record_frame
from rung.ledger.keeping.service.comparing import first_service_difference
from rung.ledger.keeping.service.reading import ServiceReader
from rung.ledger.keeping.service.rebuilding import rebuild_service
from rung.ledger.keeping.service.store import ServiceStore
from rung.ledger.keeping.service.writing import ServiceWriter
from rung.ledger.keeping.standing import UPSERT, Difference, first_difference, rebuild, row_of
from rung.ledger.keeping.tables import events
from rung.ledger.keeping.texts import check_row, check_texts
from rung.ledger.kinds import EventKind
from rung.ledger.records import InputRecord
from rung.ledger.store import (
    ALL_INPUTS,
    EVERY,
    Appending,
    Head,
    InputFilter,
    UnreadableEventError,
)
from rung.progress import Progress

if TYPE_CHECKING:
    import polars as pl

__all__ = ["SqlReader", "SqlStore"]

_PAGE: Final = 2_000
# Events read at once: enough that a query's own cost vanishes, few enough to report progress by.
_PIECE: Final = 500
# Events written at once.


class SqlStore(ServiceStore):
    """A ledger in an SQL database; see ``LedgerStore``. Its maker has seen to tables and edition."""

    @property
    def place(self) -> str:
        """Where the ledger is, as people are told; no password is in it."""
        return self.database.place

    def account(self) -> str | None:
        """Return the account the database knows the user by, None where it knows none."""
        return self.database.account()

    def events(self, wanted: EventFilter = EVERY, *, after: int = 0) -> Iterator[Event]:
        """Yield the events wanted; each page is read by itself, for what was read never changes."""
        while True:
            with self.database.reading() as connection:
                page = list(SqlReader(connection, self.database).page(wanted, after))
            for event in page:
                if isinstance(event, UnreadableEventError):
                    raise event
                after = event.sequence
                yield event
            if len(page) < _PAGE:
                return

    def event(self, sequence: int) -> Event | None:
        """Return one event, None where there is none of that number."""
        with self.database.reading() as connection:
            return SqlReader(connection, self.database).event(sequence)

    def event_numbers(self, wanted: EventFilter, first: int, last: int) -> list[int]:
        """Return the numbers of the events wanted within two numbers, newest first."""
        with self.database.reading() as connection:
            return numbers_of(connection, wanted, first, last)

    def events_numbered(self, numbers: Sequence[int]) -> Mapping[int, Event | None]:
        """Return the events of those numbers; see ``LedgerStore.events_numbered``."""
        with self.database.reading() as connection:
            return events_numbered(connection, SqlReader(connection, self.database), numbers)

    def head(self) -> Head:
        """Return where the chain ends."""
        with self.database.reading() as connection:
            return SqlReader(connection, self.database).head()

    def input(self, input_id: str) -> InputRecord | None:
        """Return a human input as it stands, None where there is none of that id."""
        with self.database.reading() as connection:
            return SqlReader(connection, self.database).input(input_id)

    def inputs(self, wanted: InputFilter = ALL_INPUTS) -> Iterator[InputRecord]:
        """Yield the human inputs wanted as they stand, oldest first."""
        with self.database.reading() as connection:
            yield from SqlReader(connection, self.database).inputs(wanted)

    def open_frame(self, policy_id: str) -> pl.DataFrame:
        """Return the open human inputs under a policy; see ``LedgerStore.open_frame``."""
        with self.database.reading() as connection:
            return frame_of(self.database.open_lines(connection, policy_id), self.place)

    def record_frame(
        self, policy_id: str, report: Callable[[int], None] = lambda _done: None
    ) -> pl.DataFrame:
        """Return all human inputs under a policy; see ``LedgerStore.record_frame``."""
        with self.database.reading() as connection:
            return record_frame(self.database.records(connection, policy_id), self.place, report)

    @contextmanager
    def appending(self) -> Iterator[Appending]:
        """Hold the ledger as its one writer; see ``LedgerStore.appending``."""
        with self.database.writing() as connection:
            writer = _Writer(connection, self.database)
            yield writer
            writer.write()

    def first_difference(self, report: Progress | None = None) -> Difference | None:
        """Return the oldest thing kept whose row is not what the events tell, None where all are."""
        with self.database.reading() as connection:
            found = first_difference(connection, report)
            return found or first_service_difference(connection, report)

    def rebuild(self, report: Progress | None = None) -> int:
        """Make the tables of what stands anew from the events, and return how many things are kept."""
        with self.database.writing() as connection:
            return rebuild(connection, report) + rebuild_service(connection, report)

    def damage(self) -> tuple[str, ...]:
        """Return what the database itself finds wrong with its file, in its own words."""
        with self.database.reading() as connection:
            return self.database.damage(connection)

    def size(self) -> int:
        """Return how many bytes the ledger takes."""
        with self.database.reading() as connection:
            return self.database.size(connection)

    def close(self) -> None:
        """Let go of the database."""
        self.database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class SqlReader(ServiceReader):
    """Reads events, human inputs and what is kept of service through one connection."""

    def events(self, wanted: EventFilter = EVERY, *, after: int = 0) -> Iterator[Event]:
        """Yield the events wanted that come after a sequence number, in their order."""
        while True:
            page: list[Event] = []
            for event in self.page(wanted, after):
                if isinstance(event, UnreadableEventError):
                    raise event
                page.append(event)
                yield event
            if len(page) < _PAGE:
                return
            after = page[-1].sequence

    def page(self, wanted: EventFilter, after: int) -> Iterator[Event | UnreadableEventError]:
        """Yield up to a page of events; the first that cannot be read is yielded as the error it is."""
        query = chosen(wanted).where(events.c.sequence > after).limit(_PAGE)
        try:
            found = [event_of(row) for row in self._connection.execute(query)]
        except (TypeError, ValueError):
            yield from self._singly(wanted, after)
        except DBAPIError as error:
            if not self._database.is_about_a_value(error):
                raise
            yield from self._singly(wanted, after)
        else:
            yield from found

    def _singly(self, wanted: EventFilter, after: int) -> Iterator[Event | UnreadableEventError]:
        numbers = chosen(wanted).with_only_columns(events.c.sequence).where(events.c.sequence > after)
        for number in self._connection.execute(numbers.limit(_PAGE)).scalars().all():
            try:
                event = self.event(number)
            except UnreadableEventError as error:
                yield error
                return
            if event is not None:
                yield event

    def event(self, sequence: int) -> Event | None:
        """Return one event, None where there is none of that number."""
        try:
            row = self._connection.execute(ONE, {"sequence": sequence}).one_or_none()
            return None if row is None else event_of(row)
        except (TypeError, ValueError) as error:
            raise UnreadableEventError(sequence, self._database.place) from error
        except DBAPIError as error:
            if self._database.is_about_a_value(error):
                raise UnreadableEventError(sequence, self._database.place) from error
            raise

    def input(self, input_id: str) -> InputRecord | None:
        """Return a human input as it stands, None where there is none of that id."""
        row = self._connection.execute(ONE_INPUT, {"id": input_id}).one_or_none()
        return None if row is None else record_of(row, self._database.place)

    def inputs(self, wanted: InputFilter = ALL_INPUTS) -> Iterator[InputRecord]:
        """Yield the human inputs wanted as they stand, oldest first."""
        query, given = chosen_inputs(wanted)
        given |= {"after": 0, "page": _PAGE}
        while True:
            page = self._connection.execute(query, given).all()
            for row in page:
                yield record_of(row, self._database.place)
            if len(page) < _PAGE:
                return
            given["after"] = page[-1].sequence

    def last(self) -> Event | None:
        """Return the last event, None where there is none."""
        number = self._connection.execute(LAST).scalar()
        return None if number is None else self.event(number)

    def head(self) -> Head:
        """Return where the chain ends."""
        event = self.last()
        return Head() if event is None else Head(event.sequence, event.hash)


class _Writer(ServiceWriter, SqlReader):
    """Appends events within the transaction of one connection, in pieces."""

    def __init__(self, connection: Connection, database: Database) -> None:
        super().__init__(connection, database)
        self._waiting: list[dict[str, Any]] = []
        self._input_rows: list[dict[str, Any]] = []
        self._known: dict[str, InputRecord] = {}
        last = self.last()
        self._head = Head() if last is None else Head(last.sequence, last.hash)
        self._last_at = None if last is None else last.made_at

    @property
    def next_sequence(self) -> int:
        return self._head.sequence + 1

    def append(self, draft: Draft) -> Event:
        check_texts(draft, self._database.place)
        if draft.kind is not EventKind.CLOCK_CORRECTED:
            check_clock(draft.made_at, self._last_at, self._database.place)
        event = Event.of(draft, self.next_sequence, self._head.hash)
        changed = changed_by(event, self.input)
        rows = [row_of(record, event.sequence) for record in changed]
        for row in rows:
            check_row(row, self._database.place)
        self.take(event)
        self._waiting.append(values_of(event))
        self._input_rows += rows
        self._known |= {record.id: record for record in changed}
        self._head = Head(event.sequence, event.hash)
        self._last_at = event.made_at
        if len(self._waiting) >= _PIECE:
            self.write()
        return event

    def write(self) -> None:
        """Put what was appended into the tables: many rows at once take a fraction of one by one."""
        if self._waiting:
            put(self._connection, events, self._waiting, is_new=True)
        if self._input_rows:
            self._connection.execute(UPSERT, self._input_rows)
        self._waiting, self._input_rows = [], []
        super().write()

    def settle(self) -> None:
        self.write()

    def head(self) -> Head:
        return self._head

    def input(self, input_id: str) -> InputRecord | None:
        # Nobody else changes one while the ledger is held.
        if input_id not in self._known:
            found = super().input(input_id)
            if found is None:
                return None
            self._known[input_id] = found
        return self._known[input_id]

    def inputs(self, wanted: InputFilter = ALL_INPUTS) -> Iterator[InputRecord]:
        self.write()
        return super().inputs(wanted)

    def page(self, wanted: EventFilter, after: int) -> Iterator[Event | UnreadableEventError]:
        self.write()
        return super().page(wanted, after)

    def event(self, sequence: int) -> Event | None:
        self.write()
        return super().event(sequence)
