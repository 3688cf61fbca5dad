"""Several policies over one table: all of their runs or none, one report, one wide file."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from commands import CUSTOMERS, POLICY, Cli, listing

SIZE = """
schema = 1
id = "shop.size"
version = "1"
title = { zh = "规模", en = "By size" }
grades = ["big", "small"]

[fields.spent]
title = { zh = "消费", en = "Spent" }
kind = "money"

[grading]
mode = "count"
by = "spent"
shares = { big = 25, small = 100 }
"""
STEADY = POLICY.replace('id = "shop.tiers"', 'id = "shop.steady"').replace(
    "[[criteria]]", "[hysteresis]\nmax_up = 1\n\n[[criteria]]", 1
)
BOTH = ("grade", "customers.csv", "--policy", "shop.toml", "--policy", "size.toml", "--as-of", "2026-03-01")


@pytest.fixture
def two(shop: Path) -> Path:
    """The shop with a second policy and one that looks back."""
    (shop / "size.toml").write_text(SIZE, encoding="utf-8")
    (shop / "steady.toml").write_text(STEADY, encoding="utf-8")
    return shop


def test_one_report_tells_each_policy_s_grades_and_the_table_once(cli: Cli, two: Path) -> None:
    (two / "customers.csv").write_text(CUSTOMERS.replace("丙公司,5,", "丙公司,many,"), encoding="utf-8")
    ended = cli(*BOTH)
    assert ended.code == 0, ended.err
    assert ended.out.count("Shop tiers  (shop.tiers 1)") == 1
    assert ended.out.count("By size  (shop.size 1)") == 1
    assert ended.out.count("1 value of “spent” could not be read") == 1


@pytest.mark.usefixtures("two")
def test_the_runs_of_one_call_share_a_batch_and_each_is_by_its_policy(cli: Cli) -> None:
    cli("init", ".")
    told = cli(*BOTH, "--json").json
    assert [each["manifest"]["policy"]["id"] for each in told["runs"]] == ["shop.tiers", "shop.size"]
    assert {each["manifest"]["batch"] for each in told["runs"]} == {told["runs"][0]["run"]} == {told["batch"]}
    assert [each["manifest"]["counts"] for each in told["runs"]] == [
        {"A": 1, "B": 2, "C": 1},
        {"big": 1, "small": 3},
    ]
    assert len(cli("runs", "--json").json["runs"]) == 2


@pytest.mark.usefixtures("two")
def test_each_run_keeps_its_own_policy_s_columns_and_report(cli: Cli) -> None:
    tiers, size = (each["manifest"] for each in cli(*BOTH, "--json").json["runs"])
    assert [column["id"] for column in tiers["columns"]] == ["spent", "late"]
    assert [column["id"] for column in size["columns"]] == ["spent"]
    assert "late" not in {column["id"] for column in size["quality"]["columns"]}
    alone = cli("grade", "customers.csv", "--policy", "size.toml", "--as-of", "2026-03-01", "--json").json
    for key in ("counts", "not_graded", "quality", "columns", "calibration", "input_sha256"):
        assert size[key] == alone["manifest"][key], key


def test_a_policy_that_fails_leaves_no_run(cli: Cli, two: Path) -> None:
    cli("init", ".")
    (two / "size.toml").write_text(SIZE.replace('by = "spent"', 'by = "spend"'), encoding="utf-8")
    before = listing(two)
    ended = cli(*BOTH)
    assert ended.code == 2
    assert "size.toml" in ended.err
    assert listing(two) == before


def test_a_table_that_fails_for_one_policy_leaves_no_run(cli: Cli, two: Path) -> None:
    cli("init", ".")
    (two / "size.toml").write_text(
        SIZE.replace('kind = "money"', 'kind = "money"\nrequired = true')
        .replace("spent", "turnover")
        .replace("Spent", "Turnover")
        .replace("消费", "营业额"),
        encoding="utf-8",
    )
    ended = cli(*BOTH)
    assert ended.code == 2
    assert "turnover" in ended.err
    assert listing(two / "runs") == []


def test_what_is_wrong_with_several_policies_is_told_at_once(cli: Cli, two: Path) -> None:
    (two / "size.toml").write_text(SIZE.replace('by = "spent"', 'by = "spend"'), encoding="utf-8")
    (two / "shop.toml").write_text(POLICY.replace('measure = "late"', 'measure = "lat"'), encoding="utf-8")
    errors = cli(*BOTH).err
    assert "size.toml" in errors
    assert "shop.toml" in errors


@pytest.mark.usefixtures("two")
def test_one_policy_named_twice_is_refused(cli: Cli) -> None:
    ended = cli("grade", "customers.csv", "--policy", "shop.toml", "--policy", "shop.toml")
    assert (ended.code, "named twice" in ended.err) == (2, True)


def test_one_wide_file_has_every_policy_s_columns_under_its_id(cli: Cli, two: Path) -> None:
    assert cli(*BOTH, "--out", "grades.csv").code == 0
    wide = pl.read_csv(two / "grades.csv")
    assert wide.columns[:4] == ["customer_id", "customer_name", "shop.tiers.model_grade", "shop.tiers.score"]
    assert [name for name in wide.columns if name.endswith("model_grade")] == [
        "shop.tiers.model_grade",
        "shop.size.model_grade",
    ]
    assert wide["shop.tiers.model_grade"].to_list() == ["A", "B", "C", None, "B"]
    assert wide["shop.size.model_grade"].to_list() == ["big", "small", "small", None, "small"]


@pytest.mark.usefixtures("two")
def test_a_pipe_carries_the_wide_rows_too(cli: Cli) -> None:
    ended = cli(*BOTH, "--out", "-", "--out-format", "csv")
    assert ended.out.splitlines()[0].startswith("customer_id,customer_name,shop.tiers.model_grade")
    assert len(ended.out.splitlines()) == 6


def test_policies_that_mean_other_things_by_one_name_each_read_the_table_their_own_way(
    cli: Cli, two: Path
) -> None:
    # What one policy calls days stands under the header that is another field's name.
    other = SIZE.replace('kind = "money"', 'kind = "integer"\naliases = ["late"]').replace(
        'title = { zh = "消费", en = "Spent" }', 'title = { zh = "天数", en = "Days" }'
    )
    (two / "size.toml").write_text(other.replace("spent", "days"), encoding="utf-8")
    tiers, size = (each["manifest"] for each in cli(*BOTH, "--json").json["runs"])
    assert [column["id"] for column in tiers["columns"]] == ["spent", "late"]
    assert (size["counts"], size["not_graded"]) == ({"big": 1, "small": 3}, {"missing:days": 1})


@pytest.mark.usefixtures("two")
def test_explain_shows_one_customer_under_each_policy_of_the_call(cli: Cli) -> None:
    cli("init", ".")
    cli(*BOTH)
    ended = cli("explain", "C2", "--all-policies")
    assert ended.code == 0, ended.err
    assert "Shop tiers  (shop.tiers 1)" in ended.out
    assert "By size  (shop.size 1)" in ended.out
    told = cli("explain", "C2", "--all-policies", "--json").json["explanations"]
    assert [(each["policy_id"], each["grade"]) for each in told] == [
        ("shop.tiers", "B"),
        ("shop.size", "small"),
    ]


@pytest.mark.usefixtures("two")
def test_explain_takes_the_last_run_by_each_policy_named(cli: Cli) -> None:
    cli("init", ".")
    cli("grade", "customers.csv", "--policy", "shop.toml")
    cli("grade", "customers.csv", "--policy", "size.toml")
    assert cli("explain", "C2", "--policy", "shop.tiers", "--json").json["policy_id"] == "shop.tiers"
    told = cli("explain", "C2", "--all-policies", "--json").json["explanations"]
    assert sorted(each["policy_id"] for each in told) == ["shop.size", "shop.tiers"]
    ended = cli("explain", "C2", "--policy", "shop.tier")
    assert (ended.code, "Did you mean “shop.tiers”?" in ended.err) == (2, True)


def test_explain_says_which_run_does_not_hold_the_customer(cli: Cli, two: Path) -> None:
    cli("init", ".")
    cli("grade", "customers.csv", "--policy", "shop.toml")
    (two / "customers.csv").write_text("customer_id,spent\nC1,5\n", encoding="utf-8")
    cli("grade", "customers.csv", "--policy", "size.toml")
    ended = cli("explain", "C2", "--all-policies")
    assert ended.code == 0
    assert "no customer “C2” in the run" in ended.out
    assert cli("explain", "C9", "--all-policies").code == 2


@pytest.mark.usefixtures("two")
def test_explain_from_a_table_takes_several_policies_too(cli: Cli) -> None:
    arguments = (
        "explain",
        "C1",
        "--source",
        "customers.csv",
        "--policy",
        "shop.toml",
        "--policy",
        "size.toml",
    )
    told = cli(*arguments, "--json").json["explanations"]
    assert [each["grade"] for each in told] == ["A", "big"]


def test_the_run_before_is_found_in_the_workspace_and_told_of(cli: Cli, two: Path) -> None:
    cli("init", ".")
    cli("grade", "customers.csv", "--policy", "steady.toml", "--as-of", "2026-03-01")
    (two / "customers.csv").write_text(
        CUSTOMERS.replace("C3,丙公司,5,120", "C3,丙公司,5000,0"), encoding="utf-8"
    )
    ended = cli("grade", "customers.csv", "--policy", "steady.toml", "--as-of", "2026-04-01")
    assert "as of 2026-03-01: 4 with a grade there, 1 held." in ended.out
    told = cli("explain", "C3")
    assert "Grade before: C. Without it: A; held at B: at most 1 notch up in one run." in told.out


def test_a_file_written_by_one_call_is_what_the_next_looks_back_at(cli: Cli, two: Path) -> None:
    steady = ("grade", "customers.csv", "--policy", "steady.toml", "--out", "grades.csv")
    assert cli(*steady).code == 0
    (two / "customers.csv").write_text(
        CUSTOMERS.replace("C3,丙公司,5,120", "C3,丙公司,5000,0"), encoding="utf-8"
    )
    assert cli(*steady, "--previous", "grades.csv").code == 0
    assert pl.read_csv(two / "grades.csv")["model_grade"].to_list() == ["A", "B", "B", None, "B"]


def test_a_policy_that_grades_nobody_is_refused_and_says_why(cli: Cli, two: Path) -> None:
    (two / "alarm.toml").write_text(
        'schema = 1\nid = "bank.alarms"\nversion = "1"\ntitle = "Alarms"\nsector = "bank"\n'
        '[[alarms]]\nid = "a"\non = "complaints"\ntitle = "A"\nduties = { text = "Call", by = "keeper" }\n'
        '[roles]\nkeeper = "Keeper"\n',
        encoding="utf-8",
    )
    ended = cli("grade", "customers.csv", "--policy", "alarm.toml")
    assert ended.code == 2
    assert "grades nobody: it only raises alarms" in ended.err
