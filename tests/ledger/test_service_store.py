"""What people do in service is kept with each act and found again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from ledger_cases import NOW
from service_cases import DAY, HOUR, UTC_NOW, alarm, arrival, contact, file, numbered, served

from rung.ledger import LedgerStore, verify
from rung.ledger.held import held
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
    contact_draft,
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
)


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
