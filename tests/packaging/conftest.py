"""One clean environment for all tests of wheels; makes ``clean_room`` importable by this folder's tests."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from clean_room import HOME, HOTEL, STRANGER, Installed, build, run


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    away = tmp_path_factory.mktemp("away")
    rung, stranger, hotel = (build(source, away / "wheels") for source in (HOME, STRANGER, HOTEL))
    run(sys.executable, "-m", "venv", away / "venv")
    folder = away / "work"
    folder.mkdir()
    (folder / "members.csv").write_bytes((STRANGER / "members.csv").read_bytes())
    made = Installed(rung, away / "venv/bin/python", folder)
    # By the hotel's extra, as its author gets it: it brings Rung's, with all its suites need.
    made.install(rung, stranger, f"{hotel}[test]")
    return made
