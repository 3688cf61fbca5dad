"""Many customers looked up at once: each is told of as the ledger itself would tell, act by act."""

from __future__ import annotations

import pytest
from ledger_cases import LI, NOW, WANG, draft, ground, proposal

from rung.errors import RungError
from rung.ledger import Desk, EventFilter, InputFilter, InputKind, LedgerStore, State, verify
from rung.ledger.drafts import proposal_draft
from rung.ledger.rules.delegation import DELEGATION_KINDS, delegation_draft
from rung.ledger.rules.looked_up import LookedUp
from rung.ledger.rules.overrides import drawn_up
from rung.ledger.store import OPEN

POLICY = ground().policy.id


def filters(customer: str) -> list[InputFilter]:
    """The questions proposals ask, and some they do not."""
    of_one = InputFilter(customer_id=customer, policy_id=POLICY)
    return [
        of_one,
        InputFilter(customer_id=customer, policy_id=POLICY, kinds=(InputKind.OVERRIDE,), states=OPEN),
        InputFilter(customer_id=customer, policy_id=POLICY, states=(State.IN_EFFECT,)),
        InputFilter(customer_id=customer, policy_id=POLICY, states=OPEN, maker="nobody"),
        InputFilter(customer_id=customer, policy_id=POLICY, states=(State.CLOSED,)),
    ]


def test_what_was_looked_up_is_what_the_ledger_says(store: LedgerStore) -> None:
    desk = Desk(store, LI)
    made = desk.propose(proposal(), ground(customer_id="C1"), NOW)
    desk.withdraw(made.id, NOW)
    desk.propose(proposal(), ground(customer_id="C1"), NOW)
    desk.propose(proposal(), ground(customer_id="C2"), NOW)
    with store.appending() as ledger:
        ahead = LookedUp(ledger, [(POLICY, "C1"), (POLICY, "C2"), (POLICY, "C3")])
        for customer in ("C1", "C2", "C3", "C4"):
            for wanted in filters(customer):
                assert list(ahead.inputs(wanted)) == list(ledger.inputs(wanted))


def test_more_customers_than_a_database_takes_at_once_are_proposed_for_together(store: LedgerStore) -> None:
    wanted = [(proposal(), ground(customer_id=f"C{number}")) for number in range(1_201)]
    batch = Desk(store, LI).propose_all(wanted, NOW)
    assert (len(batch.records), batch.refused) == (1_201, ())
    again = Desk(store, LI).propose_all(wanted, NOW)
    assert [each.supersedes for each in again.records] == [(each.id,) for each in batch.records]
    with pytest.raises(RungError, match="open override already"):
        Desk(store, WANG).propose_all(wanted[:2], NOW)
    assert store.head().sequence == 2_402
    assert verify(store).is_whole


def test_what_is_appended_is_seen_before_it_is_in_the_tables(store: LedgerStore) -> None:
    with store.appending() as ledger:
        ledger.append(draft(1))
        assert (ledger.head().sequence, ledger.next_sequence) == (1, 2)
        assert [event.sequence for event in ledger.events()] == [1]
        ledger.append(draft(2))
        found = ledger.event(2)
        assert found is not None
        assert found.hash == ledger.head().hash
    assert store.head().sequence == 2


def test_what_was_read_of_a_customer_is_read_anew_once_something_is_appended(store: LedgerStore) -> None:
    wanted = InputFilter(customer_id="C1", policy_id=POLICY, states=OPEN)
    made = drawn_up(proposal(), ground(customer_id="C1"), (), LI, NOW, "O1")
    with store.appending() as ledger:
        ahead = LookedUp(ledger, [(POLICY, "C1")])
        assert list(ahead.inputs(wanted)) == []
        ahead.append(proposal_draft(made))
        assert [each.id for each in ahead.inputs(wanted)] == ["O1"]


def test_a_delegation_made_meanwhile_is_told_of(store: LedgerStore) -> None:
    asked = EventFilter(kinds=DELEGATION_KINDS)
    today = NOW.date()
    with store.appending() as ledger:
        ahead = LookedUp(ledger, [(POLICY, "C1")])
        assert list(ahead.events(asked)) == []
        ahead.append(delegation_draft(LI, "wang", today, today, "", NOW))
        assert [each.kind for each in ahead.events(asked)] == ["delegation.made"]
