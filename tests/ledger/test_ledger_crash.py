"""A kill at any instant loses nothing that was confirmed and leaves nothing half written."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from ledger_cases import fill

from rung.ledger import LedgerStore, Status, open_ledger, overrides_in, verify

DRIVER = Path(__file__).with_name("crash_driver.py")
pytestmark = pytest.mark.slow


def kills(
    folder: Path, *, seed: int, count: int, longest: float, is_new: bool
) -> Iterator[tuple[Path, list[str]]]:
    """Yield after each kill the ledger and what its writer had been told was recorded."""
    given = [str(folder), str(seed), str(count), str(longest), "new" if is_new else "same"]
    done = subprocess.run(
        [sys.executable, str(DRIVER), *given], capture_output=True, text=True, check=False, timeout=200
    )
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert len(lines) == count
    for line in lines:
        file, confirmed = json.loads(line)
        yield Path(file), confirmed


def missing(store: LedgerStore, confirmed: list[str]) -> list[str]:
    from datetime import date

    found = {each.id: each.status(date(2026, 3, 1)) for each in overrides_in(store)}
    return [
        told
        for told in confirmed
        if told.lstrip("-") not in found or (told.startswith("-") and found[told[1:]] is not Status.WITHDRAWN)
    ]


def test_twenty_kills_of_a_writer_lose_no_confirmed_event(tmp_path: Path) -> None:
    confirmed = [
        told
        for _file, each in kills(tmp_path, seed=20260301, count=20, longest=0.4, is_new=False)
        for told in each
    ]
    assert len(confirmed) > 100
    with open_ledger(tmp_path / "ledger.db") as store:
        found = verify(store)
        assert found.is_whole, str(found.broken)
        assert missing(store, confirmed) == []
        # Each kill may have come between the record and its being told, once.
        assert len(confirmed) <= found.head.sequence <= len(confirmed) + 20
        fill(store, 1)
        assert verify(store).is_whole
    assert [path.name for path in tmp_path.iterdir()] == ["ledger.db"]


def test_a_kill_while_a_ledger_is_begun_leaves_one_that_can_be_begun_again(tmp_path: Path) -> None:
    for file, confirmed in kills(tmp_path, seed=7, count=20, longest=0.12, is_new=True):
        with open_ledger(file) as store:
            assert missing(store, confirmed) == []
            assert verify(store).is_whole
            fill(store, 1)
            assert verify(store).is_whole
