"""Grades go to a format of a plugin's: found by ending or id, written whole or not at all, faults named."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import polars as pl
import pytest
from commands import Cli
from laid_down import LayDown

from rung.ledger import EventKind, account
from rung.workspace import Workspace

LISTING = """
def write(batches, file, about):
    print("a plugin's noise")
    with file.open("w", encoding="utf-8") as out:
        out.write(f"{about['policy']} {about['version']} {about['as_of']} {about['customers']}\\n")
        for batch in batches:
            out.write("|".join(f"{name}:{kind}" for name, kind in batch.schema.items()) + "\\n")
            for row in batch.iter_rows():
                out.write("|".join(map(str, row)) + "\\n")
"""
GRADE = ("grade", "customers.csv", "--policy", "shop.toml", "--as-of", "2026-03-01")
SECOND = """
schema = 1
id = "shop.again"
version = "3"
title = { zh = "再分", en = "Again" }
grades = ["good", "poor"]
[fields.spent]
title = { zh = "消费", en = "Spent" }
kind = "money"
[grading]
mode = "rules"
[[rules]]
id = "much"
when = { spent = ">= 50" }
grade = "good"
reason = "Much"
[[rules]]
id = "rest"
when = { spent = "-" }
grade = "poor"
reason = "Little"
"""


def left(folder: Path) -> list[str]:
    """Return what stands in a folder besides what the test put there, hidden files too."""
    return sorted(each.name for each in folder.iterdir() if each.name not in {"customers.csv", "shop.toml"})


def test_an_ending_of_a_plugin_is_written_by_it_with_the_columns_of_a_csv_typed(
    cli: Cli, lay_down: LayDown, tmp_path: Path
) -> None:
    lay_down("listing", LISTING, kind="exporters")
    ended = cli(*GRADE, "--out", "grades.LST")
    assert (ended.code, ended.err) == (0, "a plugin's noise\n")
    assert "Grades written to grades.LST." in ended.out
    assert left(tmp_path) == ["grades.LST"]
    about, types, *rows = (tmp_path / "grades.LST").read_text(encoding="utf-8").splitlines()
    assert about == "shop.tiers 1 2026-03-01 5"
    assert types.split("|")[:5] == [
        "customer_id:String",
        "customer_name:String",
        "model_grade:String",
        "score:Float64",
        "flags:String",
    ]
    assert [row.split("|")[:5] for row in rows] == [
        ["C1", "甲公司", "A", "100.0", "big"],
        ["C2", "乙公司", "B", "43.33", ""],
        ["C3", "丙公司", "C", "3.33", ""],
        ["C4", "丁公司", "None", "None", ""],
        ["C5", "戊, 公司", "B", "70.0", ""],
    ]
    cli(*GRADE, "--out", "grades.csv")
    assert [each.split(":")[0] for each in types.split("|")] == pl.read_csv("grades.csv").columns


@pytest.mark.parametrize("option", [("--out", "g.csv"), ("--out", "g.jsonl", "--out-format", "jsonl")])
def test_a_file_of_our_own_kind_imports_no_exporter(
    cli: Cli, lay_down: LayDown, tmp_path: Path, option: tuple[str, ...]
) -> None:
    file = lay_down("listing", LISTING, kind="exporters")
    assert cli(*GRADE, *option).code == 0
    assert file.stem not in sys.modules
    assert (tmp_path / option[1]).exists()


def test_an_id_imports_that_exporter_and_no_other(cli: Cli, lay_down: LayDown, tmp_path: Path) -> None:
    lay_down("listing", LISTING, kind="exporters")
    other = lay_down("other", LISTING, kind="exporters", endings=(".oth",))
    assert cli(*GRADE, "--out", "grades.anything", "--out-format", "listing").code == 0
    assert (tmp_path / "grades.anything").read_text(encoding="utf-8").startswith("shop.tiers 1")
    assert other.stem not in sys.modules


def test_our_own_format_may_be_said_for_a_name_without_its_ending(cli: Cli, tmp_path: Path) -> None:
    assert cli(*GRADE, "--out", "grades.txt", "--out-format", "csv").code == 0
    assert pl.read_csv(tmp_path / "grades.txt").height == 5


def test_of_two_plugins_for_one_ending_both_are_named_and_one_may_be_said(
    cli: Cli, lay_down: LayDown, tmp_path: Path
) -> None:
    lay_down("listing", LISTING, kind="exporters", distribution="rung-one")
    lay_down("roll", LISTING, kind="exporters", distribution="rung-two", endings=(".lst", ".roll"))
    ended = cli(*GRADE, "--out", "grades.lst")
    assert (ended.code, ended.out, left(tmp_path)) == (2, "", [])
    assert (
        "“grades.lst” could be written by several plugins: listing (rung-one 1.2), roll (rung-two 1.2). "
        "Say which is meant: --out-format listing or --out-format roll." in ended.err
    )
    assert cli(*GRADE, "--out", "grades.lst", "--out-format", "roll").code == 0
    assert left(tmp_path) == ["grades.lst"]


def test_the_longer_of_two_endings_is_meant(cli: Cli, lay_down: LayDown, tmp_path: Path) -> None:
    lay_down("short", LISTING, kind="exporters", endings=(".zip",))
    write = LISTING.replace("about['policy']", "'the longer'")
    lay_down("long", write, kind="exporters", endings=(".lst.zip",))
    assert cli(*GRADE, "--out", "grades.lst.zip").code == 0
    assert (tmp_path / "grades.lst.zip").read_text(encoding="utf-8").startswith("the longer")


@pytest.mark.parametrize("ending", [".csv", ".lst.csv"])
def test_an_ending_that_rung_would_take_for_its_own_is_refused(
    cli: Cli, lay_down: LayDown, tmp_path: Path, ending: str
) -> None:
    lay_down("listing", LISTING, kind="exporters", endings=(ending,))
    ended = cli(*GRADE, "--out", "grades.lst", "--out-format", "listing")
    assert (ended.code, left(tmp_path)) == (2, [])
    assert f"Files ending in {ending} are written by Rung itself. Use an ending of your own." in ended.err


def test_an_ending_nobody_writes_is_answered_with_ours_and_the_plugins_and_what_failed(
    cli: Cli, lay_down: LayDown, tmp_path: Path
) -> None:
    lay_down("listing", LISTING, kind="exporters")
    lay_down("torn", kind="exporters", code="import nothing_of_that_name")
    ended = cli(*GRADE, "--out", "grades.doc")
    assert (ended.code, left(tmp_path)) == (2, [])
    assert "“grades.doc” names no kind of file Rung writes." in ended.err
    assert "End it with .csv, .xlsx, .parquet, .jsonl, or with a plugin's: .lst (listing)." in ended.err
    assert "“torn” (rung-torn 1.2)" in ended.err
    assert "nothing_of_that_name" in ended.err


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--out", "g.doc", "--out-format", "pdf"), "takes one of: csv, xlsx, parquet, jsonl, listing."),
        (("--out", "-", "--out-format", "pdf"), "--out-format takes one of: csv, jsonl, listing."),
        (("--out", "-", "--out-format", "xlsx"), "--out-format takes one of: csv, jsonl, listing."),
        (("--out", "g.csv", "--out-format", "listing"), "“g.csv” is a .csv file by its name"),
        (("--out-format", "listing"), "--out-format goes with --out only."),
    ],
)
def test_a_format_that_cannot_be_meant_is_refused_before_anything_is_read(
    cli: Cli, lay_down: LayDown, tmp_path: Path, options: tuple[str, ...], words: str
) -> None:
    lay_down("listing", LISTING, kind="exporters")
    ended = cli("grade", "missing.csv", "--policy", "shop.toml", *options)
    assert (ended.code, ended.out, left(tmp_path)) == (2, "", [])
    assert words in ended.err


RAISES = "def write(batches, file, about):\n    file.write_text('half')\n    {}\n"


@pytest.mark.parametrize(
    ("write", "words"),
    [
        (RAISES.format("1 / 0"), "failed: ZeroDivisionError: division by zero"),
        (RAISES.format("raise SystemExit(0)"), "failed: SystemExit: 0"),
        (RAISES.format("open('/no/template')"), "failed: FileNotFoundError"),
        (RAISES.format("next(batches).column_that_is_not"), "failed: AttributeError"),
        (RAISES.format("return"), "stopped after 0 of 5 customers."),
        ("def write(batches, file, about):\n    list(batches)\n", "wrote no file."),
        ("def write(batches, file, about):\n    list(batches); file.mkdir()\n", "wrote no file."),
    ],
)
def test_a_plugin_that_fails_is_named_and_leaves_no_file_and_the_one_there_as_it_was(
    cli: Cli, lay_down: LayDown, tmp_path: Path, write: str, words: str
) -> None:
    lay_down("listing", write, kind="exporters")
    (tmp_path / "grades.lst").write_text("of last month")
    ended = cli(*GRADE, "--out", "grades.lst")
    assert (ended.code, ended.out) == (2, "")
    assert f"Plugin “listing” (rung-listing 1.2) {words}" in ended.err
    assert left(tmp_path) == ["grades.lst"]
    assert (tmp_path / "grades.lst").read_text() == "of last month"


@pytest.mark.parametrize(
    "raised",
    [
        "raise OSError(28, 'No space')",
        "raise OSError('No space left on device (os error 28)')",  # as Polars has it
        "raise __import__('polars').exceptions.ComputeError('parquet: No space (os error 28)')",
    ],
)
def test_a_full_disk_is_the_disks_fault(cli: Cli, lay_down: LayDown, tmp_path: Path, raised: str) -> None:
    lay_down("listing", RAISES.format(raised), kind="exporters")
    ended = cli(*GRADE, "--out", "grades.lst")
    assert "The disk is full." in ended.err
    assert "Plugin" not in ended.err
    assert left(tmp_path) == []


def test_what_a_plugin_leaves_beside_the_file_goes(cli: Cli, lay_down: LayDown, tmp_path: Path) -> None:
    write = LISTING + "    file.with_suffix('.tmp').write_text('aside')\n"
    lay_down("listing", write, kind="exporters")
    assert cli(*GRADE, "--out", "grades.lst").code == 0
    assert left(tmp_path) == ["grades.lst"]


def test_the_file_a_plugin_writes_has_the_name_that_was_asked_for(
    cli: Cli, lay_down: LayDown, tmp_path: Path
) -> None:
    write = "def write(batches, file, about):\n    list(batches); file.write_text(file.name)\n"
    lay_down("listing", write, kind="exporters")
    assert cli(*GRADE, "--out", "月报.lst").code == 0
    assert (tmp_path / "月报.lst").read_text() == "月报.lst"


def test_in_a_pipe_a_plugins_format_comes_out_and_nothing_else(cli: Cli, lay_down: LayDown) -> None:
    lay_down("listing", LISTING, kind="exporters")
    ended = cli(*GRADE, "--out", "-", "--out-format", "listing")
    assert ended.code == 0
    assert ended.out.splitlines()[0] == "shop.tiers 1 2026-03-01 5"
    assert len(ended.out.splitlines()) == 7
    assert "a plugin's noise" in ended.err


def test_grades_by_several_policies_come_side_by_side_and_all_runs_are_told(
    cli: Cli, lay_down: LayDown, tmp_path: Path
) -> None:
    (tmp_path / "again.toml").write_text(SECOND, encoding="utf-8")
    write = LISTING.replace(
        "        for batch", "        out.write(repr(about['runs']) + '\\n')\n        for batch"
    )
    lay_down("listing", write, kind="exporters")
    ended = cli(*GRADE, "--policy", "again.toml", "--out", "grades.lst")
    assert ended.code == 0, ended.err
    about, runs, types, *rows = (tmp_path / "grades.lst").read_text(encoding="utf-8").splitlines()
    assert about == "shop.tiers 1 2026-03-01 5"
    assert "'policy': 'shop.tiers', 'version': '1'" in runs
    assert "'policy': 'shop.again', 'version': '3'" in runs
    assert types.startswith("customer_id:String|customer_name:String|shop.tiers.model_grade:String")
    assert "shop.again.model_grade" in types
    assert len(rows) == 5


def test_a_disabled_plugin_writes_nothing(cli: Cli, lay_down: LayDown) -> None:
    lay_down("listing", LISTING, kind="exporters")
    cli("init")
    assert cli("plugins", "disable", "listing").code == 0
    ended = cli(*GRADE, "--out", "grades.lst")
    assert ended.code == 2
    assert "End it with .csv, .xlsx, .parquet, .jsonl." in ended.err


def test_where_things_are_confidential_the_export_is_on_record(cli: Cli, lay_down: LayDown) -> None:
    lay_down("listing", LISTING, kind="exporters")
    cli("init")
    with Path("rung.toml").open("a", encoding="utf-8") as config:
        config.write(f'\n[people."{account()}"]\nname = "我"\nrole = "approver"\n')
    assert cli(*GRADE, "--out", "grades.lst").code == 0
    with Workspace.open(Path()).human_input.ledger() as store:
        (event,) = [each for each in store.events() if each.kind == EventKind.EXPORT_TAKEN]
    taken = json.loads(event.payload)
    assert (taken["what"], taken["rows"], taken["file"]) == ("grades", 5, "grades.lst")
