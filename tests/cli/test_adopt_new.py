"""``rung policy adopt`` and ``new``: in a real terminal, in a script, left half-way, and on real tables."""

from __future__ import annotations

import os
import pty
import select
import time
import tomllib
from pathlib import Path

import pytest
from commands import RUNG, Cli

CHOICE = """
[parameters.much]
value = 1_000
choices = [1_000, 5_000]
choose = true
title = { zh = "多少算多", en = "How much is much" }
"""


@pytest.fixture
def assumed(shop: Path) -> Path:
    """The shop's policy with a cut-off and a bound assumed, a suggestion and an open choice."""
    file = shop / "shop.toml"
    text = file.read_text(encoding="utf-8").replace(
        "cutoffs = { A = 80, B = 40 }",
        'cutoffs = { A = 80, B = 40 }\nbasis = "assumed"\nbecause = "a guess"',
    )
    text = text.replace('measure = "spent"', 'measure = "spent"\nbasis = "assumed"\nbecause = "a guess"')
    text = text.replace('when = { spent = ">= 5_000" }', 'when = { spent = ">= ${much}" }')
    text = text.replace("[grading]", CHOICE + "\n[grading]", 1)
    text += "[service.B]\nstated = false\n"
    text += 'contact = { every = "30d", by = "keeper", basis = "assumed", because = "x" }\n'
    text = text.partition("[[tests]]")[0] + text[text.index("[service.B]") :]
    file.write_text(text, encoding="utf-8")
    return shop


def typed(folder: Path, arguments: list[str], answers: list[str]) -> tuple[str, int]:
    """Run rung in a terminal of its own and type an answer at each prompt; return what it showed."""
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(folder)
        os.execve(RUNG, [RUNG, *arguments], {**os.environ, "RUNG_LANG": "en", "COLUMNS": "160"})
    shown, seen, end = b"", 0, time.monotonic() + 15
    waiting = list(answers)
    while time.monotonic() < end:
        if not select.select([terminal], [], [], 0.2)[0]:
            continue
        try:
            piece = os.read(terminal, 65536)
        except OSError:
            break
        if not piece:
            break
        shown += piece
        if waiting and shown[seen:].endswith(b" > "):
            seen = len(shown)
            answer = waiting.pop(0)
            if answer == "hang up":
                break
            os.write(terminal, answer.encode() + (b"" if answer == "\x03" else b"\n"))
    os.close(terminal)
    return shown.decode(), os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


ADOPT = ["policy", "adopt", "shop.toml", "--data", "customers.csv", "--out", "own.toml"]


def test_a_script_is_told_every_choice_that_is_open(cli: Cli, assumed: Path) -> None:
    ended = cli(*ADOPT, "--yes")
    assert ended.code == 2
    assert "--set parameters.much.value=VALUE, one of 1000, 5000" in ended.err
    assert not (assumed / "own.toml").exists()


def test_a_script_adopts_and_sees_the_grades_move(cli: Cli, assumed: Path) -> None:
    settings = ["--set", "parameters.much.value=5000", "--set", "criteria.spent.bands.0.when=>= 6_001"]
    ended = cli(*ADOPT, *settings, "--accept", "service.B", "--yes")
    assert ended.code == 0
    layer = tomllib.loads((assumed / "own.toml").read_text(encoding="utf-8"))
    assert layer["parameters"] == {"much": {"value": 5000, "choose": False}}
    assert [band["when"] for band in layer["criteria"][0]["bands"]] == [">= 6_001", "[100..6_001)", "< 100"]
    assert layer["service"] == {"B": {"accepted": True}}
    assert "flags" not in layer
    assert "Before" in ended.out


def test_a_key_or_value_that_does_not_fit_is_told_with_what_would(cli: Cli, assumed: Path) -> None:
    ended = cli(*ADOPT, "--yes", "--set", "criteria.spend.weight=1", "--set", "parameters.much.value=7")
    assert ended.code == 2
    assert "Did you mean “spent”?" in ended.err
    assert "“7” is none of the choices." in ended.err
    assert not (assumed / "own.toml").exists()


def test_in_a_terminal_every_answer_shows_what_it_does(assumed: Path) -> None:
    shown, code = typed(assumed, ADOPT, ["2", "n", "90", "", "", "y", ""])
    assert "How much is much" in shown
    assert "█" in shown
    assert "Grades: " in shown or "No grade changes." in shown
    assert code == 0, shown
    assert tomllib.loads((assumed / "own.toml").read_text("utf-8"))["parameters"]["much"]["value"] == 5000
    assert not (assumed / "own.toml.draft").exists()


@pytest.mark.parametrize("end", ["\x03", "q", "hang up"])
def test_who_stops_finds_the_answers_again(cli: Cli, assumed: Path, end: str) -> None:
    typed(assumed, ADOPT, ["2", end])
    assert not (assumed / "own.toml").exists()
    draft = tomllib.loads((assumed / "own.toml.draft").read_text("utf-8"))
    assert draft["answers"] == {"parameters.much.value": 5000}
    ended = cli(*ADOPT, "--yes")
    assert ended.code == 0
    assert "Going on from 1 answers" in ended.err


def test_a_new_scheme_is_sound_and_grades_its_table_at_once(cli: Cli, shop: Path) -> None:
    begin = ["policy", "new", "--data", "customers.csv", "--id", "own.first", "--out", "f.toml", "--yes"]
    begin += ["--grades", "A,B,C"]
    ended = cli(*begin)
    assert (ended.code, ended.err) == (0, "")
    assert "# " in (shop / "f.toml").read_text(encoding="utf-8")
    assert cli("policy", "check", "f.toml").code == 0
    assert cli("grade", "customers.csv", "--policy", "f.toml").code == 0
    again = cli(*begin)
    assert "it is not overwritten" in again.err


def test_a_new_scheme_is_asked_for_in_a_terminal(shop: Path) -> None:
    shown, code = typed(
        shop,
        ["policy", "new", "--data", "customers.csv", "--id", "own.first", "--out", "f.toml"],
        ["", "好,差", "spent", ""],
    )
    assert code == 0, shown
    assert tomllib.loads((shop / "f.toml").read_text("utf-8"))["grades"] == ["好", "差"]


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (["--id", "bad id"], "“id” cannot be “bad id”. Write the sector, a point and a name"),
        (["--id", "own.first", "--grades", "A,A"], "A grade stands twice in the list."),
    ],
)
def test_what_makes_no_scheme_is_told_without_naming_a_file_nobody_sees(
    cli: Cli, shop: Path, asked: list[str], told: str
) -> None:
    ended = cli("policy", "new", "--data", "customers.csv", *asked, "--out", "f.toml", "--yes")
    assert ended.code == 2
    assert told in ended.err
    assert "scheme.toml" not in ended.err
    assert not (shop / "f.toml").exists()


@pytest.mark.real
@pytest.mark.parametrize("table", ["german_credit.csv", "telco_customer_churn.csv"])
def test_a_real_table_begins_a_scheme(cli: Cli, tmp_path: Path, table: str) -> None:
    folder = Path(os.environ.get("RUNG_REAL_DATA") or Path(__file__).parents[3] / "shared/data")
    if not folder.is_dir():
        pytest.skip(f"The real tables are not at {folder}.")
    ended = cli("policy", "new", "--data", folder / table, "--id", "own.real", "--out", "r.toml", "--yes")
    assert (ended.code, ended.err) == (0, "")
    mapped = ["--map", "r.map.toml"] if (tmp_path / "r.map.toml").exists() else []
    assert cli("grade", folder / table, "--policy", "r.toml", *mapped).code == 0
