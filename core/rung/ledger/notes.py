"""Notes about customers: written on the record, each for its maker alone, for a team, or for everybody.

A note is an event like any other: it lies readable in the ledger's database for whoever may read that,
and it is never erased. Withdrawn, it is shown no more.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from rung.errors import Problem, RungError
from rung.ledger.actor import Actor
from rung.ledger.canonical import canonical, is_writable
from rung.ledger.events import Draft, Event, EventFilter
from rung.ledger.kinds import EventKind
from rung.ledger.looking import against_looking
from rung.ledger.store import Appending, LedgerStore, UnreadableEventError
from rung.moments import day_of
from rung.text import Text, _

__all__ = ["Audience", "Note", "may_see", "notes_in", "withdraw_note", "write_note"]

_LONGEST: Final = 10_000
# Characters: more is a document, and belongs into the customer's file.


class Audience(StrEnum):
    """For whom a note is."""

    ME = "me"
    """For its maker alone."""
    TEAM = "team"
    """For the team its maker was of when writing it."""
    ALL = "all"

    @property
    def words(self) -> Text:
        """The audience as a person reads it."""
        return _AUDIENCES[self]


_AUDIENCES: Final = {
    Audience.ME: Text("仅本人可见", "private"),
    Audience.TEAM: Text("本团队可见", "for the team"),
    Audience.ALL: Text("所有人可见", "for everybody"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One note about a customer."""

    number: int
    """Of the event that wrote it."""
    customer_id: str
    text: str
    visible_to: Audience
    team: str = ""
    """The team it is for."""
    maker: str
    made_at: datetime
    withdrawn_at: datetime | None = None


def may_see(maker: str, payload: Mapping[str, Any], actor: Actor) -> bool:
    """Whether a person may read a note, by who wrote it and what its event carries."""
    if maker == actor.account:
        return True
    match payload.get("visible_to"):
        case Audience.ALL:
            return True
        case Audience.TEAM:
            return bool(actor.team) and payload.get("team") == actor.team
    return False


def notes_in(
    store: LedgerStore | Appending, actor: Actor, *, customer_id: str | None = None, withdrawn: bool = False
) -> tuple[Note, ...]:
    """Return the notes a person may read, oldest first, of one customer if given; ``withdrawn`` ones too.

    Raises UnreadableEventError for an event whose payload is none the ledger writes.
    """
    kinds = (EventKind.NOTE_WRITTEN.value, EventKind.NOTE_WITHDRAWN.value)
    found: dict[int, Note] = {}
    for event in store.events(EventFilter(customer_id=customer_id, kinds=kinds)):
        payload = _payload(event)
        if event.kind == EventKind.NOTE_WITHDRAWN:
            note = found.get(payload.get("id", 0))
            if note is not None:
                found[note.number] = replace(note, withdrawn_at=event.made_at)
        elif may_see(event.maker, payload, actor):
            found[event.sequence] = _note(event, payload)
    return tuple(each for each in found.values() if withdrawn or each.withdrawn_at is None)


def write_note(
    store: LedgerStore, actor: Actor, customer_id: str, text: str, visible_to: Audience, now: datetime
) -> Note:
    """Record a note about a customer; raises RungError with everything that speaks against it."""
    problems = list(_objections(actor, text, visible_to))
    if problems:
        raise RungError.all(problems)
    team = actor.team if visible_to is Audience.TEAM else ""
    payload = {"text": text.strip(), "visible_to": visible_to.value, "team": team}
    with store.appending() as ledger:
        event = ledger.append(_draft(EventKind.NOTE_WRITTEN, customer_id, payload, actor, now))
    return _note(event, payload)


def withdraw_note(store: LedgerStore, actor: Actor, number: str, now: datetime) -> Note:
    """Record that the actor's own note is shown no more; raises RungError where that may not be."""
    match = _NUMBER.fullmatch(number.strip())
    with store.appending() as ledger:
        event = ledger.event(int(match[1])) if match else None
        # One's own are looked for alone: a refusal must not tell of the private notes of others.
        if event is None or event.kind != EventKind.NOTE_WRITTEN or event.maker != actor.account:
            raise RungError.of(
                _("You have written no note “{number}”.").format(number=number),
                _("See yours: rung note list CUSTOMER."),
            )
        own = notes_in(ledger, actor, customer_id=event.customer_id, withdrawn=True)
        note = next(each for each in own if each.number == event.sequence)
        if note.withdrawn_at is not None:
            day = day_of(note.withdrawn_at).isoformat()
            message = _("The note {number} was withdrawn on {day} already.")
            raise RungError.of(message.format(number=note.number, day=day))
        ledger.append(_draft(EventKind.NOTE_WITHDRAWN, note.customer_id, {"id": note.number}, actor, now))
    return replace(note, withdrawn_at=now)


_NUMBER: Final = re.compile(r"[Nn]?([0-9]{1,18})")


def _objections(actor: Actor, text: str, visible_to: Audience) -> Iterator[Problem]:
    yield from against_looking(actor, _("{name} ({account}) may look, not write notes."))
    if visible_to is Audience.TEAM and not actor.team:
        message = _("There is no team to write for: rung.toml names none for {account}.")
        hint = _("Write it for yourself (--private) or for everybody, or have “team” added.")
        yield Problem(message.format(account=actor.account), hint)
    if not text.strip():
        yield Problem(_("The note says nothing."), _("Write a sentence or two."))
    elif not is_writable(text):
        yield Problem(_("The note holds bytes that are no text."))
    elif len(text) > _LONGEST:
        message = _("The note has {count} characters; {most} are allowed.")
        hint = _("Keep the document in the customer's file, and name it in the note.")
        yield Problem(message.format(count=len(text), most=_LONGEST), hint)


def _payload(event: Event) -> dict[str, Any]:
    try:
        payload = json.loads(event.payload)
    except ValueError as error:
        raise UnreadableEventError(event.sequence) from error
    if not isinstance(payload, dict):
        raise UnreadableEventError(event.sequence)
    return payload


def _note(event: Event, payload: Mapping[str, Any]) -> Note:
    try:
        return Note(
            number=event.sequence,
            customer_id=event.customer_id or "",
            text=str(payload["text"]),
            visible_to=Audience(payload["visible_to"]),
            team=str(payload.get("team", "")),
            maker=event.maker,
            made_at=event.made_at,
        )
    except (KeyError, ValueError) as error:
        raise UnreadableEventError(event.sequence) from error


def _draft(
    kind: EventKind, customer_id: str, payload: Mapping[str, Any], actor: Actor, now: datetime
) -> Draft:
    return Draft(
        kind=kind,
        customer_id=customer_id,
        policy_id=None,
        payload=canonical(payload),
        made_at=now,
        maker=actor.account,
    )
