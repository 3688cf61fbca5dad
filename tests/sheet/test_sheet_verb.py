"""``rung explain`` writes a rating sheet, into a file or to standard output, or says why not."""

from __future__ import annotations

from pathlib import Path

import pytest
from printing import Reader, rung


@pytest.mark.usefixtures("shop")
def test_the_verb_writes_a_sheet_in_place_of_an_older_file(capsys: pytest.CaptureFixture[str]) -> None:
    Path("sheet.html").write_text("old", encoding="utf-8")
    rung("explain", "甲公司", "--to", "html", "--out", "sheet.html")
    assert "Written: sheet.html" in capsys.readouterr().out
    assert Path("sheet.html").read_text(encoding="utf-8").startswith("<!doctype html>")


@pytest.mark.usefixtures("shop")
def test_the_verb_writes_a_sheet_to_standard_output(capsys: pytest.CaptureFixture[str]) -> None:
    rung("grade", "customers.csv", "--policy", "shop.tiers", "--as-of", "2026-03-02")
    capsys.readouterr()
    rung("explain", "C1", "--to", "html")
    plain = capsys.readouterr().out
    rung("explain", "C1", "--to", "html", "--out", "-")
    assert plain.startswith("<!doctype html>")
    assert plain.rstrip().endswith("</html>")
    assert capsys.readouterr().out.startswith("<!doctype html>")


@pytest.mark.usefixtures("shop")
@pytest.mark.parametrize(
    ("out", "begins"), [("why.txt", "C1  甲公司"), ("why.json", "{"), ("why.htm", "<!doctype html>")]
)
def test_the_ending_of_the_file_says_what_is_written(out: str, begins: str) -> None:
    rung("explain", "C1", "--out", out)
    assert Path(out).read_text(encoding="utf-8").startswith(begins)


@pytest.mark.usefixtures("shop")
def test_a_sheet_is_drawn_straight_from_a_table_without_human_input(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, policy = Path("customers.csv").absolute(), Path("policies/shop.toml").absolute()
    monkeypatch.chdir(tmp_path)
    given = ("--source", source, "--policy", policy, "--as-of", "2026-03-01")
    rung("explain", "C1", *given, "--to", "html", "--out", "sheet.html")
    told = Reader(Path("sheet.html").read_text(encoding="utf-8")).words
    assert "Grade A" in told
    assert "Human input" not in told
    assert "Effective grade" not in told


@pytest.mark.usefixtures("shop")
@pytest.mark.parametrize(
    ("given", "told"),
    [
        (("--to", "pdf"), "print it to PDF"),
        (("--out", "sheet.pdf"), "print it to PDF"),
        (("--to", "html", "--json"), "--json and --to html contradict each other"),
        (("--to", "html", "--out", "no/such/sheet.html"), "The folder to write into is not there"),
        (("--to", "docx"), "--to takes one of: text, html, json"),
    ],
)
def test_what_cannot_be_written_is_refused_in_one_line(
    given: tuple[str, ...], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    from rung.cli import run

    assert run(["explain", "C1", *given]) == 2
    err = capsys.readouterr().err
    assert told in err
    assert err.count("\n") == 1
    assert not list(Path().glob("*.pdf"))
