"""One in effect a customer: what takes whose place, and what keeps another from taking effect."""

from __future__ import annotations

from datetime import timedelta

import pytest
from ledger_cases import LI, NOW, OFFICE, WANG, ZHOU, asking, ground, policy, proposal
from supply_cases import correction, on

from rung.errors import RungError
from rung.ledger import Actor, Desk, Ground, LedgerStore, Status
from rung.ledger.drafts import proposal_draft
from rung.ledger.rules.overrides import drawn_up, objections

TODAY = NOW.date()
UP_ASKS = policy(override={"max_notches_up": None, "approval": {"up": "one", "down": "none"}})


def desk(store: LedgerStore, who: Actor) -> Desk:
    return Desk(store, who, OFFICE)


def test_approved_it_takes_the_place_of_the_one_it_named(store: LedgerStore) -> None:
    desk(store, LI).propose(proposal("C"), ground("B", policy=UP_ASKS), NOW)
    wanted = proposal("A", supersedes=("O1",))
    second = desk(store, WANG).propose(wanted, ground("B", policy=UP_ASKS), NOW)
    assert [each.status(TODAY) for each in store.inputs()] == [Status.APPROVED, Status.PROPOSED]
    desk(store, ZHOU).approve(second.id, NOW)
    assert [each.status(TODAY) for each in store.inputs()] == [Status.SUPERSEDED, Status.APPROVED]
    assert [each.superseded_by for each in store.inputs()] == ["O2", None]


def test_one_in_effect_keeps_another_from_taking_effect_to_its_last_day(store: LedgerStore) -> None:
    waiting = desk(store, WANG).propose(proposal("A"), ground("B", policy=UP_ASKS), NOW)
    last = TODAY + timedelta(days=9)
    beside = drawn_up(proposal("C", expires_at=last), ground("B", policy=UP_ASKS), (), LI, NOW, "O2")
    with store.appending() as ledger:  # as two writers at once, or a clock ahead of the others, leave it
        ledger.append(proposal_draft(beside))
    with pytest.raises(RungError, match="Override O2 by 李娜 came into effect for the customer on 2026-03"):
        desk(store, ZHOU).approve(waiting.id, NOW + timedelta(days=9))
    approved = desk(store, ZHOU).approve(waiting.id, NOW + timedelta(days=10))
    assert approved.effective_from == NOW + timedelta(days=10)


def on_data(*ids: str) -> Ground:
    return ground("B", policy=asking(), laid_in=frozenset(ids))


def test_a_correction_counts_to_its_last_day_for_who_looked_before(store: LedgerStore) -> None:
    desk(store, WANG).supply(correction("95", expires_at=TODAY + timedelta(days=1)), on(), NOW)
    tomorrow = NOW + timedelta(days=1)
    with pytest.raises(RungError, match="data changed meanwhile: C1"):
        desk(store, LI).propose(proposal("A"), on_data(), tomorrow)
    assert desk(store, LI).propose(proposal("A"), on_data("C1"), tomorrow).id == "O2"
    after = NOW + timedelta(days=2)
    with pytest.raises(RungError, match="data changed meanwhile: C1"):
        desk(store, LI).propose(proposal("A"), on_data("C1"), after)


def test_of_several_open_ones_each_has_to_be_named() -> None:
    at = ground("B", policy=asking())
    rivals = [
        drawn_up(proposal("A"), at, (), WANG, NOW, "O1"),
        drawn_up(proposal("D"), at, (), ZHOU, NOW, "O2"),
    ]
    told = [str(each) for each in objections(proposal("C", supersedes=("O1",)), at, rivals, LI, NOW, OFFICE)]
    assert told == [
        "The customer has an open override already: O2, to D, by 周洁 on 2026-03-01. "
        "If yours is to take its place, say so: --supersede O2."
    ]
    named = proposal("C", supersedes=("O1", "O2"))
    assert objections(named, at, rivals, LI, NOW, OFFICE) == []


def test_what_another_only_proposed_is_nothing_to_be_lifted_from() -> None:
    at = ground("A", policy=asking("two", "one"))
    waiting = drawn_up(proposal("D"), at, (), WANG, NOW, "O1")
    assert waiting.effective_from is None
    made = drawn_up(proposal("C", supersedes=("O1",)), at, (waiting,), LI, NOW, "O2")
    assert made.approvals_needed == 1
