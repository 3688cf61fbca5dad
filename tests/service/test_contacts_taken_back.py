"""A contact taken back: grade, clock and what its facts took the place of are as before."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from contacts_cases import (
    NOW,
    PEOPLE,
    As,
    at,
    refusals,
    said,
    shop,
)

from rung.ledger import InputFilter, State
from rung.workspace import Workspace

LATER = NOW + timedelta(minutes=5)


@pytest.fixture
def place(tmp_path: Path) -> Workspace:
    return shop(tmp_path / "work")


def test_a_contact_taken_back_leaves_the_grade_and_the_clock_as_before(place: Workspace) -> None:
    made = place.contacts.log("K-1", said("wants"), NOW)
    undone = place.contacts.undo("k2", "wrong customer", LATER)
    assert undone.before is not None
    assert undone.after is not None
    assert (undone.before.effective, undone.after.effective) == ("A", "B")
    assert [each.id for each in undone.withdrawn] == list(made.contact.inputs)
    with place.human_input.ledger() as store:
        contact = store.contact(2)
        assert contact is not None
        assert contact.withdrawal is not None
        assert contact.withdrawal.reason == "wrong customer"
        assert store.last_contact("K-1") is None
        assert not list(store.inputs(InputFilter(states=(State.IN_EFFECT,))))


def test_what_its_facts_took_the_place_of_counts_again(place: Workspace) -> None:
    first = place.contacts.log("K-1", said("wants"), NOW)
    second = place.contacts.log("K-1", said("perhaps"), LATER)
    undone = place.contacts.undo(second.contact.id, "slip", LATER)
    (restored,) = undone.restored
    assert restored.old.id == first.contact.inputs[0]
    assert restored.record is not None
    assert (restored.record.value, restored.record.expires_at) == ("now", restored.old.expires_at)
    assert undone.after is not None
    assert undone.after.effective == "A"


def test_facts_of_a_contact_that_was_taken_back_do_not_come_back(place: Workspace) -> None:
    first = place.contacts.log("K-1", said("wants"), NOW)
    second = place.contacts.log("K-1", said("perhaps"), LATER)
    left = place.contacts.undo(first.contact.id, "slip", LATER)
    assert left.withdrawn == ()
    assert left.notices == (
        f"{first.contact.inputs[0]} counted no more: {second.contact.inputs[0]} took its place.",
    )
    undone = place.contacts.undo(second.contact.id, "slip", LATER)
    assert undone.restored == ()
    assert undone.after is not None
    assert undone.after.computed == "B"


def test_what_has_expired_meanwhile_does_not_come_back_and_that_is_told(place: Workspace) -> None:
    first = place.contacts.log("K-1", said("wants"), NOW)
    second = place.contacts.log("K-1", said("perhaps"), at(date(2027, 3, 1)))
    undone = place.contacts.undo(second.contact.id, "slip", at(date(2027, 3, 20)))
    (restored,) = undone.restored
    assert (restored.old.id, restored.record) == (first.contact.inputs[0], None)
    assert restored.why_not == "it has expired meanwhile"


def test_only_its_maker_and_an_owner_may_take_a_contact_back_once_and_say_why(
    tmp_path: Path, acting: As
) -> None:
    place = shop(tmp_path / "work", PEOPLE)
    acting("lina")
    made = place.contacts.log("K-1", said("wants"), NOW)
    acting("wang")
    assert refusals(lambda: place.contacts.undo(made.contact.id, "slip", LATER)) == [
        f"{made.contact.id} was logged by 李娜: only its maker may take it back, or an owner."
    ]
    acting("boss")
    assert refusals(lambda: place.contacts.undo(made.contact.id, " ", LATER)) == [
        "Nothing says why the contact is taken back."
    ]
    place.contacts.undo(made.contact.id, "slip", LATER)
    assert refusals(lambda: place.contacts.undo(made.contact.id, "slip", LATER)) == [
        f"陈总 took {made.contact.id} back on 2026-03-04 10:05 already."
    ]
    assert refusals(lambda: place.contacts.undo("K99", "slip", LATER)) == ["There is no contact “K99”."]
