"""The shop, made once, and copied for each test that keeps records in it."""

from __future__ import annotations

import shutil
import sys
from datetime import timedelta
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parent))  # at the end: the folder above has a conftest of its own

from records_shop import MONDAY, PEOPLE, TODAY, complain, shop_of

from rung.workspace import Workspace
from rung_tui.records.desk import RecordsDesk


@pytest.fixture(scope="session")
def shop_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the shop once: to grade and to open records takes longer than to copy what came of it."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("rung.workspace.human_input.account", lambda: "li")
        place = shop_of(tmp_path_factory.mktemp("shops") / "shop", PEOPLE)
        complain(place, "C1", MONDAY)
        visit = {"purpose": "年度走访", "planned_on": "2026-03-25"}
        place.records.open("visit_plan", "C1", visit, MONDAY)
        closed = complain(place, "C1", MONDAY)
        place.records.change(closed, MONDAY, state="settled")
        complain(place, "C2", TODAY - timedelta(days=1))
    return place.folder


@pytest.fixture
def shop(shop_once: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """Return a workspace with three open records, one of them late, and a closed one."""
    monkeypatch.setattr("rung.workspace.human_input.account", lambda: "li")
    monkeypatch.setattr(RecordsDesk, "now", staticmethod(lambda: TODAY))
    return Workspace.open(Path(shutil.copytree(shop_once, tmp_path / "shop")))
