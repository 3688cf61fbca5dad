"""The tests' own PostgreSQL server: whatever ends the process that made it, it does not stay behind."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from postgresql_server import Server

_MAKER = """
import sys, time
sys.path.insert(0, sys.argv[1])
from postgresql_server import Server
server = Server()
for _again in range(int(sys.argv[2])):
    server.kill()
    server.start()
print(server.pid, server.folder, flush=True)
time.sleep(600)
"""


def runs(pid: int) -> bool:
    """Whether a process runs; one that has ended and was not yet cleared away does not."""
    asked = ("ps", "-o", "stat=", "-p", str(pid))
    state = subprocess.run(asked, capture_output=True, text=True, check=False).stdout.strip()
    return bool(state) and not state.startswith("Z")


def soon(is_so: Callable[[], bool]) -> bool:
    """Whether something comes to be so within half a minute."""
    deadline = time.monotonic() + 30
    while not is_so():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


@pytest.mark.parametrize("restarts", [0, 1])
@pytest.mark.usefixtures("postgresql")
def test_it_is_gone_once_the_process_that_made_it_was_killed(restarts: int) -> None:
    made = (sys.executable, "-c", _MAKER, str(Path(__file__).parent), str(restarts))
    with subprocess.Popen(made, stdout=subprocess.PIPE, text=True) as maker:
        try:
            assert maker.stdout is not None
            pid, folder = maker.stdout.readline().split()
            assert runs(int(pid))
        finally:
            maker.kill()
    assert soon(lambda: not runs(int(pid)))
    assert soon(lambda: not Path(folder).exists())


@pytest.mark.usefixtures("postgresql")
def test_once_removed_it_leaves_nothing() -> None:
    server = Server()
    assert server.execute("SELECT 1") == [(1,)]
    server.remove()
    assert not runs(server.pid)
    assert not server.folder.exists()
