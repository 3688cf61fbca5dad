"""What is kept of service as rows of its tables, and the statements that put them there."""

from __future__ import annotations

from typing import Any

from rung.ledger.keeping.service.lines import line_of
from rung.ledger.keeping.service.numbers import days_or_none, micros, micros_or_none
from rung.ledger.service.alarms import AlarmState, RaisedAlarm
from rung.ledger.service.arrivals import ArrivedEvent
from rung.ledger.service.contacts import LastContact, LoggedContact
from rung.ledger.service.customer_records import CustomerRecord
from rung.ledger.service.holdings import Holding
from rung.ledger.service.reviews import ReviewDone

__all__ = [
    "alarm_row",
    "arrived_row",
    "contact_row",
    "delivered_text",
    "holder_row",
    "last_contact_row",
    "record_row",
    "review_row",
]


def contact_row(contact: LoggedContact) -> dict[str, Any]:
    """Return the row of a contact."""
    return {
        "number": contact.number,
        "customer_id": contact.customer_id,
        "at": micros(contact.at),
        "maker": contact.maker,
        "channel": contact.channel,
        "outcome": contact.outcome,
        "reached": contact.reached,
        "minutes": contact.minutes,
        "next_on": days_or_none(contact.next_on),
        "policy_id": contact.policy_id,
        "withdrawn": None if contact.withdrawal is None else contact.withdrawal.number,
    }


def last_contact_row(last: LastContact) -> dict[str, Any]:
    """Return the row of what a customer's contacts come to."""
    at, next_on = micros_or_none(last.at), days_or_none(last.next_on)
    is_counted_from = at is not None or next_on is not None
    return {
        "customer_id": last.customer_id,
        "at": at,
        "next_on": next_on,
        "next_told_at": micros_or_none(last.next_told_at),
        "outcome": last.outcome,
        "latest": last.latest,
        "latest_at": micros_or_none(last.latest_at),
        "count": last.count,
        "line": line_of(last.customer_id, at, next_on) if is_counted_from else None,
    }


def arrived_row(event: ArrivedEvent) -> dict[str, Any]:
    """Return the row of an arrived event."""
    return {
        "number": event.number,
        "customer_id": event.customer_id,
        "event_table": event.table,
        "at": micros(event.at),
        "key": event.key,
        "is_known": event.is_known,
    }


def alarm_row(alarm: RaisedAlarm, acts: str) -> dict[str, Any]:
    """Return the row of an alarm; ``acts`` are the numbers of the events that tell of it."""
    is_waiting = alarm.state is AlarmState.OPEN and not alarm.is_escalated
    return {
        "number": alarm.number,
        "customer_id": alarm.customer_id,
        "policy_id": alarm.policy_id,
        "alarm": alarm.alarm,
        "event": alarm.event,
        "raised_at": micros(alarm.raised_at),
        "state": alarm.state.value,
        "by_role": alarm.by,
        "due": micros_or_none(alarm.due),
        "escalates_at": micros_or_none(alarm.escalate_at) if is_waiting else None,
        "is_escalated": alarm.is_escalated,
        "delivered_by": "".join(map(delivered_text, alarm.delivered_by)),
        "acts": acts,
    }


def delivered_text(way: str) -> str:
    """Return a way as it is found among those an alarm was delivered by."""
    return f"\n{way}\n"


def record_row(record: CustomerRecord, acts: str) -> dict[str, Any]:
    """Return the row of a record; ``acts`` are the numbers of the events that tell of it."""
    return {
        "number": record.number,
        "customer_id": record.customer_id,
        "type": record.type,
        "sector": record.sector,
        "state": record.state,
        "is_open": record.is_open,
        "due": days_or_none(record.due),
        "maker": record.maker,
        "opened_at": micros(record.opened_at),
        "acts": acts,
    }


def review_row(review: ReviewDone) -> dict[str, Any]:
    """Return the row of a review."""
    return {
        "number": review.number,
        "customer_id": review.customer_id,
        "policy_id": review.policy_id,
        "at": micros(review.at),
        "maker": review.maker,
        "withdrawn": None if review.withdrawal is None else review.withdrawal.number,
    }


def holder_row(holding: Holding) -> dict[str, Any]:
    """Return the row of whose customer it is."""
    since = micros(holding.since)
    return {
        "customer_id": holding.customer_id,
        "number": holding.number,
        "account": holding.account,
        "since": since,
        "how": holding.how.value,
        "by_account": holding.by,
        "because": holding.because,
        "cooling_off_account": holding.cooling_off_account,
        "cooling_off_until": days_or_none(holding.cooling_off_until),
        "line": line_of(holding.customer_id, holding.account, since),
    }
