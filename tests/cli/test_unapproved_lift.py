"""A value that was free because it lifted nothing, and lifts a grade by now: told, renewed by approval."""

from __future__ import annotations

from pathlib import Path

import pytest
from commands import CUSTOMERS, Cli, Once

RULES = """
[correction]
approval = { up = "one", down = "none" }
needs_evidence = false
"""


@pytest.fixture
def work(cli: Cli, shop: Path, once: Once) -> Path:
    """A workspace in which C2 is B, and a better grade asks for an approval."""

    @once
    def made() -> None:
        with (shop / "shop.toml").open("a", encoding="utf-8") as file:
            file.write(RULES)
        assert cli("init").code == 0
        assert cli("grade", "customers.csv", "--policy", "shop.toml").code == 0

    return made


def regraded(cli: Cli, work: Path, old: str, new: str) -> None:
    (work / "customers.csv").write_text(CUSTOMERS.replace(old, new), encoding="utf-8")
    assert cli("grade", "customers.csv", "--policy", "shop.toml").code == 0


def due(cli: Cli) -> list[tuple[str, str]]:
    found = cli("override", "list", "--due", "--json")
    assert found.code == 0, found.err
    return [(each["id"], each["cause"]) for each in found.json["due"]]


def corrected(cli: Cli, *arguments: str) -> bool:
    """Correct and tell whether it is in effect."""
    made = cli("correct", *arguments, "--reason", "entered_wrong", "--json")
    assert made.code == 0, made.err
    return bool(made.json["correction"]["approvals_needed"] == 0)


def test_a_free_value_that_has_come_to_lift_the_grade_is_to_be_looked_at(cli: Cli, work: Path) -> None:
    assert corrected(cli, "C2", "late", "20")  # 30 before: both count the same
    assert due(cli) == []
    regraded(cli, work, "500,30", "500,120")  # and now a gate would hold the customer
    assert cli("explain", "C2", "--json").json["computed_grade"] == "B"
    assert due(cli) == [("C1", "lifts")]
    assert "by now it lifts the grade, unapproved" in cli("override", "list", "--due").out


def test_one_that_lifts_nothing_is_left_alone(cli: Cli, work: Path) -> None:
    assert corrected(cli, "C2", "late", "120")
    regraded(cli, work, "500,30", "500,31")
    assert ("C1", "lifts") not in due(cli)


def test_of_two_values_the_one_that_lifts_is_told(cli: Cli, work: Path) -> None:
    assert corrected(cli, "C2", "late", "20")
    assert corrected(cli, "C2", "spent", "450")
    regraded(cli, work, "500,30", "500,120")
    assert [name for name, cause in due(cli) if cause == "lifts"] == ["C1"]


def test_to_renew_it_is_to_have_it_approved(cli: Cli, work: Path) -> None:
    assert corrected(cli, "C2", "late", "20")
    regraded(cli, work, "500,30", "500,120")
    assert not corrected(cli, "C2", "late", "20")
