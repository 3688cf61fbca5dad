"""Eight people at once on one ledger: each proposes and decides, nothing is lost, and how fast it goes.

``python crowd.py [PROCESSES] [ACTS] [ADDRESS]``. Without an address of PostgreSQL, on an SQLite file.
"""

from __future__ import annotations

import multiprocessing
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

from ledgers import NOW, ground  # noqa: E402 - the folder is not installed

from rung.ledger import (  # noqa: E402
    Actor,
    Desk,
    InputFilter,
    Override,
    People,
    Proposal,
    Role,
    State,
    open_ledger,
    verify,
)


def main(processes: int, acts: int, place: str) -> None:
    """Let them work, count, and verify."""
    people = People(
        {f"p{n}": Actor(account=f"p{n}", name=f"Person {n}", role=Role.APPROVER) for n in range(processes)}
    )
    with open_ledger(place):
        pass  # begun once, not by all of them
    context = multiprocessing.get_context("spawn")
    go, told = context.Event(), context.Queue()
    crowd = [
        context.Process(target=_work, args=(place, people, n, processes, acts, go, told))
        for n in range(processes)
    ]
    for process in crowd:
        process.start()
    for _process in crowd:
        told.get()  # ready
    begun = time.perf_counter()
    go.set()
    done = [told.get() for _process in crowd]
    taken = time.perf_counter() - begun
    for process in crowd:
        process.join()
    with open_ledger(place) as store:
        found = verify(store)
        assert found.is_whole, str(found.broken)
        kept = [each for each in store.inputs() if isinstance(each, Override)]
    proposed = {each for one in done for each in one[0]}
    decided = [each for one in done for each in one[1]]
    assert found.head.sequence == 2 * processes * acts, found.head
    assert {each.id for each in kept} == proposed, "proposals lost or doubled"
    assert len(set(decided)) == len(decided) == len(kept), "decisions lost or doubled"
    assert all(len(each.decisions) == 1 for each in kept), "decisions lost or doubled"
    assert len({each.customer_id for each in kept}) == processes * acts
    events = found.head.sequence
    print(f"{processes} processes, {acts} proposals and {acts} decisions each: none lost, none doubled")
    print(f"chain whole, {events:,} events in {taken:.1f} s: {events / taken:,.0f} a second")


def _work(place: str, people: People, number: int, count: int, acts: int, go: Any, told: Any) -> None:
    me, neighbour = f"p{number}", f"p{(number + 1) % count}"
    proposed: list[str] = []
    decided: list[str] = []
    with open_ledger(place) as store:
        desk = Desk(store, people.actor(me), people)
        told.put("ready")
        go.wait()
        for act in range(acts):
            made = desk.propose(Proposal(grade="C", reason="systemic"), ground(f"{me}-{act}"), NOW)
            proposed.append(made.id)
            if act % 50 == 49:
                decided += _decide(desk, neighbour, acts - len(decided))
        while len(decided) < acts:
            found = _decide(desk, neighbour, acts - len(decided))
            decided += found
            if not found:
                time.sleep(0.05)
    told.put((proposed, decided))


def _decide(desk: Desk, maker: str, most: int) -> list[str]:
    waiting = list(desk.store.inputs(InputFilter(maker=maker, states=(State.PENDING,))))[:most]
    for place, each in enumerate(waiting):
        if place % 5:
            desk.approve(each.id, NOW)
        else:
            desk.reject(each.id, NOW, "not convinced")
    return [each.id for each in waiting]


if __name__ == "__main__":
    given = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        main(
            int(given[0]) if given else 8,
            int(given[1]) if len(given) > 1 else 500,
            given[2] if len(given) > 2 else str(Path(folder) / "ledger.db"),
        )
