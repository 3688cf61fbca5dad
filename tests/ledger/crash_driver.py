"""Kills writers of a ledger at seeded random instants, and prints what each had been told was recorded.

Run as a program: it forks, which a test's own process, with the threads of other libraries, must not.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
import traceback
from pathlib import Path

from ledger_cases import LI, NOW, ground, proposal

from rung.ledger import Desk
from rung.ledger.sqlite import open_sqlite  # imported before the fork: the time is for writing


def write(file: Path, told: int) -> None:
    """Propose and withdraw without end, telling of each event once it is confirmed."""
    number = 0
    with open_sqlite(file) as store:
        desk = Desk(store, LI)
        while True:
            number += 1
            override = desk.propose(proposal(narrative="文" * (number % 700)), ground(), NOW)
            os.write(told, f"{override.id}\n".encode())
            if number % 3 == 0:
                desk.withdraw(override.id, NOW)
                os.write(told, f"-{override.id}\n".encode())


def killed_writer(file: Path, after: float) -> list[str]:
    """Let a writer work, kill it, and return what it had been told."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            write(file, writing)
        finally:
            traceback.print_exc()
            os._exit(1)  # a writer never ends by itself
    os.close(writing)
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    _, ending = os.waitpid(child, 0)
    assert os.WIFSIGNALED(ending), "the writer ended by itself"
    with os.fdopen(reading) as pipe:
        return pipe.read().split()


def main(folder: Path, seed: int, kills: int, longest: float, is_new: bool) -> None:
    """Print one line a kill: the ledger's file and what was confirmed."""
    dice = random.Random(seed)
    for kill in range(kills):
        file = folder / (f"ledger{kill}.db" if is_new else "ledger.db")
        print(json.dumps([str(file), killed_writer(file, dice.uniform(0, longest))]), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4]), sys.argv[5] == "new")
