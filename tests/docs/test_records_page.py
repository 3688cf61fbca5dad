"""docs/records.md: its plugin is installed, its files written, its commands and its Python run."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from rung.service.records import WITHDRAWN, Span
from rung.service.records.form import LONGEST

PAGE = Path(__file__).parents[2] / "docs/records.md"
TEXT = PAGE.read_text(encoding="utf-8")
FILE = re.compile(r"^`([\w.-]+)`[^\n]*\n\n```(?:csv|toml|python)\n(.*?)^```", re.MULTILINE | re.DOTALL)
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the files of the page, and its plugin as if it were installed."""
    found = tmp_path_factory.mktemp("page")
    for name, written in FILE.findall(TEXT):
        (found / name).write_text(written, encoding="utf-8")
    installed = found / "site/rung_gym-1.dist-info"
    installed.mkdir(parents=True)
    (found / "rung_gym.py").rename(found / "site/rung_gym.py")
    (installed / "METADATA").write_text("Metadata-Version: 2.1\nName: rung-gym\nVersion: 1\n")
    (installed / "entry_points.txt").write_text("[rung]\ngym = rung_gym\n")
    return found


def ran(folder: Path, words: list[str]) -> str:
    own = {"COLUMNS": "104", "RUNG_LANG": "en", "PYTHONPATH": str(folder / "site"), "PYTHONUTF8": "1"}
    done = subprocess.run(
        words,
        cwd=folder,
        env={**os.environ, **own},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    return done.stdout + done.stderr


def rung(folder: Path, command: str) -> list[str]:
    program, *words = shlex.split(command)
    assert program == "rung"
    told = ran(folder, [str(Path(sys.executable).with_name("rung")), *words])
    return [line.rstrip() for line in told.splitlines()]


def test_its_commands_print_what_is_shown_and_its_python_runs(folder: Path) -> None:
    blocks = BLOCK.findall(TEXT)
    for command in next(text for kind, text in blocks if kind == "sh").splitlines():
        assert not any(each.startswith("rung:") for each in rung(folder, command)), command
    shown = next(text for kind, text in blocks if kind == "console")
    commands = [line[2:] for line in shown.splitlines() if line.startswith("$ ")]
    printed = [line for each in commands for line in (f"$ {each}", *rung(folder, each))]
    assert printed == [line.rstrip() for line in shown.splitlines()]
    script = [text for kind, text in blocks if kind == "python"][-1]
    # What is open and has a day comes first; R3 is the change of R1, no record.
    assert ran(folder, [sys.executable, "-c", script]).splitlines() == [
        "R2 M2 held",
        "R1 M1 joined",
        "R4 M2 lost",
        "3",
    ]


def test_the_page_says_what_the_code_has() -> None:
    assert f"{LONGEST:,} characters" in TEXT
    assert all(f"`{each.value}`" in TEXT for each in Span)
    assert f"`{WITHDRAWN}`" in TEXT
