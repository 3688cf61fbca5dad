"""Whatever is wrong: lines that say what and where and what to do, exit code 2, and nothing written."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import time
from pathlib import Path

import polars as pl
import pytest
from commands import CUSTOMERS, POLICY, RUNG, Cli, Ended, listing, process

GRADE = ("grade", "customers.csv", "--policy", "shop.toml", "--as-of", "2026-03-01", "--out", "grades.csv")


def refused(ended: Ended, *words: str) -> None:
    assert (ended.code, ended.out) == (2, ""), ended
    assert ended.err
    assert "Traceback" not in ended.err
    assert all(line.startswith("rung: ") for line in ended.err.splitlines())
    for word in words:
        assert word in ended.err


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"customer_id,spent,late\n", "no rows"),
        (b"name,age\nx,1\n", "customer_id"),
        (b"\x00\x01\x02\x03" * 50, "customers.csv"),
        (b"customer_id,spent,late\n" + b"".join(b"C%d,much,0\n" % n for n in range(20)), "spent"),
    ],
)
def test_a_table_that_is_none_is_refused(cli: Cli, shop: Path, content: bytes, words: str) -> None:
    (shop / "customers.csv").write_bytes(content)
    refused(cli(*GRADE), words)
    assert listing(shop) == ["customers.csv", "shop.toml"]


def test_ragged_rows_are_set_aside_with_their_lines(cli: Cli, shop: Path) -> None:
    (shop / "customers.csv").write_text(CUSTOMERS + "C6,己\nC7,庚,1,0,9,9\n", encoding="utf-8")
    ended = cli(*GRADE)
    assert ended.code == 0
    assert "2 rows with too many or too few fields set aside" in ended.out
    assert pl.read_csv(shop / "grades.rejected.csv")["line"].to_list() == [7, 8]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("grade", "nobody.csv", "--policy", "shop.toml"), "nobody.csv: There is no such file."),
        (("grade", ".", "--policy", "shop.toml"), "folder"),
        (("grade", "customers.csv", "--policy", "none.toml"), "none.toml"),
        (("grade", "customers.csv", "--policy", "bank.credit"), "Did you mean “bank.credit-tiers”?"),
        (("grade", "customers.csv", "--policy", "nobody.knows"), "There is no policy"),
        (("grade", "customers.csv"), "rung policy list"),
        (("grade", "customers.csv", "--policy", "shop.toml", "--events", "visits"), "NAME=FILE"),
        (("grade", "customers.csv", "--policy", "shop.toml", "--events", "visits=v.csv"), "visits"),
        (("grade", "customers.csv", "--policy", "shop.toml", "--as-of", "yesterday"), "2026-06-30"),
        (("grade", "customers.csv", "--policy", "shop.toml", "--map", "none.toml"), "none.toml"),
        (("grade", "customers.csv", "--policy", "shop.toml", "--workspace", "."), "rung init"),
        (("grade", "customers.csv", "--policy", "shop.toml", "--out", "grades.doc"), ".csv, .xlsx"),
        (("grade", "customers.csv", "--policy", "shop.toml", "--out", "none/grades.csv"), "not there"),
        (("grade", "customers.csv", "--policy", "shop.toml", "--out", "customers.csv"), "overwrite"),
        (("explain", "C1"), "no workspace"),
        (("explain", "C9", "--source", "customers.csv", "--policy", "shop.toml"), "such as “C1”"),
        (("explain", "C1", "--source", "customers.csv", "--run", "x"), "exclude"),
        (("runs",), "no workspace"),
        (("runs", "--workspace", "nowhere"), "rung init nowhere"),
        (("policy", "show", "none.toml"), "none.toml"),
        (("policy", "check", "bank.credit"), "bank.credit-tiers"),
        (("plugins", "doctor", "banc"), "Did you mean “bank”?"),
        (("init", "customers.csv"), "customers.csv"),
        (("init", "/proc/work"), "/proc/work"),
        (("demo", "."), "not empty"),
        (("demo", "customers.csv/demo"), "demo"),
        (("demo", "new", "--customers", "0"), "--help"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(
    cli: Cli, shop: Path, arguments: tuple[str, ...], words: str
) -> None:
    ended = cli(*arguments)
    refused(ended, words)
    assert len(ended.err.splitlines()) == 1
    assert listing(shop) == ["customers.csv", "shop.toml"]


def test_an_unknown_sector_is_refused_with_the_line(cli: Cli, shop: Path) -> None:
    policy = POLICY.replace('version = "1"', 'version = "1"\nsector = "banc"')
    (shop / "shop.toml").write_text(policy, encoding="utf-8")
    refused(cli(*GRADE), "shop.toml:5", "Did you mean “bank”?")


def test_every_mistake_of_a_policy_is_told_with_its_line(cli: Cli, shop: Path) -> None:
    policy = (
        POLICY.replace("cutoffs = { A = 80, B = 40 }", "cutoffs = { A = 80, X = 40 }")
        .replace('measure = "spent"', 'measure = "spend"')
        .replace('at_most = "C"', 'at_most = "Z"')
    )
    (shop / "shop.toml").write_text(policy, encoding="utf-8")
    ended = cli(*GRADE)
    refused(ended, "“spend”", "“Z”", "“X”")
    assert len(ended.err.splitlines()) >= 3
    assert all("shop.toml:" in line for line in ended.err.splitlines())


def test_a_policy_that_is_no_toml_is_refused_with_line_and_column(cli: Cli, shop: Path) -> None:
    (shop / "shop.toml").write_text("schema = 1\nid = \n", encoding="utf-8")
    refused(cli(*GRADE), "shop.toml:2")


def test_mistakes_of_a_workspace_s_file_are_told_with_their_lines(cli: Cli, shop: Path) -> None:
    (shop / "rung.toml").write_text('schema = 2\nlanguag = "zh"\n', encoding="utf-8")
    refused(cli("runs"), "rung.toml:1", "rung.toml:2", "Did you mean “language”?")


def test_an_export_over_the_table_by_another_name_is_refused(cli: Cli, shop: Path) -> None:
    (shop / "other.csv").symlink_to(shop / "customers.csv")
    refused(cli(*GRADE[:-1], "other.csv"), "overwrite")
    assert (shop / "customers.csv").read_text(encoding="utf-8") == CUSTOMERS


def test_without_a_terminal_nothing_but_the_result_is_printed(shop: Path) -> None:
    ended = process(*GRADE, folder=shop)
    assert (ended.code, ended.err) == (0, "")
    assert "\x1b" not in ended.out


def many(shop: Path, rows: int) -> None:
    number = pl.int_range(rows, eager=True)
    frame = pl.DataFrame(
        {"customer_id": number, "customer_name": "某某贸易有限公司", "spent": number % 9_000}
    )
    frame.with_columns(late=number % 100).write_csv(shop / "customers.csv")


def limited(*arguments: str, folder: Path, limit: int) -> Ended:
    """Run where no file may grow beyond ``limit`` bytes, as on a full disk."""
    ran = subprocess.run(
        [RUNG, *arguments],
        cwd=folder,
        env={**os.environ, "RUNG_LANG": "en", "TMPDIR": str(folder)},
        capture_output=True,
        encoding="utf-8",
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
    )
    return Ended(ran.returncode, ran.stdout, ran.stderr)


@pytest.mark.parametrize("workspace", [True, False])
def test_a_disk_without_room_is_one_line_and_nothing_is_left(cli: Cli, shop: Path, workspace: bool) -> None:
    many(shop, 50_000)
    if workspace:
        assert cli("init").code == 0
    before = listing(shop)
    ended = limited(*GRADE, folder=shop, limit=300_000)
    refused(ended)
    assert len(ended.err.splitlines()) == 1
    assert listing(shop) == before


def wait_for_writing(runs: Path, grading: subprocess.Popen[str]) -> None:
    while grading.poll() is None and not any(runs.glob(".*.writing")):
        time.sleep(0.005)


@pytest.mark.parametrize("further", [0.0, 0.1, 0.4])
def test_ctrl_c_in_the_middle_is_one_line_and_nothing_is_left(cli: Cli, shop: Path, further: float) -> None:
    many(shop, 1_000_000)
    assert cli("init").code == 0
    before = listing(shop)
    environment = {**os.environ, "RUNG_LANG": "en"}
    with subprocess.Popen(
        [RUNG, *GRADE],
        cwd=shop,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # A shell may start the tests with the signal off, and what they start has it off then too.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as grading:
        wait_for_writing(shop / "runs", grading)
        time.sleep(further)
        grading.send_signal(signal.SIGINT)
        out, err = grading.communicate(timeout=60)
    assert (grading.returncode, out) == (130, "")
    assert err == "rung: Stopped; nothing was written.\n"
    assert listing(shop) == before


def test_a_verb_of_verbs_alone_shows_its_help(cli: Cli) -> None:
    ended = cli("policy")
    assert (ended.code, ended.out) == (2, "")
    assert "\n  check " in ended.err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("grade",), "SOURCE"),
        (("grade", "x", "--foo"), "--foo"),
        (("grade", "x", "--duplicates", "y"), "--duplicates 只能是：refuse"),
    ],
)
def test_misuse_is_told_in_chinese_too(cli: Cli, arguments: tuple[str, ...], told: str) -> None:
    ended = cli("--lang", "zh", *arguments)
    assert ended.code == 2
    assert told in ended.err
    assert not any(english in ended.err for english in ("Missing", "No such", "Invalid", "one of"))


def test_the_newest_row_needs_a_date_named(cli: Cli, shop: Path) -> None:
    assert shop.exists()
    refused(cli(*GRADE, "--duplicates", "newest"), "--newest-by FIELD")


def test_the_doctor_tells_of_a_broken_workspace_and_looks_over_the_rest(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "rung.toml").write_text("garbage [[", encoding="utf-8")
    ended = cli("doctor", "--json")
    assert ended.code == 1
    found = {each["topic"]: each for each in ended.json["findings"]}
    assert "rung.toml:1" in found["workspace"]["found"]
    assert "polars" in found
