"""``rung grade`` grades a table by a policy, says what came of it, and writes the grades out."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest
from commands import CUSTOMERS, Cli, listing

GRADE = ("grade", "customers.csv", "--policy", "shop.toml", "--as-of", "2026-03-01")


def test_the_customers_of_each_grade_are_counted(cli: Cli, shop: Path) -> None:
    ended = cli(*GRADE, "--json")
    assert (ended.code, ended.err) == (0, "")
    manifest = ended.json["manifest"]
    assert manifest["rows"] == 5
    assert manifest["counts"] == {"A": 1, "B": 2, "C": 1}
    assert manifest["not_graded"] == {"missing:spent": 1}
    assert manifest["flagged"] == {"big": 1}
    assert manifest["as_of"] == "2026-03-01"
    assert manifest["policy"]["title"] == {"zh": "店铺等级", "en": "Shop tiers"}
    assert (ended.json["run"], ended.json["out"]) == (None, None)
    assert listing(shop) == ["customers.csv", "shop.toml"]


@pytest.mark.usefixtures("shop")
def test_the_summary_shows_grades_causes_and_what_was_kept(cli: Cli) -> None:
    ended = cli(*GRADE)
    assert ended.code == 0
    words = " ".join(ended.out.split())
    for shown in (
        "Shop tiers (shop.tiers 1)",
        "5 customers, as of 2026-03-01",
        "B 2 40.0%",
        "– not graded 1 20.0%",
        "Data missing: Spent 1",
        "Big 1",
        "Nothing was kept",
    ):
        assert shown in words


@pytest.mark.usefixtures("shop")
def test_the_summary_speaks_chinese(cli: Cli) -> None:
    ended = cli("--lang", "zh", *GRADE)
    assert "店铺等级" in ended.out
    assert "缺少数据：消费" in ended.out


def test_the_grades_are_written_with_points_reasons_and_causes(cli: Cli, shop: Path) -> None:
    ended = cli(*GRADE, "--out", "grades.csv")
    assert (ended.code, ended.err) == (0, "")
    assert "Grades written to grades.csv." in ended.out
    rows = pl.read_csv(shop / "grades.csv", infer_schema=False).to_dicts()
    assert list(rows[0]) == [
        "customer_id",
        "customer_name",
        "model_grade",
        "score",
        "flags",
        "points_spent",
        "points_late",
        "reasons",
        "reason_texts",
        "evidence",
        "not_graded",
        "not_graded_text",
    ]
    assert [(row["customer_id"], row["model_grade"], row["score"]) for row in rows] == [
        ("C1", "A", "100.0"),
        ("C2", "B", "43.33"),
        ("C3", "C", "3.33"),
        ("C4", None, None),
        ("C5", "B", "70.0"),
    ]
    assert rows[2]["reasons"] == "gate:very_late; spent:3; late:2"
    assert rows[2]["reason_texts"].startswith("Far too late; Too little spent")
    assert rows[3]["not_graded_text"] == "Data missing: Spent"
    assert rows[4]["evidence"] == "67"


@pytest.mark.parametrize("ending", ["csv", "xlsx", "parquet", "jsonl"])
def test_every_format_holds_every_customer_in_order(cli: Cli, shop: Path, ending: str) -> None:
    out = shop / f"grades.{ending}"
    assert cli(*GRADE, "--out", out).code == 0
    read = {"csv": pl.read_csv, "xlsx": pl.read_excel, "parquet": pl.read_parquet, "jsonl": pl.read_ndjson}
    frame = read[ending](out)  # type: ignore[operator]
    assert frame["customer_id"].to_list() == ["C1", "C2", "C3", "C4", "C5"]
    assert frame["model_grade"].to_list() == ["A", "B", "C", None, "B"]


def test_strict_ends_with_one_where_somebody_is_not_graded(cli: Cli, shop: Path) -> None:
    assert cli(*GRADE, "--strict").code == 1
    (shop / "customers.csv").write_text("customer_id,spent,late\nC1,1,0\n", encoding="utf-8")
    assert cli(*GRADE, "--strict").code == 0


def test_names_that_would_do_harm_are_written_and_shown_inert(cli: Cli, shop: Path) -> None:
    hostile = ["=cmd()", "\x1b[31mred", "[red]x[/red]", "\u202eabc", "😀公司", "-1+1", "a\tb"]
    rows = "".join(f'H{n},"{name}",2000,0\n' for n, name in enumerate(hostile))
    (shop / "customers.csv").write_text(f"customer_id,customer_name,spent,late\n{rows}", encoding="utf-8")
    assert cli(*GRADE, "--out", "grades.csv").code == 0
    names = pl.read_csv(shop / "grades.csv")["customer_name"].to_list()
    assert names == ["'=cmd()", "[31mred", "[red]x[/red]", "abc", "😀公司", "'-1+1", "a b"]
    for number, name in enumerate(["=cmd()", "[31mred", "[red]x[/red]", "abc", "😀公司"]):
        ended = cli("explain", f"H{number}", "--source", "customers.csv", "--policy", "shop.toml")
        assert ended.out.splitlines()[0] == f"H{number}  {name}"
        assert "\x1b" not in ended.out
        assert "\u202e" not in ended.out


def test_what_could_not_be_read_is_listed_beside_the_grades(cli: Cli, shop: Path) -> None:
    (shop / "customers.csv").write_text(CUSTOMERS + "C6,己公司,lots,0\n,庚公司,1,1\n", encoding="utf-8")
    ended = cli(*GRADE, "--out", "grades.csv")
    assert "1 value of “spent” could not be read, such as “lots” in line 7" in ended.out
    assert "1 row without an id set aside" in ended.out
    assert "2 rows or values were set aside, listed in grades.rejected.csv." in ended.out
    lines = pl.read_csv(shop / "grades.rejected.csv")["line"].sort().to_list()
    assert lines == [7, 8]


def test_rows_of_one_customer_are_refused_unless_told_which_counts(cli: Cli, shop: Path) -> None:
    (shop / "customers.csv").write_text(CUSTOMERS + "C1,甲公司,1,0\n", encoding="utf-8")
    refused = cli(*GRADE)
    assert (refused.code, refused.out) == (2, "")
    assert cli(*GRADE, "--duplicates", "first", "--json").json["manifest"]["counts"]["A"] == 1
    assert cli(*GRADE, "--duplicates", "last", "--json").json["manifest"]["counts"]["A"] == 0


def test_a_mapping_file_names_the_headers(cli: Cli, shop: Path) -> None:
    (shop / "customers.csv").write_text("X1,X2,X3\nC1,2,0\n", encoding="utf-8")
    (shop / "map.toml").write_text(
        '[customers]\ncustomer_id = "X1"\nspent = { column = "X2", unit = "千元" }\nlate = "X3"\n',
        encoding="utf-8",
    )
    ended = cli(*GRADE, "--map", "map.toml", "--json")
    assert ended.json["manifest"]["counts"] == {"A": 1, "B": 0, "C": 0}


def test_a_draft_of_a_mapping_file_is_printed_and_nothing_else(cli: Cli, shop: Path) -> None:
    ended = cli(*GRADE, "--draft-map")
    assert (ended.code, ended.err) == (0, "")
    assert "[customers]" in ended.out
    assert 'spent = "spent"' in ended.out
    assert listing(shop) == ["customers.csv", "shop.toml"]


def test_in_a_workspace_the_run_is_kept_and_found_again(cli: Cli, shop: Path) -> None:
    assert cli("init").code == 0
    ended = cli(*GRADE)
    assert "Kept as run" in ended.out
    listed = cli("runs", "--json").json
    assert [run["counts"] for run in listed["runs"]] == [{"A": 1, "B": 2, "C": 1}]
    run_id = listed["runs"][0]["run_id"]
    assert sorted(path.name for path in (shop / "runs" / run_id).iterdir()) == [
        "measured.arrow",
        "policy.json",
        "rejected.csv",
        "results.arrow",
        "run.json",
    ]
    assert "shop.tiers" in " ".join(cli("runs").out.split())


def test_a_workspace_knows_its_policy_and_its_sources_by_name(cli: Cli, shop: Path) -> None:
    assert cli("init").code == 0
    (shop / "shop.toml").rename(shop / "policies" / "shop.toml")
    (shop / "rung.toml").write_text(
        'schema = 1\nlanguage = "zh"\npolicy = "shop.tiers"\n'
        '[sources.all]\ncustomers = "customers.csv"\nas_of = 2026-03-01\n',
        encoding="utf-8",
    )
    ended = cli("grade", "all", "--json")
    assert ended.json["manifest"]["as_of"] == "2026-03-01"
    assert "店铺等级" in cli("grade", "all").out


def test_an_export_from_a_workspace_goes_where_it_is_told(cli: Cli, shop: Path) -> None:
    assert cli("init", "work").code == 0
    ended = cli(*GRADE, "--workspace", "work", "--out", "grades.jsonl")
    assert ended.code == 0
    first = json.loads((shop / "grades.jsonl").read_text(encoding="utf-8").splitlines()[0])
    assert (first["customer_id"], first["flags"], first["reasons"]) == ("C1", ["big"], [])
