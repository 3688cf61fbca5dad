"""The office, made once, and copied for each test that decides in it."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parent))  # at the end: the folder above has a conftest of its own

from approvals_office import BETTER, LARGE, PEOPLE, SMALL, THIRD, As, now

from rung.workspace import Workspace


@pytest.fixture
def acting(monkeypatch: pytest.MonkeyPatch) -> As:
    """Make the process run under somebody's account."""

    def become(account: str) -> None:
        monkeypatch.setattr("rung.workspace.human_input.account", lambda: account)

    return become


@pytest.fixture(scope="session")
def office_once(graded_workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the office once: to propose takes longer than to copy what was proposed."""
    folder = Path(shutil.copytree(graded_workspace, tmp_path_factory.mktemp("office") / "workspace"))
    file = folder / "rung.toml"
    file.write_text(file.read_text(encoding="utf-8") + PEOPLE, encoding="utf-8")
    workspace = Workspace.open(folder)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("rung.workspace.human_input.account", lambda: "lina")
        for customer in (LARGE, SMALL, THIRD):
            workspace.human_input.propose(customer, BETTER, now())
    return folder


@pytest.fixture
def office(office_once: Path, tmp_path: Path, acting: As) -> Workspace:
    """Return a workspace with people, where three better grades by Li Na await approval; Wang acts."""
    acting("wang")
    return Workspace.open(Path(shutil.copytree(office_once, tmp_path / "workspace")))
