"""``rung policy test`` with its coverage and JUnit file; ``export`` and ``import`` of a policy's tables."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import xlsxwriter
from commands import Cli

from rung.policy.grid import read_grid

SCORE = """
id = "shop.score"
version = "1"
title = "Score"
grades = ["A", "B"]
[fields]
sales = { title = "Sales", kind = "integer" }
[grading]
mode = "score"
cutoffs = { A = 60 }
[[criteria]]
id = "sales"
title = "Sales"
measure = "sales"
bands = [{ when = ">= 20", points = 100 }, { when = "< 20", points = 0 }]
"""


@pytest.fixture
def score(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "score.toml").write_text(SCORE, "utf-8")
    return tmp_path


def cases(folder: Path, *rows: str) -> None:
    text = "\n".join(("name,sales,expect.grade,expect.score", *rows))
    (folder / "score.cases.csv").write_text(text, "utf-8")


def test_what_no_test_exercises_is_told(cli: Cli, score: Path) -> None:
    cases(score, "rich,20,A,100", "poor,19,B,0")
    ended = cli("policy", "test", "score.toml", "--coverage")
    assert ended.code == 0
    assert "score.toml: 2 of 2 tests passed" in ended.out
    assert "exercised: 8 of 9 parts; not all of: bands 2/3" in ended.out
    assert "score.toml:11 [criteria[0]]: No test exercises sales missing." in ended.out
    assert cli("policy", "test", "score.toml", "--strict").code == 1


def test_a_policy_exercised_whole_passes_the_strict_test(cli: Cli, score: Path) -> None:
    cases(score, "rich,20,A,100", "poor,19,B,0", "unknown,,not graded,")
    ended = cli("policy", "test", "score.toml", "--strict")
    assert ended.code == 0, ended.out
    assert "exercised: all 9 parts" in ended.out


def test_a_test_in_a_table_that_fails_is_told_at_its_row(cli: Cli, score: Path) -> None:
    cases(score, "rich,20,A,100", "poor,19,A,0")
    ended = cli("policy", "test", "score.toml", "--junit", "out.xml")
    assert ended.code == 1
    assert "score.cases.csv:3 [expect.grade]: Test “poor”: expected grade A, found B." in ended.out
    suite = ET.parse(score / "out.xml").getroot()[0]
    assert (suite.get("tests"), suite.get("failures")) == ("2", "1")
    failure = suite[1][0]
    assert suite[1].get("name") == "poor"
    assert "expected grade A, found B" in str(failure.get("message"))


def test_a_workbook_nobody_changed_writes_nothing(cli: Cli, score: Path) -> None:
    assert cli("policy", "export", "score.toml", "--out", "book.xlsx").code == 0
    ended = cli("policy", "import", "book.xlsx", "--policy", "score.toml", "--out", "own.toml")
    assert ended.code == 1
    assert "The workbook says what the policy says; nothing was written." in ended.out
    assert not (score / "own.toml").exists()


def changed(folder: Path, cutoff: object) -> None:
    with xlsxwriter.Workbook(folder / "book.xlsx") as book:
        page = book.add_worksheet("cutoffs")
        page.write_row(0, 0, ["grade", "at_least"])
        page.write_row(1, 0, ["A", cutoff])
        book.add_worksheet("about").write_column(0, 0, ["key", "policy"])
        book.get_worksheet_by_name("about").write_column(0, 1, ["value", "shop.score"])


def test_a_changed_workbook_becomes_a_layer_that_grades(cli: Cli, score: Path) -> None:
    assert cli("init").code == 0
    (score / "score.toml").rename(score / "policies" / "score.toml")
    changed(score, 75.5)
    ended = cli("policy", "import", "book.xlsx", "--out", "policies/own.toml", "--reason", "stricter")
    assert ended.code == 0, ended.err
    written = (score / "policies" / "own.toml").read_text("utf-8")
    assert 'extends = "shop.score"' in written
    assert "A = 75.5" in written
    assert 'reason = "stricter"' in written
    assert cli("policy", "check", "own.score").code == 0


def test_a_cell_that_breaks_the_policy_is_told_and_nothing_is_written(cli: Cli, score: Path) -> None:
    changed(score, 75.123)
    ended = cli("policy", "import", "book.xlsx", "--policy", "score.toml", "--out", "own.toml")
    assert ended.code == 2
    assert "book.xlsx (cutoffs):2" in ended.err
    assert "more decimals than the score" in ended.err
    assert not (score / "own.toml").exists()


def test_the_sheets_of_a_policy_hold_what_it_says(cli: Cli, score: Path) -> None:
    assert cli("policy", "export", "score.toml", "--out", "book.xlsx").code == 0
    bands = read_grid(score / "book.xlsx", "bands").rows
    assert [row.cells for row in bands] == [
        {"criterion": "sales", "when": ">= 20", "points": "100"},
        {"criterion": "sales", "when": "< 20", "points": "0"},
    ]


def test_a_file_that_is_no_workbook_is_told_as_such(cli: Cli, score: Path) -> None:
    (score / "book.xlsx").write_text("no workbook")
    ended = cli("policy", "import", "book.xlsx", "--out", "own.toml")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith("rung: book.xlsx: The workbook cannot be read")
    assert not (score / "own.toml").exists()


def test_a_workbook_of_somebody_else_asks_for_its_policy(cli: Cli, score: Path) -> None:
    with xlsxwriter.Workbook(score / "book.xlsx") as book:
        book.add_worksheet("prices").write(0, 0, "price")
    ended = cli("policy", "import", "book.xlsx", "--out", "own.toml")
    assert ended.code == 2
    assert "does not say which policy it came from. Name it: --policy" in ended.err
