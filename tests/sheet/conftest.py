"""A workspace of a shop to draw sheets from, and a browser to print them with."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from printing import Browser, find_browser, rung
from shop_policy import CUSTOMERS, POLICY

from rung.text import set_language
from rung.workspace import Workspace


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("RUNG_LANG", "en")
    yield
    set_language("en")


@pytest.fixture(scope="session")
def shop_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the shop's workspace once; each test has a copy of its own."""
    folder = tmp_path_factory.mktemp("shop")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("RUNG_LANG", "en")
        patched.chdir(folder)
        rung("init", "shop")
        patched.chdir(folder / "shop")
        Path("policies/shop.toml").write_text(POLICY, encoding="utf-8")
        Path("customers.csv").write_text(CUSTOMERS, encoding="utf-8")
        rung("grade", "customers.csv", "--policy", "shop.tiers", "--as-of", "2026-03-01")
    return folder / "shop"


@pytest.fixture
def shop(shop_once: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """A workspace with four customers of a shop, graded once."""
    monkeypatch.chdir(shutil.copytree(shop_once, tmp_path / "shop"))
    set_language("en")
    return Workspace.open(Path())


@pytest.fixture
def browser(tmp_path: Path) -> Browser:
    """A browser that prints; the test is skipped where there is none."""
    return find_browser(tmp_path)
