"""Goes along the chain of events and names the first that does not fit, with what differs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from threading import Thread
from typing import Final

from rung.errors import RungError
from rung.ledger.canonical import GENESIS, HASH
from rung.ledger.events import Event
from rung.ledger.store import Head, LedgerStore, UnreadableEventError
from rung.progress import Progress
from rung.text import _

__all__ = ["Break", "Misfit", "Verdict", "check_head", "verify", "verify_events"]


_STEP: Final = 1_000
# Events between two reports of progress.


class Misfit(StrEnum):
    """What is wrong where the chain breaks."""

    MISSING = "missing"
    """The event of that number is not there."""
    LINK = "link"
    """It names another event before it than the one that is there."""
    CONTENT = "content"
    """Its content is not what its hash was taken of."""
    HASH = "hash"
    """Its hash was changed; its content is still what the next event rests on."""
    UNREADABLE = "unreadable"
    """A value of it has a form the ledger never writes."""
    HEAD = "head"
    """The event whose hash was kept outside is not there: the end was cut off, or all was rewritten."""
    STANDING = "standing"
    """The events fit, but what is kept of a human input is not what they tell."""
    STORAGE = "storage"
    """The events fit, but the database finds damage in its own file."""


@dataclass(frozen=True, slots=True)
class Break:
    """The first event that does not fit."""

    sequence: int | None
    """Its number; None where no single event is at fault."""
    misfit: Misfit
    detail: str
    input_id: str = ""
    """The human input concerned, where it is not the events that are at fault."""

    def __str__(self) -> str:
        number = self.sequence
        match self.misfit:
            case Misfit.MISSING:
                return _("Event {number} is missing: {detail}.").format(number=number, detail=self.detail)
            case Misfit.LINK:
                return _("Event {number} does not follow the event before it: {detail}.").format(
                    number=number, detail=self.detail
                )
            case Misfit.CONTENT:
                return _("Event {number} was changed after it was recorded: {detail}.").format(
                    number=number, detail=self.detail
                )
            case Misfit.HASH:
                return _("The hash of event {number} was changed: {detail}.").format(
                    number=number, detail=self.detail
                )
            case Misfit.UNREADABLE:
                return _("Event {number} holds a value the ledger never writes.").format(number=number)
            case Misfit.HEAD:
                return _("The event with the hash given is not in the ledger: {detail}.").format(
                    detail=self.detail
                )
            case Misfit.STANDING:
                words = _("What is kept of {id} is not what the events tell: {detail}.")
                return words.format(id=self.input_id, detail=self.detail)
            case Misfit.STORAGE:
                return _("The database finds damage in its file: {detail}.").format(detail=self.detail)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What verifying found."""

    head: Head
    """Where the chain ends, as far as it fits: its hash is what one keeps outside."""
    broken: Break | None
    since_head: int | None = None
    """Events after the one whose hash was given; None where none was given or it is not there."""

    @property
    def is_whole(self) -> bool:
        """Whether every event fits, and the head given is there."""
        return self.broken is None


def check_head(found: str) -> str:
    """Return a hash as it is written in the ledger; raises RungError for what is none."""
    head = found.strip().lower()
    if not HASH.fullmatch(head):
        raise RungError.of(
            _("“{found}” is no hash.").format(found=found),
            _("Give the 64 digits that “rung audit verify” called the head."),
        )
    return head


def verify(store: LedgerStore, head: str | None = None, report: Progress | None = None) -> Verdict:
    """Check every event against the one before and its own hash, and what stands against the events.

    ``head`` is a hash noted earlier: that its event is still there shows that the ledger was only added
    to since. Without it, a chain whose end was cut off, or that was hashed anew throughout, looks whole.
    """
    damage = _Aside(store.damage)
    found = _Kept(head, 0 if head == GENESIS else None)
    whole = store.head().sequence if report else None
    end, broken = verify_events(found.among(store.events()), report, whole)
    kept = found.sequence if found.sequence is None or found.sequence <= end.sequence else None
    if broken is None and head is not None and kept is None:
        detail = _("the {count} events there are end with {hash}").format(count=end.sequence, hash=end.hash)
        broken = Break(None, Misfit.HEAD, detail)
    if broken is None:
        broken = _standing(store, report)
    found_damage = damage.result()
    if broken is None and found_damage:
        broken = Break(None, Misfit.STORAGE, found_damage[0])
    return Verdict(end, broken, None if kept is None else end.sequence - kept)


def verify_events(
    events: Iterable[Event], report: Progress | None = None, whole: int | None = None
) -> tuple[Head, Break | None]:
    """Check events, from the first on, each against the one before and its own hash.

    Returns where the chain ends as far as it fits, and the first event that does not.
    """
    end = Head()
    try:
        for event, following in _pairs(events):
            broken = _misfit(event, end, following)
            if broken:
                return end, broken
            end = Head(event.sequence, event.hash)
            if report and event.sequence % _STEP == 0:
                report(_("Verifying the ledger"), event.sequence, whole)
    except UnreadableEventError as error:
        return end, _unreadable(error.sequence, end)
    return end, None


class _Aside:
    """Does a work of the database's own beside Python's, on another core."""

    def __init__(self, work: Callable[[], tuple[str, ...]]) -> None:
        self._work = work
        self._found: tuple[str, ...] = ()
        self._error: Exception | None = None
        # Whoever stops the program does not wait for it.
        self._thread = Thread(target=self._run, daemon=True)
        self._thread.start()

    def result(self) -> tuple[str, ...]:
        self._thread.join()
        if self._error is not None:
            raise self._error
        return self._found

    def _run(self) -> None:
        try:
            self._found = self._work()
        except Exception as error:  # raised again where the result is asked for
            self._error = error


@dataclass(slots=True)
class _Kept:
    """Looks out for the event whose hash was kept outside."""

    head: str | None
    sequence: int | None

    def among(self, events: Iterable[Event]) -> Iterator[Event]:
        for event in events:
            if event.hash == self.head:
                self.sequence = event.sequence
            yield event


def _standing(store: LedgerStore, report: Progress | None) -> Break | None:
    try:
        found = store.first_difference(report)
    except UnreadableEventError as error:
        return Break(error.sequence, Misfit.UNREADABLE, "")
    if found is None:
        return None
    return Break(None, Misfit.STANDING, found.detail, found.input_id)


def _pairs(events: Iterable[Event]) -> Iterator[tuple[Event, Event | None]]:
    """Yield each event with the one after it, even where that one cannot be read."""
    before: Event | None = None
    try:
        for event in events:
            if before is not None:
                yield before, event
            before = event
    except UnreadableEventError:
        if before is not None:
            yield before, None
        raise
    if before is not None:
        yield before, None


def _unreadable(sequence: int, end: Head) -> Break:
    if sequence != end.sequence + 1:
        return _missing(end, sequence)
    return Break(sequence, Misfit.UNREADABLE, "")


def _missing(end: Head, found: int) -> Break:
    detail = _("event {number} comes next").format(number=found)
    return Break(end.sequence + 1, Misfit.MISSING, detail)


def _misfit(event: Event, end: Head, following: Event | None) -> Break | None:
    if event.sequence != end.sequence + 1:
        return _missing(end, event.sequence)
    content = event.content_hash()
    if content == event.hash and event.previous == end.hash:
        return None
    if content == event.hash or event.content_hash(previous=end.hash) == event.hash:
        detail = _("it names {named}, and there stands {hash}").format(named=event.previous, hash=end.hash)
        return Break(event.sequence, Misfit.LINK, detail)
    detail = _("its hash is {hash}, its content gives {content}").format(hash=event.hash, content=content)
    is_hash = following is not None and following.previous == content and event.previous == end.hash
    return Break(event.sequence, Misfit.HASH if is_hash else Misfit.CONTENT, detail)
