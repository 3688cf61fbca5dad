"""Standing in for others: for days with a beginning and an end, on record, and never passed on."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from ledger_cases import CHEN, LI, MA, NOW, OFFICE, SUN, WANG, ZHAO, ZHOU, asking, ground, proposal

from rung.errors import RungError
from rung.ledger import Actor, Delegation, Desk, LedgerStore, People, Resubmission, Role, Status
from rung.ledger.events import Event
from rung.ledger.rules.delegation import delegations, objections_to_delegation

TODAY = NOW.date()
WEEK = TODAY + timedelta(days=6)


def desk(store: LedgerStore, who: Actor) -> Desk:
    return Desk(store, who, OFFICE)


def delegate(store: LedgerStore, who: Actor = ZHAO, to: str = "wang", last: date = WEEK) -> Delegation:
    return desk(store, who).delegate(to, TODAY, last, NOW, " 年假 ")


def proposed(store: LedgerStore, who: Actor = LI, up: str = "one", **rules: object) -> str:
    return desk(store, who).propose(proposal("A"), ground("B", policy=asking(up, **rules)), NOW).id


def refused(to: str, first: date, last: date, who: Actor = ZHAO) -> list[str]:
    return [str(each) for each in objections_to_delegation(who, to, first, last, "", OFFICE, TODAY)]


def test_a_delegation_is_on_record_and_tells_who_acts_for_whom(store: LedgerStore) -> None:
    made = delegate(store)
    assert made == Delegation(
        number=1, by="zhao", to="wang", first=TODAY, last=WEEK, reason="年假", made_at=NOW
    )
    (event,) = store.events()
    assert event.kind == "delegation.made"
    assert json.loads(event.payload) == {
        "to": "wang",
        "from": "2026-03-01",
        "until": "2026-03-07",
        "reason": "年假",
    }
    (stand_in,) = desk(store, WANG).acting_for(TODAY)
    assert (stand_in.account, stand_in.on_behalf_of, stand_in.role) == ("wang", "zhao", Role.APPROVER)
    assert desk(store, SUN).acting_for(TODAY) == ()


@pytest.mark.parametrize(("day", "counts"), [(-1, False), (0, True), (6, True), (7, False)])
def test_it_counts_from_its_first_day_to_its_last(store: LedgerStore, day: int, counts: bool) -> None:
    delegate(store)
    assert bool(desk(store, WANG).acting_for(TODAY + timedelta(days=day))) is counts


def test_who_stands_in_decides_for_who_is_away(store: LedgerStore) -> None:
    delegate(store)
    made = proposed(store)
    approved = desk(store, WANG).approve(made, NOW)
    assert (approved.status(TODAY), approved.approvals[0].by) == (Status.APPROVED, "wang")
    assert approved.approvals[0].on_behalf_of == "zhao"
    assert store.input(made) == approved


def test_after_the_last_day_it_is_over(store: LedgerStore) -> None:
    delegate(store)
    made = proposed(store)
    with pytest.raises(RungError, match=r"王强 \(wang\) may not decide"):
        desk(store, WANG).approve(made, NOW + timedelta(days=7))


def test_what_is_lent_is_not_lent_on(store: LedgerStore) -> None:
    delegate(store, ZHAO, "wang")
    delegate(store, WANG, "chen")
    (stand_in,) = desk(store, CHEN).acting_for(TODAY)
    assert stand_in.role is Role.REVIEWER
    with pytest.raises(RungError, match="may not decide"):
        desk(store, CHEN).approve(proposed(store), NOW)


def test_who_stands_in_may_what_the_other_may_today(store: LedgerStore) -> None:
    delegate(store)
    made = proposed(store)
    demoted = People({**OFFICE.listed, "zhao": replace(ZHAO, role=Role.REVIEWER)})
    with pytest.raises(RungError, match="may not decide"):
        Desk(store, WANG, demoted).approve(made, NOW)


def test_nobody_stands_in_to_approve_what_is_their_own(store: LedgerStore) -> None:
    delegate(store, ZHAO, "li")
    with pytest.raises(RungError, match="may not decide"):
        desk(store, LI).approve(proposed(store), NOW)


def test_a_stand_in_refused_is_told_what_speaks_against_both(store: LedgerStore) -> None:
    delegate(store, ZHAO, "li")
    with pytest.raises(RungError) as refused:
        desk(store, LI).approve(proposed(store), NOW)
    assert [each.message for each in refused.value.problems] == [
        "李娜 (li) may not decide on what others propose.",
        "For 赵敏: You made this proposal; another approver must decide.",
    ]


def test_the_makers_stand_in_does_not_approve_for_them(store: LedgerStore) -> None:
    desk(store, ZHOU).delegate("wang", TODAY, WEEK, NOW)
    made = proposed(store, ZHOU)
    with pytest.raises(RungError, match="may not decide"):
        desk(store, WANG).approve(made, NOW)


def test_one_person_and_one_principal_give_one_of_two_approvals(store: LedgerStore) -> None:
    delegate(store, ZHAO, "zhou")
    made = proposed(store, up="two")
    first = desk(store, ZHOU).approve(made, NOW)
    assert (first.approvals[0].on_behalf_of, first.effective_from) == ("", None)  # in her own name
    with pytest.raises(RungError, match="周洁 approved it on 2026-03-01 10:30; the other approval"):
        desk(store, ZHOU).approve(made, NOW)
    assert desk(store, ZHAO).approve(made, NOW).effective_from is not None


def test_who_stands_in_proposes_and_takes_back_for_who_is_away(store: LedgerStore) -> None:
    desk(store, LI).delegate("chen", TODAY, WEEK, NOW)
    made = desk(store, CHEN).propose(proposal("C"), ground("B", policy=asking()), NOW)
    assert (made.maker, made.on_behalf_of) == ("chen", "li")
    desk(store, ZHOU).give_back(made.id, NOW, "为什么？")
    anew = desk(store, CHEN).resubmit(
        made.id, Resubmission(narrative="订单减少"), ground("B", policy=asking()), NOW
    )
    assert (anew.maker, anew.on_behalf_of, anew.decisions[-1].on_behalf_of) == ("chen", "li", "li")
    assert desk(store, LI).withdraw(made.id, NOW).status(TODAY) == Status.WITHDRAWN


@pytest.mark.parametrize(
    ("to", "first", "last", "told"),
    [
        ("zhao", TODAY, WEEK, "Nobody stands in for themselves. Name the account of another."),
        ("zhouu", TODAY, WEEK, "There is nobody with the account “zhouu” in this workspace. "
            "Did you mean “zhou”?"),
        (" ", TODAY, WEEK, "Nobody is named to stand in. Name the account of another."),
        ("wang", WEEK, TODAY, "The last day, 2026-03-01, is before the first, 2026-03-07."),
        (
            "wang",
            TODAY - timedelta(days=1),
            WEEK,
            "It would begin on 2026-02-28, which is past. "
            "Nobody is stood in for backwards: begin today, 2026-03-01.",
        ),
        (
            "wang",
            TODAY,
            TODAY + timedelta(days=92),
            "From 2026-03-01 to 2026-06-01 is 93 days; 92 are allowed. "
            "For longer, let whoever keeps rung.toml give the other person the role.",
        ),
    ],
)  # fmt: skip
def test_what_is_no_delegation_is_refused(to: str, first: date, last: date, told: str) -> None:
    assert refused(to, first, last) == [told]


def test_the_longest_is_a_quarter_and_one_day_is_enough(store: LedgerStore) -> None:
    assert delegate(store, last=TODAY + timedelta(days=91)).number == 1
    assert delegate(store, last=TODAY).number == 2


def test_a_refused_delegation_leaves_nothing(store: LedgerStore) -> None:
    with pytest.raises(RungError, match="Nobody stands in for themselves"):
        desk(store, ZHAO).delegate("zhao", TODAY, WEEK, NOW)
    assert store.head().sequence == 0


def test_who_may_only_look_has_nothing_to_lend() -> None:
    assert refused("wang", TODAY, WEEK, CHEN) == [
        "陈总 (chen) may only look: there is nothing to stand in for."
    ]


@pytest.mark.parametrize(("who", "may"), [(ZHAO, True), (WANG, True), (MA, True), (LI, False), (SUN, False)])
def test_either_of_the_two_ends_it_and_an_owner(store: LedgerStore, who: Actor, may: bool) -> None:
    delegate(store)
    if not may:
        with pytest.raises(RungError, match="Delegation 1 is between zhao and wang: one of them or an owner"):
            desk(store, who).end_delegation(1, NOW)
        return
    ended = desk(store, who).end_delegation(1, NOW)
    assert (ended.ended_by, ended.ended_at) == (who.account, NOW)
    assert desk(store, WANG).acting_for(TODAY) == ()
    assert delegations(store.events()) == {1: ended}
    with pytest.raises(RungError, match="Delegation 1 was ended on 2026-03-01 already"):
        desk(store, who).end_delegation(1, NOW)


def test_what_is_over_is_not_ended(store: LedgerStore) -> None:
    delegate(store)
    with pytest.raises(RungError, match="Delegation 1 ended by itself after 2026-03-07"):
        desk(store, ZHAO).end_delegation(1, NOW + timedelta(days=7))


def test_on_its_last_day_it_may_still_be_ended(store: LedgerStore) -> None:
    delegate(store)
    assert delegations(store.events())[1].is_open(WEEK)
    assert desk(store, WANG).acting_for(WEEK) != ()
    ended = desk(store, ZHAO).end_delegation(1, NOW + timedelta(days=6))
    assert (ended.ended_at, ended.is_open(WEEK)) == (NOW + timedelta(days=6), False)
    assert desk(store, WANG).acting_for(WEEK) == ()
    with pytest.raises(RungError, match="There is no delegation 2"):
        desk(store, ZHAO).end_delegation(2, NOW)


def test_a_delegation_nobody_can_read_is_told_by_its_number(store: LedgerStore) -> None:
    delegate(store)
    (event,) = store.events()
    broken: Event = replace(event, payload=b'{"to":"wang"}')
    with pytest.raises(RungError, match="Event 1 of the ledger cannot be read"):
        delegations([broken])
