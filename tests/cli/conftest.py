"""A folder to work in and a command line to call; makes this folder's modules importable by its tests."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from commands import CUSTOMERS, POLICY, Cli, Ended, Once
from ledger_office import As, opened

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


@pytest.fixture(scope="session")
def _made() -> dict[str, Path]:
    return {}


@pytest.fixture
def once(_made: dict[str, Path], tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Once:
    """Have the test's folder filled by the first test that asks for it, and copied for every other.

    What is made so may hang on nothing but what is done to make it: no account, no hour, no other fixture.
    """

    def filled(make: Callable[[], object]) -> Path:
        name = f"{make.__module__}.{make.__qualname__}"
        if name in _made:
            for each in tmp_path.iterdir():  # what was moved or removed in the making is to be gone here too
                shutil.rmtree(each) if each.is_dir() else each.unlink()
            return shutil.copytree(_made[name], tmp_path, dirs_exist_ok=True)
        make()
        kept = tmp_path_factory.mktemp("made")
        _made[name] = shutil.copytree(tmp_path, kept, dirs_exist_ok=True)
        return tmp_path

    return filled


@pytest.fixture
def office(cli: Cli, shop: Path, once: Once) -> Path:
    """A workspace with people and a run: C1 is A, C2 is B, C3 is C by a gate, C4 not graded, C5 is B."""

    @once
    def made() -> None:
        opened(cli, shop)

    return made


@pytest.fixture
def acting(monkeypatch: pytest.MonkeyPatch) -> As:
    """Make the process run under somebody's account: no flag can, so the system's word is replaced."""

    def become(account: str) -> None:
        monkeypatch.setattr("rung.workspace.human_input.account", lambda: account)

    become("lina")
    return become
