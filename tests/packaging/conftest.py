"""One clean environment for all tests of wheels; makes ``clean_room`` importable by this folder's tests."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from clean_room import HOME, HOTEL, STRANGER, Installed, build, build_tools, run


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    away = tmp_path_factory.mktemp("away")
    tools = build_tools(away / "tools")
    rung, stranger, hotel = (build(source, away / "wheels", tools) for source in (HOME, STRANGER, HOTEL))
    run(sys.executable, "-m", "venv", "--without-pip", away / "venv")
    folder = away / "work"
    folder.mkdir()
    (folder / "members.csv").write_bytes((STRANGER / "members.csv").read_bytes())
    made = Installed(rung, hotel, away / "venv/bin/python", folder, tools)
    # By the hotel's extra, as its author gets it: it brings Rung's, with all its suites need.
    made.install(rung, stranger, f"{hotel}[test]")
    return made
