"""Makes the cases of this folder importable by its tests, and gives each test a ledger of its own."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from rung.ledger import LedgerStore, open_ledger

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "ledger.db"


@pytest.fixture
def store(file: Path) -> Iterator[LedgerStore]:
    with open_ledger(file) as opened:
        yield opened
