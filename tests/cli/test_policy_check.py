"""``rung policy check`` tells what the rules of a policy give away, with an example and real customers."""

from __future__ import annotations

from pathlib import Path

import pytest
from commands import CUSTOMERS, POLICY, Cli

TABLE = """
schema = 1
id = "shop.table"
version = "1"
title = "Table"
grades = ["A", "B", "C"]
grading = { mode = "rules" }
[fields]
spent = { title = { zh = "消费", en = "Spent" }, kind = "money" }
late = { title = { zh = "逾期", en = "Days late" }, kind = "integer" }
[[rules]]
id = "good"
grade = "A"
when = { spent = ">= 1000", late = "<= 30" }
reason = "r"
[[rules]]
id = "better"
grade = "B"
when = { spent = ">= 5000", late = 0 }
reason = "r"
[[rules]]
id = "small"
grade = "C"
when = { spent = "< 1000" }
reason = "r"
"""


@pytest.fixture
def table(tmp_path: Path) -> Path:
    (tmp_path / "table.toml").write_text(TABLE, encoding="utf-8")
    (tmp_path / "customers.csv").write_text("编号,消费,逾期\na,2000,31\nb,6000,0\nc,10,0\n", encoding="utf-8")
    return tmp_path


@pytest.mark.usefixtures("table")
def test_findings_are_told_with_line_example_and_remedy_and_end_with_one(cli: Cli) -> None:
    ended = cli("policy", "check", "table.toml")
    assert ended.code == 1
    lines = ended.out.splitlines()
    assert lines[0] == "table.toml: 2 errors, 1 warning"
    assert lines[1].startswith("  error: table.toml:6 [grades[1]]: Grade “B” is given to nobody") or lines[1]
    told = "\n".join(lines)
    assert "table.toml:16 [rules[1]]: Rule “better” never decides: “good” holds wherever it does" in told
    assert "Such as { spent = 5000, late = 0 }: graded A (rule:good)." in told
    assert 'No rule holds for the customers { spent = ">= 1000", late = ">= 31" }' in told
    assert "Such as { spent = 1000, late = 31 }: not graded, no_rule." in told
    assert "See also line 11 [rules[0]]." in told


@pytest.mark.usefixtures("table")
def test_real_customers_of_a_table_are_counted_inside_each_finding(cli: Cli) -> None:
    ended = cli("policy", "check", "table.toml", "--data", "customers.csv", "--as-of", "2026-01-01")
    assert ended.code == 1
    assert ended.out.count("Concerns 1 of 3 customers.") == 2


@pytest.mark.usefixtures("table")
def test_json_carries_kind_condition_example_and_customers(cli: Cli) -> None:
    ended = cli("policy", "check", "table.toml", "--data", "customers.csv", "--json")
    found = {each["kind"]: each for each in ended.json["policies"]["table.toml"]}
    assert set(found) == {"shadowed", "unreachable_grade", "gap"}
    assert found["gap"]["line"] == 11
    assert found["gap"]["condition"] == '{ spent = ">= 1000", late = ">= 31" }'
    assert found["gap"]["example"]["customer"] == {"spent": 1000, "late": 31}
    assert found["gap"]["example"]["not_graded"] == "no_rule"
    assert (found["gap"]["customers"], found["unreachable_grade"]["customers"]) == (1, None)
    assert found["shadowed"]["others"] == [{"file": "table.toml", "line": 11, "key": "rules[0]"}]


def test_customers_of_a_run_are_counted_and_what_it_lacks_is_said(cli: Cli, table: Path) -> None:
    cli("init", "shop")
    (table / "shop/policies/table.toml").write_text(TABLE, encoding="utf-8")
    assert cli("grade", "customers.csv", "--policy", "shop.table", "--workspace", "shop").code == 0
    ended = cli("policy", "check", "shop.table", "--run", "latest", "--workspace", "shop")
    assert ended.out.count("Concerns 1 of 3 customers.") == 2
    wider = TABLE.replace("[fields]", '[fields]\nplan = { title = "Plan", kind = "text" }')
    wider = wider.replace('when = { spent = "< 1000" }', 'when = { spent = "< 1000", plan = "x" }')
    (table / "shop/policies/table.toml").write_text(wider, encoding="utf-8")
    ended = cli("policy", "check", "shop.table", "--run", "latest", "--workspace", "shop")
    assert "cannot be told: the run lacks a value" in ended.out


@pytest.mark.usefixtures("table")
def test_customers_are_counted_for_one_policy_from_one_place(cli: Cli) -> None:
    assert cli("policy", "check", "--data", "customers.csv").code == 2
    ended = cli("policy", "check", "table.toml", "--data", "customers.csv", "--run", "latest")
    assert (ended.code, "--data and --run exclude each other" in ended.err) == (2, True)
    assert "no workspace" in cli("policy", "check", "table.toml", "--run", "latest").err


def test_notes_are_counted_shown_on_demand_and_end_with_zero(cli: Cli, table: Path) -> None:
    noted = TABLE.replace(
        'id = "better"\ngrade = "B"\nwhen = { spent = ">= 5000", late = 0 }',
        'id = "better"\ngrade = "B"\nwhen = { spent = ">= 5000" }',
    )
    noted = noted.replace('grading = { mode = "rules" }', 'grading = { mode = "rules", otherwise = "C" }')
    (table / "table.toml").write_text(noted, encoding="utf-8")
    ended = cli("policy", "check", "table.toml")
    assert (ended.code, ended.out) == (0, "table.toml: sound, 1 note\n  --notes shows the notes.\n")
    shown = cli("policy", "check", "table.toml", "--notes")
    assert (shown.code, "note: table.toml:16 [rules[1]]: Rule “better” (B) also holds" in shown.out) == (
        0,
        True,
    )


def test_a_policy_with_errors_is_not_analysed_and_not_counted(cli: Cli, table: Path) -> None:
    (table / "table.toml").write_text(TABLE.replace('grade = "B"', 'grade = "Z"'), encoding="utf-8")
    ended = cli("policy", "check", "table.toml", "--data", "customers.csv")
    assert ended.code == 1
    assert "never decides" not in ended.out


def test_the_policy_of_points_is_clean(cli: Cli, shop: Path) -> None:
    assert (POLICY and CUSTOMERS and shop.is_dir()) is True
    assert cli("policy", "check", "shop.toml", "--data", "customers.csv").code == 0
