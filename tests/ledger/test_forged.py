"""What was written into the database by other means: no act carries it on, and no such approval counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from ledger_cases import LI, NOW, OFFICE, SUN, ZHAO, ZHOU, ground, policy, proposal
from sqlalchemy import text

from rung.errors import RungError
from rung.ledger import Act, Actor, Decision, Desk, InputRecord, LedgerStore, State, verify
from rung.ledger.drafts import act_draft, proposal_draft
from rung.ledger.folding import folded

TWO = {"approval": {"up": "two", "down": "two"}}
ONE = {"approval": {"up": "one", "down": "one"}}
SAYS = "What the ledger keeps of O1 is not what its events tell"


def proposed(store: LedgerStore, rules: dict[str, object]) -> InputRecord:
    return Desk(store, LI, OFFICE).propose(proposal(), ground(policy=policy(override=rules)), NOW)


def altered(store: LedgerStore, statement: str) -> None:
    with store.database.writing() as connection:  # type: ignore[attr-defined]
        connection.execute(text(statement))


def approved_by_other_means(store: LedgerStore, record: InputRecord, by: Actor, *, last: bool = True) -> None:
    """Write an approval without a desk."""
    decision = Decision(act=Act.APPROVED, by=by.account, at=NOW, on_behalf_of=by.on_behalf_of)
    with store.appending() as ledger:
        ledger.append(act_draft(record, decision, takes_effect=last))


@pytest.mark.parametrize(
    "forged",
    [
        "UPDATE inputs SET state = 'in_effect'",
        "UPDATE inputs SET customer_id = 'C2'",
        "UPDATE inputs SET state = 'closed'",
    ],
)
@pytest.mark.parametrize(
    "act",
    [
        lambda store: Desk(store, ZHOU, OFFICE).approve("O1", NOW),
        lambda store: Desk(store, ZHOU, OFFICE).reject("O1", NOW, "?"),
        lambda store: Desk(store, LI, OFFICE).withdraw("O1", NOW),
    ],
)
def test_a_row_that_no_event_tells_of_is_not_acted_on(
    store: LedgerStore, forged: str, act: Callable[[LedgerStore], object]
) -> None:
    proposed(store, ONE)
    altered(store, forged)
    with pytest.raises(RungError, match=SAYS):
        act(store)
    assert store.head().sequence == 1
    store.rebuild()
    act(store)


def test_nothing_is_proposed_beside_a_row_that_no_event_tells_of(store: LedgerStore) -> None:
    proposed(store, ONE)
    altered(store, "UPDATE inputs SET state = 'in_effect'")
    with pytest.raises(RungError, match=SAYS):
        Desk(store, ZHOU, OFFICE).propose(proposal("D", supersedes=("O1",)), ground(), NOW)


@pytest.mark.parametrize(
    "by",
    [
        LI,
        Actor(account="zhou", name="周洁", on_behalf_of="li"),
        Actor(account="li", name="李娜", on_behalf_of="zhou"),
    ],
)
def test_an_approval_of_ones_own_does_not_count_however_it_came_there(store: LedgerStore, by: Actor) -> None:
    made = proposed(store, ONE)
    approved_by_other_means(store, made, by)
    (stands,) = store.inputs()
    assert (stands.state, stands.decisions) == (State.PENDING, ())
    assert folded(store.events())["O1"] == stands
    assert Desk(store, ZHOU, OFFICE).approve("O1", NOW).state is State.IN_EFFECT


def test_of_two_approvals_by_one_person_one_counts(store: LedgerStore) -> None:
    made = proposed(store, TWO)
    approved_by_other_means(store, made, ZHOU, last=False)
    approved_by_other_means(store, made, ZHOU)
    (stands,) = store.inputs()
    assert (stands.state, len(stands.approvals)) == (State.PENDING, 1)
    assert Desk(store, SUN, OFFICE).approve("O1", NOW + timedelta(hours=1)).state is State.IN_EFFECT


def test_an_approval_that_calls_itself_the_last_is_not_before_it_is(store: LedgerStore) -> None:
    approved_by_other_means(store, proposed(store, TWO), ZHAO)
    (stands,) = store.inputs()
    assert (stands.state, stands.effective_from) == (State.PENDING, None)
    assert verify(store).is_whole


def test_a_proposal_that_asks_for_approval_is_not_in_effect_by_its_own_word(store: LedgerStore) -> None:
    made = proposed(store, ONE)
    forged = replace(made, id="O2", customer_id="C2", effective_from=NOW)
    with store.appending() as ledger:
        ledger.append(proposal_draft(forged))
    assert store.input("O2").state is State.PENDING  # type: ignore[union-attr]
