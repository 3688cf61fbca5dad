"""Events that arrive from outside: a complaint, an answer to a survey, a late payment; kept as they came."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from rung.ledger.events import Draft, Event, moment_text
from rung.ledger.kinds import EventKind
from rung.ledger.service.payloads import as_flag, as_moment, as_text, as_values, drafted, strictly

__all__ = ["ARRIVAL_KINDS", "ArrivedEvent", "arrival_draft", "arrivals_folded", "read_arrival"]

ARRIVAL_KINDS = (EventKind.EVENT_ARRIVED.value,)
"""The kind of event that tells of arrivals."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrivedEvent:
    """Something that happened to a customer, as somebody sent it."""

    number: int = 0
    """Of the ledger's event; 0 while it is not recorded."""
    customer_id: str
    table: str
    """Id of the event table it is a row of."""
    at: datetime
    """When it happened."""
    values: Mapping[str, str | None]
    """By column, as ``rung.values`` writes them."""
    key: str = ""
    """The sender's own id of it, empty where it gave none: the same key twice in a table is one event."""
    is_known: bool = True
    """Whether the customer was in a run when it came."""
    maker: str
    """Account it was brought in under."""
    made_at: datetime
    """When it was brought in."""

    @property
    def id(self) -> str:
        """The id people know it by."""
        return f"E{self.number}"


def arrival_draft(arrived: ArrivedEvent) -> Draft:
    """Return the ledger's event of an arrival."""
    payload = {
        "table": arrived.table,
        "at": moment_text(arrived.at),
        "values": dict(arrived.values),
        "key": arrived.key,
        "is_known": arrived.is_known,
    }
    return drafted(EventKind.EVENT_ARRIVED, arrived.customer_id, payload, arrived.maker, arrived.made_at)


@strictly("table", "at", "values", "key", "is_known")
def read_arrival(event: Event, payload: dict[str, Any]) -> ArrivedEvent:
    """Return what an event says arrived; raises UnreadableEventError where it says nothing."""
    return ArrivedEvent(
        number=event.sequence,
        customer_id=as_text(event.customer_id),
        table=as_text(payload["table"]),
        at=as_moment(payload["at"]),
        values=as_values(payload["values"]),
        key=as_text(payload["key"]),
        is_known=as_flag(payload["is_known"]),
        maker=event.maker,
        made_at=event.made_at,
    )


def arrivals_folded(events: Iterable[Event]) -> dict[int, ArrivedEvent]:
    """Return what events say arrived by number, oldest first."""
    return {event.sequence: read_arrival(event) for event in events if event.kind == EventKind.EVENT_ARRIVED}
