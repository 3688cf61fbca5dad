"""Which contacts, arrivals, alarms, records and holdings are wanted; what is not given does not matter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

__all__ = [
    "EVERY_ALARM",
    "EVERY_ARRIVAL",
    "EVERY_CONTACT",
    "EVERY_HOLDING",
    "EVERY_RECORD",
    "EVERY_REVIEW",
    "AlarmFilter",
    "ArrivedFilter",
    "ContactFilter",
    "HoldingFilter",
    "RecordFilter",
    "ReviewFilter",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactFilter:
    """Which contacts are wanted; the newest come first, by their own moment."""

    customer_id: str | None = None
    maker: str | None = None
    outcome: str | None = None
    reached: bool | None = None
    since: datetime | None = None
    """Took place at that moment or after."""
    until: datetime | None = None
    """Took place before that moment."""
    is_withdrawn: bool | None = False
    """None: those withdrawn too."""
    before: tuple[datetime, int] | None = None
    """The page after the contact with that moment and number."""
    limit: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrivedFilter:
    """Which arrived events are wanted; the newest come first, by their number."""

    customer_id: str | None = None
    tables: tuple[str, ...] = ()
    is_known: bool | None = None
    """Whether the customer was in a run when it came: False for those kept aside."""
    since: datetime | None = None
    """Happened at that moment or after."""
    until: datetime | None = None
    """Happened before that moment."""
    before: int | None = None
    """The page after the one of that number."""
    limit: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmFilter:
    """Which alarms are wanted; oldest first."""

    customer_id: str | None = None
    policy_id: str | None = None
    alarm: str | None = None
    """Its id in the policy."""
    event: int | None = None
    """Set off by the arrived event of that number."""
    states: tuple[str, ...] = ()
    """Values of ``AlarmState``."""
    by: str | None = None
    """Before that role now."""
    due_before: datetime | None = None
    """With a duty unanswered that is due before that moment."""
    escalates_before: datetime | None = None
    """Open, not handed up, and to be handed up before that moment."""
    not_delivered_by: str | None = None
    """Not delivered by that way."""
    after: int = 0
    """Of a higher number than that."""
    limit: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordFilter:
    """Which records are wanted; oldest first."""

    customer_id: str | None = None
    types: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    is_open: bool | None = None
    maker: str | None = None
    due_by: date | None = None
    """To be done by that day at the latest."""
    since: datetime | None = None
    """Opened at that moment or after."""
    until: datetime | None = None
    """Opened before that moment."""
    after: int = 0
    """Of a higher number than that."""
    limit: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldingFilter:
    """Which holdings are wanted; in the order of their customers' ids."""

    account: str | None = None
    is_in_pool: bool | None = None
    how: str | None = None
    """A value of ``HeldSince``."""
    since: datetime | None = None
    """Begun at that moment or after."""
    limit: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewFilter:
    """Which reviews are wanted; oldest first."""

    customer_id: str | None = None
    policy_id: str | None = None
    maker: str | None = None
    since: datetime | None = None
    """Took place at that moment or after."""
    until: datetime | None = None
    """Took place before that moment."""
    is_withdrawn: bool | None = False
    """None: those withdrawn too."""
    after: int = 0
    """Of a higher number than that."""
    limit: int | None = None


EVERY_CONTACT = ContactFilter()
EVERY_ARRIVAL = ArrivedFilter()
EVERY_ALARM = AlarmFilter()
EVERY_RECORD = RecordFilter()
EVERY_HOLDING = HoldingFilter()
EVERY_REVIEW = ReviewFilter()
