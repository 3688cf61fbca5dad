"""A value that changes no grade now, and may come to lift one: it is approved like the lift it would be."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from ledger_cases import LI, NOW, OFFICE, WANG
from supply_cases import correction, given_rules, on

from rung.errors import RungError
from rung.ledger import DataInput, Desk, Ground, InputKind, LedgerStore
from rung.ledger.rules.customer_ground import Regraded
from rung.ledger.rules.supplied import drawn_up_value, objections_to_value


def hiding(lift: int | None, *levels: dict[str, Any]) -> Ground:
    """Return the ground of a correction that leaves the grade where it is, and may lift it so far."""
    rules = given_rules(correction={"approval": {"up": "one", "down": "none"}, "levels": levels})
    hidden = Regraded("C", dict.fromkeys(InputKind, (True,) * len(levels)), lift)
    return on(policy=rules, levels=hidden.levels, regrade=lambda _subject, _value: hidden)


def asked(at: Ground) -> tuple[int | None, int]:
    made = drawn_up_value(correction("30"), at, LI, NOW, "C1")
    return made.notches, made.approvals_needed


@pytest.mark.parametrize(("lift", "needed"), [(0, 0), (1, 1), (3, 1), (None, 1)])
def test_what_may_come_to_lift_is_approved_like_a_better_grade(lift: int | None, needed: int) -> None:
    assert asked(hiding(lift)) == (0, needed)


@pytest.mark.parametrize(("lift", "needed"), [(0, 0), (1, 1), (2, 2), (3, 2)])
def test_a_level_counts_the_notches_of_the_hidden_lift(lift: int, needed: int) -> None:
    two_up = {"notches": 2, "direction": "up", "approval": "two"}
    assert asked(hiding(lift, two_up)) == (0, needed)


def test_a_value_is_renewed_only_by_who_has_it_in_effect_and_with_the_same(store: LedgerStore) -> None:
    held = Desk(store, LI, OFFICE).supply(correction("95"), on(), NOW)
    assert isinstance(held, DataInput)
    asks = given_rules(correction={"approval": {"up": "one", "down": "one"}})
    waiting = drawn_up_value(correction("95"), on(policy=asks), WANG, NOW, "C7")

    def told(value: str, rival: DataInput, days: int) -> list[str]:
        wanted = correction(value, supersedes=(rival.id,))
        return [each.message for each in objections_to_value(wanted, on(days), (rival,), LI, NOW, OFFICE)]

    assert told("95", held, 95) == []
    assert told("40", held, 40) == ["40 is the value already: there is nothing to correct."]
    assert told("95", waiting, 95) == ["95 is the value already: there is nothing to correct."]


def test_a_value_of_a_thousand_characters_is_kept_and_no_longer_one(store: LedgerStore) -> None:
    longest = "0" * 998 + "95"
    made = Desk(store, LI, OFFICE).supply(correction(longest), on(), NOW + timedelta(days=1))
    assert isinstance(made, DataInput)
    assert made.value == "95"
    with pytest.raises(RungError, match="The value has 1001 characters; 1000 are allowed"):
        Desk(store, LI, OFFICE).supply(correction("0" + longest), on(), NOW)
