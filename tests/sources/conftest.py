"""A data source as it is installed, a small database for it, and a command line that finds it."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from source_desk import CRM, POLICY, Cli, Ended

from rung.cli import run
from rung.text import set_language

Install = Callable[..., Path]


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return a folder that is importable and searched for plugins, with what it brought forgotten after."""
    folder = tmp_path / "site"
    folder.mkdir()
    monkeypatch.syspath_prepend(str(folder))
    before = set(sys.modules)
    yield folder
    for name in set(sys.modules) - before:
        if str(folder) in (getattr(sys.modules[name], "__file__", None) or ""):
            del sys.modules[name]


@pytest.fixture
def install(site: Path) -> Install:
    """Return a function that lays down a distribution with one data source."""

    def install(source: str = "crm", code: str = CRM, version: str = "1.2") -> Path:
        (site / f"source_{source}.py").write_text(code, encoding="utf-8")
        info = site / f"rung_{source}-{version}.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: rung-{source}\nVersion: {version}\n")
        (info / "entry_points.txt").write_text(f"[rung.sources]\n{source} = source_{source}\n")
        return site

    return install


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in: ``shop.toml``, and ``crm.db`` with five customers; temporary files beside it."""
    folder = tmp_path / "shop"
    folder.mkdir()
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tmp"))
    monkeypatch.chdir(folder)
    monkeypatch.setenv("RUNG_CRM_TOKEN", "open sesame")
    (folder / "shop.toml").write_text(POLICY, encoding="utf-8")
    rows = [
        ("C1", "甲公司", 6000, 0),
        ("C2", "乙公司", 500, 30),
        ("C3", "丙公司", 5, 120),
        ("C4", "丁公司", None, 0),
        ("C5", "戊, 公司", 1000, None),
    ]
    with sqlite3.connect(folder / "crm.db") as database:
        database.execute("create table customers (customer_id text, customer_name text, spent, late)")
        database.executemany("insert into customers values (?, ?, ?, ?)", rows)
    database.close()
    return folder


@pytest.fixture
def cli(shop: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Cli:
    """Run one command in the shop's folder, in English, and give what it printed."""
    del shop
    monkeypatch.setenv("RUNG_LANG", "en")
    monkeypatch.setenv("COLUMNS", "160")

    def call(*arguments: object) -> Ended:
        try:
            code = run([str(argument) for argument in arguments])
        finally:
            set_language("en")
        printed = capsys.readouterr()
        return Ended(code, printed.out, printed.err)

    return call
