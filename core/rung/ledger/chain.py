"""Goes along the chain of events and names the first that does not fit, with what differs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from rung.errors import RungError
from rung.ledger.canonical import GENESIS, HASH
from rung.ledger.events import Event
from rung.ledger.store import Head, LedgerStore, UnreadableEventError
from rung.text import _

__all__ = ["Break", "Misfit", "Verdict", "check_head", "verify"]

Report = Callable[[str, int, int | None], None]

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
    STORAGE = "storage"
    """The events fit, but the database finds damage in its own file."""


@dataclass(frozen=True, slots=True)
class Break:
    """The first event that does not fit."""

    sequence: int | None
    """Its number; None where no single event is at fault."""
    misfit: Misfit
    detail: str

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


def verify(store: LedgerStore, head: str | None = None, report: Report | None = None) -> Verdict:
    """Check every event against the one before and against its own hash.

    ``head`` is a hash noted earlier: that its event is still there shows that the ledger was only added
    to since. Without it, a chain whose end was cut off, or that was hashed anew throughout, looks whole.
    """
    end = Head()
    kept = 0 if head == GENESIS else None
    broken: Break | None = None
    whole = store.head().sequence if report else None
    try:
        for event, following in _pairs(store.events()):
            broken = _misfit(event, end, following)
            if broken:
                break
            end = Head(event.sequence, event.hash)
            if event.hash == head:
                kept = event.sequence
            if report and event.sequence % _STEP == 0:
                report(_("Verifying the ledger"), event.sequence, whole)
    except UnreadableEventError as error:
        broken = _unreadable(error.sequence, end)
    if broken is None and head is not None and kept is None:
        detail = _("the {count} events there are end with {hash}").format(count=end.sequence, hash=end.hash)
        broken = Break(None, Misfit.HEAD, detail)
    if broken is None and (damage := store.damage()):
        broken = Break(None, Misfit.STORAGE, damage[0])
    return Verdict(end, broken, None if kept is None else end.sequence - kept)


def _pairs(events: Iterator[Event]) -> Iterator[tuple[Event, Event | None]]:
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
