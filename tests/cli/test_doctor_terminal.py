"""``rung doctor`` asks the terminal what it can do, waits for no answer long, and advises in words."""

from __future__ import annotations

import json
import os
import re
import sys
import time
from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest
from commands import Cli

from rung.cli.doctor_terminal import Answers

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="in a real pseudo-terminal")

QUESTION = b"\x1b[c"


@cache
def terminals() -> Any:
    """Return the harness of the terminal program's tests."""
    place = Path(__file__).parent.parent / "tui" / "terminal.py"
    spec = spec_from_file_location("terminal_of_tui", place)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.Terminal


def doctored(
    folder: Path, answer: bytes = b"", columns: int = 120, lines: int = 40, **environment: str
) -> dict[str, tuple[str, str]]:
    """Run it in a terminal that answers so, and return what it says of each topic."""
    given = {"NO_COLOR": "", "TMUX": "", "SSH_CONNECTION": "", "SSH_TTY": "", "STY": "", **environment}
    told = {name: value for name, value in given.items() if value}
    gone = [name for name, value in given.items() if not value]
    script = (
        "import os, sys\n"
        f"for name in {gone!r}: os.environ.pop(name, None)\n"
        f"os.chdir({str(folder)!r})\n"
        "from rung.cli import run\n"
        "raise SystemExit(run(['--lang', 'en', 'doctor', '--json']))\n"
    )
    with terminals()(
        [sys.executable, "-c", script], columns=columns, lines=lines, environment=told
    ) as terminal:
        end = time.monotonic() + 30
        while answer and QUESTION not in terminal.output and time.monotonic() < end:
            terminal.read(0.05)
        if answer:
            terminal.send(answer)
        terminal.end()
        output = bytes(terminal.output)
    found = json.loads(output[output.index(b"{\r\n") if b"{\r\n" in output else output.index(b"{\n") :])
    return {each["topic"]: (each["found"], each["remedy"]) for each in found["findings"]}


NARROW = b"\x1b[?0u\x1b[5;2R\x1b[5;3R\x1b[?62;4;52c"
WIDE = b"\x1b[5;3R\x1b[5;3R\x1b[?1;2c"


def test_what_a_capable_terminal_answers_is_told(tmp_path: Path) -> None:
    found = doctored(tmp_path, NARROW)
    assert found["terminal"] == ("xterm-256color", "")
    assert found["size"] == ("120 × 40", "")
    assert found["colours"] == ("16 million", "")
    assert found["widths"] == ("Chinese 2, signs and frames 1", "")
    assert found["copying"] == ("The terminal takes texts for the clipboard (OSC 52).", "")
    assert found["keys"] == ("told apart in full (kitty keyboard protocol)", "")
    assert "inside" not in found


def test_wide_signs_are_told_with_what_comes_of_it(tmp_path: Path) -> None:
    found, remedy = doctored(tmp_path, WIDE)["widths"]
    assert found.startswith("Chinese 2, signs and frames 2; “rung review” then draws frames in ASCII.")
    assert remedy == ""


def test_a_terminal_that_answers_nothing_is_not_waited_for_long(tmp_path: Path) -> None:
    began = time.monotonic()
    found = doctored(tmp_path)
    assert time.monotonic() - began < 20
    assert found["widths"] == (
        "The terminal does not answer questions; nothing is known of its widths.",
        "If frames are out of line: rung review --ascii, or RUNG_ASCII=1 for good.",
    )


@pytest.mark.parametrize(
    ("given", "topic", "found", "remedy"),
    [
        ({"TERM": "linux", "COLORTERM": ""}, "terminal", "linux", "The console has no Chinese letters"),
        ({"TERM": "dumb"}, "terminal", "dumb", "“rung review” cannot draw on it."),
        (
            {"TERM": "xterm", "COLORTERM": ""},
            "colours",
            "16",
            "Nearly every such terminal has 256: TERM=xterm-256",
        ),
        ({"TERM": "screen-256color", "COLORTERM": ""}, "colours", "256", ""),
        ({"NO_COLOR": "1"}, "colours", "none, because NO_COLOR is set", ""),
        ({"TMUX": "/tmp/x,1,0"}, "inside", "tmux", ""),
        ({"SSH_TTY": "/dev/pts/1"}, "inside", "ssh: copying goes through the terminal", ""),
    ],
)
def test_each_thing_worth_knowing_is_said_in_words(
    tmp_path: Path, given: dict[str, str], topic: str, found: str, remedy: str
) -> None:
    told = doctored(tmp_path, **given)[topic]
    assert told[0].startswith(found)
    assert told[1].startswith(remedy)
    assert bool(told[1]) == bool(remedy)


@pytest.mark.parametrize(
    ("columns", "lines", "remedy"),
    [
        (80, 24, ""),
        (79, 24, "“rung review” is made for 80 × 24 and more."),
        (59, 24, "Too small for “rung review”: it needs 60 × 16, and 80 × 24 to be usable."),
        (80, 15, "Too small for “rung review”: it needs 60 × 16, and 80 × 24 to be usable."),
    ],
)
def test_the_size_is_held_to_what_the_program_needs(
    tmp_path: Path, columns: int, lines: int, remedy: str
) -> None:
    assert doctored(tmp_path, columns=columns, lines=lines)["size"] == (f"{columns} × {lines}", remedy)


def test_without_a_terminal_it_says_so_and_asks_nothing(cli: Cli) -> None:
    findings = {each["topic"]: each for each in cli("doctor", "--json").json["findings"]}
    assert findings["terminal"]["found"] == "no terminal: output goes to a file or a pipe"
    assert {"size", "widths", "colours"}.isdisjoint(findings)


@pytest.mark.parametrize(
    ("said", "answers"),
    [
        ("", Answers()),
        ("garbage \x1b[200~pasted", Answers()),
        ("\x1b[?1;2c", Answers(has_answered=True)),
        ("\x1b[9;2R\x1b[9;3R\x1b[?1c", Answers(True, 1, 2)),
        ("\x1b[9;3R", Answers(True, 2)),
        ("\x1b[?31u\x1b[?62;52c", Answers(True, has_keyboard=True, has_clipboard=True)),
        ("\x1b]52;c;aGk=\x1b\\\x1b[?1c", Answers(True, has_clipboard=True)),
    ],
)
def test_answers_are_read_whichever_of_them_come(said: str, answers: Answers) -> None:
    assert Answers.read(said) == answers


def test_nothing_of_the_questions_is_left_on_the_line(tmp_path: Path) -> None:
    del tmp_path
    from rung.cli.doctor_terminal import _QUESTIONS

    drawn = re.sub(r"\x1b(\[[?\d;]*[A-Za-z]|\][^\x1b]*\x1b\\)", "", _QUESTIONS)
    assert re.sub(r"\r[^\r]", "", drawn).strip("\r") == ""
    assert os.linesep not in drawn
