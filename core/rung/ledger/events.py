"""What the ledger is made of: one event a human act, each carrying the hash of the one before."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Final

from rung.ledger.canonical import digest
from rung.ledger.kinds import EventKind

__all__ = ["Draft", "Event", "EventFilter", "moment_text", "read_moment"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An act to be recorded: an event without its place in the chain."""

    kind: EventKind
    customer_id: str | None
    policy_id: str | None
    payload: bytes
    """Canonical bytes."""
    made_at: datetime
    maker: str
    """The account of whoever acted."""

    def __post_init__(self) -> None:
        if self.made_at.tzinfo is None:
            raise ValueError("a moment needs its time zone")


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One act on record."""

    sequence: int
    """From 1, without gaps."""
    kind: str
    """An EventKind, or a text this Rung does not know."""
    customer_id: str | None
    policy_id: str | None
    payload: bytes
    made_at: datetime
    maker: str
    previous: str
    """Hash of the event before."""
    hash: str

    @classmethod
    def of(cls, draft: Draft, sequence: int, previous: str) -> Event:
        """Return the draft as the event that comes ``sequence``-th."""
        made_at = draft.made_at.astimezone(UTC)
        kind = draft.kind.value
        header = {
            "customer_id": draft.customer_id,
            "kind": kind,
            "made_at": moment_text(made_at),
            "maker": draft.maker,
            "policy_id": draft.policy_id,
            "previous": previous,
            "sequence": sequence,
        }
        return cls(
            sequence=sequence,
            kind=kind,
            customer_id=draft.customer_id,
            policy_id=draft.policy_id,
            payload=draft.payload,
            made_at=made_at,
            maker=draft.maker,
            previous=previous,
            hash=digest(header, draft.payload),
        )

    def content_hash(self, previous: str | None = None) -> str:
        """Return the hash the event's content has; with ``previous``, as if it came after another event."""
        header = {
            "customer_id": self.customer_id,
            "kind": self.kind,
            "made_at": moment_text(self.made_at),
            "maker": self.maker,
            "policy_id": self.policy_id,
            "previous": self.previous if previous is None else previous,
            "sequence": self.sequence,
        }
        return digest(header, self.payload)


@dataclass(frozen=True, slots=True, kw_only=True)
class EventFilter:
    """Which events are wanted; what is not given does not matter."""

    customer_id: str | None = None
    policy_id: str | None = None
    maker: str | None = None
    kinds: tuple[str, ...] = ()
    since: datetime | None = None
    """Made at that moment or after."""
    until: datetime | None = None
    """Made before that moment."""


def moment_text(moment: datetime) -> str:
    """Return a moment as the ledger writes it: UTC with microseconds, so that texts sort by time.

    Raises ValueError for a moment without time zone.
    """
    if moment.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    return _utc_text(moment if moment.tzinfo is UTC else moment.astimezone(UTC))


@lru_cache(maxsize=256)
def _utc_text(moment: datetime) -> str:
    # One act's moment is written five times over.
    return moment.isoformat(timespec="microseconds")[:_UNZONED] + "Z"


def read_moment(written: str) -> datetime:
    """Read a moment; raises ValueError for anything but the one spelling the ledger writes."""
    if not _MOMENT.fullmatch(written):
        raise ValueError(written)
    return datetime.fromisoformat(written)


_UNZONED: Final = len("2026-01-01T00:00:00.000000")
_MOMENT: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z")
