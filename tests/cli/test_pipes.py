"""``rung grade`` in a pipe: a table comes in through ``-``, the grades go out through ``--out -``."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from commands import CUSTOMERS, RUNG, Cli, Ended, listing

Piped = Callable[..., Ended]

LINES = """{"customer_id":"C1","customer_name":"甲公司","spent":6000,"late":0}
{"customer_id":"C2","customer_name":"乙公司","spent":"500","late":30}
{"customer_id":"C3","customer_name":"丙公司","spent":5,"late":120}
{"customer_id":"C4","customer_name":"丁公司","spent":null,"late":0}
{"customer_id":"C5","customer_name":"戊, 公司","spent":1e3}
"""
GRADE = ("grade", "-", "--policy", "shop.toml", "--as-of", "2026-03-01")
SECOND = """
schema = 1
id = "shop.again"
version = "1"
title = { zh = "再分", en = "Again" }
grades = ["good", "poor"]
[fields.score]
title = { zh = "得分", en = "Score" }
kind = "number"
[grading]
mode = "rules"
[[rules]]
id = "enough"
when = { score = ">= 50" }
grade = "good"
reason = "Enough"
[[rules]]
id = "little"
when = { score = "< 50" }
grade = "poor"
reason = "Little"
"""


def environment(folder: Path) -> dict[str, str]:
    return {
        **os.environ,
        "RUNG_LANG": "en",
        "PYTHONUTF8": "1",
        "COLUMNS": "160",
        "TMPDIR": str(folder / "tmp"),
    }


def process_piped(*arguments: str, given: str, folder: Path) -> Ended:
    """Run ``rung`` as a process of its own, with something on standard input."""
    (folder / "tmp").mkdir(exist_ok=True)
    ran = subprocess.run(
        [RUNG, *arguments],
        cwd=folder,
        env=environment(folder),
        input=given.encode(),
        capture_output=True,
        check=False,
        timeout=120,
    )
    return Ended(ran.returncode, ran.stdout.decode(), ran.stderr.decode())


@pytest.fixture
def piped(cli: Cli, shop: Path, monkeypatch: pytest.MonkeyPatch) -> Piped:
    """Run ``rung`` in this process, with a pipe for its standard input."""
    (shop / "tmp").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(shop / "tmp"))

    def call(*arguments: str, given: str | bytes) -> Ended:
        out_of, into = os.pipe()
        with os.fdopen(into, "wb") as writer:  # so little that the pipe holds it until it is read
            writer.write(given if isinstance(given, bytes) else given.encode())
        with os.fdopen(out_of, encoding="utf-8") as stdin:
            monkeypatch.setattr(sys, "stdin", stdin)
            return cli(*arguments)

    return call


def shell(command: str, folder: Path) -> Ended:
    """Run a pipe as a person types it; its code is that of the first part that failed."""
    (folder / "tmp").mkdir(exist_ok=True)
    ran = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command],
        cwd=folder,
        env={**environment(folder), "PATH": f"{Path(RUNG).parent}{os.pathsep}{os.environ['PATH']}"},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )
    return Ended(ran.returncode, ran.stdout, ran.stderr)


def objects(out: str) -> Iterator[Any]:
    return map(json.loads, out.splitlines())


@pytest.mark.parametrize(
    "given",
    [
        LINES,
        CUSTOMERS,
        LINES.encode("gb18030"),
        CUSTOMERS.encode("gb18030"),
        LINES.encode("utf-16"),
        "\ufeff\n" + LINES,
    ],
    ids=["lines", "csv", "lines-gb18030", "csv-gb18030", "lines-utf16", "lines-marked"],
)
def test_a_table_through_a_pipe_is_known_for_what_it_is(piped: Piped, given: str | bytes) -> None:
    ended = piped(*GRADE, "--out", "-", given=given)
    assert ended.code == 0, ended.err
    assert [(row["customer_id"], row["model_grade"], row["score"]) for row in objects(ended.out)] == [
        ("C1", "A", 100.0),
        ("C2", "B", 43.33),
        ("C3", "C", 3.33),
        ("C4", None, None),
        ("C5", "B", 70.0),
    ]


@pytest.mark.parametrize("ending", ["parquet", "xlsx"])
def test_a_binary_table_is_known_by_its_first_bytes(piped: Piped, shop: Path, ending: str) -> None:
    frame = pl.read_csv(shop / "customers.csv")
    file = shop / f"t.{ending}"
    frame.write_parquet(file) if ending == "parquet" else frame.write_excel(file)
    ended = piped(*GRADE, "--json", given=file.read_bytes())
    assert ended.json["manifest"]["counts"] == {"A": 1, "B": 2, "C": 1}


def test_nothing_but_the_grades_is_on_standard_output_and_the_summary_is_beside_it(shop: Path) -> None:
    ended = process_piped(*GRADE, "--out", "-", given=LINES, folder=shop)
    first = json.loads(ended.out.splitlines()[0])
    assert (first["customer_id"], first["flags"], first["reasons"]) == ("C1", ["big"], [])
    assert len(ended.out.splitlines()) == 5
    assert "Shop tiers" in ended.err
    assert "5 customers, as of 2026-03-01" in ended.err
    assert not any(word in ended.err for word in ("written", "Nothing was kept", "\x1b"))
    assert listing(shop) == ["customers.csv", "shop.toml"]


def test_csv_comes_out_without_a_mark_and_with_formulas_guarded(piped: Piped) -> None:
    lines = LINES.replace("甲公司", "=cmd()")
    ended = piped(*GRADE, "--out", "-", "--out-format", "csv", given=lines)
    assert ended.out.startswith("customer_id,customer_name,model_grade,score")
    assert ended.out.splitlines()[1].startswith("C1,'=cmd(),A,100.0,big,")


def test_pipes_compose_with_other_programs_and_with_each_other(shop: Path) -> None:
    (shop / "again.toml").write_text(SECOND, encoding="utf-8")
    (shop / "x.jsonl").write_text(LINES, encoding="utf-8")
    ended = shell(
        "cat x.jsonl | rung grade - --policy shop.toml --out - 2>/dev/null"
        " | grep -v C3 | rung grade - --policy again.toml --out - 2>/dev/null",
        shop,
    )
    assert ended.code == 0
    assert [(row["customer_id"], row["model_grade"]) for row in objects(ended.out)] == [
        ("C1", "good"),
        ("C2", "poor"),
        ("C4", None),
        ("C5", "good"),
    ]


@pytest.mark.parametrize("kept", [True, False])
def test_a_reader_that_goes_away_ends_it_quietly_and_a_run_is_kept(shop: Path, kept: bool) -> None:
    if kept:
        (shop / "rung.toml").write_text("schema = 1\n", encoding="utf-8")
    rows = "".join(f'{{"customer_id":"K{n}","spent":{n},"late":0}}\n' for n in range(20_000))
    (shop / "x.jsonl").write_text(rows, encoding="utf-8")
    ended = shell("rung grade x.jsonl --policy shop.toml --out - | head -n 2", shop)
    assert (ended.code, ended.err) == (141, "")
    assert [row["customer_id"] for row in objects(ended.out)] == ["K0", "K1"]
    assert [path.name for path in (shop / "tmp").iterdir()] == []
    assert len(list((shop / "runs").glob("*/run.json")) if kept else []) == int(kept)


def test_bad_lines_are_told_with_their_numbers(piped: Piped, shop: Path) -> None:
    bad = LINES + '{"customer_id":"C6",\n[1]\n{"customer_id":"C7","spent":"lots","late":0}\n{"spent":1}\n'
    ended = piped(*GRADE, "--out", "-", given=bad)
    assert ended.code == 0
    assert "2 lines that are no JSON object set aside" in ended.err
    told = ended.err.partition("4 rows or values were set aside:")[2].splitlines()
    assert told[1:4] == [
        "  Line 6: The line is no JSON: it breaks at column 21.",
        "  Line 7: The line holds no JSON object, but a list.",
        "  Line 9: The row has no customer id.",
    ]
    assert told[4].startswith("  Line 8: “lots”")
    written = piped(*GRADE, "--out", "grades.csv", given=bad)
    assert "4 rows or values were set aside, listed in grades.rejected.csv." in written.out
    assert pl.read_csv(shop / "grades.rejected.csv")["line"].to_list() == [6, 7, 9, 8]


def test_only_the_first_bad_lines_are_told(piped: Piped) -> None:
    ended = piped(*GRADE, "--out", "-", given=LINES + "x\n" * 12)
    assert "Line 15:" in ended.err
    assert "Line 16:" not in ended.err
    assert "… and 2 more; grade into a file with --out" in ended.err


@pytest.mark.parametrize(
    ("arguments", "given", "words"),
    [
        ((), "", "rung: -: The file is empty."),
        ((), '[{"a":1}]', "rung: -:1: The line holds no JSON object, but a list."),
        ((), '{"a":1}\n', "rung: -:1: No header stands for “customer_id”"),
        (("--format", "jsonl"), CUSTOMERS, "rung: -:1: The line is no JSON"),
        (("--format", "csv"), LINES, "rung: -:1: "),
        (("--out-format", "csv"), LINES, "--out-format goes with --out only"),
        (("--out", "g.csv", "--out-format", "jsonl"), LINES, "“g.csv” is a .csv file by its name"),
        (("--out", "-", "--json"), LINES, "--json and --out - both want standard output"),
        (("--out", "-", "--out-format", "xlsx"), LINES, "--out-format takes one of: csv, jsonl"),
        ((), LINES.splitlines()[0] + "\n" + LINES, "rung: -:1: 1 customer ids stand in more than one row"),
    ],
)
def test_what_is_wrong_is_told_of_standard_input_and_nothing_comes_out(
    piped: Piped, shop: Path, arguments: tuple[str, ...], given: str, words: str
) -> None:
    ended = piped(*GRADE, *arguments, given=given)
    assert (ended.code, ended.out) == (2, "")
    assert words in ended.err
    assert "standard-input" not in ended.err
    assert listing(shop) == ["customers.csv", "shop.toml"]


def test_a_format_is_for_a_pipe_only(cli: Cli, shop: Path) -> None:
    assert shop.exists()
    ended = cli("grade", "customers.csv", "--policy", "shop.toml", "--format", "csv")
    assert (ended.code, ended.out) == (2, "")
    assert "--format goes with SOURCE - only" in ended.err


def test_the_run_says_it_came_through_a_pipe(piped: Piped) -> None:
    manifest = piped(*GRADE, "--json", given=LINES).json["manifest"]
    assert [(each["table"], each["path"]) for each in manifest["inputs"]] == [("customers", "-")]
    assert manifest["quality"]["read"]["file"] == "-"
    assert manifest["inputs"][0]["size"] == len(LINES.encode())


def test_a_file_of_json_lines_is_a_source_in_itself(cli: Cli, shop: Path) -> None:
    (shop / "x.jsonl").write_text(LINES, encoding="utf-8")
    ended = cli("grade", "x.jsonl", "--policy", "shop.toml", "--json")
    assert ended.json["manifest"]["counts"] == {"A": 1, "B": 2, "C": 1}


def test_a_disk_without_room_behind_standard_output_is_one_line(shop: Path) -> None:
    ended = shell("rung grade customers.csv --policy shop.toml --out - > /dev/full", shop)
    assert ended.code == 2
    assert ended.err.splitlines() == [
        "rung: The grades cannot be written to standard output: No space left on device. "
        "What came out of it so far is not the whole."
    ]


def test_a_draft_and_an_explanation_read_a_pipe_too(piped: Piped) -> None:
    draft = piped(*GRADE, "--draft-map", given=LINES)
    assert 'spent = "spent"' in draft.out
    told = piped("explain", "C2", "--source", "-", "--policy", "shop.toml", given=LINES)
    assert told.out.startswith("C2  乙公司")
