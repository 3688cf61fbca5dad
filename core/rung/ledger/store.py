"""What a store of the ledger's events must do, whatever database keeps them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from types import TracebackType
from typing import TYPE_CHECKING, Final, Protocol, Self

from rung.errors import Place, Problem, RungError
from rung.ledger.canonical import GENESIS
from rung.ledger.events import Draft, Event, EventFilter
from rung.ledger.kinds import InputKind
from rung.ledger.records import InputRecord, State
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
from rung.progress import Progress
from rung.text import _

if TYPE_CHECKING:
    import polars as pl

    from rung.ledger.keeping.standing import Difference
    from rung.ledger.service.alarms import RaisedAlarm
    from rung.ledger.service.arrivals import ArrivedEvent
    from rung.ledger.service.contacts import LastContact, LoggedContact
    from rung.ledger.service.customer_records import CustomerRecord
    from rung.ledger.service.holdings import Holding
    from rung.ledger.service.reviews import ReviewDone

__all__ = [
    "ALL_INPUTS",
    "EVERY",
    "OPEN",
    "Appending",
    "Head",
    "InputFilter",
    "LedgerStore",
    "UnreadableEventError",
]

EVERY: Final = EventFilter()
"""Wants every event."""

OPEN: Final = (State.PENDING, State.RETURNED, State.IN_EFFECT)
"""The states of a human input that is in effect or may still come to be, expiry apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InputFilter:
    """Which human inputs are wanted; what is not given does not matter."""

    customer_id: str | None = None
    customers: tuple[str, ...] = ()
    """Any of these; a thousand or two at once, for a database takes only so many."""
    policy_id: str | None = None
    kinds: tuple[InputKind, ...] = ()
    states: tuple[State, ...] = ()
    subject: str | None = None
    """Quantity a value is given for."""
    maker: str | None = None
    batch: str | None = None


ALL_INPUTS: Final = InputFilter()
"""Wants every human input."""


@dataclass(frozen=True, slots=True)
class Head:
    """Where the chain ends: how many events there are, and the hash of the last."""

    sequence: int = 0
    hash: str = GENESIS


class UnreadableEventError(RungError):
    """An event whose stored form is none the ledger writes."""

    def __init__(self, sequence: int, file: str = "") -> None:
        self.sequence = sequence
        message = _("Event {number} of the ledger cannot be read.").format(number=sequence)
        hint = _("“rung audit verify” says more; take the ledger back from a copy.")
        super().__init__(Problem(message, hint, Place(file) if file else None))


class _Reading(Protocol):
    def events(self, wanted: EventFilter = EVERY, *, after: int = 0) -> Iterator[Event]:
        """Yield the events wanted that come after a sequence number, in their order."""
        ...

    def event(self, sequence: int) -> Event | None:
        """Return one event, None where there is none of that number."""
        ...

    def head(self) -> Head:
        """Return where the chain ends."""
        ...

    def input(self, input_id: str) -> InputRecord | None:
        """Return a human input as it stands, None where there is none of that id."""
        ...

    def inputs(self, wanted: InputFilter = ALL_INPUTS) -> Iterator[InputRecord]:
        """Yield the human inputs wanted as they stand, oldest first."""
        ...

    def contact(self, number: int) -> LoggedContact | None:
        """Return one contact, None where none was logged by the event of that number."""
        ...

    def contacts(self, wanted: ContactFilter = EVERY_CONTACT) -> Iterator[LoggedContact]:
        """Yield the contacts wanted, newest first by their own moment."""
        ...

    def last_contact(self, customer_id: str) -> LastContact | None:
        """Return what the contacts with a customer come to, None where there was none."""
        ...

    def arrived(self, wanted: ArrivedFilter = EVERY_ARRIVAL) -> Iterator[ArrivedEvent]:
        """Yield the arrived events wanted, newest first."""
        ...

    def arrived_event(self, number: int) -> ArrivedEvent | None:
        """Return one arrived event, None where the event of that number tells of none."""
        ...

    def arrived_by_key(self, table: str, key: str) -> int | None:
        """Return the number of the event with a key of its sender's, None where it has not arrived."""
        ...

    def arrived_by_keys(self, table: str, keys: Iterable[str]) -> Mapping[str, int]:
        """Return the numbers of those that have arrived, by key: of thousands at once."""
        ...

    def alarm(self, number: int) -> RaisedAlarm | None:
        """Return an alarm as it stands, None where none was raised by the event of that number."""
        ...

    def alarms(self, wanted: AlarmFilter = EVERY_ALARM) -> Iterator[RaisedAlarm]:
        """Yield the alarms wanted as they stand, oldest first."""
        ...

    def record(self, number: int) -> CustomerRecord | None:
        """Return a record as it stands, None where none was opened by the event of that number."""
        ...

    def records(self, wanted: RecordFilter = EVERY_RECORD) -> Iterator[CustomerRecord]:
        """Yield the records wanted as they stand, oldest first."""
        ...

    def review(self, number: int) -> ReviewDone | None:
        """Return one review, None where none was recorded by the event of that number."""
        ...

    def reviews(self, wanted: ReviewFilter = EVERY_REVIEW) -> Iterator[ReviewDone]:
        """Yield the reviews wanted, oldest first."""
        ...

    def holder(self, customer_id: str) -> Holding | None:
        """Return whose customer it is, None where nothing on record says so."""
        ...

    def holdings(self, wanted: HoldingFilter = EVERY_HOLDING) -> Iterator[Holding]:
        """Yield whose customers are whose, by the customers' ids."""
        ...


class Appending(_Reading, Protocol):
    """The ledger held by one writer: what is read here cannot change before what is appended is kept."""

    @property
    def next_sequence(self) -> int:
        """The number the next event appended will have."""
        ...

    def append(self, draft: Draft) -> Event:
        """Put one act at the end of the chain; it is kept only if the block ends well.

        Many in one block are written in pieces: a hundred thousand take seconds. What is read in between
        makes the piece be written first.
        """
        ...


class LedgerStore(_Reading, Protocol):
    """The events of one ledger, in order; they are added to and never changed."""

    @property
    def place(self) -> str:
        """Where the ledger is, as people are told; no password is in it."""
        ...

    def account(self) -> str | None:
        """Return the account the database knows the user by, None where it knows none (as SQLite)."""
        ...

    def event_numbers(self, wanted: EventFilter, first: int, last: int) -> list[int]:
        """Return the numbers of the events wanted from one number to another, newest first.

        Of a million events those of a customer or a policy are found in a moment; whatever else is wanted
        is looked for among all within, so that ``first`` and ``last`` had better not be far apart.
        """
        ...

    def events_numbered(self, numbers: Sequence[int]) -> Mapping[int, Event | None]:
        """Return the events of those numbers, by number.

        None stands for one that cannot be read; one that is missing is left out.
        """
        ...

    def appending(self) -> AbstractContextManager[Appending]:
        """Hold the ledger as its one writer; at the block's end everything appended is kept, or nothing.

        When the block has ended well the events are on the disk. Raises RungError where another writer
        holds the ledger too long, or the disk refuses.
        """
        ...

    def open_frame(self, policy_id: str) -> pl.DataFrame:
        """Return the open human inputs under a policy, a million in a moment; expired ones are among them.

        Columns: ``id``, ``customer_id``, ``value`` (String), ``kind``, ``state`` (Enum), ``model_grade``,
        ``proposed_grade``, ``subject`` (Categorical), ``notches`` (Int32), ``expires_at`` (Date). Oldest
        first.
        """
        ...

    def record_frame(
        self, policy_id: str, report: Callable[[int], None] = lambda _done: None
    ) -> pl.DataFrame:
        """Return all human inputs under a policy, in whatever state, half a million in a few seconds.

        Columns, as in their records: ``id``, ``kind``, ``customer_id``, ``subject``, ``value``, ``was``,
        ``model_grade``, ``proposed_grade``, ``reason``, ``maker``, ``superseded_by`` (Strings),
        ``made_at``, ``effective_from``, ``superseded_at`` (Datetimes, UTC), ``expires_at`` (Date),
        ``notches``, ``approvals_needed`` (Int32), ``decisions`` (List of ``act``, ``by``, ``at``, Strings).
        Oldest first. ``report`` is told how many are read.
        """
        ...

    def last_contacts_frame(self) -> pl.DataFrame:
        """Return what rhythms count from, of each customer who has it, a million in a moment.

        Columns: ``customer_id`` (String), ``at`` (Datetime, UTC, of the last contact that reached the
        customer, null where none did), ``next_on`` (Date, the day agreed for the next, null where none is).
        In the order of ``customer_id``.
        """
        ...

    def latest_contacts_frame(self, outcomes: Collection[str]) -> pl.DataFrame:
        """Return the customers whose latest contact or attempt had one of some outcomes.

        Columns: ``customer_id`` (String); of that contact ``number`` (Int64) and ``at`` (Datetime, UTC). In
        the order of ``customer_id``.
        """
        ...

    def contacts_frame(self, wanted: ContactFilter = EVERY_CONTACT) -> pl.DataFrame:
        """Return the contacts wanted, newest first, without their texts and facts.

        Columns: ``number`` (Int64), ``customer_id``, ``maker``, ``channel``, ``outcome`` (Strings), ``at``
        (Datetime, UTC), ``reached`` (Boolean), ``minutes`` (Int32), ``next_on`` (Date), ``policy_id``
        (String), ``is_withdrawn`` (Boolean).
        """
        ...

    def contacts_before_frame(self, moment: datetime) -> pl.DataFrame:
        """Return what the contacts before a moment come to, for whoever reads those from it on.

        Columns: ``customer_id``, ``maker`` (Strings), ``at`` (Datetime, UTC), ``number`` (Int64), ``reached``
        (Boolean), ``next_on`` (Date): of each customer the last that reached them, without ``maker`` and
        ``number``, and every one, reached or not, that names a day from the moment's on.
        """
        ...

    def arrived_frame(self, wanted: ArrivedFilter = EVERY_ARRIVAL) -> pl.DataFrame:
        """Return the arrived events wanted, newest first, without their values.

        Columns: ``number`` (Int64), ``customer_id``, ``table``, ``key`` (Strings), ``at`` (Datetime, UTC),
        ``is_known`` (Boolean).
        """
        ...

    def alarms_frame(self, wanted: AlarmFilter = EVERY_ALARM) -> pl.DataFrame:
        """Return the alarms wanted, oldest first, without their duties.

        Columns: ``number``, ``event`` (Int64), ``customer_id``, ``policy_id``, ``alarm``, ``state``, ``by``
        (Strings), ``raised_at``, ``due`` (Datetimes, UTC), ``is_escalated`` (Boolean).
        """
        ...

    def records_frame(self, wanted: RecordFilter = EVERY_RECORD) -> pl.DataFrame:
        """Return the records wanted, oldest first, without their fields.

        Columns: ``number`` (Int64), ``customer_id``, ``type``, ``sector``, ``state``, ``maker`` (Strings),
        ``is_open`` (Boolean), ``due`` (Date), ``opened_at`` (Datetime, UTC).
        """
        ...

    def holders_frame(self) -> pl.DataFrame:
        """Return whose customer each is of whom the ledger says so.

        Columns: ``customer_id``, ``account`` (Strings; null: in the public pool), ``since`` (Datetime, UTC).
        In the order of ``customer_id``.
        """
        ...

    def reviews_frame(self, wanted: ReviewFilter = EVERY_REVIEW) -> pl.DataFrame:
        """Return the reviews wanted, oldest first.

        Columns: ``number`` (Int64), ``customer_id``, ``policy_id``, ``maker`` (Strings), ``at`` (Datetime,
        UTC), ``is_withdrawn`` (Boolean).
        """
        ...

    def looked_at_frame(self, policy_id: str) -> pl.DataFrame:
        """Return when people last looked at each customer's grade by a policy.

        Columns: ``customer_id`` (String), ``at`` (Datetime, UTC): of the last review that was not taken
        back, override or judgement, whichever is later. In the order of ``customer_id``.
        """
        ...

    def first_difference(self, report: Progress | None = None) -> Difference | None:
        """Return the oldest thing kept whose stored form is not what the events tell, None where all are."""
        ...

    def rebuild(self, report: Progress | None = None) -> int:
        """Make what stands anew from the events alone, and return how many things are kept."""
        ...

    def size(self) -> int:
        """Return how many bytes the ledger takes."""
        ...

    def damage(self) -> tuple[str, ...]:
        """Return what the database itself finds wrong with its file, in its own words."""
        ...

    def close(self) -> None:
        """Let go of the database."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...
