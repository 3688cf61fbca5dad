"""Fifty kills at random instants, of all that writes: nothing confirmed is lost, nothing half written."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

DRIVER = Path(__file__).with_name("run.py")


@pytest.mark.slow
def test_fifty_kills_lose_nothing_that_was_confirmed() -> None:
    # A program of its own: it forks, which a process with the threads of other libraries must not.
    done = subprocess.run(
        [sys.executable, str(DRIVER), "50"], capture_output=True, text=True, check=False, timeout=280
    )
    assert done.returncode == 0, done.stdout + done.stderr
    lines = done.stdout.splitlines()
    assert [line[:20].strip() for line in lines][:4] == ["append", "approve", "migrate", "write a run"]
    assert all("none lost" in line for line in lines)
