"""Everything on record about one customer in the order in which it happened, newest first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from rung.errors import RungError
from rung.ledger import EventFilter
from rung.ledger.confidential import MASK
from rung.ledger.events import read_moment
from rung.ledger.kinds import EventKind
from rung.text import _

if TYPE_CHECKING:
    from rung.ledger import Event, LedgerStore
    from rung.workspace.following.contacts import Contacts

__all__ = ["Timeline", "TimelineEntry", "timeline"]

_LEFT_OUT: Final = {EventKind.SENSITIVE_READ.value, EventKind.EXPORT_TAKEN.value}
# Who looked at the customer's data is for those who watch that: rung audit log.
_LETTERS: Final = {
    EventKind.CONTACT_LOGGED.value: "K",
    EventKind.EVENT_ARRIVED.value: "E",
    EventKind.ALARM_RAISED.value: "W",
    EventKind.RECORD_OPENED.value: "R",
    EventKind.REVIEW_DONE.value: "V",
    EventKind.NOTE_WRITTEN.value: "N",
}
_OWN_MOMENT: Final = (
    EventKind.CONTACT_LOGGED.value,
    EventKind.EVENT_ARRIVED.value,
    EventKind.REVIEW_DONE.value,
)
# What happened at another moment than it was put on record.


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineEntry:
    """One thing that was done about a customer, or happened to it."""

    number: int
    """Of its event."""
    kind: str
    """Of the event: ``contact.logged``, ``correction.proposed`` …"""
    id: str
    """The id people know it by; empty where it has none."""
    at: datetime
    """When it took place."""
    made_at: datetime
    """When it was put on record."""
    maker: str
    policy_id: str | None
    payload: Any
    """What the event carries, as whoever works here may read it."""
    is_withdrawn: bool = False
    """Whether it was taken back later."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """A page of what is on record about a customer, newest first."""

    customer_id: str
    entries: tuple[TimelineEntry, ...]
    count: int
    """Of all entries, on this page or not."""
    next: int | None
    """What to ask for as ``before`` to have the page after; None on the last."""


def timeline(
    contacts: Contacts, customer_id: str, *, before: int | None = None, limit: int | None = None
) -> Timeline:
    """Return a page of what is on record about a customer; raises RungError for a page there is not."""
    human = contacts.workspace.human_input
    if not human.is_begun:
        return Timeline(customer_id=customer_id, entries=(), count=0, next=None)
    with contacts.ledger() as store:
        found = sorted(_entries(contacts, customer_id, store), key=lambda each: (each.at, each.number))
    found.reverse()
    start = 0
    if before is not None:
        places = [place for place, each in enumerate(found) if each.number == before]
        if not places:
            message = _("Nothing of number {number} is on record about {customer}.")
            raise RungError.of(message.format(number=before, customer=customer_id))
        start = places[0] + 1
    page = found[start:] if limit is None else found[start : start + limit]
    is_last = start + len(page) >= len(found)
    return Timeline(
        customer_id=customer_id,
        entries=tuple(page),
        count=len(found),
        next=None if is_last or not page else page[-1].number,
    )


def _entries(contacts: Contacts, customer_id: str, store: LedgerStore) -> Iterator[TimelineEntry]:
    withdrawn: set[int] = set()
    hidden: set[int] = set()
    told: list[tuple[Event, Any]] = []
    for event in store.events(EventFilter(customer_id=customer_id)):
        if event.kind in _LEFT_OUT:
            continue
        payload = contacts.workspace.confidential.payload(event)
        if isinstance(payload, dict):
            if event.kind == EventKind.NOTE_WRITTEN and payload.get("text") == MASK:
                hidden.add(event.sequence)  # a note that is for others
                continue
            if event.kind == EventKind.NOTE_WITHDRAWN and payload.get("id") in hidden:
                continue
            if event.kind in (EventKind.CONTACT_WITHDRAWN, EventKind.REVIEW_WITHDRAWN):
                withdrawn.add(payload.get("number", 0))
            if event.kind == EventKind.NOTE_WITHDRAWN:
                withdrawn.add(payload.get("id", 0))
        told.append((event, payload))
    for event, payload in told:
        yield TimelineEntry(
            number=event.sequence,
            kind=event.kind,
            id=_id(event, payload),
            at=_at(event, payload),
            made_at=event.made_at,
            maker=event.maker,
            policy_id=event.policy_id,
            payload=payload,
            is_withdrawn=event.sequence in withdrawn,
        )


def _id(event: Event, payload: Any) -> str:
    letter = _LETTERS.get(event.kind)
    if letter is not None:
        return f"{letter}{event.sequence}"
    found = payload.get("id") if isinstance(payload, dict) else None
    if isinstance(found, str):
        return found
    taken_back = "V" if event.kind == EventKind.REVIEW_WITHDRAWN else "K"
    for key, of in (("number", taken_back), ("alarm", "W"), ("record", "R"), ("id", "N")):
        number = payload.get(key) if isinstance(payload, dict) else None
        if isinstance(number, int):
            return f"{of}{number}"
    return ""


def _at(event: Event, payload: Any) -> datetime:
    if event.kind in _OWN_MOMENT and isinstance(payload, dict):
        try:
            return read_moment(payload["at"])
        except (KeyError, TypeError, ValueError):
            pass  # damaged: who verifies the ledger is told; here it stands where it was written
    return event.made_at
