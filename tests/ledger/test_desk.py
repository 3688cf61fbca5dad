"""Acts at the desk: proposed, superseded, withdrawn, each on record with everything known of it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, timedelta

import pytest
from ledger_cases import LI, NOW, WANG, draft, ground, policy, proposal

from rung.errors import RungError
from rung.ledger import Desk, LedgerStore, Override, Status, overrides_in, verify
from rung.ledger.canonical import GENESIS
from rung.ledger.desk import inputs_hash
from rung.ledger.events import Draft
from rung.ledger.folding import folded
from rung.ledger.kinds import EventKind

TODAY = NOW.date()
ASKS = policy(override={"approval": {"up": "one", "down": "one"}})


def told(store: LedgerStore) -> dict[str, Status]:
    return {override.id: override.status(TODAY) for override in overrides_in(store)}


def test_an_override_is_on_record_with_everything_known_of_it(store: LedgerStore) -> None:
    wanted = proposal(reason="other", narrative=" 厂房已抵押\n第二行 ", evidence="卷宗 12/2026")
    made = Desk(store, LI).propose(wanted, ground(), NOW)
    assert overrides_in(store) == (made,)
    assert made == Override(
        id="O1",
        customer_id="C1",
        policy_id="test.tiers",
        policy_version="2026.1",
        policy_hash="f" * 64,
        run_id="20260228T000000Z-test.tiers",
        model_grade="B",
        proposed_grade="C",
        notches=-1,
        reason="other",
        narrative="厂房已抵押\n第二行",
        evidence="卷宗 12/2026",
        approvals_needed=0,
        maker="li",
        made_at=NOW,
        effective_from=NOW,
        expires_at=date(2027, 3, 1),
        supersedes=(),
        inputs_hash="0" * 64,
        previous_hash=GENESIS,
    )
    assert made.kind == "override"


def test_a_refused_proposal_leaves_nothing(store: LedgerStore) -> None:
    with pytest.raises(RungError) as refused:
        Desk(store, LI).propose(proposal("E", reason="none"), ground(), NOW)
    assert len(refused.value.problems) == 2
    assert store.head().sequence == 0


def test_a_new_override_supersedes_its_makers_older_one(store: LedgerStore) -> None:
    desk = Desk(store, LI)
    desk.propose(proposal("C"), ground(), NOW)
    second = desk.propose(proposal("D"), ground(), NOW + timedelta(hours=1))
    assert second.supersedes == ("O1",)
    assert told(store) == {"O1": Status.SUPERSEDED, "O2": Status.APPROVED}
    first, _second = overrides_in(store)
    assert (first.superseded_by, first.superseded_at) == ("O2", NOW + timedelta(hours=1))


def test_one_in_effect_stays_so_while_the_one_to_supersede_it_awaits_approval(store: LedgerStore) -> None:
    desk = Desk(store, LI)
    desk.propose(proposal("C"), ground(), NOW)
    desk.propose(proposal("D"), ground(policy=ASKS), NOW)
    assert told(store) == {"O1": Status.APPROVED, "O2": Status.PROPOSED}
    third = desk.propose(proposal("A"), ground(policy=ASKS), NOW)
    assert set(third.supersedes) == {"O1", "O2"}
    assert told(store) == {"O1": Status.APPROVED, "O2": Status.SUPERSEDED, "O3": Status.PROPOSED}


def test_another_persons_override_is_superseded_by_name(store: LedgerStore) -> None:
    Desk(store, LI).propose(proposal("C"), ground(), NOW)
    with pytest.raises(RungError, match="open override already: O1, to C, by li"):
        Desk(store, WANG).propose(proposal("D"), ground(), NOW)
    Desk(store, WANG).propose(proposal("D", supersedes=("o1",)), ground(), NOW)
    assert told(store) == {"O1": Status.SUPERSEDED, "O2": Status.APPROVED}


def test_who_comes_second_is_told_what_changed(store: LedgerStore) -> None:
    Desk(store, LI).propose(proposal("C"), ground(), NOW)
    Desk(store, LI).withdraw("O1", NOW)
    with pytest.raises(RungError, match="O1, which yours is to supersede, is not open"):
        Desk(store, WANG).propose(proposal("D", supersedes=("O1",)), ground(), NOW)


def test_overrides_of_other_customers_and_policies_are_no_rivals(store: LedgerStore) -> None:
    desk = Desk(store, LI)
    desk.propose(proposal(), ground(), NOW)
    desk.propose(proposal(), ground(customer_id="C2"), NOW)
    desk.propose(proposal(), ground(policy=policy(id="test.other")), NOW)
    assert set(told(store).values()) == {Status.APPROVED}
    assert [each.id for each in overrides_in(store, customer_id="C1")] == ["O1", "O3"]
    assert [each.id for each in overrides_in(store, customer_id="C1", policy_id="test.tiers")] == ["O1"]


def test_an_expired_override_is_no_rival(store: LedgerStore) -> None:
    Desk(store, LI).propose(proposal(expires_at=date(2026, 3, 2)), ground(), NOW)
    made = Desk(store, WANG).propose(proposal(), ground(), NOW + timedelta(days=2))
    assert made.supersedes == ()


@pytest.mark.parametrize("rules", [policy(), ASKS])
def test_its_maker_takes_an_override_back(store: LedgerStore, rules: object) -> None:
    desk = Desk(store, LI)
    desk.propose(proposal(), ground(policy=rules), NOW)
    later = NOW + timedelta(minutes=1)
    assert desk.withdraw(" o1 ", later).status(TODAY) == Status.WITHDRAWN
    assert told(store) == {"O1": Status.WITHDRAWN}
    assert overrides_in(store)[0].withdrawn_at == later
    assert [event.kind for event in store.events()] == ["override.proposed", "override.withdrawn"]


@pytest.mark.parametrize("override_id", ["O9", "O2", "x", "", "O0", "O99999999999999999999"])
def test_an_override_that_is_not_there_is_not_withdrawn(store: LedgerStore, override_id: str) -> None:
    desk = Desk(store, LI)
    desk.propose(proposal(), ground(), NOW)
    desk.withdraw("O1", NOW)  # event 2, which is no override
    with pytest.raises(RungError) as refused:
        desk.withdraw(override_id, NOW)
    assert (
        str(refused.value) == f"There is no override “{override_id}”. See what there is: rung override list."
    )
    assert store.head().sequence == 2


def test_an_override_is_withdrawn_once(store: LedgerStore) -> None:
    desk = Desk(store, LI)
    desk.propose(proposal(), ground(), NOW)
    desk.withdraw("O1", NOW)
    with pytest.raises(RungError, match=r"O1 is not open any more: li withdrew it on 2026-03-01 10:30"):
        desk.withdraw("O1", NOW)


def test_the_ids_of_overrides_count_events_and_are_never_given_twice(store: LedgerStore) -> None:
    desk = Desk(store, LI)
    desk.propose(proposal(), ground(), NOW)
    desk.withdraw("O1", NOW)
    assert desk.propose(proposal(), ground(), NOW).id == "O3"


def test_how_things_stood_is_told_by_the_events_up_to_then(store: LedgerStore) -> None:
    desk = Desk(store, LI)
    desk.propose(proposal(), ground(), NOW)
    desk.withdraw("O1", NOW + timedelta(days=1))
    first, _second = store.events()
    assert folded([first])["O1"].status(TODAY) == Status.APPROVED


def test_a_payload_that_is_none_of_ours_is_told_by_its_number(store: LedgerStore) -> None:
    unreadable = draft(1, kind=EventKind.OVERRIDE_PROPOSED)
    with (
        pytest.raises(RungError, match="Event 1 of the ledger cannot be read"),
        store.appending() as ledger,
    ):
        ledger.append(unreadable)
    assert store.head().sequence == 0


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("notches", "1"),
        ("id", 1),
        ("input", "wish"),
        ("expires_at", "2026"),
        ("supersedes", None),
        ("reason", None),
    ],
)
def test_a_payload_with_a_value_of_another_kind_is_told(store: LedgerStore, key: str, value: object) -> None:
    Desk(store, LI).propose(proposal(), ground(), NOW)
    (event,) = store.events()
    payload = json.dumps({**json.loads(event.payload), key: value}).encode()
    with pytest.raises(RungError, match="Event 1 of the ledger cannot be read"):
        folded([replace(event, payload=payload)])


def test_what_is_no_override_is_passed_over(store: LedgerStore) -> None:
    stray = Draft(
        kind=EventKind.OVERRIDE_WITHDRAWN,
        customer_id="C1",
        policy_id="test.tiers",
        payload=b'{"id":"O7"}',
        made_at=NOW,
        maker="li",
    )
    with store.appending() as ledger:
        ledger.append(stray)
    assert overrides_in(store) == ()


def test_every_act_lengthens_one_chain(store: LedgerStore) -> None:
    for number in range(20):
        override = Desk(store, LI).propose(proposal(), ground(customer_id=f"C{number}"), NOW)
        if number % 3 == 0:
            Desk(store, LI).withdraw(override.id, NOW)
    found = verify(store)
    assert (found.is_whole, found.head.sequence) == (True, 27)


def test_a_moment_without_time_zone_is_no_moment(store: LedgerStore) -> None:
    with pytest.raises(ValueError, match="time zone"):
        Desk(store, LI).propose(proposal(), ground(), NOW.replace(tzinfo=None))
    assert store.head().sequence == 0


def test_the_hash_of_inputs_tells_values_apart() -> None:
    values = {"days": 12, "day": date(2026, 1, 1), "kind": None, "is_new": False, "name": "张伟"}
    assert inputs_hash(values) == inputs_hash(dict(reversed(values.items())))
    assert inputs_hash(values) != inputs_hash({**values, "days": 13})
    assert len(inputs_hash(values)) == 64


def test_moments_are_kept_in_utc(store: LedgerStore) -> None:
    Desk(store, LI).propose(proposal(), ground(), NOW)
    (event,) = store.events()
    assert event.made_at.tzinfo is UTC
