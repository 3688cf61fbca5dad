"""``rung override approve`` and its like: who may decide on what was proposed, and what then is on record."""

from __future__ import annotations

import re

import pytest
from commands import Cli
from ledger_office import WHY, As, acts, events, grades, in_days, proposed, statuses

pytestmark = pytest.mark.usefixtures("office")


def test_a_proposal_is_returned_resubmitted_and_approved(cli: Cli, acting: As) -> None:
    assert proposed(cli, "C2", "A", "--expires", in_days(30)) == "O1"
    acting("wang")
    returned = cli("override", "return", "o1", "--note", "哪个行业？")
    assert returned.out == "Override O1 of C2 is returned to 李娜 for more information.\n"
    assert statuses(cli) == {"O1": "returned"}
    acting("lina")
    again = cli("override", "resubmit", "O1", "--narrative", "钢铁行业")
    assert again.out.splitlines() == [
        "Override O1 of C2 is put forward anew: B → A (+1).",
        "It awaits the approval of 1 and is not in effect.",
    ]
    assert grades(cli, "C2") == ("B", "B", "B")
    acting("wang")
    assert cli("override", "approve", "1").out.splitlines() == [
        "You approved Override O1 of C2: B → A (+1).",
        f"It is in effect until {in_days(30)}.",
    ]
    assert grades(cli, "C2") == ("B", "B", "A")
    (listed,) = cli("override", "list", "--json").json["inputs"]
    assert (listed["status"], listed["narrative"], listed["reason"]) == ("approved", "钢铁行业", "systemic")
    assert acts(cli) == [
        ("override.proposed", "lina"),
        ("override.returned", "wang"),
        ("override.resubmitted", "lina"),
        ("override.approved", "wang"),
    ]


def test_what_is_put_forward_anew_may_want_something_else(cli: Cli, acting: As) -> None:
    assert cli("correct", "C5", "late", "0", *WHY).code == 0
    acting("wang")
    assert cli("override", "return", "C1", "--note", "真的没有逾期？").code == 0
    acting("lina")
    again = cli("override", "resubmit", "C1", "--value", "3", "--evidence", "卷宗 4", "--note", "查过")
    assert again.out.splitlines() == [
        "Correction C1 of C5 is put forward anew: Days late: not known → 3 [B → B].",
        f"It is in effect until {cli('override', 'list', '--json').json['inputs'][0]['expires_at']}.",
    ]
    (shown,) = cli("override", "show", "C1", "--json").json["inputs"]
    assert (shown["value"], shown["reason"], shown["evidence"]) == ("3", "entered_wrong", "卷宗 4")
    assert [(each["act"], each["by"], each["note"]) for each in shown["decisions"]] == [
        ("returned", "wang", "真的没有逾期？"),
        ("resubmitted", "lina", "查过"),
    ]


def test_the_second_approver_is_told_who_was_first(cli: Cli, acting: As) -> None:
    proposed(cli, "C2", "A")
    acting("wang")
    assert cli("override", "approve", "O1").code == 0
    acting("zhao")
    late = cli("override", "approve", "O1")
    assert (late.code, late.out) == (2, "")
    assert re.fullmatch(r"rung: 王强 approved it on \d{4}-\d\d-\d\d \d\d:\d\d; it is in effect\.\n", late.err)
    assert acts(cli) == [("override.proposed", "lina"), ("override.approved", "wang")]


def test_nobody_approves_their_own_but_an_owner_may_take_anybodys_back(cli: Cli, acting: As) -> None:
    acting("wang")
    proposed(cli, "C2", "A")
    own = cli("override", "approve", "O1")
    assert (own.code, own.out) == (2, "")
    assert own.err == "rung: You made this proposal; another approver must decide.\n"
    acting("boss")
    assert cli("override", "withdraw", "O1").out == "Override O1 of C2 is withdrawn.\n"
    assert acts(cli) == [("override.proposed", "wang"), ("override.withdrawn", "boss")]


@pytest.mark.parametrize(
    ("who", "verb", "told"),
    [
        ("lina", ("approve", "O1"), "李娜 (lina) may not decide on what others propose."),
        ("guest", ("reject", "O1", "--note", "x"), "Guest (guest) may not decide on what others propose."),
        ("wang", ("reject", "O1"), "Say why you reject it."),
        ("wang", ("return", "O1"), "Say what is missing."),
        ("wang", ("withdraw", "O1"), "only its maker may withdraw it"),
        ("wang", ("resubmit", "O1"), "only its maker may resubmit it"),
        ("lina", ("resubmit", "O1"), "was not given back"),
        ("wang", ("approve", "O9"), "There is no override “O9”."),
        ("wang", ("approve", "J1"), "There is no judgement “J1”."),
        ("wang", ("approve", "C77"), "There is no correction “C77”."),
        ("wang", ("approve",), "No input is named."),
        ("wang", ("approve", "--batch", "O1"), "No open input was proposed together with “O1”."),
    ],
)
def test_what_somebody_may_not_do_is_refused_in_one_line(
    cli: Cli, acting: As, who: str, verb: tuple[str, ...], told: str
) -> None:
    proposed(cli, "C2", "A")
    acting(who)
    ended = cli("override", *verb)
    assert (ended.code, ended.out, events(cli)) == (2, "", 1)
    assert ended.err.startswith("rung: ")
    assert told in ended.err
    assert len(ended.err.splitlines()) == 1
    assert statuses(cli) == {"O1": "proposed"}


def test_several_are_decided_on_together_or_none(cli: Cli, acting: As) -> None:
    proposed(cli, "C2", "A")
    proposed(cli, "C5", "A")
    acting("wang")
    refused = cli("override", "approve", "O1", "O2", "O3")
    assert (refused.code, refused.out, events(cli)) == (2, "", 2)
    assert refused.err == "rung: O3: There is no override “O3”. See what there is: rung override list.\n"
    assert statuses(cli) == {"O1": "proposed", "O2": "proposed"}
    done = cli("override", "approve", "O1", "O2", "o1")
    assert [each for each in done.out.splitlines() if each.startswith("You")] == [
        "You approved Override O1 of C2: B → A (+1).",
        "You approved Override O2 of C5: B → A (+1).",
    ]
    assert events(cli) == 4
    assert statuses(cli) == {"O1": "approved", "O2": "approved"}


def test_of_a_batch_only_what_is_still_open_is_decided_on(cli: Cli, acting: As) -> None:
    both = ("--in-grade", "B", "--reason", "systemic", "--yes")
    assert cli("override", "propose", "A", *both).code == 0
    acting("wang")
    assert cli("override", "reject", "O1", "--note", "证据不足").out == "Override O1 of C2 is rejected.\n"
    approved = cli("override", "approve", "--batch", "O1", "--json").json["override"]
    assert (approved["id"], approved["status"], approved["batch"]) == ("O2", "approved", "O1")
    assert statuses(cli) == {"O1": "rejected", "O2": "approved"}
