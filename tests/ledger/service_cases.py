"""Contacts, arrivals, alarms, records and holders for tests of the ledger."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from ledger_cases import NOW

from rung.ledger.service.alarms import AlarmDuty, RaisedAlarm
from rung.ledger.service.arrivals import ArrivedEvent
from rung.ledger.service.contacts import LoggedContact
from rung.ledger.service.customer_records import CustomerRecord
from rung.ledger.store import Appending
from rung.text import Text


def contact(customer: str = "C1", at: datetime = NOW, **parts: Any) -> LoggedContact:
    """Return a contact by telephone that reached the customer, unless told otherwise."""
    given: dict[str, Any] = {
        "channel": "phone",
        "outcome": "spoken",
        "reached": True,
        "maker": "li",
        "made_at": NOW,
    }
    return LoggedContact(customer_id=customer, at=at, **{**given, **parts})


def arrival(customer: str = "C1", **parts: Any) -> ArrivedEvent:
    """Return a complaint."""
    given: dict[str, Any] = {
        "table": "complaint",
        "at": NOW,
        "values": {"stars": "1", "text": None},
        "maker": "li",
        "made_at": NOW,
    }
    return ArrivedEvent(customer_id=customer, **{**given, **parts})


def alarm(customer: str = "C1", event: int = 1, **parts: Any) -> RaisedAlarm:
    """Return an alarm with two duties: to call back in a day, to report in three."""
    duties = (
        AlarmDuty(text=Text("写报告", "report"), by="head", due=NOW + timedelta(days=3)),
        AlarmDuty(
            text=Text("回电", "call back"),
            by="caller",
            channel=Text("电话", "phone"),
            due=NOW + timedelta(days=1),
        ),
    )
    given: dict[str, Any] = {
        "alarm": "unhappy",
        "policy_id": "test.tiers",
        "policy_version": "2026.1",
        "duties": duties,
        "escalate_at": NOW + timedelta(days=2),
        "escalate_to": "boss",
        "maker": "li",
        "raised_at": NOW,
    }
    return RaisedAlarm(customer_id=customer, event=event, **{**given, **parts})


def file(customer: str = "C1", **parts: Any) -> CustomerRecord:
    """Return a hardship file."""
    given: dict[str, Any] = {
        "type": "hardship",
        "sector": "bank",
        "fields": {"cause": "illness", "income": None},
        "state": "new",
        "is_open": True,
        "due": date(2026, 3, 10),
        "maker": "li",
        "opened_at": NOW,
    }
    return CustomerRecord(customer_id=customer, **{**given, **parts})


def numbered(ledger: Appending, thing: Any) -> Any:
    """Return a thing with the number the next event will have."""
    return replace(thing, number=ledger.next_sequence)
