"""What a store of the ledger's events must do, whatever database keeps them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from types import TracebackType
from typing import TYPE_CHECKING, Final, Protocol, Self

from rung.errors import Place, Problem, RungError
from rung.ledger.canonical import GENESIS
from rung.ledger.events import Draft, Event, EventFilter
from rung.ledger.kinds import InputKind
from rung.ledger.records import InputRecord, State
from rung.text import _

if TYPE_CHECKING:
    import polars as pl

    from rung.ledger.keeping.standing import Difference

__all__ = [
    "ALL_INPUTS",
    "EVERY",
    "OPEN",
    "Appending",
    "Head",
    "InputFilter",
    "LedgerStore",
    "Report",
    "UnreadableEventError",
]

Report = Callable[[str, int, int | None], None]
"""Is told how far a long work is: its stage, how much is done, and of how much if that is known."""

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


class Appending(_Reading, Protocol):
    """The ledger held by one writer: what is read here cannot change before what is appended is kept."""

    @property
    def next_sequence(self) -> int:
        """The number the next event appended will have."""
        ...

    def append(self, draft: Draft) -> Event:
        """Put one act at the end of the chain; it is kept only if the block ends well."""
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

    def first_difference(self, report: Report | None = None) -> Difference | None:
        """Return the oldest human input whose stored form is not what the events tell, None where all are."""
        ...

    def rebuild(self, report: Report | None = None) -> int:
        """Make what stands anew from the events alone, and return how many human inputs there are."""
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
