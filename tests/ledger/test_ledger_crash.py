"""A kill while a ledger is begun, or of the server, loses nothing confirmed; see tests/torture for others."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest
from ledger_cases import fill
from postgresql_server import Server

from rung.ledger import LedgerStore, Status, open_ledger, overrides_in, verify

DRIVER = Path(__file__).with_name("crash_driver.py")
WRITER = Path(__file__).with_name("crowd_writer.py")
pytestmark = pytest.mark.slow


def kills(places: Sequence[str], *, seed: int, longest: float) -> Iterator[tuple[str, list[str]]]:
    """Yield after each kill the ledger's place and what its writer had been told was recorded."""
    given = [str(seed), str(longest), *places]
    done = subprocess.run(
        [sys.executable, str(DRIVER), *given], capture_output=True, text=True, check=False, timeout=200
    )
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert len(lines) == len(places)
    for place, line in zip(places, lines, strict=True):
        yield place, json.loads(line)


def missing(store: LedgerStore, confirmed: list[str]) -> list[str]:
    found = {each.id: each.status(date(2026, 3, 1)) for each in overrides_in(store)}
    return [
        told
        for told in confirmed
        if told.lstrip("-") not in found or (told.startswith("-") and found[told[1:]] is not Status.WITHDRAWN)
    ]


@pytest.fixture(params=["sqlite", "postgresql"])
def fresh(request: pytest.FixtureRequest, tmp_path: Path) -> list[str]:
    """Twenty places where no ledger is begun."""
    if request.param == "sqlite":
        return [str(tmp_path / f"ledger{number}.db") for number in range(20)]
    server: Server = request.getfixturevalue("postgresql")
    return [server.address(server.new_schema()) for _number in range(20)]


def test_a_kill_while_a_ledger_is_begun_leaves_one_that_can_be_begun_again(fresh: list[str]) -> None:
    for place, confirmed in kills(fresh, seed=7, longest=0.2):
        with open_ledger(place) as store:
            assert missing(store, confirmed) == []
            assert verify(store).is_whole
            fill(store, 1)
            assert verify(store).is_whole


def test_kills_of_the_server_lose_no_confirmed_event(crashing: Server) -> None:
    address = crashing.address(crashing.new_schema())
    dice = random.Random(5)
    told: list[str] = []
    for number in range(5):
        writer = subprocess.Popen(
            [sys.executable, str(WRITER), address, f"li{number}-", "100000"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert writer.stdin is not None
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
        writer.stdin.write("go\n")
        writer.stdin.flush()
        told.append(writer.stdout.readline().strip())
        time.sleep(dice.uniform(0, 0.5))
        crashing.kill()
        output, complaint = writer.communicate(timeout=60)
        assert "RungError" in complaint or "OutcomeUnknownError" in complaint
        told += output.split()
        crashing.start()
    with open_ledger(address) as store:
        assert verify(store).is_whole
        assert missing(store, told) == []
        assert store.head().sequence <= len(told) + 5
        fill(store, 1)
