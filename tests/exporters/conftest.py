"""A folder with a policy and a table, a command line to call, and distributions to lay down."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "panels"))
sys.path.insert(0, str(Path(__file__).parents[1] / "cli"))

from commands import CUSTOMERS, POLICY, Cli, Ended
from laid_down import lay_down, site

from rung.cli import run
from rung.text import set_language

__all__ = ["cli", "lay_down", "site"]


@pytest.fixture
def cli(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Cli:
    """Run one command in a folder with ``shop.toml`` and ``customers.csv``, five customers."""
    monkeypatch.chdir(tmp_path)
    for name, value in (("RUNG_LANG", "en"), ("COLUMNS", "160")):
        monkeypatch.setenv(name, value)
    (tmp_path / "shop.toml").write_text(POLICY, encoding="utf-8")
    (tmp_path / "customers.csv").write_text(CUSTOMERS, encoding="utf-8")

    def call(*arguments: object) -> Ended:
        try:
            code = run([str(argument) for argument in arguments])
        finally:
            set_language("en")
        printed = capsys.readouterr()
        return Ended(code, printed.out, printed.err)

    return call
