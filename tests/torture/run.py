"""Kills Rung at seeded random instants and counts what that cost: ``python run.py [KILLS] [SEED]``.

The kills fall in equal parts on appending, approving, migrating and writing a run; where there is a
PostgreSQL to start, on appending and approving there as well. Raises AssertionError at the first loss.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "ledger")]

from ledger_tasks import Appending, Approving  # noqa: E402 - the folder is not installed
from migration_task import Migrating  # noqa: E402
from postgresql_server import Server, programs  # noqa: E402
from run_task import Writing  # noqa: E402

LONGEST = {"append": 0.5, "approve": 0.5, "migrate": 1.0, "write a run": 1.0}
"""Seconds from a worker's start within which it is killed: some before it did anything, some in the midst."""
AGAIN = 25
# Kills of one ledger before the next is begun: going through a long one costs more than writing it.


def main(kills: int, seed: int, server: Server | None) -> None:
    """Kill so often, and print a line a kind of work."""
    with tempfile.TemporaryDirectory() as folder:
        makers: dict[str, Callable[[int], Any]] = {
            "append": lambda number: Appending(Path(folder) / f"append-{number}.db"),
            "approve": lambda number: Approving(Path(folder) / f"approve-{number}.db"),
            "migrate": lambda number: Migrating(Path(folder) / f"migrate-{number}"),
            "write a run": lambda number: Writing(Path(folder) / f"runs-{number}"),
        }
        if server is not None:
            makers["append, PostgreSQL"] = lambda _number: Appending(server.address(server.new_schema()))
            makers["approve, PostgreSQL"] = lambda _number: Approving(server.address(server.new_schema()))
        for place, (name, make) in enumerate(makers.items()):
            count = kills // len(makers) + (place < kills % len(makers))
            print(_torture(name, make, count, random.Random(f"{seed} {name}")), flush=True)


def _torture(name: str, make: Callable[[int], Any], kills: int, dice: random.Random) -> str:
    longest = LONGEST[name.partition(",")[0]]
    begun, confirmed, idle = time.perf_counter(), 0, 0
    task = make(0)
    for kill in range(kills):
        if kill and (kill % AGAIN == 0 or getattr(task, "is_done", False)):
            task = make(kill)
        told = task.kill(dice.uniform(0, longest))
        confirmed += told
        idle += not told
    taken = time.perf_counter() - begun
    return (
        f"{name:<20} {kills:5,} kills  {confirmed:7,} acts confirmed before them, none lost"
        f"  ({idle} before the first; {taken:.0f} s)"
    )


if __name__ == "__main__":
    given = list(map(int, sys.argv[1:]))
    own = Server() if programs() is not None else None
    try:
        main(given[0] if given else 1_000, given[1] if len(given) > 1 else 20_261_122, own)
    finally:
        if own is not None:
            own.remove()
