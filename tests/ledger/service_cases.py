"""Contacts, arrivals, alarms, records and holders for tests of the ledger, and one full of all of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from ledger_cases import NOW

from rung.ledger import LedgerStore
from rung.ledger.service.alarms import (
    AlarmClosing,
    AlarmDuty,
    DutyAnswer,
    Escalation,
    RaisedAlarm,
    Sending,
    alarm_draft,
    answer_draft,
    closing_draft,
    escalation_draft,
    sending_draft,
)
from rung.ledger.service.arrivals import ArrivedEvent, arrival_draft
from rung.ledger.service.contacts import (
    LoggedContact,
    contact_draft,
    contact_withdrawal_draft,
)
from rung.ledger.service.customer_records import (
    CustomerRecord,
    RecordChange,
    opening_draft,
    record_change_draft,
)
from rung.ledger.service.holdings import (
    assignment_draft,
    release_draft,
    taking_draft,
)
from rung.ledger.store import Appending
from rung.text import Text

UTC_NOW = NOW.astimezone(UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


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


def served(store: LedgerStore) -> None:
    """Fill a ledger with something of everything, in every state."""
    with store.appending() as ledger:
        for each in (
            contact(
                at=NOW - 3 * DAY, text="报价", minutes=12, next="送合同", facts={"tier": "2", "phone": None}
            ),
            contact(at=NOW - 2 * DAY, reached=False, outcome="no_answer", maker="wang"),
            contact(at=NOW - DAY, next_on=date(2026, 3, 9), policy_id="test.tiers", inputs=("C7",)),
            contact("C2", reached=False, outcome="no_answer"),
            contact("客户\x1f\\3"),
        ):
            ledger.append(contact_draft(each))
        slip = ledger.contact(3)
        assert slip is not None
        ledger.append(contact_withdrawal_draft(slip, "别的客户", "li", NOW))
        for each in (
            arrival(key="T-1"),
            arrival("C9", is_known=False),
            arrival("C2", table="order", key="T-1"),
        ):
            ledger.append(arrival_draft(each))
        raised = [numbered(ledger, alarm(event=7))]
        ledger.append(alarm_draft(raised[0]))
        raised.append(numbered(ledger, alarm("C2", event=9)))
        ledger.append(alarm_draft(raised[1]))
        ledger.append(answer_draft(raised[0], DutyAnswer(duty=1, note="已回电", by="li", at=NOW)))
        ledger.append(escalation_draft(raised[0], Escalation(to="boss", by="li", at=NOW + HOUR)))
        sent = Sending(way="webhook", attempt=1, is_delivered=False, said="timeout", at=NOW)
        ledger.append(sending_draft(raised[0], sent, "li"))
        ledger.append(sending_draft(raised[0], replace(sent, attempt=2, is_delivered=True), "li"))
        for duty in (0, 1):
            ledger.append(answer_draft(raised[1], DutyAnswer(duty=duty, note="", by="li", at=NOW)))
        closing = AlarmClosing(note="道歉", outcome="settled", by="wang", at=NOW)
        ledger.append(closing_draft(raised[1], closing))
        kept = numbered(ledger, file())
        ledger.append(opening_draft(kept))
        ledger.append(opening_draft(file("C2", type="visit", due=None)))
        change = RecordChange(
            fields={"income": "1200"}, state="done", is_open=False, due=None, note="恢复", by="wang", at=NOW
        )
        ledger.append(record_change_draft(kept, change))
        ledger.append(assignment_draft("C1", "li", "新客户", "wang", NOW))
        ledger.append(release_draft("C1", "li", "三个月未跟进", date(2026, 6, 1), "wang", NOW))
        ledger.append(taking_draft("C1", "zhao", "zhao", NOW))
        ledger.append(release_draft("C2", "", "无人负责", None, "wang", NOW))
