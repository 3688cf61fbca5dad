"""What people do in service is kept with each act, found again, and made from the events alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from ledger_cases import NOW, draft
from service_cases import alarm, arrival, contact, file, numbered
from sqlalchemy import text

from rung.errors import RungError
from rung.ledger import EventKind, LedgerStore, Misfit, open_ledger, verify
from rung.ledger.canonical import canonical
from rung.ledger.held import held
from rung.ledger.keeping.copies import restore, write_copy
from rung.ledger.keeping.tables import SCHEMA_VERSION
from rung.ledger.service.alarms import (
    AlarmClosing,
    AlarmState,
    DutyAnswer,
    Escalation,
    Sending,
    alarm_draft,
    alarms_folded,
    answer_draft,
    closing_draft,
    escalation_draft,
    sending_draft,
)
from rung.ledger.service.arrivals import arrival_draft, arrivals_folded
from rung.ledger.service.contacts import (
    LastContact,
    contact_draft,
    contact_withdrawal_draft,
    contacts_folded,
)
from rung.ledger.service.customer_records import (
    RecordChange,
    after_change,
    opening_draft,
    record_change_draft,
    records_folded,
)
from rung.ledger.service.filters import (
    AlarmFilter,
    ArrivedFilter,
    ContactFilter,
    HoldingFilter,
    RecordFilter,
)
from rung.ledger.service.holdings import (
    HeldSince,
    assignment_draft,
    holdings_folded,
    release_draft,
    taking_draft,
)
from rung.ledger.store import UnreadableEventError

UTC_NOW = NOW.astimezone(UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


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


def test_what_is_kept_is_the_fold_of_the_events(store: LedgerStore) -> None:
    served(store)
    events = list(store.events())
    everything = ContactFilter(is_withdrawn=None)
    assert {each.number: each for each in store.contacts(everything)} == contacts_folded(events)
    assert {each.number: each for each in store.arrived()} == arrivals_folded(events)
    assert {each.number: each for each in store.alarms()} == alarms_folded(events)
    assert {each.number: each for each in store.records()} == records_folded(events)
    assert {each.customer_id: each for each in store.holdings()} == holdings_folded(events)
    assert verify(store).is_whole


def test_a_contact_keeps_all_that_was_said_of_it(store: LedgerStore) -> None:
    served(store)
    found = store.contact(1)
    assert found == replace(
        contact(at=NOW - 3 * DAY, text="报价", minutes=12, next="送合同", facts={"tier": "2", "phone": None}),
        number=1,
    )
    assert found.id == "K1"
    assert store.contact(6) is None  # a withdrawal is no contact
    slip = store.contact(3)
    assert slip is not None
    assert slip.withdrawal is not None
    assert (slip.withdrawal.number, slip.withdrawal.reason, slip.withdrawal.by) == (6, "别的客户", "li")


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (ContactFilter(), [5, 4, 2, 1]),
        (ContactFilter(is_withdrawn=None), [5, 4, 3, 2, 1]),
        (ContactFilter(is_withdrawn=True), [3]),
        (ContactFilter(customer_id="C1"), [2, 1]),
        (ContactFilter(maker="wang"), [2]),
        (ContactFilter(outcome="no_answer"), [4, 2]),
        (ContactFilter(reached=False), [4, 2]),
        (ContactFilter(since=NOW - 2 * DAY, until=NOW), [2]),
        (ContactFilter(limit=2), [5, 4]),
        (ContactFilter(before=(NOW, 5)), [4, 2, 1]),
        (ContactFilter(before=(NOW, 4), limit=1), [2]),
    ],
)
def test_contacts_are_found_newest_first(store: LedgerStore, wanted: ContactFilter, found: list[int]) -> None:
    served(store)
    assert [each.number for each in store.contacts(wanted)] == found
    assert store.contacts_frame(wanted)["number"].to_list() == found


def test_pages_of_contacts_leave_none_out(store: LedgerStore) -> None:
    with store.appending() as ledger:
        for number in range(1_203):
            ledger.append(contact_draft(contact(at=NOW - (number % 7) * DAY)))
    found = [(each.at, each.number) for each in store.contacts(ContactFilter(limit=1_101))]
    everything = sorted(((NOW - (n % 7) * DAY, n + 1) for n in range(1_203)), reverse=True)
    assert found == everything[:1_101]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (ArrivedFilter(), [9, 8, 7]),
        (ArrivedFilter(customer_id="C1"), [7]),
        (ArrivedFilter(tables=("complaint",)), [8, 7]),
        (ArrivedFilter(is_known=False), [8]),
        (ArrivedFilter(since=NOW + HOUR), []),
        (ArrivedFilter(until=NOW), []),
        (ArrivedFilter(before=9, limit=1), [8]),
    ],
)
def test_arrivals_are_found_newest_first(store: LedgerStore, wanted: ArrivedFilter, found: list[int]) -> None:
    served(store)
    assert [each.number for each in store.arrived(wanted)] == found
    assert store.arrived_frame(wanted)["number"].to_list() == found


def test_an_arrival_is_known_by_its_senders_key(store: LedgerStore) -> None:
    served(store)
    assert store.arrived_by_key("complaint", "T-1") == 7
    assert store.arrived_by_key("order", "T-1") == 9
    assert store.arrived_by_key("complaint", "T-2") is None
    assert store.arrived_by_keys("complaint", ["T-1", "T-2", "T-1"]) == {"T-1": 7}
    assert store.arrived_by_keys("complaint", []) == {}
    with store.appending() as ledger:
        ledger.append(arrival_draft(arrival(key="T-2")))
        assert ledger.arrived_by_key("complaint", "T-2") == ledger.next_sequence - 1
    assert store.arrived_event(7) == replace(arrival(key="T-1"), number=7)
    assert store.arrived_event(1) is None


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (AlarmFilter(), [10, 11]),
        (AlarmFilter(customer_id="C1"), [10]),
        (AlarmFilter(policy_id="other"), []),
        (AlarmFilter(alarm="unhappy", event=9), [11]),
        (AlarmFilter(states=("open",)), [10]),
        (AlarmFilter(states=("closed", "answered")), [11]),
        (AlarmFilter(by="boss"), [10]),
        (AlarmFilter(due_before=NOW + 3 * DAY), []),
        (AlarmFilter(due_before=NOW + 3 * DAY + HOUR), [10]),
        (AlarmFilter(escalates_before=NOW + 9 * DAY), []),
        (AlarmFilter(not_delivered_by="webhook"), [11]),
        (AlarmFilter(not_delivered_by="web"), [10, 11]),
        (AlarmFilter(after=10), [11]),
        (AlarmFilter(limit=1), [10]),
    ],
)
def test_alarms_are_found_by_what_they_are(store: LedgerStore, wanted: AlarmFilter, found: list[int]) -> None:
    served(store)
    assert [each.number for each in store.alarms(wanted)] == found
    assert store.alarms_frame(wanted)["number"].to_list() == found


def test_an_alarm_waits_for_the_duty_due_first_until_it_is_handed_up(store: LedgerStore) -> None:
    with store.appending() as ledger:
        raised = numbered(ledger, alarm())
        ledger.append(alarm_draft(raised))
        assert [each.id for each in ledger.alarms(AlarmFilter(escalates_before=NOW + 2 * DAY + HOUR))] == [
            "W1"
        ]
        found = ledger.alarm(1)
        assert found is not None
        assert (found.state, found.by, found.due) == (AlarmState.OPEN, "caller", NOW + DAY)
        ledger.append(answer_draft(raised, DutyAnswer(duty=1, note="", by="li", at=NOW)))
        found = ledger.alarm(1)
        assert found is not None
        assert (found.by, found.due) == ("head", NOW + 3 * DAY)
        ledger.append(escalation_draft(raised, Escalation(to="boss", by="li", at=NOW)))
        ledger.append(answer_draft(raised, DutyAnswer(duty=0, note="", by="li", at=NOW)))
    found = store.alarm(1)
    assert found is not None
    assert (found.state, found.by, found.due, found.is_escalated) == (AlarmState.ANSWERED, "", None, True)
    assert store.alarms_frame().row(0, named=True) == {
        "number": 1,
        "event": 1,
        "customer_id": "C1",
        "policy_id": "test.tiers",
        "alarm": "unhappy",
        "state": "answered",
        "by": "",
        "raised_at": UTC_NOW,
        "due": None,
        "is_escalated": True,
    }


def test_the_first_answer_counts_and_a_closed_alarm_is_only_sent(store: LedgerStore) -> None:
    with store.appending() as ledger:
        raised = numbered(ledger, alarm())
        ledger.append(alarm_draft(raised))
        for note in ("first", "second"):
            ledger.append(answer_draft(raised, DutyAnswer(duty=0, note=note, by="li", at=NOW)))
        ledger.append(answer_draft(raised, DutyAnswer(duty=5, note="none such", by="li", at=NOW)))
        for outcome in ("settled", "again"):
            ledger.append(closing_draft(raised, AlarmClosing(note="", outcome=outcome, by="li", at=NOW)))
        ledger.append(escalation_draft(raised, Escalation(to="boss", by="li", at=NOW)))
        sent = Sending(way="command", attempt=1, is_delivered=True, said="", at=NOW)
        ledger.append(sending_draft(raised, sent, "li"))
        ledger.append(
            closing_draft(
                replace(raised, customer_id="C2"), AlarmClosing(note="", outcome="", by="li", at=NOW)
            )
        )
    found = store.alarm(1)
    assert found is not None
    answer = found.duties[0].answer
    assert answer is not None
    assert answer.note == "first"
    assert found.closing is not None
    assert found.closing.outcome == "settled"
    assert found.escalations == ()
    assert found.delivered_by == ("command",)
    assert verify(store).is_whole


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (RecordFilter(), [19, 20]),
        (RecordFilter(customer_id="C2"), [20]),
        (RecordFilter(types=("hardship",)), [19]),
        (RecordFilter(states=("new",)), [20]),
        (RecordFilter(is_open=True), [20]),
        (RecordFilter(is_open=False), [19]),
        (RecordFilter(maker="wang"), []),
        (RecordFilter(due_by=date(2027, 1, 1)), []),
        (RecordFilter(since=NOW, until=NOW + HOUR), [19, 20]),
        (RecordFilter(until=NOW), []),
        (RecordFilter(after=19), [20]),
        (RecordFilter(limit=1), [19]),
    ],
)
def test_records_are_found_by_what_they_are(
    store: LedgerStore, wanted: RecordFilter, found: list[int]
) -> None:
    served(store)
    assert [each.number for each in store.records(wanted)] == found
    assert store.records_frame(wanted)["number"].to_list() == found


def test_a_record_stands_as_it_was_last_changed_with_all_its_changes(store: LedgerStore) -> None:
    with store.appending() as ledger:
        kept = numbered(ledger, file())
        ledger.append(opening_draft(kept))
        change = RecordChange(
            fields={"income": "900"}, is_open=True, due=date(2026, 4, 1), note="补充", by="wang", at=NOW
        )
        ledger.append(record_change_draft(kept, change))
        ledger.append(record_change_draft(replace(kept, customer_id="C2"), change))  # not this customer's
    found = store.record(1)
    assert found == after_change(kept, change)
    assert found.fields == {"cause": "illness", "income": "900"}
    assert (found.state, found.due, found.changes) == ("new", date(2026, 4, 1), (change,))
    assert [each.number for each in store.records(RecordFilter(due_by=date(2026, 4, 1)))] == [1]
    assert list(store.records(RecordFilter(due_by=date(2026, 3, 31)))) == []


def test_a_holder_is_the_last_one_named_and_who_let_go_waits(store: LedgerStore) -> None:
    served(store)
    found = store.holder("C1")
    assert found is not None
    assert (found.account, found.how, found.cooling_off_account) == ("zhao", HeldSince.TAKEN, "li")
    assert found.cooling_off_until == date(2026, 6, 1)
    pooled = store.holder("C2")
    assert pooled is not None
    assert pooled.is_in_pool
    assert (pooled.because, pooled.cooling_off_account) == ("无人负责", None)
    assert store.holder("C3") is None
    assert [each.customer_id for each in store.holdings(HoldingFilter(is_in_pool=True))] == ["C2"]
    assert [each.customer_id for each in store.holdings(HoldingFilter(account="zhao", how="taken"))] == ["C1"]
    assert list(store.holdings(HoldingFilter(since=NOW + HOUR))) == []
    assert store.holders_frame().rows() == [("C1", "zhao", UTC_NOW), ("C2", None, UTC_NOW)]


def test_the_last_contact_is_the_one_that_reached_the_customer(store: LedgerStore) -> None:
    served(store)
    frame = store.last_contacts_frame()
    assert dict(frame.schema) == {
        "customer_id": pl.String,
        "at": pl.Datetime("us", "UTC"),
        "next_on": pl.Date,
    }
    # Nothing is counted from an attempt that names no day: C2 has no row.
    assert frame.rows() == [
        ("C1", UTC_NOW - 3 * DAY, None),
        ("客户\x1f\\3", UTC_NOW, None),
    ]
    last = store.last_contact("C1")
    assert last is not None
    assert last == LastContact(
        customer_id="C1",
        at=UTC_NOW - 3 * DAY,
        next_on=None,
        next_told_at=UTC_NOW - 3 * DAY,
        count=2,
        outcome=last.outcome,
        latest=last.latest,
        latest_at=last.latest_at,
    )


def test_the_latest_contact_is_told_whether_it_reached_the_customer_or_not(store: LedgerStore) -> None:
    with store.appending() as ledger:
        first = ledger.append(contact_draft(contact(at=NOW - 5 * DAY, outcome="came_in")))
        tried = ledger.append(contact_draft(contact(at=NOW - HOUR, outcome="no_answer", reached=False)))
        # Logged late: the latest stays. At one instant the later number is the latest.
        ledger.append(contact_draft(contact(at=NOW - 9 * DAY, outcome="reached")))
        assert latest(ledger) == ("no_answer", tried.sequence, NOW - HOUR)
        again = ledger.append(contact_draft(contact(at=NOW - HOUR, outcome="dead", reached=False)))
        assert latest(ledger) == ("dead", again.sequence, NOW - HOUR)
        ledger.append(contact_withdrawal_draft(ledger.contact(again.sequence), "slip", "li", NOW))
        assert latest(ledger) == ("no_answer", tried.sequence, NOW - HOUR)
        ledger.append(contact_withdrawal_draft(ledger.contact(tried.sequence), "slip", "li", NOW))
    assert latest(store) == ("came_in", first.sequence, NOW - 5 * DAY)
    assert store.latest_contacts_frame(["came_in", "won"]).rows() == [
        ("C1", first.sequence, UTC_NOW - 5 * DAY),
    ]
    assert store.latest_contacts_frame(["no_answer"]).is_empty()
    store.rebuild()
    assert (store.first_difference(), latest(store)[0]) == (None, "came_in")


def latest(ledger: Any) -> tuple[str | None, int, datetime | None]:
    last = ledger.last_contact("C1")
    return last.outcome, last.latest, last.latest_at


def test_an_attempt_moves_the_next_day_and_not_the_clock(store: LedgerStore) -> None:
    with store.appending() as ledger:
        ledger.append(contact_draft(contact(at=NOW - 5 * DAY, next_on=date(2026, 3, 1))))
        ledger.append(contact_draft(contact(at=NOW - HOUR, reached=False)))
        assert told_last(ledger) == (NOW - 5 * DAY, date(2026, 3, 1), 2)
        ledger.append(contact_draft(contact(at=NOW, reached=False, next_on=date(2026, 3, 2))))
        assert told_last(ledger) == (NOW - 5 * DAY, date(2026, 3, 2), 3)
        # Logged late: it sets nothing back.
        ledger.append(contact_draft(contact(at=NOW - 9 * DAY, next_on=date(2026, 2, 1))))
        assert told_last(ledger) == (NOW - 5 * DAY, date(2026, 3, 2), 4)


def told_last(ledger: Any) -> tuple[datetime | None, date | None, int]:
    last = ledger.last_contact("C1")
    return last.at, last.next_on, last.count


def test_of_two_contacts_at_one_instant_the_later_number_counts_last(store: LedgerStore) -> None:
    with store.appending() as ledger:
        ledger.append(contact_draft(contact(next_on=date(2026, 3, 5))))
        ledger.append(contact_draft(contact(next_on=date(2026, 3, 4))))
    assert store.last_contacts_frame()["next_on"].to_list() == [date(2026, 3, 4)]
    assert [each.number for each in store.contacts()] == [2, 1]


def test_a_contact_taken_back_leaves_the_one_before(store: LedgerStore) -> None:
    with store.appending() as ledger:
        ledger.append(contact_draft(contact(at=NOW - DAY)))
        ledger.append(contact_draft(contact(at=NOW)))
        for number in (2, 2, 7):  # once; again; and what is no contact
            taken = replace(contact(), number=number)
            ledger.append(contact_withdrawal_draft(taken, "误记", "li", NOW))
        ledger.append(contact_withdrawal_draft(replace(contact("C2"), number=1), "别人的", "li", NOW))
    assert store.last_contacts_frame().rows() == [("C1", UTC_NOW - DAY, None)]
    second = store.contact(2)
    assert second is not None
    assert second.withdrawal is not None
    assert second.withdrawal.number == 3
    assert verify(store).is_whole
    with store.appending() as ledger:
        first = replace(contact(), number=1)
        ledger.append(contact_withdrawal_draft(first, "误记", "li", NOW))
        ledger.append(contact_draft(contact(at=NOW - 8 * DAY)))
    assert store.last_contacts_frame().rows() == [("C1", UTC_NOW - 8 * DAY, None)]
    assert verify(store).is_whole


def test_whoever_has_no_contact_left_is_in_no_frame(store: LedgerStore) -> None:
    with store.appending() as ledger:
        ledger.append(contact_draft(contact()))
        ledger.append(contact_withdrawal_draft(replace(contact(), number=1), "", "li", NOW))
    assert store.last_contacts_frame().height == 0
    assert store.last_contact("C1") is None
    assert verify(store).is_whole
    store.rebuild()
    assert verify(store).is_whole


def test_the_frame_of_last_contacts_has_any_ids_in_order(store: LedgerStore) -> None:
    ids = ["", "a\nb", "A", "Z\\", "\\e", "ä", "客户", "\U0001f600", "\x1e\r"]
    with store.appending() as ledger:
        for each in ids:
            ledger.append(contact_draft(contact(each)))
            ledger.append(assignment_draft(each, each, "", "li", NOW))
    assert store.last_contacts_frame()["customer_id"].to_list() == sorted(ids)
    assert store.holders_frame()["account"].to_list() == sorted(ids)


def test_an_act_that_fails_leaves_no_row(store: LedgerStore) -> None:
    with pytest.raises(ZeroDivisionError), store.appending() as ledger:
        ledger.append(contact_draft(contact()))
        assert ledger.last_contact("C1") is not None
        raise ZeroDivisionError
    assert list(store.contacts()) == []
    assert store.last_contact("C1") is None


def test_acts_held_together_see_each_other(store: LedgerStore) -> None:
    with held(store) as together:
        with together.appending() as ledger:
            ledger.append(contact_draft(contact()))
            ledger.append(arrival_draft(arrival(key="T-1")))
            ledger.append(alarm_draft(alarm(event=2)))
            ledger.append(opening_draft(file()))
            ledger.append(assignment_draft("C1", "li", "", "li", NOW))
        assert [each.number for each in together.contacts()] == [1]
        assert together.contact(1) is not None
        assert together.last_contact("C1") is not None
        assert [each.number for each in together.arrived()] == [2]
        assert together.arrived_event(2) is not None
        assert together.arrived_by_key("complaint", "T-1") == 2
        assert together.arrived_by_keys("complaint", ["T-1"]) == {"T-1": 2}
        assert [each.number for each in together.alarms()] == [3]
        assert together.alarm(3) is not None
        assert [each.number for each in together.records()] == [4]
        assert together.record(4) is not None
        assert together.holder("C1") is not None
        assert [each.account for each in together.holdings()] == ["li"]
    assert verify(store).is_whole


PAYLOADS: dict[EventKind, dict[str, Any]] = {
    EventKind.CONTACT_LOGGED: {
        "at": "2026-03-01T02:30:00.000000Z",
        "channel": "",
        "outcome": "spoken",
        "reached": True,
        "text": "",
        "minutes": None,
        "next_on": None,
        "next": "",
        "facts": {},
        "inputs": [],
        "policy": None,
    },
    EventKind.CONTACT_WITHDRAWN: {"number": 1, "reason": ""},
    EventKind.EVENT_ARRIVED: {
        "table": "t",
        "at": "2026-03-01T02:30:00.000000Z",
        "values": {},
        "key": "",
        "is_known": True,
    },
    EventKind.ALARM_RAISED: {
        "alarm": "a",
        "policy": "p",
        "policy_version": "1",
        "event": 1,
        "duties": [
            {
                "text": {"zh": "回电", "en": "call"},
                "by": "caller",
                "channel": None,
                "due": "2026-03-01T02:30:00.000000Z",
            }
        ],
        "escalate_at": None,
        "escalate_to": "",
    },
    EventKind.ALARM_ANSWERED: {"alarm": 1, "duty": 0, "note": ""},
    EventKind.ALARM_ESCALATED: {"alarm": 1, "to": "boss"},
    EventKind.ALARM_CLOSED: {"alarm": 1, "note": "", "outcome": ""},
    EventKind.ALARM_SENT: {"alarm": 1, "way": "w", "attempt": 1, "is_delivered": True, "said": ""},
    EventKind.RECORD_OPENED: {
        "type": "t",
        "sector": "s",
        "fields": {},
        "state": "new",
        "is_open": True,
        "due": None,
    },
    EventKind.RECORD_CHANGED: {
        "record": 1,
        "fields": {},
        "state": None,
        "is_open": True,
        "due": None,
        "note": "",
    },
    EventKind.REVIEW_DONE: {"at": "2026-03-01T02:30:00.000000Z", "because": "", "grade": "A"},
    EventKind.REVIEW_WITHDRAWN: {"number": 1, "because": ""},
    EventKind.CUSTOMER_ASSIGNED: {"to": "li", "because": ""},
    EventKind.CUSTOMER_RELEASED: {"from": "li", "because": "", "cooling_off_until": None},
    EventKind.CUSTOMER_TAKEN: {"by": "li"},
}

WRONG: list[tuple[EventKind, dict[str, Any]]] = [
    (EventKind.CONTACT_LOGGED, {"at": "2026-03-01"}),
    (EventKind.CONTACT_LOGGED, {"at": None}),
    (EventKind.CONTACT_LOGGED, {"reached": 1}),
    (EventKind.CONTACT_LOGGED, {"minutes": -1}),
    (EventKind.CONTACT_LOGGED, {"minutes": True}),
    (EventKind.CONTACT_LOGGED, {"minutes": 2**31}),
    (EventKind.CONTACT_LOGGED, {"next_on": "20260301"}),
    (EventKind.CONTACT_LOGGED, {"facts": {"tier": 2}}),
    (EventKind.CONTACT_LOGGED, {"facts": []}),
    (EventKind.CONTACT_LOGGED, {"inputs": "C1"}),
    (EventKind.CONTACT_LOGGED, {"inputs": [1]}),
    (EventKind.CONTACT_LOGGED, {"more": 1}),
    (EventKind.CONTACT_WITHDRAWN, {"number": "1"}),
    (EventKind.CONTACT_WITHDRAWN, {"number": 0}),
    (EventKind.EVENT_ARRIVED, {"values": {"a": 1}}),
    (EventKind.EVENT_ARRIVED, {"is_known": None}),
    (EventKind.ALARM_RAISED, {"duties": {}}),
    (EventKind.ALARM_RAISED, {"duties": []}),
    (EventKind.ALARM_RAISED, {"duties": [{"text": "回电"}]}),
    (EventKind.ALARM_RAISED, {"escalate_at": "tomorrow"}),
    (EventKind.ALARM_ANSWERED, {"duty": -1}),
    (EventKind.ALARM_ESCALATED, {"to": None}),
    (EventKind.ALARM_CLOSED, {"alarm": 2**63}),
    (EventKind.ALARM_SENT, {"attempt": 0}),
    (EventKind.RECORD_OPENED, {"is_open": 0}),
    (EventKind.RECORD_CHANGED, {"state": 3}),
    (EventKind.REVIEW_DONE, {"at": "2026-03-01"}),
    (EventKind.REVIEW_DONE, {"grade": None}),
    (EventKind.REVIEW_WITHDRAWN, {"number": 0}),
    (EventKind.CUSTOMER_ASSIGNED, {"to": None}),
    (EventKind.CUSTOMER_RELEASED, {"cooling_off_until": "soon"}),
    (EventKind.CUSTOMER_TAKEN, {"by": 1}),
]


@pytest.mark.parametrize("kind", PAYLOADS)
def test_each_kind_of_act_is_taken_as_it_is_written(sqlite_store: LedgerStore, kind: EventKind) -> None:
    with sqlite_store.appending() as ledger:
        ledger.append(draft(kind=kind, payload=canonical(PAYLOADS[kind])))
    assert verify(sqlite_store).is_whole
    assert kind.words.zh
    assert kind.words.en


@pytest.mark.parametrize(("kind", "change"), WRONG)
def test_what_no_rung_writes_is_refused_before_it_is_kept(
    sqlite_store: LedgerStore, kind: EventKind, change: dict[str, Any]
) -> None:
    wrong = draft(kind=kind, payload=canonical(PAYLOADS[kind] | change))
    with pytest.raises(UnreadableEventError), sqlite_store.appending() as ledger:
        ledger.append(wrong)
    assert sqlite_store.head().sequence == 0


@pytest.mark.parametrize("kind", PAYLOADS)
def test_a_key_less_or_no_customer_is_refused(sqlite_store: LedgerStore, kind: EventKind) -> None:
    less = dict(list(PAYLOADS[kind].items())[1:])
    for wrong in (
        draft(kind=kind, payload=canonical(less)),
        draft(kind=kind, payload=canonical(PAYLOADS[kind]), customer_id=None),
        draft(kind=kind, payload=b"[]"),
    ):
        with pytest.raises(UnreadableEventError), sqlite_store.appending() as ledger:
            ledger.append(wrong)


def test_a_text_with_nul_is_refused_on_either_database(store: LedgerStore) -> None:
    with pytest.raises(RungError, match="NUL"), store.appending() as ledger:
        ledger.append(contact_draft(contact(channel="phone\0")))
    assert store.head().sequence == 0


TAMPERED = [
    (
        "UPDATE contacts SET outcome = 'other' WHERE number = 1",
        "K1",
        'outcome is "other", and the events give "spoken"',
    ),
    ("DELETE FROM contacts WHERE number = 2", "K2", "it is not in the table"),
    ("UPDATE contacts SET number = 99 WHERE number = 5", "K5", "it is not in the table"),
    (
        "UPDATE contacts SET withdrawn = NULL WHERE number = 3",
        "K3",
        "the events tell otherwise whether it was taken back",
    ),
    (
        "UPDATE contacts SET withdrawn = 5 WHERE number = 3",
        "K3",
        "the events tell otherwise whether it was taken back",
    ),
    (
        "UPDATE contacts SET withdrawn = 20 WHERE number = 1",
        "K1",
        "the events tell otherwise whether it was taken back",
    ),
    ("UPDATE last_contacts SET count = 3 WHERE customer_id = 'C1'", "the last contact of C1", "count is 3"),
    ("UPDATE last_contacts SET line = 'x' WHERE customer_id = 'C2'", "the last contact of C2", "line"),
    ("DELETE FROM last_contacts WHERE customer_id = 'C2'", "the last contact of C2", "not in the table"),
    (
        "UPDATE last_contacts SET customer_id = 'D' WHERE customer_id = 'C2'",
        "the last contact of C2",
        "not in",
    ),
    ("UPDATE arrived SET key = '' WHERE number = 7", "E7", "key"),
    ("DELETE FROM arrived WHERE number = 9", "E9", "it is not in the table"),
    ("UPDATE alarms SET state = 'closed' WHERE number = 10", "W10", "state"),
    ("DELETE FROM alarms WHERE number = 11", "W11", "it is not in the table"),
    ("UPDATE alarms SET customer_id = 'C3' WHERE number = 11", "W11", "it is not in the table"),
    ("UPDATE records SET acts = '19' WHERE number = 19", "R19", "acts"),
    ("DELETE FROM records", "R19", "it is not in the table"),
    ("UPDATE holders SET account = 'li' WHERE customer_id = 'C2'", "the holder of C2", "account"),
    ("DELETE FROM holders WHERE customer_id = 'C1'", "the holder of C1", "it is not in the table"),
    (
        "INSERT INTO arrived SELECT 99, customer_id, event_table, at, key, is_known FROM arrived "
        "WHERE number = 7",
        "E99",
        "no event tells of it",
    ),
]


@pytest.mark.parametrize(("change", "name", "detail"), TAMPERED)
def test_a_row_that_was_changed_is_named_and_made_anew(
    store: Any, change: str, name: str, detail: str
) -> None:
    served(store)
    with store.database.writing() as connection:
        connection.execute(text(change))
    broken = verify(store).broken
    assert broken is not None
    assert broken.misfit is Misfit.STANDING
    assert broken.input_id == name
    assert detail in broken.detail
    store.rebuild()
    assert verify(store).is_whole


def test_what_a_database_keeps_as_another_type_is_named(sqlite_store: Any) -> None:
    served(sqlite_store)
    with sqlite_store.database.writing() as connection:
        connection.execute(text("UPDATE contacts SET reached = 5 WHERE number = 2"))
    broken = verify(sqlite_store).broken
    assert broken is not None
    assert (broken.input_id, broken.detail) == ("K2", "reached is 5, and the events give false")


def test_all_is_made_anew_from_nothing(store: Any) -> None:
    served(store)
    before = {name: getattr(store, name)() for name in FRAMES}
    with store.database.writing() as connection:
        for table in ("contacts", "last_contacts", "arrived", "alarms", "records", "holders"):
            connection.execute(text(f"DELETE FROM {table}"))
    assert store.rebuild() == 14
    for name, frame in before.items():
        assert getattr(store, name)().equals(frame), name


FRAMES = (
    "last_contacts_frame",
    "contacts_frame",
    "arrived_frame",
    "alarms_frame",
    "records_frame",
    "holders_frame",
)


def test_a_copy_put_back_has_all_of_it(tmp_path: Path, sqlite_store: Any) -> None:
    served(sqlite_store)
    copy = tmp_path / "copy.jsonl"
    write_copy(sqlite_store.events(), sqlite_store.head(), SCHEMA_VERSION, copy)
    with open_ledger(tmp_path / "other.db") as other:
        restore(other, copy)  # type: ignore[arg-type]
        for name in FRAMES:
            assert getattr(other, name)().equals(getattr(sqlite_store, name)()), name
        assert verify(other).is_whole


def test_ledgers_made_for_benchmarks_are_as_rung_writes_them(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(Path(__file__).parents[2] / "benchmarks" / "ledger"))
    from contacts import filled_with_contacts

    filled_with_contacts(file, 100, 7)
    with open_ledger(file) as store:
        assert verify(store).is_whole
        for event in store.events():
            found = store.contact(event.sequence)
            assert found is not None
            assert contact_draft(found).payload == event.payload
        found = [store.last_contact(f"C{number:07}") for number in range(7)]
        assert [each.count for each in found if each] == [15, 14, 15, 14, 14, 14, 14]


def test_a_large_ledger_is_rebuilt_with_its_indexes(store: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rung.ledger.keeping.service.rebuilding._MANY", 1)
    served(store)
    before = indexes(store)
    store.rebuild()
    assert indexes(store) == before
    assert verify(store).is_whole


def indexes(store: Any) -> list[str]:
    from sqlalchemy import inspect

    with store.database.reading() as connection:
        found = inspect(connection)
        return sorted(
            str(each["name"]) for table in ("contacts", "arrived") for each in found.get_indexes(table)
        )


def test_lines_in_many_pieces_leave_no_customer_out(store: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rung.ledger.keeping.sqlite._CHUNK", 3)
    monkeypatch.setattr("rung.ledger.keeping.postgresql._BLOCKS_AT_ONCE", 1)
    ids = [f"C{number:03}" for number in range(301)]
    with store.appending() as ledger:
        for each in reversed(ids):
            ledger.append(contact_draft(contact(each)))
    assert store.last_contacts_frame()["customer_id"].to_list() == ids
