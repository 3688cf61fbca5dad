"""An outcome that ends the promise of contact, and what has it go on."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from contacts_cases import (
    CUSTOMERS,
    NOW,
    OUTCOMES,
    contacts_due,
    policy,
    said,
    shop,
)
from places import graded, workspace

from rung.ledger import InputKind, Supply
from rung.workspace import Workspace

LATER = NOW + timedelta(minutes=5)


@pytest.fixture
def place(tmp_path: Path) -> Workspace:
    return shop(tmp_path / "work")


def test_an_outcome_that_ends_the_promise_takes_the_customer_off_the_list(place: Workspace) -> None:
    assert [each[0] for each in contacts_due(place, date(2026, 4, 10))] == ["K-2", "K-1"]
    made = place.contacts.log("K-2", said("sold"), NOW)
    assert (made.is_ended, made.next) == (True, None)
    assert [each[0] for each in contacts_due(place, date(2026, 4, 10))] == ["K-1"]


def test_the_promise_goes_on_after_another_contact_and_once_something_else_is_known(
    place: Workspace,
) -> None:
    place.contacts.log("K-2", said("sold"), NOW)
    place.contacts.log("K-2", said("spoken"), LATER)
    assert [each[0] for each in contacts_due(place, date(2026, 4, 10))] == ["K-2", "K-1"]
    made = place.contacts.log("K-2", said("sold"), LATER)
    assert [each[0] for each in contacts_due(place, date(2026, 4, 10))] == ["K-1"]
    place.contacts.undo(made.contact.id, "slip", LATER)
    assert "K-2" in [each[0] for each in contacts_due(place, date(2026, 4, 10))]


def test_the_promise_goes_on_when_a_later_run_gives_another_grade(place: Workspace) -> None:
    place.contacts.log("K-2", said("sold"), NOW)
    graded(place, "shop.calls", date(2026, 3, 9), CUSTOMERS)
    assert "K-2" not in [each[0] for each in contacts_due(place, date(2026, 4, 20))]
    changed = [{**each, "need": "later"} for each in CUSTOMERS]
    graded(place, "shop.calls", date(2026, 3, 16), changed)
    assert "K-2" in [each[0] for each in contacts_due(place, date(2026, 4, 20))]


def test_the_facts_that_come_with_it_do_not_take_the_end_back(tmp_path: Path) -> None:
    place = workspace(tmp_path / "work")
    ending = OUTCOMES.replace("ends = true", 'ends = true\nfacts = { need = "later" }')
    ending = ending.replace('up = "one", down = "one"', 'up = "none", down = "none"')
    policy(place, "shop.calls", ending)
    graded(place, "shop.calls", date(2026, 3, 2), CUSTOMERS)
    # Logged two days late: the grade begins the day it is logged, after the contact's own.
    made = place.contacts.log("K-2", said("sold", at=date(2026, 3, 2)), NOW)
    assert (made.before.effective, made.after.effective) == ("A", "B")
    assert "K-2" not in [each[0] for each in contacts_due(place, date(2026, 6, 10))]
    # Something else learned since.
    learned = Supply(kind=InputKind.CORRECTION, subject="spent", value="500", reason="outdated", evidence="3")
    place.human_input.supply("K-2", learned, LATER)
    assert "K-2" in [each[0] for each in contacts_due(place, date(2026, 6, 10))]


def test_a_contact_logged_late_neither_ends_what_goes_on_nor_takes_up_what_ended(place: Workspace) -> None:
    place.contacts.log("K-2", said("spoken"), NOW)
    late = place.contacts.log("K-2", said("sold", at=date(2026, 3, 2)), LATER)
    assert late.is_ended is False
    assert "K-2" in [each[0] for each in contacts_due(place, date(2026, 4, 10))]
    place.contacts.log("K-2", said("sold"), LATER)
    again = place.contacts.log("K-2", said("spoken", at=date(2026, 3, 2)), LATER)
    assert (again.is_ended, again.next) == (True, None)
    assert "K-2" not in [each[0] for each in contacts_due(place, date(2026, 4, 10))]


# Taken back


def test_what_an_outcome_lifts_is_not_to_be_looked_at_again_as_if_nobody_had_agreed(
    place: Workspace,
) -> None:
    made = place.contacts.log("K-1", said("wants"), NOW)
    assert (made.before.effective, made.after.effective) == ("B", "A")
    assert [each.kind for each in place.service.due(LATER).rows()] == []
