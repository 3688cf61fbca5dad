"""Whose customer it is: assigned by somebody, released to the public pool, taken from it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final

from rung.ledger.events import Draft, Event
from rung.ledger.kinds import EventKind
from rung.ledger.service.payloads import as_date, as_text, date_text, drafted, strictly
from rung.text import Text

__all__ = [
    "HOLDING_KINDS",
    "HeldSince",
    "Holding",
    "assignment_draft",
    "holding_changed_by",
    "holdings_folded",
    "release_draft",
    "taking_draft",
]

HOLDING_KINDS = (
    EventKind.CUSTOMER_ASSIGNED.value,
    EventKind.CUSTOMER_RELEASED.value,
    EventKind.CUSTOMER_TAKEN.value,
)
"""The kinds of event that tell whose customer it is."""


class HeldSince(StrEnum):
    """How it came about that a customer is whose it is."""

    ASSIGNED = "assigned"
    RELEASED = "released"
    """The customer is in the public pool."""
    TAKEN = "taken"
    """From the pool."""

    @property
    def words(self) -> Text:
        """How, as a person reads it."""
        return _WAYS[self]


_WAYS: Final = {
    HeldSince.ASSIGNED: Text("指派", "assigned"),
    HeldSince.RELEASED: Text("释放到公共池", "released to the pool"),
    HeldSince.TAKEN: Text("从公共池领取", "taken from the pool"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """Whose customer it is since when."""

    number: int = 0
    """Of the event that says so; 0 while it is not recorded."""
    customer_id: str
    account: str | None
    """The holder; None where the customer is in the public pool."""
    since: datetime
    how: HeldSince
    by: str
    """Account of whoever did it."""
    because: str = ""
    cooling_off_account: str | None = None
    """Who let go of it last, and may not take it back before ``cooling_off_until`` is over."""
    cooling_off_until: date | None = None

    @property
    def is_in_pool(self) -> bool:
        """Whether nobody holds the customer, because somebody let go."""
        return self.account is None


def assignment_draft(customer_id: str, to: str, because: str, by: str, at: datetime) -> Draft:
    """Return the event that gives a customer to a holder."""
    payload = {"to": to, "because": because}
    return drafted(EventKind.CUSTOMER_ASSIGNED, customer_id, payload, by, at)


def release_draft(
    customer_id: str, from_: str, because: str, cooling_off_until: date | None, by: str, at: datetime
) -> Draft:
    """Return the event that lets a customer go to the pool; ``from_`` is empty where nobody held it."""
    payload = {"from": from_, "because": because, "cooling_off_until": date_text(cooling_off_until)}
    return drafted(EventKind.CUSTOMER_RELEASED, customer_id, payload, by, at)


def taking_draft(customer_id: str, account: str, by: str, at: datetime) -> Draft:
    """Return the event by which ``account`` takes a customer from the pool."""
    return drafted(EventKind.CUSTOMER_TAKEN, customer_id, {"by": account}, by, at)


def holdings_folded(events: Iterable[Event]) -> dict[str, Holding]:
    """Return whose customer each is, by customer, of those of whom events tell."""
    found: dict[str, Holding] = {}
    for event in events:
        holding = holding_changed_by(event, found.get)
        if holding is not None:
            found[holding.customer_id] = holding
    return found


def holding_changed_by(event: Event, lookup: Callable[[str], Holding | None]) -> Holding | None:
    """Return whose customer it is after an event; None where it tells nothing of that.

    Raises UnreadableEventError for an event whose payload is none the ledger writes.
    """
    read = _ACTS.get(event.kind)
    if read is None:
        return None
    told = read(event)
    customer_id = event.customer_id or ""
    before = lookup(customer_id)
    if told.how is HeldSince.RELEASED:
        cooling = (told.cooling_off_account, told.cooling_off_until)
    else:
        cooling = (before.cooling_off_account, before.cooling_off_until) if before else (None, None)
    return Holding(
        number=event.sequence,
        customer_id=customer_id,
        account=told.account,
        since=event.made_at,
        how=told.how,
        by=event.maker,
        because=told.because,
        cooling_off_account=cooling[0],
        cooling_off_until=cooling[1],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    how: HeldSince
    account: str | None = None
    because: str = ""
    cooling_off_account: str | None = None
    cooling_off_until: date | None = None


@strictly("to", "because")
def _assigned(event: Event, payload: dict[str, Any]) -> _Told:  # noqa: ARG001 - as ``strictly`` has it
    because = as_text(payload["because"])
    return _Told(how=HeldSince.ASSIGNED, account=as_text(payload["to"]), because=because)


@strictly("from", "because", "cooling_off_until")
def _released(event: Event, payload: dict[str, Any]) -> _Told:  # noqa: ARG001 - as ``strictly`` has it
    return _Told(
        how=HeldSince.RELEASED,
        because=as_text(payload["because"]),
        cooling_off_account=as_text(payload["from"]) or None,
        cooling_off_until=as_date(payload["cooling_off_until"]),
    )


@strictly("by")
def _taken(event: Event, payload: dict[str, Any]) -> _Told:  # noqa: ARG001 - as ``strictly`` has it
    return _Told(how=HeldSince.TAKEN, account=as_text(payload["by"]))


_ACTS: Final[dict[str, Callable[[Event], _Told]]] = {
    EventKind.CUSTOMER_ASSIGNED.value: _assigned,
    EventKind.CUSTOMER_RELEASED.value: _released,
    EventKind.CUSTOMER_TAKEN.value: _taken,
}
