"""Standing in for somebody: made on the record, for days with a beginning and an end, and never passed on."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from rung.errors import Problem, did_you_mean
from rung.ledger.actor import Actor, People, Role
from rung.ledger.canonical import canonical
from rung.ledger.events import Draft, Event
from rung.ledger.kinds import EventKind
from rung.ledger.rules.asked import texts_kept
from rung.ledger.store import UnreadableEventError
from rung.moments import day_of
from rung.text import _

__all__ = [
    "DELEGATION_KINDS",
    "LONGEST_DAYS",
    "Delegation",
    "delegation_draft",
    "delegations",
    "end_draft",
    "in_place",
    "objections_to_delegation",
    "objections_to_end",
    "standing_in",
]

LONGEST_DAYS: Final = 92
"""A quarter: whoever is away longer hands the work over by the config."""

DELEGATION_KINDS: Final = (EventKind.DELEGATION_MADE.value, EventKind.DELEGATION_ENDED.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Delegation:
    """Somebody lets another act for them between two days."""

    number: int
    """That of the event that made it."""
    by: str
    """Account of who is stood in for."""
    to: str
    """Account of who stands in."""
    first: date
    last: date
    """The last day, included."""
    reason: str
    made_at: datetime
    ended_at: datetime | None = None
    ended_by: str = ""

    def is_in_force(self, today: date) -> bool:
        """Whether it counts on a day."""
        return self.ended_at is None and self.first <= today <= self.last

    def is_open(self, today: date) -> bool:
        """Whether it counts on a day or will later."""
        return self.ended_at is None and today <= self.last


def delegations(events: Iterable[Event]) -> dict[int, Delegation]:
    """Return every delegation that events tell of, by number, oldest first.

    Raises UnreadableEventError for an event whose payload is none the ledger writes.
    """
    found: dict[int, Delegation] = {}
    for event in events:
        if event.kind not in DELEGATION_KINDS:
            continue
        try:
            payload = json.loads(event.payload)
            if event.kind == EventKind.DELEGATION_MADE:
                found[event.sequence] = Delegation(
                    number=event.sequence,
                    by=event.maker,
                    to=str(payload["to"]),
                    first=date.fromisoformat(payload["from"]),
                    last=date.fromisoformat(payload["until"]),
                    reason=str(payload["reason"]),
                    made_at=event.made_at,
                )
            elif payload["id"] in found:
                ended = found[payload["id"]]
                found[ended.number] = replace(ended, ended_at=event.made_at, ended_by=event.maker)
        except (KeyError, TypeError, ValueError) as error:
            raise UnreadableEventError(event.sequence) from error
    return found


def standing_in(actor: Actor, made: Iterable[Delegation], people: People, today: date) -> tuple[Actor, ...]:
    """Return the actor in the place of everybody they stand in for on a day, with these people's roles.

    What somebody is lent they cannot lend on: only whose own role it is may be stood in for.
    """
    found: dict[str, Actor] = {}
    for each in made:
        if each.to == actor.account and each.is_in_force(today):
            absent = people.actor(each.by)
            found[each.by] = replace(
                actor,
                role=absent.role,
                portfolio=absent.portfolio,
                only_portfolio=absent.only_portfolio,
                on_behalf_of=absent.account,
            )
    return tuple(found.values())


def in_place(
    who: Actor, problems: Iterable[Problem], own: Collection[Problem], people: People
) -> Iterator[Problem]:
    """Yield what speaks against a stand-in's act for another, said so, beyond what does against their own."""
    for each in problems:
        if each not in own:
            message = _("For {principal}: {problem}")
            told = {"principal": people.name(who.on_behalf_of), "problem": each.message}
            yield replace(each, message=message.format(**told))


def objections_to_delegation(
    delegator: Actor, to: str, first: date, last: date, reason: str, people: People, today: date
) -> list[Problem]:
    """Return everything that speaks against letting another act for one."""
    return [*_whom(delegator, to, people), *_days(first, last, today), *texts_kept((reason,))]


def _whom(delegator: Actor, to: str, people: People) -> Iterator[Problem]:
    if not delegator.may_propose:
        message = _("{name} ({account}) may only look: there is nothing to stand in for.")
        yield Problem(message.format(name=delegator.name, account=delegator.account))
    if to == delegator.account:
        yield Problem(_("Nobody stands in for themselves."), _("Name the account of another."))
    elif not to.strip():
        yield Problem(_("Nobody is named to stand in."), _("Name the account of another."))
    elif people.listed and to not in people.listed:
        message = _("There is nobody with the account “{account}” in this workspace.")
        yield Problem(message.format(account=to), did_you_mean(to, tuple(people.listed)))


def _days(first: date, last: date, today: date) -> Iterator[Problem]:
    if last < first:
        message = _("The last day, {last}, is before the first, {first}.")
        yield Problem(message.format(first=first.isoformat(), last=last.isoformat()))
        return
    if first < today:
        message = _("It would begin on {first}, which is past.").format(first=first.isoformat())
        hint = _("Nobody is stood in for backwards: begin today, {today}.").format(today=today.isoformat())
        yield Problem(message, hint)
    days = (last - first).days + 1
    if days > LONGEST_DAYS:
        message = _("From {first} to {last} is {days} days; {most} are allowed.")
        told = {"first": first.isoformat(), "last": last.isoformat(), "days": days, "most": LONGEST_DAYS}
        hint = _("For longer, let whoever keeps rung.toml give the other person the role.")
        yield Problem(message.format(**told), hint)


def objections_to_end(made: Delegation, who: Actor, today: date) -> list[Problem]:
    """Return what speaks against ending a delegation: either of the two may, and an owner."""
    if made.ended_at is not None:
        message = _("Delegation {number} was ended on {day} already.")
        return [Problem(message.format(number=made.number, day=day_of(made.ended_at).isoformat()))]
    if not made.is_open(today):
        message = _("Delegation {number} ended by itself after {day}.")
        return [Problem(message.format(number=made.number, day=made.last.isoformat()))]
    if who.account not in (made.by, made.to) and who.role is not Role.OWNER:
        message = _("Delegation {number} is between {by} and {to}: one of them or an owner ends it.")
        return [Problem(message.format(number=made.number, by=made.by, to=made.to))]
    return []


def delegation_draft(delegator: Actor, to: str, first: date, last: date, reason: str, now: datetime) -> Draft:
    """Return the event that lets another act for one."""
    payload = {"to": to, "from": first.isoformat(), "until": last.isoformat(), "reason": reason.strip()}
    return _draft(EventKind.DELEGATION_MADE, payload, delegator, now)


def end_draft(made: Delegation, who: Actor, now: datetime) -> Draft:
    """Return the event that ends a delegation before its last day."""
    return _draft(EventKind.DELEGATION_ENDED, {"id": made.number}, who, now)


def _draft(kind: EventKind, payload: Mapping[str, object], who: Actor, now: datetime) -> Draft:
    return Draft(
        kind=kind,
        customer_id=None,
        policy_id=None,
        payload=canonical(dict(payload)),
        made_at=now,
        maker=who.account,
    )
