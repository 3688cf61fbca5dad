"""The life of a proposal at the desk: returned, resubmitted, approved, rejected, many at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from ledger_cases import LI, MA, NOW, OFFICE, SUN, WANG, ZHAO, ZHOU, asking, ground, policy, proposal
from supply_cases import correction, on

from rung.errors import RungError
from rung.ledger import (
    Actor,
    Desk,
    EventFilter,
    Ground,
    LedgerStore,
    People,
    Resubmission,
    State,
    Status,
    verify,
)
from rung.ledger.folding import folded

TODAY = NOW.date()
LATER = NOW + timedelta(hours=3)
ASKS = asking()


def desk(store: LedgerStore, who: Actor) -> Desk:
    return Desk(store, who, OFFICE)


def proposed(store: LedgerStore, rules: object = ASKS, who: Actor = LI, grade: str = "A") -> str:
    return desk(store, who).propose(proposal(grade), ground("B", policy=rules), NOW).id


def states(store: LedgerStore) -> dict[str, Status]:
    return {each.id: each.status(TODAY) for each in store.inputs()}


def test_with_the_last_approval_it_takes_effect(store: LedgerStore) -> None:
    made = proposed(store, asking("two"))
    first = desk(store, ZHOU).approve(made, LATER, " 同意 ")
    assert (first.state, first.approvals[0].note) == (State.PENDING, "同意")
    second = desk(store, SUN).approve(made.lower(), LATER)
    assert (second.state, second.effective_from) == (State.IN_EFFECT, LATER)
    assert store.input(made) == second


def test_the_second_of_two_at_once_is_told_who_was_first_and_when(store: LedgerStore) -> None:
    made = proposed(store)
    desk(store, ZHAO).approve(made, LATER)
    for act in (Desk.approve, Desk.reject, Desk.give_back):
        with pytest.raises(RungError, match=r"^赵敏 approved it on 2026-03-01 13:30; it is in effect\.$"):
            act(desk(store, ZHOU), made, LATER, "不同意")
    assert store.head().sequence == 2


def test_a_rejected_one_is_closed_and_makes_room(store: LedgerStore) -> None:
    made = proposed(store)
    rejected = desk(store, ZHAO).reject(made, LATER, "证据不足")
    assert (rejected.status(TODAY), rejected.last and rejected.last.note) == (Status.REJECTED, "证据不足")
    assert desk(store, WANG).propose(proposal("A"), ground("B", policy=ASKS), NOW).supersedes == ()


def test_a_returned_one_is_put_forward_anew_by_the_rules_of_a_new_one(store: LedgerStore) -> None:
    made = proposed(store, asking("two"))
    desk(store, ZHOU).approve(made, NOW)
    desk(store, SUN).give_back(made, LATER, "附报表")
    again = ground("B", policy=asking("two", max_notches_up=1))
    with pytest.raises(RungError, match="“E” is no grade"):
        desk(store, LI).resubmit(made, Resubmission(grade="E"), again, LATER)
    anew = desk(store, LI).resubmit(
        made,
        Resubmission(narrative="报表已附", evidence="卷宗 9", reason="other", note="见附件"),
        again,
        LATER,
    )
    assert (anew.state, anew.narrative, anew.evidence, anew.reason) == (
        State.PENDING,
        "报表已附",
        "卷宗 9",
        "other",
    )
    assert anew.approvals == ()
    assert [each.act for each in anew.decisions] == ["approved", "returned", "resubmitted"]
    assert (anew.made_at, anew.decisions[-1].note) == (NOW, "见附件")
    assert store.input(made) == anew


def test_resubmitted_with_a_grade_that_needs_no_approval_it_takes_effect(store: LedgerStore) -> None:
    rules = asking(down="none")
    made = proposed(store, rules)
    desk(store, ZHAO).give_back(made, NOW, "过高")
    anew = desk(store, LI).resubmit(made, Resubmission(grade="C"), ground("B", policy=rules), LATER)
    assert (anew.state, anew.notches, anew.effective_from) == (State.IN_EFFECT, -1, LATER)


def test_one_ground_is_no_other(store: LedgerStore) -> None:
    made = proposed(store)
    desk(store, ZHAO).give_back(made, NOW, "?")
    with pytest.raises(ValueError, match="another customer"):
        desk(store, LI).resubmit(made, Resubmission(), ground("B", policy=ASKS, customer_id="C2"), NOW)


def test_an_id_goes_by_its_number_too(store: LedgerStore) -> None:
    made = desk(store, LI).supply(correction("10"), on(), NOW)
    assert desk(store, ZHOU).approve("1", NOW).id == made.id == "C1"
    for unknown, told in (("J1", "There is no judgement “J1”."), ("c7", "There is no correction “c7”.")):
        with pytest.raises(RungError, match=told):
            desk(store, ZHOU).approve(unknown, NOW)


def test_what_came_into_effect_beside_it_keeps_it_from_taking_effect(store: LedgerStore) -> None:
    made = proposed(store, who=WANG)
    tomorrow = NOW + timedelta(days=400)  # by a clock ahead of the others the first one is over
    ahead = desk(store, LI).propose(proposal("C"), ground("B", policy=policy()), tomorrow)
    assert ahead.supersedes == ()
    with pytest.raises(RungError, match=rf"Override {ahead.id} by 李娜 came into effect for the customer on"):
        desk(store, ZHOU).approve(made, LATER)


def on_data(*ids: str) -> Ground:
    return ground("B", policy=ASKS, laid_in=frozenset(ids))


def test_who_looked_before_a_correction_came_into_effect_looks_again(store: LedgerStore) -> None:
    data = desk(store, WANG).supply(correction("95"), on(), NOW)
    with pytest.raises(
        RungError, match=r"The customer's data changed meanwhile: C1\. Look at the grade again"
    ):
        desk(store, LI).propose(proposal("A"), on_data(), NOW)
    made = desk(store, LI).propose(proposal("A"), on_data(data.id), NOW)
    desk(store, WANG).withdraw(data.id, NOW)
    with pytest.raises(RungError, match="data changed meanwhile: C1"):
        desk(store, LI).propose(proposal("A"), on_data(data.id), NOW)
    assert desk(store, ZHOU).approve(made.id, NOW).state is State.IN_EFFECT  # marked stale where it shows


OWN = replace(LI, portfolio=("li", "城东"), only_portfolio=True)


@pytest.mark.parametrize(
    ("whose", "told"),
    [
        ("li", None),
        ("城东", None),
        (
            "wang",
            "李娜 may propose for their own customers, and C1 is wang's. "
            "Theirs are the customers of: li, 城东.",
        ),
        (
            None,
            "李娜 may propose for their own customers, and whose C1 is, is not known. "
            "Theirs are the customers of: li, 城东.",
        ),
    ],
)
def test_who_is_held_to_their_portfolio_proposes_for_no_other(
    store: LedgerStore, whose: str | None, told: str | None
) -> None:
    act = desk(store, OWN).propose
    if told is None:
        assert act(proposal("C"), ground(portfolio=whose), NOW).maker == "li"
        return
    with pytest.raises(RungError) as refused:
        act(proposal("C"), ground(portfolio=whose), NOW)
    assert str(refused.value) == told


def test_who_stands_in_proposes_for_the_others_portfolio(store: LedgerStore) -> None:
    held = People({**OFFICE.listed, "li": OWN})
    Desk(store, OWN, held).delegate("chen", TODAY, TODAY, NOW)
    chen = Desk(store, held.actor("chen"), held)
    assert chen.propose(proposal("C"), ground(portfolio="城东"), NOW).on_behalf_of == "li"
    with pytest.raises(RungError, match="may look, not propose"):
        chen.propose(proposal("C"), ground(portfolio="wang", customer_id="C2"), NOW)


def many(*customers: str, grade: str = "A") -> list[tuple[object, Ground]]:
    return [(proposal(grade), ground("B", policy=ASKS, customer_id=each)) for each in customers]


def test_many_proposals_are_many_records_of_one_batch(store: LedgerStore) -> None:
    batch = desk(store, LI).propose_all(many("C1", "C2", "C3"), NOW)
    assert [each.id for each in batch.records] == ["O1", "O2", "O3"]
    assert {each.batch for each in batch.records} == {batch.id} == {"O1"}
    assert tuple(store.inputs()) == batch.records
    assert verify(store).is_whole
    desk(store, ZHOU).approve("O2", NOW)
    assert states(store) == {"O1": Status.PROPOSED, "O2": Status.APPROVED, "O3": Status.PROPOSED}


def test_of_many_none_is_recorded_where_one_is_refused(store: LedgerStore) -> None:
    wanted = [*many("C1"), *many("C2", grade="B"), *many("C1")]
    with pytest.raises(RungError) as refused:
        desk(store, LI).propose_all(wanted, NOW)
    assert [each.message for each in refused.value.problems] == [
        "C2: B is the model's grade already: there is nothing to override.",
        "C1: The customer is there twice.",
    ]
    assert store.head().sequence == 0


def test_those_refused_may_be_passed_over(store: LedgerStore) -> None:
    wanted = [*many("C1", grade="B"), *many("C2"), *many("C3")]
    batch = desk(store, LI).propose_all(wanted, NOW, skip_refused=True)
    assert [(each.id, each.customer_id, each.batch) for each in batch.records] == [
        ("O1", "C2", "O1"),
        ("O2", "C3", "O1"),
    ]
    ((customer, problems),) = batch.refused
    assert (customer, len(problems)) == ("C1", 1)
    nothing = desk(store, LI).propose_all([], NOW)
    assert (nothing.records, nothing.id) == ((), "")


def test_what_the_desk_returns_is_what_the_events_tell(store: LedgerStore) -> None:
    first = proposed(store, asking("two"))
    desk(store, ZHOU).give_back(first, NOW, "?")
    desk(store, LI).resubmit(first, Resubmission(note="好"), ground("B", policy=asking("two")), NOW)
    desk(store, SUN).approve(first, NOW)
    approved = desk(store, ZHOU).approve(first, NOW)
    withdrawn = desk(store, MA).withdraw(first, LATER)
    assert approved.state is State.IN_EFFECT
    assert (withdrawn.state, withdrawn.last and withdrawn.last.by) == (State.CLOSED, "ma")
    assert folded(store.events(EventFilter())) == {first: withdrawn}
