"""Reviews are kept with each act, found again, and made from the events alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from ledger_cases import NOW
from service_cases import contact
from sqlalchemy import text

from rung.ledger import LedgerStore, verify
from rung.ledger.held import held
from rung.ledger.service.contacts import contact_draft
from rung.ledger.service.filters import ReviewFilter
from rung.ledger.service.reviews import ReviewDone, review_draft, review_withdrawal_draft

DAY = timedelta(days=1)


def review(customer: str = "C1", at: datetime = NOW, **parts: Any) -> ReviewDone:
    given: dict[str, Any] = {"policy_id": "test.tiers", "maker": "li", "made_at": NOW, **parts}
    return ReviewDone(customer_id=customer, at=at, **given)


def reviewed(store: LedgerStore) -> None:
    with store.appending() as ledger:
        for each in (
            review(at=NOW - 3 * DAY, because="半年复评", grade="A"),
            review("C2", at=NOW - 2 * DAY),
            review(at=NOW - DAY, maker="wang"),
            review("C1", at=NOW, policy_id="other"),
        ):
            ledger.append(review_draft(each))
        slip = ledger.review(3)
        assert slip is not None
        ledger.append(review_withdrawal_draft(slip, "记错", "wang", NOW))


def test_a_review_keeps_what_was_said_and_who_took_it_back(store: LedgerStore) -> None:
    reviewed(store)
    found = store.review(1)
    assert found == replace(review(at=NOW - 3 * DAY, because="半年复评", grade="A"), number=1)
    assert found.id == "V1"
    slip = store.review(3)
    assert slip is not None
    assert slip.withdrawal is not None
    assert (slip.withdrawal.because, slip.withdrawal.by) == ("记错", "wang")
    assert store.review(5) is None
    assert verify(store).is_whole


@pytest.mark.parametrize(
    ("wanted", "numbers"),
    [
        (ReviewFilter(), [1, 2, 4]),
        (ReviewFilter(is_withdrawn=None), [1, 2, 3, 4]),
        (ReviewFilter(is_withdrawn=True), [3]),
        (ReviewFilter(policy_id="test.tiers", customer_id="C1"), [1]),
        (ReviewFilter(since=NOW - 2 * DAY, until=NOW), [2]),
        (ReviewFilter(after=1, limit=1), [2]),
    ],
)
def test_reviews_are_found_by_what_is_asked(
    store: LedgerStore, wanted: ReviewFilter, numbers: list[int]
) -> None:
    reviewed(store)
    assert [each.number for each in store.reviews(wanted)] == numbers
    assert store.reviews_frame(wanted)["number"].to_list() == numbers


def test_the_last_look_is_of_the_policy_and_leaves_out_what_was_taken_back(store: LedgerStore) -> None:
    reviewed(store)
    assert store.looked_at_frame("test.tiers").rows() == [("C1", NOW - 3 * DAY), ("C2", NOW - 2 * DAY)]
    assert store.looked_at_frame("other").rows() == [("C1", NOW)]
    assert store.looked_at_frame("none").rows() == []


def test_a_review_is_taken_back_once_and_by_its_own_customer(store: LedgerStore) -> None:
    reviewed(store)
    with store.appending() as ledger:
        first, second = ledger.review(1), ledger.review(2)
        assert first is not None
        assert second is not None
        ledger.append(review_withdrawal_draft(replace(first, customer_id="C2"), "", "li", NOW))
        ledger.append(review_withdrawal_draft(second, "once", "li", NOW))
        ledger.append(review_withdrawal_draft(second, "twice", "li", NOW))
    found = store.review(2)
    assert found is not None
    assert found.withdrawal is not None
    assert found.withdrawal.because == "once"
    again = store.review(1)
    assert again is not None
    assert not again.is_withdrawn
    assert verify(store).is_whole


def test_reviews_are_made_anew_from_the_events(store: Any) -> None:
    reviewed(store)
    before = store.reviews_frame(ReviewFilter(is_withdrawn=None))
    with store.database.writing() as connection:
        connection.execute(text("UPDATE reviews SET maker = 'zhao' WHERE number = 2"))
    broken = verify(store).broken
    assert broken is not None
    assert broken.input_id == "V2"
    store.rebuild()
    assert store.reviews_frame(ReviewFilter(is_withdrawn=None)).equals(before)
    assert verify(store).is_whole


def test_what_is_appended_is_seen_while_the_ledger_is_held(store: LedgerStore) -> None:
    with held(store) as one, one.appending() as ledger:
        number = ledger.append(review_draft(review())).sequence
        assert [each.number for each in ledger.reviews()] == [number]


def test_contacts_before_a_moment_come_to_the_last_that_reached_and_days_agreed_from_then_on(
    store: LedgerStore,
) -> None:
    ahead = (NOW + 5 * DAY).date()
    with store.appending() as ledger:
        for at, reached, next_on in (
            (NOW - 9 * DAY, True, None),
            (NOW - 8 * DAY, True, None),
            (NOW - 7 * DAY, False, None),
            (NOW - 6 * DAY, False, ahead),
            (NOW, True, None),
        ):
            ledger.append(contact_draft(contact(at=at, reached=reached, next_on=next_on)))
    found = store.contacts_before_frame(NOW - DAY)
    assert found.select("customer_id", "at", "reached", "next_on").rows() == [
        ("C1", NOW - 8 * DAY, True, None),
        ("C1", NOW - 6 * DAY, False, ahead),
    ]
