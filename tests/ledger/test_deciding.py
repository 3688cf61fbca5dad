"""Who may decide on a proposal, and in which words everybody else is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from ledger_cases import CHEN, GUEST, LI, MA, NOW, OFFICE, SUN, WANG, ZHAO, ZHOU, asking, ground, proposal

from rung.ledger import Act, Actor, InputRecord, People, Role
from rung.ledger.records import Decision, Override
from rung.ledger.rules.deciding import (
    objections_to_decision,
    objections_to_resubmission,
    objections_to_withdrawal,
)
from rung.ledger.rules.overrides import drawn_up

LATER = NOW + timedelta(hours=2)


def made(up: str = "one", maker: Actor = LI, **rules: object) -> Override:
    return drawn_up(proposal("A"), ground("B", policy=asking(up, **rules)), (), maker, NOW, "O7")


def after(record: InputRecord, act: Act, who: Actor, at: datetime = NOW, note: str = "") -> InputRecord:
    decision = Decision(act=act, by=who.account, at=at, note=note, on_behalf_of=who.on_behalf_of)
    return replace(record, decisions=(*record.decisions, decision))


def refusals(
    record: InputRecord,
    who: Actor,
    act: Act = Act.APPROVED,
    note: str = "看过了",
    people: People = OFFICE,
    now: datetime = LATER,
) -> list[str]:
    return [str(each) for each in objections_to_decision(act, record, who, people, now, note)]


DECISIONS = (Act.APPROVED, Act.REJECTED, Act.RETURNED)


@pytest.mark.parametrize("act", DECISIONS)
def test_an_approver_decides_on_what_another_proposed(act: Act) -> None:
    assert refusals(made(), ZHAO, act) == []


@pytest.mark.parametrize("act", DECISIONS)
def test_nobody_decides_on_their_own_proposal(act: Act) -> None:
    hint = "" if act is Act.APPROVED else " To take it back, withdraw it."
    assert refusals(made(maker=ZHOU), ZHOU, act) == [
        f"You made this proposal; another approver must decide.{hint}"
    ]


def test_a_stand_in_is_nobody_else() -> None:
    for_li = replace(ZHOU, on_behalf_of="li")
    assert refusals(made(), for_li) == [
        "李娜, for whom you stand in, made this proposal; another approver must decide."
    ]
    by_stand_in = made(maker=replace(WANG, on_behalf_of="zhao"))
    assert refusals(by_stand_in, ZHAO) == [
        "王强 made this proposal in your name; another approver must decide."
    ]
    assert refusals(by_stand_in, ZHOU) == []


def test_who_resubmitted_it_for_another_is_its_maker_too() -> None:
    given_back = after(made(), Act.RETURNED, SUN, note="?")
    anew = after(given_back, Act.RESUBMITTED, replace(ZHAO, on_behalf_of="li"))
    assert anew.makers == {"li", "zhao"}
    assert refusals(anew, ZHAO) == ["You made this proposal; another approver must decide."]
    assert refusals(anew, SUN) == []


def test_in_whose_place_it_was_resubmitted_is_its_maker_too() -> None:
    given_back = after(made(), Act.RETURNED, SUN, note="?")
    anew = after(given_back, Act.RESUBMITTED, replace(LI, on_behalf_of="zhao"))
    assert anew.makers == {"li", "zhao"}
    assert refusals(anew, ZHAO) == ["You made this proposal; another approver must decide."]
    assert refusals(anew, SUN) == []


@pytest.mark.parametrize("who", [LI, GUEST, CHEN])
def test_who_has_not_the_role_is_told_who_gives_it(who: Actor) -> None:
    assert refusals(made(maker=WANG), who) == [
        f"{who.name} ({who.account}) may not decide on what others propose. "
        "Whoever keeps the workspace's rung.toml can give the account the role “approver”."
    ]


def test_where_nobody_is_listed_nobody_approves() -> None:
    assert refusals(made(), WANG, people=People()) == [
        "This workspace lists no people, so nobody may approve. "
        'In rung.toml: [people.ACCOUNT] role = "approver"'
    ]
    assert refusals(made(), GUEST, people=People())[0].startswith("访客 (guest) may not decide on what")


@pytest.mark.parametrize("act", [Act.APPROVED, Act.REJECTED])
@pytest.mark.parametrize(
    ("maker", "who", "told"),
    [
        (LI, ZHAO, "赵敏 and 李娜"),  # her manager
        (SUN, ZHAO, "赵敏 and 孙立"),  # both report to the same person
        (LI, replace(ZHOU, on_behalf_of="zhao"), "赵敏 and 李娜"),
        (replace(ZHOU, on_behalf_of="li"), ZHAO, "赵敏 and 李娜"),
    ],
)
def test_where_another_line_is_asked_for_the_makers_own_does_not_decide(
    act: Act, maker: Actor, who: Actor, told: str
) -> None:
    assert refusals(made(maker=maker, other_line=True), who, act) == [
        f"{told} are of one reporting line; somebody of another must decide."
    ]


def test_of_another_line_one_decides_and_the_own_line_may_ask_for_more() -> None:
    record = made(other_line=True)
    assert refusals(record, ZHOU) == []
    assert refusals(record, SUN) == []  # his manager is her manager's manager: another line
    assert refusals(record, ZHAO, Act.RETURNED) == []


def test_two_approvals_are_two_peoples() -> None:
    once = after(made("two"), Act.APPROVED, ZHOU)
    told = "周洁 approved it on 2026-03-01 10:30; the other approval is another person's."
    assert refusals(once, ZHOU) == [told]
    assert refusals(once, replace(ZHAO, on_behalf_of="zhou")) == [told]
    assert refusals(once, ZHAO) == []
    assert refusals(once, ZHOU, Act.REJECTED) == []  # one may change one's mind


def test_who_stood_in_does_not_approve_again_in_their_own_name() -> None:
    once = after(made("two"), Act.APPROVED, replace(ZHAO, on_behalf_of="zhou"))
    told = "赵敏 (for 周洁) approved it on 2026-03-01 10:30; the other approval is another person's."
    assert refusals(once, ZHAO) == [told]
    assert refusals(once, ZHOU) == [told]


def test_after_a_return_approvals_begin_afresh() -> None:
    once = after(made("two"), Act.APPROVED, ZHOU)
    anew = after(after(once, Act.RETURNED, ZHAO, note="?"), Act.RESUBMITTED, LI)
    assert refusals(anew, ZHOU) == []


def test_one_of_the_approvers_is_an_owner_where_that_is_asked_for() -> None:
    strict = {"levels": [{"notches": 1, "approval": "two", "by": "owner"}]}
    record = made("two", **strict)
    told = "One of those who approve it has the role “owner”; 赵敏 has not."
    assert refusals(record, ZHAO) == []
    assert refusals(after(record, Act.APPROVED, ZHOU), ZHAO) == [told]
    assert refusals(after(record, Act.APPROVED, ZHOU), MA) == []
    assert refusals(after(record, Act.APPROVED, MA), ZHAO) == []
    assert refusals(after(record, Act.APPROVED, replace(ZHOU, on_behalf_of="ma")), ZHAO) == []
    assert refusals(after(record, Act.APPROVED, ZHOU), ZHAO, Act.REJECTED) == []


def test_an_approver_who_is_no_owner_any_more_does_not_count_as_one() -> None:
    record = made("two", levels=[{"notches": 1, "approval": "two", "by": "owner"}])
    listed = {**OFFICE.listed, "ma": replace(MA, role=Role.VIEWER)}
    assert len(refusals(after(record, Act.APPROVED, MA), ZHAO, people=People(listed))) == 1


@pytest.mark.parametrize(
    ("act", "told"), [(Act.REJECTED, "Say why you reject it."), (Act.RETURNED, "Say what is missing.")]
)
def test_a_rejection_and_a_return_say_why(act: Act, told: str) -> None:
    assert refusals(made(), ZHAO, act, note=" \n") == [f"{told} Its maker reads the note."]
    assert refusals(made(), ZHAO, Act.APPROVED, note="") == []
    assert refusals(made(), ZHAO, act, note="\udcff") == [
        "The narrative or the evidence holds bytes that are no text."
    ]


@pytest.mark.parametrize("act", DECISIONS)
def test_who_comes_second_is_told_who_and_when(act: Act) -> None:
    approved = replace(after(made(), Act.APPROVED, ZHAO), effective_from=NOW)
    assert refusals(approved, ZHOU, act) == ["赵敏 approved it on 2026-03-01 10:30; it is in effect."]
    rejected = after(made(), Act.REJECTED, replace(ZHAO, on_behalf_of="zhou"))
    assert refusals(rejected, SUN, act) == [
        "Override O7 is not open any more: 赵敏 (for 周洁) rejected it on 2026-03-01 10:30."
    ]
    withdrawn = after(made(), Act.WITHDRAWN, LI)
    assert refusals(withdrawn, ZHOU, act) == [
        "Override O7 is not open any more: 李娜 withdrew it on 2026-03-01 10:30."
    ]
    replaced = replace(made(), superseded_by="O8", superseded_at=NOW)
    assert refusals(replaced, ZHOU, act) == [
        "Override O7 is not open any more: O8 took its place on 2026-03-01 10:30."
    ]
    assert refusals(made(), ZHOU, act, now=datetime(2027, 3, 2, tzinfo=UTC)) == [
        "Override O7 is not open any more: it expired after 2027-03-01."
    ]
    back = after(made(), Act.RETURNED, ZHAO)
    assert refusals(back, ZHOU, act) == [
        "赵敏 gave it back to 李娜 on 2026-03-01 10:30: it is decided once it is resubmitted."
    ]


def test_the_last_day_still_counts() -> None:
    assert refusals(made(), ZHOU, now=datetime(2027, 3, 1, 23, tzinfo=UTC)) == []
    assert made().expires_at == date(2027, 3, 1)


def test_what_needs_no_approval_cannot_be_approved() -> None:
    assert refusals(made("none"), ZHOU) == [
        "Override O7 needed no approval: it is in effect since 2026-03-01 10:30."
    ]


@pytest.mark.parametrize(("who", "may"), [(LI, True), (WANG, False), (ZHAO, False), (MA, True)])
def test_its_maker_takes_it_back_and_so_may_an_owner(who: Actor, may: bool) -> None:
    assert (objections_to_withdrawal(made(), who, OFFICE, LATER) == []) is may
    stand_in = replace(WANG, on_behalf_of="li")
    assert objections_to_withdrawal(made(), stand_in, OFFICE, LATER) == []


def test_only_what_was_given_back_is_resubmitted_and_by_its_maker() -> None:
    back = after(made(), Act.RETURNED, ZHAO)
    assert objections_to_resubmission(back, LI, OFFICE, LATER) == []
    assert [str(each) for each in objections_to_resubmission(back, WANG, OFFICE, LATER)] == [
        "Override O7 was made by 李娜: only its maker may resubmit it."
    ]
    assert [str(each) for each in objections_to_resubmission(made(), LI, OFFICE, LATER)] == [
        "Override O7 was not given back: it waits for approval as it is. "
        "To change it, withdraw it and propose anew."
    ]
