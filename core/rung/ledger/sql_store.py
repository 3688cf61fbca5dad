"""Keeps the ledger's events in an SQL database: reads them in pages, appends them under one writer's lock."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, Self

from sqlalchemy import Connection, Engine, Row, Select, func, select
from sqlalchemy.exc import DBAPIError

from rung.ledger.events import Draft, Event, EventFilter, moment_text, read_moment
from rung.ledger.folding import folded
from rung.ledger.records import InputRecord
from rung.ledger.store import (
    ALL_INPUTS,
    EVERY,
    OPEN,
    Appending,
    Head,
    InputFilter,
    UnreadableEventError,
)
from rung.ledger.tables import events

if TYPE_CHECKING:
    import polars as pl

__all__ = ["Refusals", "SqlStore"]

Refusals = Callable[[], AbstractContextManager[None]]
"""Gives a block in which the database's errors become RungErrors."""

_PAGE: Final = 2_000
# Events read at once: enough that a query's own cost vanishes, few enough to report progress by.


class SqlStore:
    """A ledger in an SQL database; see ``LedgerStore``. Its maker has seen to tables and locks."""

    def __init__(
        self,
        engine: Engine,
        file: str,
        refusals: Refusals,
        hold: Callable[[Connection], None],
        damage: Callable[[Connection], tuple[str, ...]],
    ) -> None:
        self._engine = engine
        self._file = file
        self._refusals = refusals
        self._hold = hold
        """Makes a connection's transaction the ledger's one writer."""
        self._damage = damage

    def events(self, wanted: EventFilter = EVERY, *, after: int = 0) -> Iterator[Event]:
        """Yield the events wanted; each page is read by itself, for what was read never changes."""
        while True:
            page: list[Event] = []
            for event in self._page(wanted, after):
                page.append(event)
                yield event
            if len(page) < _PAGE:
                return
            after = page[-1].sequence

    def _page(self, wanted: EventFilter, after: int) -> Iterator[Event]:
        with self._refusals(), self._engine.connect() as connection:
            page = list(_Reader(connection, self._file).page(wanted, after))
        for event in page:
            if isinstance(event, UnreadableEventError):
                raise event
            yield event

    def event(self, sequence: int) -> Event | None:
        """Return one event, None where there is none of that number."""
        with self._refusals(), self._engine.connect() as connection:
            return _Reader(connection, self._file).event(sequence)

    def head(self) -> Head:
        """Return where the chain ends."""
        with self._refusals(), self._engine.connect() as connection:
            return _Reader(connection, self._file).head()

    def input(self, input_id: str) -> InputRecord | None:
        """Return a human input as it stands, None where there is none of that id."""
        with self._refusals(), self._engine.connect() as connection:
            return _Reader(connection, self._file).input(input_id)

    def inputs(self, wanted: InputFilter = ALL_INPUTS) -> Iterator[InputRecord]:
        """Yield the human inputs wanted as they stand, oldest first."""
        with self._refusals(), self._engine.connect() as connection:
            yield from _Reader(connection, self._file).inputs(wanted)

    def open_frame(self, policy_id: str) -> pl.DataFrame:
        """Return the open human inputs under a policy; see ``LedgerStore.open_frame``."""
        import polars as pl

        found = list(self.inputs(InputFilter(policy_id=policy_id, states=OPEN)))
        names = ("id", "kind", "customer_id", "model_grade", "proposed_grade", "subject", "value", "state")
        columns = {name: [getattr(each, name, None) for each in found] for name in names}
        return pl.DataFrame(columns, schema=dict.fromkeys(names, pl.String)).with_columns(
            pl.Series("notches", [each.notches for each in found], dtype=pl.Int32),
            pl.Series("expires_at", [each.expires_at for each in found], dtype=pl.Date),
        )

    @contextmanager
    def appending(self) -> Iterator[Appending]:
        """Hold the ledger as its one writer; see ``LedgerStore.appending``."""
        with self._refusals(), self._engine.connect() as connection:
            self._hold(connection)
            with connection.begin():
                yield _Writer(connection, self._file)

    def damage(self) -> tuple[str, ...]:
        """Return what the database itself finds wrong with its file, in its own words."""
        with self._refusals(), self._engine.connect() as connection:
            return self._damage(connection)

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class _Reader:
    """Reads events through one connection."""

    def __init__(self, connection: Connection, file: str) -> None:
        self._connection = connection
        self._file = file

    def events(self, wanted: EventFilter = EVERY, *, after: int = 0) -> Iterator[Event]:
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
        query = _chosen(wanted).where(events.c.sequence > after).limit(_PAGE)
        try:
            found = [_event(row) for row in self._connection.execute(query)]
        except (DBAPIError, TypeError, ValueError):
            yield from self._singly(wanted, after)
        else:
            yield from found

    def _singly(self, wanted: EventFilter, after: int) -> Iterator[Event | UnreadableEventError]:
        numbers = _chosen(wanted).with_only_columns(events.c.sequence).where(events.c.sequence > after)
        for number in self._connection.execute(numbers.limit(_PAGE)).scalars().all():
            try:
                event = self.event(number)
            except UnreadableEventError as error:
                yield error
                return
            if event is not None:
                yield event

    def event(self, sequence: int) -> Event | None:
        query = select(events).where(events.c.sequence == sequence)
        try:
            row = self._connection.execute(query).one_or_none()
            return None if row is None else _event(row)
        except (TypeError, ValueError) as error:
            raise UnreadableEventError(sequence, self._file) from error
        except DBAPIError as error:
            if _is_about_a_value(error):
                raise UnreadableEventError(sequence, self._file) from error
            raise

    def input(self, input_id: str) -> InputRecord | None:
        return next((each for each in self.inputs() if each.id == input_id), None)

    def inputs(self, wanted: InputFilter = ALL_INPUTS) -> Iterator[InputRecord]:
        events = self.events(EventFilter(customer_id=wanted.customer_id, policy_id=wanted.policy_id))
        for each in folded(events).values():
            if (
                (not wanted.kinds or each.kind in wanted.kinds)
                and (not wanted.states or each.state in wanted.states)
                and wanted.subject in (None, getattr(each, "subject", None))
                and wanted.maker in (None, each.maker)
                and wanted.batch in (None, each.batch)
            ):
                yield each

    def head(self) -> Head:
        last = self._connection.execute(select(func.max(events.c.sequence))).scalar()
        event = None if last is None else self.event(last)
        return Head() if event is None else Head(event.sequence, event.hash)


class _Writer(_Reader):
    """Appends events within the transaction of one connection."""

    def __init__(self, connection: Connection, file: str) -> None:
        super().__init__(connection, file)
        self._head = self.head()

    @property
    def next_sequence(self) -> int:
        return self._head.sequence + 1

    def append(self, draft: Draft) -> Event:
        event = Event.of(draft, self.next_sequence, self._head.hash)
        values = {name: getattr(event, name) for name in _COLUMNS}
        values["made_at"] = moment_text(event.made_at)
        self._connection.execute(_INSERT, values)
        self._head = Head(event.sequence, event.hash)
        return event


_COLUMNS: Final = tuple(events.columns.keys())
_INSERT: Final = events.insert()


def _event(row: Row[Any]) -> Event:
    """Return a row as the event it is; raises ValueError for values the ledger never writes."""
    sequence, kind, customer_id, policy_id, payload, made_at, maker, previous, own_hash = tuple(row)
    # SQLite keeps what it is given, whatever the column says: a text as bytes is tampering.
    if not (
        isinstance(sequence, int)
        and isinstance(kind, str)
        and isinstance(customer_id, str | None)
        and isinstance(policy_id, str | None)
        and isinstance(payload, bytes)
        and isinstance(maker, str)
        and isinstance(previous, str)
        and isinstance(own_hash, str)
    ):
        raise ValueError("a value of another type")
    return Event(
        sequence=sequence,
        kind=kind,
        customer_id=customer_id,
        policy_id=policy_id,
        payload=payload,
        made_at=read_moment(made_at),
        maker=maker,
        previous=previous,
        hash=own_hash,
    )


def _chosen(wanted: EventFilter) -> Select[Any]:
    query = select(events).order_by(events.c.sequence)
    same = {"customer_id": wanted.customer_id, "policy_id": wanted.policy_id, "maker": wanted.maker}
    for name, value in same.items():
        if value is not None:
            query = query.where(events.c[name] == value)
    if wanted.kinds:
        query = query.where(events.c.kind.in_(wanted.kinds))
    if wanted.since is not None:
        query = query.where(events.c.made_at >= moment_text(wanted.since))
    if wanted.until is not None:
        query = query.where(events.c.made_at < moment_text(wanted.until))
    return query


def _is_about_a_value(error: DBAPIError) -> bool:
    # A text that is no UTF-8 is refused by the driver, not by the database, which then names no error.
    return getattr(error.orig, "sqlite_errorname", None) is None
