"""Contacts with customers: logged with their own moment, taken back where a slip, folded to the last."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from rung.ledger.events import Draft, Event, moment_text
from rung.ledger.kinds import EventKind
from rung.ledger.service.payloads import (
    as_date,
    as_flag,
    as_moment,
    as_number,
    as_number_or_none,
    as_text,
    as_text_or_none,
    as_texts,
    as_values,
    date_text,
    drafted,
    strictly,
)

__all__ = [
    "CONTACT_KINDS",
    "ContactWithdrawal",
    "LastContact",
    "LoggedContact",
    "contact_draft",
    "contact_withdrawal_draft",
    "contacts_folded",
    "last_contact",
    "read_contact",
    "read_contact_withdrawal",
]

CONTACT_KINDS = (EventKind.CONTACT_LOGGED.value, EventKind.CONTACT_WITHDRAWN.value)
"""The kinds of event that tell of contacts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactWithdrawal:
    """A contact taken back, because it was logged by mistake."""

    number: int
    """Of the event that takes it back; 0 while it is not recorded."""
    contact: int
    """Number of the contact."""
    reason: str
    by: str
    """Account of whoever took it back."""
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedContact:
    """One contact with a customer, or the attempt at one."""

    number: int = 0
    """Of the event that logged it; 0 while it is not recorded."""
    customer_id: str
    at: datetime
    """When it took place, which is not when it was logged."""
    channel: str
    """How: phone, visit …; empty where nobody said."""
    outcome: str
    """Id of an outcome of the policy's or sector's."""
    reached: bool
    """Whether the customer was spoken to: only then does the clock start again."""
    text: str = ""
    minutes: int | None = None
    next_on: date | None = None
    """The day of the next contact, as agreed."""
    next: str = ""
    """The next step."""
    facts: Mapping[str, str | None] = field(default_factory=dict)
    """Values learned, by quantity, as ``rung.values`` writes them; None: it is not known any more."""
    inputs: tuple[str, ...] = ()
    """Ids of the judgements and corrections recorded with it."""
    policy_id: str | None = None
    """The policy whose promise it keeps, where it was logged from one."""
    maker: str
    """Account of whoever had it."""
    made_at: datetime
    """When it was logged."""
    withdrawal: ContactWithdrawal | None = None

    @property
    def id(self) -> str:
        """The id people know it by."""
        return f"K{self.number}"

    @property
    def is_withdrawn(self) -> bool:
        """Whether it counts no more."""
        return self.withdrawal is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class LastContact:
    """What the contacts with a customer come to: what a rhythm counts from."""

    customer_id: str
    at: datetime | None
    """Of the last that reached the customer."""
    next_on: date | None
    """The day agreed for the next: by the last contact that reached the customer or names a day."""
    next_told_at: datetime | None
    """The moment of the contact that tells ``next_on``."""
    count: int
    """Contacts and attempts, without those withdrawn."""
    outcome: str | None = None
    """Of the latest contact or attempt, whether it reached the customer or not; None where none counts."""
    latest: int = 0
    """Its number."""
    latest_at: datetime | None = None


def last_contact(customer_id: str, contacts: Iterable[LoggedContact]) -> LastContact | None:
    """Fold a customer's contacts, in the order of their numbers; None where none counts.

    Of two at one instant the later number counts last. What is logged late, with an earlier moment of its
    own, sets nothing back.
    """
    found: LastContact | None = None
    for contact in contacts:
        if not contact.is_withdrawn:
            found = after_contact(
                found,
                customer_id,
                contact.at,
                contact.next_on,
                reached=contact.reached,
                outcome=contact.outcome,
                number=contact.number,
            )
    return found


def after_contact(
    before: LastContact | None,
    customer_id: str,
    at: datetime,
    next_on: date | None,
    *,
    reached: bool,
    outcome: str,
    number: int,
) -> LastContact:
    """Return what a customer's contacts come to after one more, of a higher number than those before."""
    last = before.at if before else None
    told_on, told_at = (before.next_on, before.next_told_at) if before else (None, None)
    if reached and (last is None or at >= last):
        last = at
    if (reached or next_on is not None) and (told_at is None or at >= told_at):
        told_on, told_at = next_on, at
    latest: tuple[str | None, int, datetime | None] = (outcome, number, at)
    if before and before.latest_at is not None and at < before.latest_at:
        latest = (before.outcome, before.latest, before.latest_at)
    return LastContact(
        customer_id=customer_id,
        at=last,
        next_on=told_on,
        next_told_at=told_at,
        count=(before.count if before else 0) + 1,
        outcome=latest[0],
        latest=latest[1],
        latest_at=latest[2],
    )


def contact_draft(contact: LoggedContact) -> Draft:
    """Return the event that logs a contact."""
    payload: dict[str, Any] = {
        "at": moment_text(contact.at),
        "channel": contact.channel,
        "outcome": contact.outcome,
        "reached": contact.reached,
        "text": contact.text,
        "minutes": contact.minutes,
        "next_on": date_text(contact.next_on),
        "next": contact.next,
        "facts": dict(contact.facts),
        "inputs": list(contact.inputs),
        "policy": contact.policy_id,
    }
    return drafted(EventKind.CONTACT_LOGGED, contact.customer_id, payload, contact.maker, contact.made_at)


def contact_withdrawal_draft(contact: LoggedContact, reason: str, by: str, at: datetime) -> Draft:
    """Return the event that takes a contact back; its inputs are withdrawn beside it."""
    payload = {"number": contact.number, "reason": reason}
    return drafted(EventKind.CONTACT_WITHDRAWN, contact.customer_id, payload, by, at)


@strictly(
    "at",
    "channel",
    "outcome",
    "reached",
    "text",
    "minutes",
    "next_on",
    "next",
    "facts",
    "inputs",
    "policy",
)
def read_contact(event: Event, payload: dict[str, Any]) -> LoggedContact:
    """Return the contact an event logs; raises UnreadableEventError where it tells of none."""
    return LoggedContact(
        number=event.sequence,
        customer_id=as_text(event.customer_id),
        at=as_moment(payload["at"]),
        channel=as_text(payload["channel"]),
        outcome=as_text(payload["outcome"]),
        reached=as_flag(payload["reached"]),
        text=as_text(payload["text"]),
        minutes=as_number_or_none(payload["minutes"]),
        next_on=as_date(payload["next_on"]),
        next=as_text(payload["next"]),
        facts=as_values(payload["facts"]),
        inputs=as_texts(payload["inputs"]),
        policy_id=as_text_or_none(payload["policy"]),
        maker=event.maker,
        made_at=event.made_at,
    )


@strictly("number", "reason")
def read_contact_withdrawal(event: Event, payload: dict[str, Any]) -> ContactWithdrawal:
    """Return the withdrawal an event tells of; raises UnreadableEventError where it tells of none."""
    return ContactWithdrawal(
        number=event.sequence,
        contact=as_number(payload["number"], 1, 2**63 - 1),
        reason=as_text(payload["reason"]),
        by=event.maker,
        at=event.made_at,
    )


def contacts_folded(events: Iterable[Event]) -> dict[int, LoggedContact]:
    """Return the contacts that events tell of by number, oldest first."""
    found: dict[int, LoggedContact] = {}
    for event in events:
        if event.kind == EventKind.CONTACT_LOGGED:
            found[event.sequence] = read_contact(event)
        elif event.kind == EventKind.CONTACT_WITHDRAWN:
            withdrawal = read_contact_withdrawal(event)
            known = found.get(withdrawal.contact)
            if known is not None and takes_back(event, known):
                found[known.number] = replace(known, withdrawal=withdrawal)
    return found


def takes_back(event: Event, known: LoggedContact) -> bool:
    """Whether an event that takes a contact back may: it is of the same customer, and the first."""
    return known.customer_id == event.customer_id and not known.is_withdrawn
