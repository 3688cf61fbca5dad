"""What a customer's contacts come to: what a rhythm counts from, and how the latest one went."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import polars as pl
import pytest
from ledger_cases import NOW
from service_cases import DAY, HOUR, UTC_NOW, contact, served

from rung.ledger import LedgerStore, verify
from rung.ledger.service.contacts import (
    LastContact,
    contact_draft,
    contact_withdrawal_draft,
)
from rung.ledger.service.holdings import (
    assignment_draft,
)


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


def test_lines_in_many_pieces_leave_no_customer_out(store: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rung.ledger.keeping.sqlite._CHUNK", 3)
    monkeypatch.setattr("rung.ledger.keeping.postgresql._BLOCKS_AT_ONCE", 1)
    ids = [f"C{number:03}" for number in range(301)]
    with store.appending() as ledger:
        for each in reversed(ids):
            ledger.append(contact_draft(contact(each)))
    assert store.last_contacts_frame()["customer_id"].to_list() == ids
