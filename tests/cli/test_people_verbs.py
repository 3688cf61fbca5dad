"""``rung people``: who one is here, who stands in for whom, and on whose behalf each act is."""

from __future__ import annotations

import pytest
from commands import Cli
from ledger_office import BULK, As, acts, events, in_days, proposed, statuses

pytestmark = pytest.mark.usefixtures("office")


def test_somebody_stands_in_and_each_act_says_for_whom(cli: Cli, acting: As) -> None:
    proposed(cli, "C2", "A")
    acting("wang")
    lent = cli("people", "delegate", "boss", "--until", in_days(7), "--json").json["delegation"]
    assert (lent["number"], lent["by"], lent["to"]) == (2, "wang", "boss")
    assert (lent["first"], lent["last"]) == (in_days(0), in_days(7))
    told = cli("people", "delegate", "李娜", "--until", in_days(0), "--reason", "休假")
    assert told.out.splitlines() == [
        f"李娜 stands in for you from {in_days(0)} to {in_days(0)} (no. 3). 休假",
        "End it earlier with: rung people recall 3",
    ]
    acting("lina")
    mine = cli("people").out
    assert f"You stand in for 王强 from {in_days(0)} to {in_days(0)} (no. 3). 休假\n" in mine
    assert cli("people", "list", "--json").json["acting_for"] == ["wang"]
    own = cli("override", "approve", "O1")
    assert (own.code, own.out, events(cli)) == (2, "", 3)
    assert own.err.startswith("rung: 李娜 (lina) may not decide on what others propose.")
    acting("zhao")
    cli("override", "propose", "C5", "A", *BULK)
    acting("lina")
    approved = cli("override", "approve", "O4")
    assert approved.out.splitlines()[:2] == [
        "You approved Override O4 of C5: B → A (+1).",
        "You acted on behalf of 王强.",
    ]
    (shown,) = cli("override", "show", "O4", "--json").json["inputs"]
    assert [(each["by"], each["on_behalf_of"]) for each in shown["decisions"]] == [("lina", "wang")]
    assert ": 李娜 for 王强, " in cli("override", "show", "O4").out
    acting("wang")
    assert cli("people", "recall", "3").out == "Delegation 3 to 李娜 has ended.\n"
    assert acts(cli)[-2:] == [("override.approved", "lina"), ("delegation.ended", "wang")]


def test_who_was_recalled_decides_no_more(cli: Cli, acting: As) -> None:
    acting("wang")
    assert cli("people", "delegate", "lina", "--until", in_days(7)).code == 0
    assert cli("people", "recall", "1").code == 0
    acting("zhao")
    proposed(cli, "C2", "A")
    acting("lina")
    ended = cli("override", "approve", "O3")
    assert (ended.code, ended.out, events(cli)) == (2, "", 3)
    assert ended.err.startswith("rung: 李娜 (lina) may not decide on what others propose.")
    assert statuses(cli) == {"O3": "proposed"}


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("delegate", "nobody", "--until", "2999-01-01"), "There is nobody with the account “nobody”"),
        (("delegate", "zhao", "--from", "2999-01-02", "--until", "2999-01-01"), "is before the first"),
        (("delegate", "zhao", "--until", "2999-01-01"), "days; 92 are allowed."),
        (("delegate", "zhao", "--from", "2020-01-01", "--until", "2999-01-01"), "2020-01-01, which is past."),
        (("delegate", "wang", "--until", "2999-01-01"), "Nobody stands in for themselves."),
        (("recall", "7"), "There is no delegation 7."),
    ],
)
def test_a_delegation_that_may_not_be_is_refused(
    cli: Cli, acting: As, arguments: tuple[str, ...], told: str
) -> None:
    acting("wang")
    ended = cli("people", *arguments)
    assert (ended.code, ended.out, events(cli)) == (2, "", 0)
    assert ended.err.startswith("rung: ")
    assert told in ended.err


def test_people_says_who_one_is(cli: Cli, acting: As) -> None:
    mine = cli("people").out.splitlines()
    assert mine[:3] == ["You are 李娜 (lina), reviewer.", "Team: East", "Manager: 陈总"]
    assert [each.split()[:3] for each in mine[-5:]] == [
        ["lina", "李娜", "reviewer"],
        ["wang", "王强", "approver"],
        ["zhao", "赵敏", "approver"],
        ["boss", "陈总", "owner"],
        ["guest", "Guest", "viewer"],
    ]
    acting("stranger")
    assert cli("people").out.splitlines()[:2] == [
        "You are stranger, viewer.",
        "The workspace does not list you: you may look only.",
    ]
    plain = cli("people", "list", "--json").json
    assert (plain["me"]["role"], plain["is_listed"], plain["acting_for"]) == ("viewer", False, [])
