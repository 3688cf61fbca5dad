"""A returned input put forward anew: what stays as it was, and what speaks against it like a new one."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from ledger_cases import LI, NOW, OFFICE, WANG, ZHAO, ZHOU, asking, ground, policy, proposal
from supply_cases import correction, on

from rung.errors import RungError
from rung.ledger import Actor, DataInput, Desk, InputKind, LedgerStore, Resubmission, State
from rung.ledger.drafts import proposal_draft
from rung.ledger.rules.overrides import drawn_up

TODAY = NOW.date()
LATER = NOW + timedelta(days=5)
ASKS = asking()


def desk(store: LedgerStore, who: Actor) -> Desk:
    return Desk(store, who, OFFICE)


def given_back(store: LedgerStore) -> str:
    made = desk(store, LI).propose(proposal("A"), ground("B", policy=ASKS), NOW)
    return desk(store, ZHAO).give_back(made.id, NOW, "?").id


def test_its_last_day_stays_unless_another_is_given(store: LedgerStore) -> None:
    made = given_back(store)
    again = desk(store, LI).resubmit(made, Resubmission(), ground("B", policy=ASKS), LATER)
    assert again.expires_at == date(2027, 3, 1)
    desk(store, ZHAO).give_back(made, LATER, "?")
    longer = Resubmission(expires_at=date(2027, 3, 6))
    assert desk(store, LI).resubmit(made, longer, ground("B", policy=ASKS), LATER).expires_at == date(
        2027, 3, 6
    )


def test_one_proposed_meanwhile_by_another_stands_in_its_way(store: LedgerStore) -> None:
    made = given_back(store)
    meanwhile = drawn_up(proposal("C"), ground("B", policy=policy()), (), WANG, NOW, "O3")
    with store.appending() as ledger:  # by a clock ahead of the others the first one was over
        ledger.append(proposal_draft(meanwhile))
    with pytest.raises(RungError, match="The customer has an open override already: O3, to C, by 王强"):
        desk(store, LI).resubmit(made, Resubmission(narrative="见附件"), ground("B", policy=ASKS), LATER)
    assert store.head().sequence == 3


def test_the_one_it_supersedes_stays_named(store: LedgerStore) -> None:
    free = policy(override={"max_notches_up": None, "approval": {"up": "one", "down": "none"}})
    desk(store, WANG).propose(proposal("C"), ground("B", policy=free), NOW)
    wanted = proposal("A", supersedes=("O1",))
    made = desk(store, LI).propose(wanted, ground("B", policy=free), NOW)
    desk(store, ZHAO).give_back(made.id, NOW, "?")
    desk(store, LI).resubmit(made.id, Resubmission(), ground("B", policy=free), LATER)
    approved = desk(store, ZHOU).approve(made.id, LATER)
    assert (approved.supersedes, approved.state) == (("O1",), State.IN_EFFECT)


@pytest.mark.parametrize(
    ("note", "told"),
    [
        ("\udcff", "The narrative or the evidence holds bytes that are no text."),
        ("文" * 10_001, "The narrative or the evidence has 10001 characters; 10000 are allowed."),
    ],
)
def test_what_is_said_with_it_is_text_and_no_document(store: LedgerStore, note: str, told: str) -> None:
    made = given_back(store)
    with pytest.raises(RungError) as refused:
        desk(store, LI).resubmit(made, Resubmission(note=note), ground("B", policy=ASKS), LATER)
    assert [each.message for each in refused.value.problems] == [told]
    assert store.head().sequence == 2


def test_a_value_may_be_said_not_to_be_known_and_its_subject_stays(store: LedgerStore) -> None:
    made = desk(store, LI).supply(correction("10"), on(), NOW)
    desk(store, ZHOU).give_back(made.id, NOW, "?")
    anew = desk(store, LI).resubmit(made.id, Resubmission(is_not_known=True), on(), LATER)
    assert isinstance(anew, DataInput)
    assert (anew.kind, anew.subject, anew.value, anew.was) == (InputKind.CORRECTION, "days", None, "40")
    assert (anew.maker, anew.made_at, anew.reason) == ("li", NOW, "entered_wrong")
