"""What nobody can have meant is refused in one clear line, in both languages, and nothing is recorded."""

from __future__ import annotations

from pathlib import Path

import pytest
from commands import CUSTOMERS, Cli, Once

RULES = """
[override]
max_notches_up = 1
approval = { up = "one", down = "none" }
may_grade_not_graded = true
[correction]
approval = { up = "none", down = "none" }
needs_evidence = false
"""
WHY = ("--reason", "entered_wrong")
BIG = "x" * 10_000_000


@pytest.fixture
def work(cli: Cli, shop: Path, once: Once) -> Path:
    """A workspace with a run, an override in effect and one that was returned cannot be."""

    @once
    def made() -> None:
        policy = shop / "shop.toml"
        policy.write_text(policy.read_text(encoding="utf-8") + RULES, encoding="utf-8")
        assert cli("init").code == 0
        assert cli("grade", "customers.csv", "--policy", "shop.toml").code == 0

    assert cli("override", "propose", "C1", "B", "--reason", "systemic", "--narrative", "x").code == 0
    (shop / "folder").mkdir()
    return made


@pytest.mark.usefixtures("work")
@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("correct", "C1", "spent", "", *WHY), "“” is no value. Write “missing” or “-” if you mean"),
        (("correct", "C1", "spent", " ", *WHY), "“” is no value."),
        (("correct", "C1", "spent", "NaN", *WHY), "“NaN” is no value."),
        (("correct", "C1", "spent", "5", *WHY, "--policy", "nope"), "There is no run by the policy “nope”."),
        (("correct", "C1", "spent", "5", *WHY, "--narrative", BIG), "10000 are allowed"),
        (("override", "resubmit", "O1", "--value", "3"), "O1 gives a grade, no value. Write --grade"),
        (("override", "list", "--policy", "nope"), "Nothing is on record under a policy “nope”"),
        (("override", "list", "--customer", "NOBODY"), "There is no customer “NOBODY”: not on record"),
        (
            ("override", "list", "--due", "--within", "9" * 20),
            "--within: Give a whole number from 0 to 36,500.",
        ),
        (("override", "list", "--status", "nope"), "“nope” is no status. Known: “awaiting approval”, “re"),
        (("override", "propose", "--reason", "x"), "CUSTOMER is missing."),
        (("audit", "log", "--policy", "nope"), "Nothing is on record under a policy “nope”"),
        (("audit", "log", "--customer", "NOBODY"), "There is no customer “NOBODY”"),
        (("audit", "log", "--last", "0"), "--last: Give a whole number, at least 1."),
        (("audit", "export", "acts.jsonl", "--customer", "NOBODY"), "There is no customer “NOBODY”"),
        (("note", "list", "NOBODY"), "There is no customer “NOBODY”"),
        (("note", "add", "C1", "x", "--policy", "nope"), "There is no run by the policy “nope”."),
        (("people", "recall", "x"), "NUMBER: Give a whole number, at least 1."),
        (("people", "delegate", "somebody"), "--until is missing."),
        (("ledger", "backup", "folder"), "FILE: This is a folder, not a file."),
        (("ledger", "backup", "no/such.gz"), "The folder to write into is not there."),
        (("ledger", "clock"), "--because is missing."),
        (
            ("explain", "C1", "--to", "html", "--out", "no/such.html"),
            "The folder to write into is not there.",
        ),
        (("explain", "C1", "--out", "folder"), "--out: This is a folder, not a file."),
    ],
)
def test_it_is_told_in_one_line_and_nothing_is_recorded(
    cli: Cli, work: Path, arguments: tuple[str, ...], told: str
) -> None:
    head, files = cli("audit", "head").out, sorted(work.iterdir())
    ended = cli(*arguments)
    assert (ended.code, ended.out) == (2, "")
    assert told in ended.err
    assert ended.err.count("\n") == 1
    chinese = cli(*arguments, "--lang", "zh")
    assert (chinese.code, chinese.out, chinese.err.count("\n")) == (2, "", 1)
    assert (cli("audit", "head").out, sorted(work.iterdir())) == (head, files)


@pytest.mark.usefixtures("work")
def test_a_sheet_that_cannot_be_written_is_not_on_record_as_taken(cli: Cli, work: Path) -> None:
    (work / "rung.toml").write_text("[confidentiality]\nfields = ['late']\n", encoding="utf-8")
    head = cli("audit", "head").out
    assert cli("explain", "C1", "--to", "html", "--out", "no/such.html").code == 2
    assert cli("ledger", "backup", "no/such.gz").code == 2
    assert cli("audit", "head").out == head
    assert cli("explain", "C1", "--to", "html", "--out", "sheet.html").code == 0
    assert cli("audit", "head").out != head


@pytest.mark.usefixtures("work")
@pytest.mark.parametrize("words", ["approved", "in effect", "In-Effect", "in_effect", "生效"])
def test_a_status_goes_by_the_word_the_list_shows_or_by_jsons(cli: Cli, words: str) -> None:
    (found,) = cli("override", "list", "--status", words, "--json").json["inputs"]
    assert (found["id"], found["status"]) == ("O1", "approved")
    assert cli("override", "list", "--status", "待审批", "--json").json["inputs"] == []


@pytest.mark.usefixtures("work")
def test_whose_records_are_listed_goes_by_name_too_and_outlives_the_table(cli: Cli, work: Path) -> None:
    (found,) = cli("override", "list", "--customer", "甲公司", "--json").json["inputs"]
    assert found["customer_id"] == "C1"
    assert cli("note", "list", "乙公司").out == "No note that is for you.\n"
    (work / "customers.csv").write_text(CUSTOMERS.replace("C1,甲公司,6000,0\n", ""), encoding="utf-8")
    assert cli("grade", "customers.csv", "--policy", "shop.toml").code == 0
    (found,) = cli("override", "list", "--customer", "C1", "--json").json["inputs"]
    assert found["id"] == "O1"


@pytest.mark.usefixtures("work")
def test_an_act_is_on_the_last_run_by_the_policy_named(cli: Cli, work: Path) -> None:
    other = (work / "shop.toml").read_text(encoding="utf-8").replace("shop.tiers", "shop.other")
    (work / "other.toml").write_text(other, encoding="utf-8")
    assert cli("grade", "customers.csv", "--policy", "other.toml").code == 0
    made = cli("correct", "C2", "late", "0", *WHY, "--policy", "shop.tiers", "--json").json["correction"]
    assert made["policy_id"] == "shop.tiers"
    assert "exclude each other" in cli("correct", "C2", "late", "0", *WHY, "--policy", "x", "--run", "y").err
    made = cli(
        "override", "propose", "C2", "C", "--reason", "systemic", "--policy", "other.toml", "--json"
    ).json["override"]
    assert made["policy_id"] == "shop.other"


@pytest.mark.usefixtures("work")
def test_the_log_says_what_reasons_and_values_are_called(cli: Cli) -> None:
    assert cli("correct", "C2", "late", "1", *WHY).code == 0
    log = " ".join(cli("audit", "log").out.split())
    assert "O1 A → B Systemic (demand, supply, price, region) x takes effect" in log
    assert "Days late: 30 → 1 B → B Entered wrongly" in log
    assert "录入错误" in cli("audit", "log", "--lang", "zh").out
