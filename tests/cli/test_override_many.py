"""``rung override propose`` for many customers: chosen, shown first, and all on record or none."""

from __future__ import annotations

from pathlib import Path

import pytest
from commands import Cli
from ledger_office import BULK, acts, events, grades, proposed

pytestmark = pytest.mark.usefixtures("acting")


def test_many_are_proposed_for_one_reason_each_its_own_record(cli: Cli, office: Path) -> None:
    (office / "ids.txt").write_text("C2\nC5\n", encoding="utf-8")
    looked = cli("override", "propose", "C", *BULK, "--customers", "ids.txt", "--dry-run")
    assert (looked.code, events(cli)) == (0, 0)
    lines = looked.out.splitlines()
    assert (lines[0], lines[3].split(), lines[-1]) == (
        "Would be given C: 2",
        ["B", "-1", "2", "at", "once"],
        "Nothing was recorded.",
    )
    unasked = cli("override", "propose", "C", *BULK, "--customers", "ids.txt")
    assert (unasked.code, events(cli)) == (2, 0)
    assert unasked.err == (
        "rung: To be recorded: 2; and nobody is there to be asked. "
        "Say --yes to record them, or --dry-run to look only. Nothing was recorded.\n"
    )
    done = cli("override", "propose", "C", *BULK, "--customers", "ids.txt", "--yes")
    assert done.code == 0
    assert done.out.splitlines()[0] == "Given C: 2"
    assert done.out.splitlines()[-2:] == [
        "On record: 2, O1 to O2.",
        "Take them back with: rung override withdraw --batch O1",
    ]
    made = cli("override", "list", "--batch", "O2", "--json").json["inputs"]
    assert [(each["id"], each["customer_id"], each["batch"], each["narrative"]) for each in made] == [
        ("O1", "C2", "O1", "价格下跌"),
        ("O2", "C5", "O1", "价格下跌"),
    ]
    assert grades(cli, "C2") == grades(cli, "C5") == ("B", "B", "C")
    assert cli("override", "withdraw", "--batch", "O1").out.splitlines() == [
        "Override O1 of C2 is withdrawn.",
        "Override O2 of C5 is withdrawn.",
    ]
    assert cli("override", "list", "--json").json["inputs"] == []
    assert [kind for kind, _maker in acts(cli)] == ["override.proposed"] * 2 + ["override.withdrawn"] * 2


def test_a_refusal_records_none_unless_those_are_left_out(cli: Cli, office: Path) -> None:
    (office / "ids.csv").write_text("customer_id\nC2\nC3\n", encoding="utf-8")
    whole = ("override", "propose", "C", *BULK, "--customers", "ids.csv")
    assert cli(*whole, "--dry-run").code == 1
    refused = cli(*whole, "--yes")
    assert (refused.code, refused.out, events(cli)) == (2, "", 0)
    lines = refused.err.splitlines()
    assert "C is the model's grade already: there is nothing to override.   C3" in lines[-2]
    assert lines[-1] == (
        "rung: The rules refuse 1 of 2 customers; nothing was recorded. Leave them out with --skip-refused."
    )
    done = cli(*whole, "--yes", "--skip-refused", "--json").json
    assert [each["customer_id"] for each in done["overrides"]] == ["C2"]
    assert [(each["customer_id"], each["problems"][0][:33]) for each in done["refused"]] == [
        ("C3", "C is the model's grade already: t")
    ]
    assert events(cli) == 1
    again = cli(*whole, "--yes", "--skip-refused").out.splitlines()
    assert again[-3:-1] == ["On record: 1, O2 to O2.", "Left out, for the rules refuse them: 1."]


@pytest.mark.parametrize(
    ("chosen", "customers"),
    [
        (("--in-grade", "B"), ["C2", "C5"]),
        (("--in-grade", "A", "--in-grade", "B"), ["C1", "C2", "C5"]),
        (("--flag", "big"), ["C1"]),
        (("--where", "late=>= 30"), ["C2", "C3"]),
        (("--where", "late=missing"), ["C5"]),
        (("--where", "spent=< 1_000", "--in-grade", "B"), ["C2"]),
        (("--view", "ungraded"), ["C4"]),
        (("--view", "thin"), ["C4", "C5"]),
        (("--view", "overridden"), []),
    ],
)
@pytest.mark.usefixtures("office")
def test_the_customers_meant_are_chosen_by_grade_flag_value_and_view(
    cli: Cli, chosen: tuple[str, ...], customers: list[str]
) -> None:
    ended = cli("override", "propose", "C", *BULK, *chosen, "--dry-run", "--json")
    if not customers:
        assert (ended.code, ended.out) == (2, "")
        assert ended.err == "rung: No customer of the run is meant. Nothing was recorded.\n"
        return
    named = [*ended.json["overrides"], *ended.json["refused"]]
    assert sorted(each["customer_id"] for each in named) == customers


@pytest.mark.usefixtures("office")
def test_the_grade_customers_are_chosen_by_is_the_effective_one(cli: Cli) -> None:
    def meant(*chosen: str) -> list[str]:
        found = cli("override", "propose", "B", *BULK, *chosen, "--dry-run", "--json").json
        return sorted(each["customer_id"] for each in [*found["overrides"], *found["refused"]])

    proposed(cli, "C2", "C")
    assert meant("--in-grade", "C") == ["C2", "C3"]
    assert meant("--in-grade", "B") == ["C5"]
    assert meant("--view", "overridden") == ["C2"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("C2", "C", "--in-grade", "B"), "One customer is named, and many are chosen by options."),
        (("C2",), "GRADE is missing."),
        (("C2", "C", "--yes"), "--yes goes with many customers only."),
        (("C2", "C", "--skip-refused"), "--skip-refused goes with many customers only."),
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
def test_a_choice_that_makes_no_sense_is_refused(
    cli: Cli, office: Path, arguments: tuple[str, ...], told: str
) -> None:
    (office / "wrong.txt").write_text("C2\nX1\n", encoding="utf-8")
    ended = cli("override", "propose", *arguments, *BULK)
    assert (ended.code, ended.out, events(cli)) == (2, "", 0)
    assert ended.err.startswith("rung: ")
    assert told in ended.err


def test_nobody_chooses_by_values_that_are_not_for_them(cli: Cli, office: Path) -> None:
    choosing = ("override", "propose", "C", *BULK, "--dry-run", "--where")
    assert cli(*choosing, "late=>= 30").code == 1
    with (office / "rung.toml").open("a", encoding="utf-8") as file:
        file.write('[confidentiality]\nfields = ["late"]\n')
    ended = cli(*choosing, "late=>= 30")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err == "rung: The run keeps no value “late” to filter by. Known: prospects, spent.\n"
    assert cli(*choosing, "spent=>= 30").code == 0
