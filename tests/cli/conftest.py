"""A folder to work in and a command line to call; makes ``commands`` importable by this folder's tests."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from commands import CUSTOMERS, POLICY, Cli, Ended

from rung.cli import run
from rung.text import set_language


@pytest.fixture
def cli(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Cli:
    """Run one command in an empty folder, in English, and give what it printed."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("RUNG_LANG", "en")
    monkeypatch.setenv("COLUMNS", "160")
    monkeypatch.delenv("RUNG_TRACEBACK", raising=False)

    def call(*arguments: object) -> Ended:
        try:
            code = run([str(argument) for argument in arguments])
        finally:
            set_language("en")
        printed = capsys.readouterr()
        return Ended(code, printed.out, printed.err)

    return call


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A folder with ``shop.toml``, a policy, and ``customers.csv``, five customers."""
    (tmp_path / "shop.toml").write_text(POLICY, encoding="utf-8")
    (tmp_path / "customers.csv").write_text(CUSTOMERS, encoding="utf-8")
    return tmp_path
