"""Kills writers while each begins a ledger, at seeded random instants, and prints what it was told is kept.

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

from ledger_cases import LI, NOW, ground, proposal

from rung.ledger import Desk, open_ledger


def write(place: str, told: int) -> None:
    """Propose and withdraw without end, telling of each event once it is confirmed."""
    number = 0
    with open_ledger(place) as store:
        desk = Desk(store, LI)
        while True:
            number += 1
            override = desk.propose(proposal(narrative="文" * (number % 700)), ground(), NOW)
            os.write(told, f"{override.id}\n".encode())
            if number % 3 == 0:
                desk.withdraw(override.id, NOW)
                os.write(told, f"-{override.id}\n".encode())


def killed_writer(place: str, after: float) -> list[str]:
    """Let a writer begin a ledger and work, kill it, and return what it had been told."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            write(place, writing)
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


def main(seed: int, longest: float, places: list[str]) -> None:
    """Kill a writer at each place, one after the other, and print a line of what it was told."""
    if "://" in places[0]:
        import psycopg  # noqa: F401 - before the fork: the time is for writing
    import rung.ledger.keeping.postgresql
    import rung.ledger.keeping.sqlite  # noqa: F401

    dice = random.Random(seed)
    for place in places:
        print(json.dumps(killed_writer(place, dice.uniform(0, longest))), flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]), float(sys.argv[2]), sys.argv[3:])
