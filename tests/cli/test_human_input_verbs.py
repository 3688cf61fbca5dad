"""The life of a human input from the command line: several people, and what each of them may do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from commands import CUSTOMERS, Cli
from rich.cells import cell_len

from rung.ledger import InputKind, Proposal, Supply
from rung.workspace import Workspace
from rung.workspace.customers_meant import CustomersWanted

RULES = """
[[criteria]]
id = "prospects"
title = { zh = "前景", en = "Prospects" }
measure = "prospects"
weight = 1
missing = "drop"
expires_after = "6mo"
levels = [
    { level = "good", title = "好", points = 100, describes = { zh = "订单增", en = "Orders grow" } },
    { level = "poor", title = "差", points = 0, describes = { zh = "订单减", en = "Orders fall" } },
]

[override]
max_notches_up = 1
approval = { up = "one", down = "none" }

[correction]
approval = { up = "one", down = "none" }
needs_evidence = true
"""
FIELD = """
[fields.prospects]
title = { zh = "前景", en = "Prospects" }
kind = "category"
choices = { good = ["好"], poor = ["差"] }
"""
PEOPLE = """
[people.lina]
name = "李娜"
role = "reviewer"
manager = "boss"
team = "East"

[people.wang]
name = "王强"
role = "approver"

[people.zhao]
name = "赵敏"
role = "approver"

[people.boss]
name = "陈总"
role = "owner"

[people.guest]
name = "Guest"
role = "viewer"
"""

As = Callable[[str], None]


@pytest.fixture
def work(cli: Cli, shop: Path) -> Path:
    """A workspace with people and a run: C1 is A, C2 is B, C3 is C by a gate, C4 not graded, C5 is B."""
    policy = shop / "shop.toml"
    text = policy.read_text(encoding="utf-8").replace("[grading]", f"{FIELD}\n[grading]")
    policy.write_text(text.replace("[[gates]]", f"{RULES.partition('[override]')[0]}\n[[gates]]"), "utf-8")
    with policy.open("a", encoding="utf-8") as file:
        file.write("\n[override]" + RULES.partition("[override]")[2])
    assert cli("init").code == 0
    with (shop / "rung.toml").open("a", encoding="utf-8") as file:
        file.write(PEOPLE)
    graded = cli("grade", "customers.csv", "--policy", "shop.toml")
    assert graded.code == 0, graded.err
    return shop


@pytest.fixture
def acting(monkeypatch: pytest.MonkeyPatch) -> As:
    """Make the process run under somebody's account: no flag can, so the system's word is replaced."""

    def become(account: str) -> None:
        monkeypatch.setattr("rung.workspace.human_input.account", lambda: account)

    become("lina")
    return become


def events(cli: Cli) -> int:
    return int(cli("audit", "verify", "--json").json["events"])


def proposed(cli: Cli, *arguments: str) -> str:
    made = cli("override", "propose", *arguments, "--reason", "systemic", "--json")
    assert made.code == 0, made.err
    return str(made.json["override"]["id"])


@pytest.mark.usefixtures("work")
def test_a_proposal_is_returned_resubmitted_and_approved(cli: Cli, acting: As) -> None:
    assert proposed(cli, "C2", "A") == "O1"
    acting("wang")
    returned = cli("override", "return", "o1", "--note", "哪个行业？")
    assert returned.out == "Override O1 of C2 is returned to 李娜 for more information.\n"
    acting("lina")
    again = cli("override", "resubmit", "O1", "--narrative", "钢铁行业")
    assert again.out.splitlines() == [
        "Override O1 of C2 is put forward anew: B → A (+1).",
        "It awaits the approval of 1 and is not in effect.",
    ]
    acting("wang")
    approved = cli("override", "approve", "1").out.splitlines()
    assert approved[0] == "You approved Override O1 of C2: B → A (+1)."
    assert approved[1].startswith("It is in effect until ")
    (listed,) = cli("override", "list", "--json").json["inputs"]
    assert (listed["status"], listed["effective_grade"], listed["narrative"]) == ("approved", "A", "钢铁行业")
    acts = [event["kind"] for event in cli("audit", "log", "--json").json["events"]]
    assert acts == [
        "override.proposed",
        "override.returned",
        "override.resubmitted",
        "override.approved",
    ]


@pytest.mark.usefixtures("work")
def test_the_second_approver_is_told_who_was_first(cli: Cli, acting: As) -> None:
    proposed(cli, "C2", "A")
    acting("wang")
    assert cli("override", "approve", "O1").code == 0
    acting("zhao")
    late = cli("override", "approve", "O1")
    assert (late.code, late.out) == (2, "")
    assert late.err.startswith("rung: 王强 approved it on 20")
    assert late.err.endswith("it is in effect.\n")


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
@pytest.mark.usefixtures("work")
def test_what_somebody_may_not_do_is_refused_in_one_line(
    cli: Cli, acting: As, who: str, verb: tuple[str, ...], told: str
) -> None:
    proposed(cli, "C2", "A")
    acting(who)
    ended = cli("override", *verb)
    assert (ended.code, ended.out, events(cli)) == (2, "", 1)
    assert told in ended.err
    assert len(ended.err.splitlines()) == 1


@pytest.mark.usefixtures("work")
def test_several_are_decided_on_together_or_none(cli: Cli, acting: As) -> None:
    proposed(cli, "C2", "A")
    proposed(cli, "C5", "A")
    acting("wang")
    refused = cli("override", "approve", "O1", "O2", "O3")
    assert (refused.code, events(cli)) == (2, 2)
    assert "O3: There is no override “O3”." in refused.err
    assert cli("override", "approve", "O1", "O2", "o1").code == 0
    assert events(cli) == 4


@pytest.mark.usefixtures("work")
def test_what_waits_is_listed_with_who_may_decide(cli: Cli, acting: As) -> None:
    proposed(cli, "C2", "A")
    (mine,) = cli("override", "list", "--waiting", "--json").json["waiting"]
    assert (mine["may_decide"], mine["obstacles"]) == (
        False,
        [
            "李娜 (lina) may not decide on what others propose. "
            "Whoever keeps the workspace's rung.toml can give the account the role “approver”."
        ],
    )
    acting("wang")
    shown = cli("override", "list", "--waiting").out
    assert "0/1" in shown
    assert shown.endswith(
        "1 of 1 await your decision: rung override approve|reject|return ID\n"
        "What was written, and each decision: rung override show ID\n"
    )


@pytest.mark.usefixtures("work")
def test_an_input_is_shown_with_all_that_was_written_about_it(cli: Cli, acting: As) -> None:
    proposed(cli, "C2", "A", "--narrative", "钢铁行业", "--evidence", "卷宗 7")
    acting("wang")
    cli("override", "return", "O1", "--note", "哪家钢厂？")
    shown = cli("override", "show", "o1").out.splitlines()
    assert shown[0] == "Override O1 · C2 · returned"
    assert shown[1:5] == [
        "  B → A (+1)",
        "  Reason: Systemic (demand, supply, price, region) [systemic]",
        "  Narrative: 钢铁行业",
        "  Evidence: 卷宗 7",
    ]
    assert shown[5].startswith("  Proposed by 李娜 on ")
    assert shown[6].startswith("  returned: 王强, ")
    assert shown[6].endswith(": 哪家钢厂？")
    assert shown[7] == "  Approvals: 0 of 1"
    (plain,) = cli("override", "show", "1", "--json").json["inputs"]
    assert (plain["id"], plain["status"], plain["decisions"][0]["note"]) == ("O1", "returned", "哪家钢厂？")
    assert cli("override", "show", "O9").code == 2


@pytest.mark.usefixtures("work", "acting")
def test_a_datum_is_told_by_its_name_and_in_its_unit_wherever_it_is_listed(cli: Cli) -> None:
    assert cli("correct", "C5", "spent", "6000", *WHY).code == 0
    assert "Spent: " in cli("override", "list").out
    assert "→ 6,000 yuan" in cli("override", "show", "C1").out
    assert "→ 6,000 yuan" in cli("explain", "C5").out


@pytest.mark.usefixtures("work", "acting")
@pytest.mark.parametrize("verb", [("override", "list"), ("audit", "log"), ("audit", "export", "-")])
def test_a_person_who_is_nobody_here_is_no_empty_list(cli: Cli, verb: tuple[str, ...]) -> None:
    proposed(cli, "C2", "A")
    refused = cli(*verb, "--person", "李小娜")
    assert (refused.code, refused.out) == (2, "")
    assert refused.err == "rung: There is nobody called “李小娜”. Did you mean “李娜”?\n"
    assert cli(*verb, "--person", "wang").code == 0


@pytest.mark.usefixtures("work", "acting")
def test_the_doctor_tells_of_the_ledger_and_whom_a_shared_file_protects(cli: Cli, work: Path) -> None:
    topics = {each["topic"]: each for each in cli("doctor", "--json").json["findings"]}
    assert topics["ledger"]["found"].startswith("none yet")
    assert "ledger shared by several" in topics
    proposed(cli, "C2", "A")
    topics = {each["topic"]: each for each in cli("doctor", "--json").json["findings"]}
    assert topics["ledger"]["found"] == f"{work / 'ledger.db'}, events: 1"
    (work / "ledger.db").write_bytes(b"not a ledger" * 100)
    (found,) = [e for e in cli("doctor", "--json").json["findings"] if e["topic"] == "ledger"]
    assert found["remedy"] == "Mend it."


WHY = ("--reason", "entered_wrong", "--evidence", "卷宗 3")


@pytest.mark.usefixtures("work", "acting")
def test_a_correction_says_the_grade_before_and_with_it(cli: Cli) -> None:
    down = cli("correct", "C2", "late", "120", *WHY)
    assert down.out.splitlines()[:2] == [
        "Correction C1 of C2: Days late 30 → 120.",
        "Grade: B → C (-1).",
    ]
    assert down.out.splitlines()[2].startswith("It is in effect until ")
    up = cli("correct", "C5", "spent", "6000", *WHY)
    assert up.out.splitlines()[1:3] == [
        "The grade stays B.",
        f"It is in effect until {until(cli, 'C2')}.",
    ]
    assert cli("explain", "C2", "--json").json["grade"] == "C"


def until(cli: Cli, input_id: str) -> str:
    return next(
        str(each["expires_at"])
        for each in cli("override", "list", "--json").json["inputs"]
        if each["id"] == input_id
    )


@pytest.mark.usefixtures("work", "acting")
def test_what_another_value_hides_is_approved_before_it_lifts_a_grade(cli: Cli) -> None:
    assert cli("correct", "C5", "spent", "5", *WHY).out.splitlines()[1] == "Grade: B → C (-1)."
    hidden = cli("correct", "C5", "late", "0", *WHY)
    assert hidden.out.splitlines()[1:3] == [
        "The grade stays C.",
        "It awaits the approval of 1 and is not in effect.",
    ]
    assert cli("override", "withdraw", "C1").code == 0
    assert cli("explain", "C5", "--json").json["grade"] == "B"


@pytest.mark.usefixtures("work", "acting")
def test_a_value_whose_worth_a_gate_hides_is_approved_like_a_better_grade(cli: Cli) -> None:
    assert cli("correct", "C3", "spent", "6000", *WHY).out.splitlines()[1:3] == [
        "The grade stays C.",
        "It awaits the approval of 1 and is not in effect.",
    ]


@pytest.mark.usefixtures("work", "acting")
def test_a_value_may_be_negative_or_not_known(cli: Cli) -> None:
    assert cli("correct", "C2", "late", "-3", *WHY, "--json").json["correction"]["value"] == "-3"
    unknown = cli("correct", "C5", "spent", "missing", *WHY, "--json").json["correction"]
    assert (unknown["value"], unknown["was"]) == (None, "1000")


@pytest.mark.usefixtures("work", "acting")
def test_a_judgement_regrades_at_once(cli: Cli) -> None:
    judged = cli("judge", "C1", "prospects", "差", "--narrative", "订单减", "--json")
    made = judged.json["judgement"]
    assert (made["id"], made["subject"], made["value"]) == ("J1", "prospects", "poor")
    assert (made["model_grade"], made["proposed_grade"], made["notches"]) == ("A", "B", -1)
    explained = cli("explain", "C1")
    assert "The grade with it is B; the source's data alone give A." in explained.out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("correct", "C2", "lat", "3"), "Did you mean “late”?"),
        (("correct", "C2", "late", "soon"), "“soon” is no number that can be read here."),
        (("correct", "C2", "customer_name", "甲"), "id and name are not corrected here"),
        (("correct", "C9", "late", "3"), "There is no customer “C9” in the run"),
        (("correct", "C2", "late", "3", "--run", "x"), "There is no run “x”."),
        (("correct", "C2", "prospects", "good"), "is judged, not measured. Give a judgement: rung judge."),
        (("judge", "C2", "late", "good"), "“late” is no criterion that people judge."),
        (("judge", "C2", "prospects", "superb"), "“superb” is none of the choices: good, poor."),
        (("judge", "C2", "prospects", "missing"), "A judgement names one of the levels: good, poor."),
    ],
)
@pytest.mark.usefixtures("work", "acting")
def test_a_value_that_may_not_be_given_is_refused(cli: Cli, arguments: tuple[str, ...], told: str) -> None:
    why = () if arguments[0] == "judge" else WHY
    ended = cli(*arguments, *why)
    assert (ended.code, ended.out, events(cli)) == (2, "", 0)
    assert told in ended.err
    assert len(ended.err.splitlines()) == 1


BULK = ("--reason", "systemic", "--narrative", "价格下跌")


@pytest.mark.usefixtures("acting")
def test_many_are_proposed_for_one_reason_each_its_own_record(cli: Cli, work: Path) -> None:
    (work / "ids.txt").write_text("C2\nC5\n", encoding="utf-8")
    looked = cli("override", "propose", "C", *BULK, "--customers", "ids.txt", "--dry-run")
    assert (looked.code, events(cli)) == (0, 0)
    assert looked.out.endswith("Nothing was recorded.\n")
    unasked = cli("override", "propose", "C", *BULK, "--customers", "ids.txt")
    assert (unasked.code, events(cli)) == (2, 0)
    assert "To be recorded: 2; and nobody is there to be asked." in unasked.err
    done = cli("override", "propose", "C", *BULK, "--customers", "ids.txt", "--yes")
    assert done.out.splitlines()[-2:] == [
        "On record: 2, O1 to O2.",
        "Take them back with: rung override withdraw --batch O1",
    ]
    made = cli("override", "list", "--batch", "O1", "--json").json["inputs"]
    assert [(each["id"], each["customer_id"], each["batch"]) for each in made] == [
        ("O1", "C2", "O1"),
        ("O2", "C5", "O1"),
    ]
    assert cli("override", "withdraw", "--batch", "O1").code == 0
    assert cli("override", "list", "--json").json["inputs"] == []


@pytest.mark.usefixtures("acting")
def test_a_refusal_records_none_unless_those_are_left_out(cli: Cli, work: Path) -> None:
    (work / "ids.csv").write_text("customer_id\nC2\nC3\n", encoding="utf-8")
    whole = ("override", "propose", "C", *BULK, "--customers", "ids.csv", "--yes")
    refused = cli(*whole)
    assert (refused.code, refused.out, events(cli)) == (2, "", 0)
    assert "The rules refuse 1 of 2 customers; nothing was recorded." in refused.err
    assert "Leave them out with --skip-refused." in refused.err
    done = cli(*whole, "--skip-refused", "--json").json
    assert [each["customer_id"] for each in done["overrides"]] == ["C2"]
    assert [each["customer_id"] for each in done["refused"]] == ["C3"]
    assert events(cli) == 1


@pytest.mark.parametrize(
    ("chosen", "customers"),
    [
        (("--in-grade", "B"), ["C2", "C5"]),
        (("--in-grade", "A", "--in-grade", "B"), ["C1", "C2", "C5"]),
        (("--flag", "big"), ["C1"]),
        (("--where", "late=>= 30"), ["C2", "C3"]),
        (("--where", "spent=< 1_000", "--in-grade", "B"), ["C2"]),
        (("--view", "ungraded"), ["C4"]),
    ],
)
@pytest.mark.usefixtures("work", "acting")
def test_the_customers_meant_are_chosen_by_grade_flag_value_and_view(
    cli: Cli, chosen: tuple[str, ...], customers: list[str]
) -> None:
    found = cli("override", "propose", "C", *BULK, *chosen, "--dry-run", "--json").json
    named = [*found["overrides"], *found["refused"]]
    assert sorted(each["customer_id"] for each in named) == customers


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("C2", "C", "--in-grade", "B"), "One customer is named, and many are chosen by options."),
        (("C2",), "GRADE is missing."),
        (("C2", "C", "--yes"), "--yes goes with many customers only."),
        (("C", "--in-grade", "Z"), "“Z” is no grade of the policy “shop.tiers”."),
        (("C", "--flag", "bigg"), "Did you mean “big”?"),
        (("C", "--where", "lat=3"), "Did you mean “late”?"),
        (("C", "--where", "late"), "“late” is no filter."),
        (("C", "--where", "late=soon"), "cannot be read for “late”"),
        (("C", "--where", "late=> 5000"), "No customer of the run is meant."),
        (("C", "--customers", "none.csv"), "The file cannot be read"),
        (("C", "--customers", "wrong.txt"), "There is no customer “X1” in the run"),
        (("C", "--customers", "wrong.txt", "--format", "csv"), "--format goes with --customers - only."),
    ],
)
@pytest.mark.usefixtures("acting")
def test_a_choice_that_makes_no_sense_is_refused(
    cli: Cli, work: Path, arguments: tuple[str, ...], told: str
) -> None:
    (work / "wrong.txt").write_text("C2\nX1\n", encoding="utf-8")
    ended = cli("override", "propose", *arguments, *BULK)
    assert (ended.code, ended.out, events(cli)) == (2, "", 0)
    assert told in ended.err


@pytest.mark.usefixtures("acting")
def test_nobody_chooses_by_values_that_are_not_for_them(cli: Cli, work: Path) -> None:
    with (work / "rung.toml").open("a", encoding="utf-8") as file:
        file.write('[confidentiality]\nfields = ["late"]\n')
    ended = cli("override", "propose", "C", *BULK, "--where", "late=>= 30", "--dry-run")
    assert (ended.code, ended.out) == (2, "")
    assert "late" in ended.err
    assert "C2" not in ended.err
    assert "C3" not in ended.err


@pytest.mark.usefixtures("work")
def test_somebody_stands_in_and_each_act_says_for_whom(cli: Cli, acting: As) -> None:
    proposed(cli, "C2", "A")
    today = date.today()
    acting("wang")
    lent = cli("people", "delegate", "boss", "--until", (today + timedelta(7)).isoformat(), "--json").json
    assert (lent["delegation"]["by"], lent["delegation"]["to"]) == ("wang", "boss")
    assert cli("people", "delegate", "lina", "--until", today.isoformat(), "--reason", "休假").code == 0
    acting("lina")
    assert "You stand in for 王强 from" in cli("people").out
    own = cli("override", "approve", "O1")
    assert (own.code, events(cli)) == (2, 3)
    acting("zhao")
    cli("override", "propose", "C5", "A", *BULK)
    acting("lina")
    approved = cli("override", "approve", "O4")
    assert approved.out.splitlines()[:2] == [
        "You approved Override O4 of C5: B → A (+1).",
        "You acted on behalf of 王强.",
    ]
    acting("wang")
    assert cli("people", "recall", "3").out == "Delegation 3 to 李娜 has ended.\n"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("delegate", "nobody", "--until", "2999-01-01"), "There is nobody with the account “nobody”"),
        (("delegate", "zhao", "--from", "2999-01-02", "--until", "2999-01-01"), "is before the first"),
        (("delegate", "wang", "--until", "2999-01-01"), "Nobody stands in for themselves."),
        (("recall", "7"), "There is no delegation 7."),
    ],
)
@pytest.mark.usefixtures("work")
def test_a_delegation_that_may_not_be_is_refused(
    cli: Cli, acting: As, arguments: tuple[str, ...], told: str
) -> None:
    acting("wang")
    ended = cli("people", *arguments)
    assert (ended.code, ended.out, events(cli)) == (2, "", 0)
    assert told in ended.err


@pytest.mark.usefixtures("work")
def test_people_says_who_one_is(cli: Cli, acting: As) -> None:
    mine = cli("people").out.splitlines()
    assert mine[:3] == ["You are 李娜 (lina), reviewer.", "Team: East", "Manager: 陈总"]
    acting("stranger")
    assert "The workspace does not list you: you may look only." in cli("people").out
    assert cli("people", "list", "--json").json["me"]["role"] == "viewer"


@pytest.mark.usefixtures("work")
def test_lists_are_filtered_by_kind_person_and_status(cli: Cli, acting: As) -> None:
    proposed(cli, "C2", "A")
    cli("correct", "C5", "late", "120", *WHY)
    acting("wang")
    cli("override", "reject", "O1", "--note", "证据不足")

    def listed(*chosen: str) -> list[str]:
        return [each["id"] for each in cli("override", "list", *chosen, "--json").json["inputs"]]

    assert listed() == ["C2"]
    assert listed("--all") == ["O1", "C2"]
    assert listed("--kind", "override", "--all") == ["O1"]
    assert listed("--kind", "judgement", "--all") == []
    assert listed("--status", "rejected") == ["O1"]
    assert listed("--person", "李娜", "--all") == ["O1", "C2"]
    assert listed("--mine", "--all") == []
    assert listed("--customer", "C2", "--all") == ["O1"]


@pytest.mark.parametrize("width", [80, 140])
@pytest.mark.usefixtures("work", "acting")
def test_lists_fit_the_screen_and_chinese_is_aligned(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    proposed(cli, "C2", "A", "--narrative", "订单大幅增加，且已经签约，预计全年翻番" * 4)
    cli("correct", "C5", "late", "120", *WHY)
    monkeypatch.setenv("COLUMNS", str(width))
    lines = cli("override", "list", "--lang", "zh").out.splitlines()
    assert lines
    assert max(map(cell_len, lines)) <= width
    whose = [cell_len(each.partition("李娜")[0]) for each in lines if "李娜" in each]
    assert len(whose) == 2
    assert len(set(whose)) == 1


@pytest.mark.usefixtures("acting")
def test_what_is_to_be_looked_at_again_has_its_day(cli: Cli, work: Path) -> None:
    assert cli("override", "list", "--due").out == "Nothing is to be looked at again.\n"
    cli("override", "propose", "C2", "C", *BULK, "--expires", (date.today() + timedelta(9)).isoformat())
    (due,) = cli("override", "list", "--due", "--json").json["due"]
    assert due["id"] == "O1"
    assert cli("override", "list", "--due", "--within", "3", "--json").json["due"] == []
    (work / "customers.csv").write_text(CUSTOMERS.replace("500,30", "5000,0"), encoding="utf-8")
    assert cli("grade", "customers.csv", "--policy", "shop.toml").code == 0
    (stale,) = cli("override", "list", "--due", "--within", "3", "--json").json["due"]
    assert stale["id"] == "O1"


@pytest.mark.usefixtures("acting")
def test_a_policy_version_no_more_in_force_takes_no_new_override(cli: Cli, work: Path) -> None:
    policy = work / "shop.toml"
    text = policy.read_text(encoding="utf-8")
    policy.write_text(text.replace('version = "1"', 'version = "1"\neffective_to = 2026-01-31', 1), "utf-8")
    assert cli("grade", "customers.csv", "--policy", "shop.toml").code == 0
    ended = cli("override", "propose", "C2", "A", *BULK)
    assert (ended.code, ended.out, events(cli)) == (2, "", 0)
    assert "The policy “shop.tiers” 1 ended on 2026-01-31." in ended.err


def test_everything_is_possible_from_python_in_a_few_lines(work: Path, acting: As) -> None:
    human = Workspace.open(work).human_input
    now = datetime.now().astimezone()
    made = human.propose("C2", Proposal(grade="A", reason="systemic", narrative="price"), now)
    human.supply(
        "C5",
        Supply(kind=InputKind.CORRECTION, subject="late", value="120", reason="outdated", evidence="77"),
        now,
    )
    late = human.customers(CustomersWanted(where=(("late", ">= 30"),)), now.date())
    assert list(late) == ["C2", "C3"]
    foreseen = human.rehearse(["C1"], Proposal(grade="B", reason="systemic"), now)
    assert [each.customer_id for each in foreseen.records] == ["C1"]
    batch = human.propose_all(["C1"], Proposal(grade="B", reason="systemic"), now)
    assert [each.customer_id for each in batch.records] == ["C1"]
    acting("wang")
    human = Workspace.open(work).human_input
    (waiting,) = human.waiting(now)
    assert waiting.may_decide
    assert human.approve(made.id, now, note="seen").effective_from == now


@pytest.mark.parametrize(
    "arguments",
    [
        ("override", "propose", "C\udcff", "A", *BULK),
        ("correct", "C2", "late\udcff", "3", *WHY),
        ("note", "add", "\udcff", "text"),
        ("explain", "\udcff"),
    ],
)
@pytest.mark.usefixtures("work", "acting")
def test_bytes_that_are_no_text_are_refused_in_one_line(cli: Cli, arguments: tuple[str, ...]) -> None:
    ended = cli(*arguments)
    assert (ended.code, ended.out, events(cli)) == (2, "", 0)
    assert ended.err == "rung: An argument holds bytes that are no text.\n"
