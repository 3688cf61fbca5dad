"""``rung override`` and ``rung audit`` as a person has them: proposed, listed, taken back, verified."""

from __future__ import annotations

import csv
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from commands import CUSTOMERS, Cli, Once

from rung.ledger import account

RULES = """
[override]
max_notches_up = 1
approval = { up = "one", down = "none" }
"""


@pytest.fixture
def work(cli: Cli, shop: Path, once: Once) -> Path:
    """A workspace with one run: C1 is A, C2 is B, C3 is C by a gate, C4 is not graded, C5 is B."""

    @once
    def made() -> None:
        policy = shop / "shop.toml"
        policy.write_text(policy.read_text(encoding="utf-8") + RULES, encoding="utf-8")
        assert cli("init").code == 0
        (shop / "policies" / "shop.toml").write_bytes(policy.read_bytes())
        assert cli("grade", "customers.csv", "--policy", "shop.toml").code == 0

    return made


def regrade(cli: Cli, work: Path, old: str, new: str) -> None:
    (work / "customers.csv").write_text(CUSTOMERS.replace(old, new), encoding="utf-8")
    assert cli("grade", "customers.csv", "--policy", "shop.toml").code == 0


@pytest.mark.usefixtures("work")
def test_an_override_is_proposed_listed_and_taken_back(cli: Cli) -> None:
    made = cli("override", "propose", "C1", "B", "--reason", "systemic", "--expires", "2099-01-01")
    assert (made.code, made.out) == (2, "")
    made = cli("override", "propose", "甲公司", "B", "--reason", "systemic", "--narrative", "行业下滑")
    assert made.code == 0
    assert made.out.startswith(
        "Override O1 of C1: A by the model, overruled to B (-1).\nIt is in effect until "
    )
    assert made.out.endswith("Take it back with: rung override withdraw O1\n")
    (row,) = [line for line in cli("override", "list").out.splitlines() if line.startswith("O1")]
    assert row.split()[:10] == ["O1", "C1", "A", "→", "B", "(-1)", "B", "in", "effect", "Systemic"]
    assert cli("override", "withdraw", "O1").out == "Override O1 of C1 is withdrawn.\n"
    assert cli("override", "list").out == "Nothing is open. What was: --all\n"
    assert "withdrawn" in cli("override", "list", "--all").out


@pytest.mark.usefixtures("work")
def test_upward_it_awaits_approval_and_may_be_undone(cli: Cli) -> None:
    made = cli("override", "propose", "C2", "A", "--reason", "outside_model")
    assert "It awaits the approval of 1 and is not in effect." in made.out
    (listed,) = cli("override", "list", "--json").json["inputs"]
    assert (listed["status"], listed["effective_grade"], listed["notches"]) == ("proposed", "B", 1)
    assert cli("override", "withdraw", "O1", "--json").json["override"]["status"] == "withdrawn"


@pytest.mark.usefixtures("work")
def test_the_maker_is_the_systems_account(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("USER", "boss")
    monkeypatch.setenv("LOGNAME", "boss")
    made = cli("override", "propose", "C1", "B", "--reason", "systemic", "--json").json["override"]
    assert made["maker"] == account() != "boss"


def test_a_person_is_shown_by_name(cli: Cli, work: Path) -> None:
    with (work / "rung.toml").open("a", encoding="utf-8") as file:
        file.write(f'\n[people."{account()}"]\nname = "李娜"\nrole = "reviewer"\n')
    cli("override", "propose", "C1", "B", "--reason", "systemic")
    assert "李娜" in cli("override", "list").out
    assert "李娜" in cli("audit", "log").out


def test_who_is_not_on_the_workspaces_list_may_not_propose(cli: Cli, work: Path) -> None:
    with (work / "rung.toml").open("a", encoding="utf-8") as file:
        file.write('\n[people.someone_else]\nname = "王强"\n')
    made = cli("override", "propose", "C1", "B", "--reason", "systemic")
    assert (made.code, "may look, not propose overrides" in made.err) == (2, True)
    assert cli("audit", "log").out == "Nothing on record.\n"


@pytest.mark.usefixtures("work")
def test_every_objection_is_a_line_and_nothing_is_recorded(cli: Cli) -> None:
    made = cli("override", "propose", "C3", "A", "--reason", "other", "--expires", "2020-01-01")
    assert (made.code, made.out) == (2, "")
    assert [line[:52] for line in made.err.splitlines()] == [
        "rung: From C to A is 2 notches; the policy allows 1 ",
        "rung: The reason “Other (to be written out)” has to ",
        "rung: The override would expire on 2020-01-01, which",
    ]
    assert cli("audit", "verify", "--json").json["events"] == 0


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("C9", "B", "--reason", "systemic"), "There is no customer “C9” in the run"),
        (("C1", "Z", "--reason", "systemic"), "“Z” is no grade of the policy “shop.tiers”. Known: A, B, C."),
        (
            ("C1", "B", "--reason", "mood"),
            "“mood” is not on the policy's list of reasons. Known: interim_perf",
        ),
        (
            ("C4", "B", "--reason", "systemic"),
            "The customer is not graded, and the policy does not let people",
        ),
        (("C1", "B", "--reason", "systemic", "--run", "none"), "There is no run “none”."),
        (("C1", "B"), "The policy asks for a reason from its list. Known: interim_performance"),
        (("C1", "B", "--reason", "systemic", "--expires", "soon"), "“soon” is no date"),
        (
            ("C1", "B", "--reason", "systemic", "--supersede", "O7"),
            "Override O7, which yours is to supersede",
        ),
    ],
)
def test_what_may_not_be_is_refused_in_one_line(
    cli: Cli, work: Path, arguments: tuple[str, ...], told: str
) -> None:
    made = cli("override", "propose", *arguments)
    assert (made.code, made.out) == (2, "")
    assert told in made.err
    assert len(made.err.splitlines()) == 1
    assert not (work / "ledger.db").exists() or cli("audit", "verify", "--json").json["events"] == 0


def test_an_override_survives_grading_anew_and_turns_stale(cli: Cli, work: Path) -> None:
    cli("override", "propose", "C1", "B", "--reason", "systemic")
    regrade(cli, work, "6000,0", "6000,1")
    (listed,) = cli("override", "list", "--json").json["inputs"]
    assert (listed["model_grade_now"], listed["effective_grade"], listed["is_stale"]) == ("B", "B", True)
    assert "in effect · stale" in cli("override", "list").out


def test_an_override_of_a_customer_that_is_gone_says_so(cli: Cli, work: Path) -> None:
    cli("override", "propose", "C1", "B", "--reason", "systemic")
    regrade(cli, work, "C1,甲公司,6000,0\n", "")
    (listed,) = cli("override", "list", "--json").json["inputs"]
    assert (listed["is_gone"], listed["effective_grade"]) == (True, None)
    assert "customer not in the latest run" in cli("override", "list").out


def test_a_damaged_run_is_told_and_the_overrides_are_listed_all_the_same(cli: Cli, work: Path) -> None:
    cli("override", "propose", "C1", "B", "--reason", "systemic")
    (results,) = (work / "runs").glob("*/results.arrow")
    results.write_bytes(b"")
    listed = cli("override", "list")
    assert (listed.code, "O1" in listed.out, "damaged" in listed.err) == (1, True, True)


def test_looking_begins_no_ledger(cli: Cli, work: Path) -> None:
    for look in (("override", "list"), ("audit", "log"), ("audit", "verify"), ("override", "withdraw", "O1")):
        cli(*look)
    assert not (work / "ledger.db").exists()


@pytest.mark.usefixtures("work")
def test_the_log_is_filtered(cli: Cli) -> None:
    cli("override", "propose", "C1", "B", "--reason", "systemic")
    cli("override", "propose", "C5", "C", "--reason", "systemic")
    cli("override", "withdraw", "O2")

    def numbers(*arguments: str) -> list[int]:
        return [event["sequence"] for event in cli("audit", "log", "--json", *arguments).json["events"]]

    today = date.today().isoformat()
    assert numbers() == [1, 2, 3]
    assert numbers("--customer", "C5") == [2, 3]
    assert numbers("--kind", "override.withdrawn") == [3]
    assert numbers("--person", account()) == [1, 2, 3]
    assert "nobody called “noone”" in cli("audit", "log", "--person", "noone").err
    assert numbers("--since", today) == [1, 2, 3]
    assert numbers("--until", "2020-01-01") == []
    assert numbers("--last", "1") == [3]
    assert "A → B  Systemic (demand, supply, price, region)" in cli("audit", "log").out
    assert "Known: override, judgement, correction" in cli("audit", "log", "--kind", "x").err


def test_verifying_tells_the_head_to_keep_and_notices_its_loss(cli: Cli, work: Path) -> None:
    cli("override", "propose", "C1", "B", "--reason", "systemic")
    head = cli("audit", "verify", "--json").json["head"]
    cli("override", "withdraw", "O1")
    whole = cli("audit", "verify", "--head", head)
    assert (whole.code, "2 events" in whole.out, "1 events came since" in whole.out) == (0, True, True)
    (work / "ledger.db").unlink()
    gone = cli("audit", "verify", "--head", head)
    assert (gone.code, "not in the ledger: there is no ledger" in gone.out) == (1, True)
    assert cli("audit", "verify", "--head", "12ab").code == 2


def test_a_broken_chain_names_its_first_event_and_ends_with_1(cli: Cli, work: Path) -> None:
    cli("override", "propose", "C1", "B", "--reason", "systemic")
    cli("override", "withdraw", "O1")
    with closing(sqlite3.connect(work / "ledger.db")) as database:
        database.execute("DROP TRIGGER events_are_never_changed")
        database.execute("UPDATE events SET maker = 'boss' WHERE sequence = 1")
        database.commit()
    broken = cli("audit", "verify")
    assert broken.code == 1
    assert broken.out.startswith("Event 1 was changed after it was recorded: its hash is ")
    found = cli("audit", "verify", "--json")
    assert (found.code, found.json["broken"]["event"], found.json["broken"]["misfit"]) == (1, 1, "content")


def test_a_ledger_that_is_none_is_one_clear_line(cli: Cli, work: Path) -> None:
    (work / "ledger.db").write_text("等级台账", encoding="utf-8")
    for verb in (
        ("override", "list"),
        ("audit", "verify"),
        ("override", "propose", "C1", "B", "--reason", "other"),
    ):
        ended = cli(*verb)
        assert ended.code == 2
        assert "This file is no ledger." in ended.err or "has to be written out" in ended.err


@pytest.mark.usefixtures("work")
def test_hostile_text_is_shown_inert(cli: Cli) -> None:
    cli("override", "propose", "C1", "B", "--reason", "systemic", "--narrative", "\x1b[31m[red]=cmd()\u202e")
    shown = cli("audit", "log").out
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert "[red]=cmd()" in shown


@pytest.mark.usefixtures("shop")
def test_without_a_workspace_there_is_nothing_to_override(cli: Cli) -> None:
    assert "This is no workspace" in cli("override", "list").err
    assert "This is no workspace" in cli("audit", "verify").err


def exported(cli: Cli, work: Path) -> list[dict[str, str]]:
    assert cli("grade", "customers.csv", "--policy", "shop.toml", "--out", "grades.csv").code == 0
    with (work / "grades.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_grades_are_exported_with_the_effective_grade_where_a_ledger_is(cli: Cli, work: Path) -> None:
    assert "effective_grade" not in exported(cli, work)[0]
    cli("override", "propose", "C1", "B", "--reason", "systemic")
    cli("override", "propose", "C2", "A", "--reason", "systemic")
    rows = exported(cli, work)
    assert list(rows[0])[:4] == ["customer_id", "customer_name", "model_grade", "effective_grade"]
    assert [(row["customer_id"], row["model_grade"], row["effective_grade"]) for row in rows] == [
        ("C1", "A", "B"),
        ("C2", "B", "B"),
        ("C3", "C", "C"),
        ("C4", "", ""),
        ("C5", "B", "B"),
    ]


def test_grading_anew_tells_where_the_overrides_stand(cli: Cli, work: Path) -> None:
    cli("override", "propose", "C1", "B", "--reason", "systemic")
    cli("override", "propose", "C2", "A", "--reason", "systemic")
    (work / "customers.csv").write_text(CUSTOMERS.replace("6000,0", "6000,1"), encoding="utf-8")
    graded = cli("grade", "customers.csv", "--policy", "shop.toml")
    assert "Overrides: 1 in effect · 1 awaiting approval · 1 stale\n" in graded.out


def test_a_ledger_in_trouble_stops_no_run_but_an_export(cli: Cli, work: Path) -> None:
    (work / "ledger.db").write_text("等级台账", encoding="utf-8")
    graded = cli("grade", "customers.csv", "--policy", "shop.toml")
    assert (graded.code, "This file is no ledger." in graded.out) == (0, True)
    refused = cli("grade", "customers.csv", "--policy", "shop.toml", "--out", "grades.csv")
    assert (refused.code, (work / "grades.csv").exists()) == (2, False)


@pytest.mark.usefixtures("work")
def test_an_explanation_says_what_people_laid_over_the_grade(cli: Cli) -> None:
    assert "effective_grade" not in cli("explain", "C1", "--json").json
    cli("override", "propose", "C1", "B", "--reason", "systemic")
    cli("override", "propose", "C2", "A", "--reason", "systemic")
    lines = cli("explain", "C1").out.splitlines()
    (told,) = [line for line in lines if line.startswith("Effective grade")]
    assert told.startswith(f"Effective grade B: override O1 by {account()} on ")
    assert any(line.startswith("Grade A") for line in lines)
    assert f"Override O2 to A by {account()} awaits approval" in cli("explain", "C2").out
    plain = cli("explain", "C1", "--json").json
    assert (plain["grade"], plain["effective_grade"], plain["override"]["id"]) == ("A", "B", "O1")
    source = cli("explain", "C1", "--source", "customers.csv", "--policy", "shop.toml", "--json").json
    assert "effective_grade" not in source


@pytest.mark.usefixtures("work")
def test_the_service_promised_is_that_of_the_effective_grade(cli: Cli) -> None:
    assert "contact every 7 days" in cli("explain", "C1").out
    cli("override", "propose", "C1", "B", "--reason", "systemic")
    assert "contact every 7 days" not in cli("explain", "C1").out
    cli("override", "withdraw", "O1")
    assert "contact every 7 days" in cli("explain", "C1").out
