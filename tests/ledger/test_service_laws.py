"""Laws of what the ledger keeps of service: whatever is done, and in whatever order, the events tell it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from ledger_cases import NOW
from service_cases import alarm, contact, file

from rung.ledger import open_ledger, verify
from rung.ledger.events import Draft, Event
from rung.ledger.service.alarms import (
    AlarmClosing,
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
from rung.ledger.service.contacts import (
    contact_draft,
    contact_withdrawal_draft,
    contacts_folded,
    last_contact,
)
from rung.ledger.service.customer_records import (
    RecordChange,
    opening_draft,
    record_change_draft,
    records_folded,
)
from rung.ledger.service.filters import ContactFilter
from rung.ledger.service.holdings import assignment_draft, holdings_folded, release_draft, taking_draft

CUSTOMERS = st.sampled_from(["C1", "C2", "客户"])
# A few instants only, so that many fall together.
MOMENTS = st.integers(0, 5).map(lambda hours: NOW - timedelta(hours=hours))
DAYS = st.none() | st.integers(0, 5).map(lambda days: date(2026, 3, 1) + timedelta(days=days))
NUMBERS = st.integers(1, 12)


def drafts() -> st.SearchStrategy[Draft]:
    """Return any act of service, about what may be there or not."""
    contacts = st.builds(
        lambda customer, at, next_on, reached: contact_draft(
            contact(customer, at, next_on=next_on, reached=reached)
        ),
        CUSTOMERS,
        MOMENTS,
        DAYS,
        st.booleans(),
    )
    slips = st.builds(
        lambda customer, number: contact_withdrawal_draft(
            replace(contact(customer), number=number), "", "li", NOW
        ),
        CUSTOMERS,
        NUMBERS,
    )
    acts: list[Any] = [
        lambda each: answer_draft(each, DutyAnswer(duty=0, note="", by="li", at=NOW)),
        lambda each: answer_draft(each, DutyAnswer(duty=1, note="", by="li", at=NOW)),
        lambda each: escalation_draft(each, Escalation(to="boss", by="li", at=NOW)),
        lambda each: closing_draft(each, AlarmClosing(note="", outcome="", by="li", at=NOW)),
        lambda each: sending_draft(
            each, Sending(way="w", attempt=1, is_delivered=True, said="", at=NOW), "li"
        ),
    ]
    raised = st.builds(lambda customer: alarm_draft(alarm(customer)), CUSTOMERS)
    acted = st.builds(
        lambda act, customer, number: act(replace(alarm(customer), number=number)),
        st.sampled_from(acts),
        CUSTOMERS,
        NUMBERS,
    )
    opened = st.builds(lambda customer: opening_draft(file(customer)), CUSTOMERS)
    changed = st.builds(
        lambda customer, number, is_open, due: record_change_draft(
            replace(file(customer), number=number),
            RecordChange(fields={"income": "1"}, is_open=is_open, due=due, by="li", at=NOW),
        ),
        CUSTOMERS,
        NUMBERS,
        st.booleans(),
        DAYS,
    )
    held = st.one_of(
        st.builds(lambda customer: assignment_draft(customer, "li", "", "li", NOW), CUSTOMERS),
        st.builds(lambda customer, day: release_draft(customer, "li", "", day, "li", NOW), CUSTOMERS, DAYS),
        st.builds(lambda customer: taking_draft(customer, "wang", "wang", NOW), CUSTOMERS),
    )
    return st.one_of(contacts, contacts, slips, raised, acted, opened, changed, held)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(drafts(), max_size=6), max_size=5))
def test_whatever_is_done_what_is_kept_is_the_fold_of_the_events(acts: list[list[Draft]]) -> None:
    with TemporaryDirectory() as folder, open_ledger(Path(folder) / "ledger.db") as store:
        for together in acts:
            with store.appending() as ledger:
                for each in together:
                    ledger.append(each)
        events = list(store.events())
        everything = ContactFilter(is_withdrawn=None)
        assert {each.number: each for each in store.contacts(everything)} == contacts_folded(events)
        assert {each.number: each for each in store.alarms()} == alarms_folded(events)
        assert {each.number: each for each in store.records()} == records_folded(events)
        assert {each.customer_id: each for each in store.holdings()} == holdings_folded(events)
        for customer in ("C1", "C2", "客户"):
            theirs = [each for each in contacts_folded(events).values() if each.customer_id == customer]
            assert store.last_contact(customer) == last_contact(customer, theirs)
        assert verify(store).is_whole
        kept = store.last_contacts_frame()
        store.rebuild()
        assert store.last_contacts_frame().equals(kept)
        assert verify(store).is_whole


LOGGED = st.lists(st.tuples(MOMENTS, DAYS, st.booleans()), max_size=8)


@given(LOGGED)
def test_the_last_contact_is_the_last_in_time_and_then_by_number(
    logged: list[tuple[datetime, date | None, bool]],
) -> None:
    contacts = [
        replace(contact(at=at, next_on=next_on, reached=reached), number=number)
        for number, (at, next_on, reached) in enumerate(logged, 1)
    ]
    in_time = sorted(contacts, key=lambda each: (each.at, each.number))
    reached = [each for each in in_time if each.reached]
    telling = [each for each in in_time if each.reached or each.next_on]
    found = last_contact("C1", contacts)
    if not contacts:
        assert found is None
        return
    assert found is not None
    assert found.at == (reached[-1].at if reached else None)
    assert found.next_on == (telling[-1].next_on if telling else None)
    assert found.latest == in_time[-1].number
    assert found.count == len(contacts)


@given(st.lists(drafts(), max_size=12))
def test_each_customers_acts_tell_of_it_whatever_others_do(acts: list[Draft]) -> None:
    events: list[Event] = []
    for number, each in enumerate(acts, 1):
        events.append(Event.of(each, number, "0" * 64))
    own = [event for event in events if event.customer_id == "C1"]
    for folded in (contacts_folded, alarms_folded, records_folded):
        whole = {n: each for n, each in folded(events).items() if each.customer_id == "C1"}
        assert folded(own) == whole
    assert holdings_folded(own).get("C1") == holdings_folded(events).get("C1")


@given(st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30)), DAYS)
def test_moments_and_days_are_kept_exactly(moment: datetime, day: date | None) -> None:
    from rung.ledger.keeping.service.numbers import day_of, days_or_none, micros, moment_of

    moment = moment.replace(tzinfo=UTC)
    assert moment_of(micros(moment)) == moment
    assert day_of(days_or_none(day)) == day
    assert day_of(days_or_none(moment.date())) == moment.date()
