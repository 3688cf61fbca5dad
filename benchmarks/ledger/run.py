"""How long one act takes, and what a ledger of a million events takes: restored, verified, read, rebuilt.

``python run.py [EVENTS] [ADDRESS]``. ADDRESS is an empty schema of PostgreSQL, else a file in a temporary
folder; there people act as its login. Half of the events propose, half approve, each pair about a customer
of its own.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

from ledgers import FIRST, NOW, POLICY, approved, chained, ground, told  # noqa: E402 - not installed

from rung.ledger import Actor, Desk, EventFilter, People, Proposal, Role, open_ledger, verify  # noqa: E402
from rung.ledger.events import Draft, Event  # noqa: E402
from rung.ledger.keeping.copies import restore, write_copy  # noqa: E402
from rung.ledger.keeping.sql_store import SqlStore  # noqa: E402
from rung.ledger.store import Head  # noqa: E402

ACTS = 500


def drafts(count: int) -> Iterator[Draft]:
    """Yield so many acts."""
    for number in range(1, count + 1, 2):
        record = replace(FIRST, customer_id=f"C{number:07d}")
        yield from approved(record, number, NOW + timedelta(seconds=number))


def main(count: int, address: str | None) -> None:
    """Measure one database."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy.jsonl"
        last = Head()
        for event in chained(drafts(count)):
            last = Head(event.sequence, event.hash)
        events: Iterator[Event] = chained(drafts(count))
        write_copy(events, last, 2, copy)
        with open_ledger(address or Path(folder) / "ledger.db") as store:
            assert isinstance(store, SqlStore)
            told("restore", lambda: restore(store, copy), count=count)
            print(f"{'bytes':<42} {store.size():,}")
            found = told("open inputs as a frame", lambda: store.open_frame(POLICY.id), 5)
            print(f"{'open inputs':<42} {found.height:,}")
            customer = f"C{count // 2 | 1:07d}"
            wanted = EventFilter(customer_id=customer)
            history = told("one customer's history", lambda: list(store.events(wanted)), 20)
            assert len(history) == 2
            told("one input", lambda: store.input(f"O{count // 2 | 1}"), 20)
            assert told("verify", lambda: verify(store), count=count).is_whole
            told("rebuild", store.rebuild, count=count)
            _act(store, count)


def _act(store: SqlStore, count: int) -> None:
    """Propose and decide as people do: each act by itself, on the disk before the next."""
    now = NOW + timedelta(seconds=count + 1)
    own = Actor(account=store.account() or "li", name="Li", role=Role.APPROVER)
    peers = People({own.account: own})
    desk = Desk(store, own, peers)
    customers = iter([f"N{number}" for number in range(2 * ACTS)])
    wanted = Proposal(grade="C", reason="systemic", narrative=FIRST.narrative)
    made = told(
        "propose, one by one",
        lambda: [desk.propose(wanted, ground(next(customers)), now) for _act in range(ACTS)],
        count=ACTS,
    )
    many = [(wanted, ground(f"M{number}")) for number in range(20 * ACTS)]
    told("propose, together", lambda: desk.propose_all(many, now), count=len(many))
    ids = iter([each.id for each in made])
    if store.account() is None:
        other = Desk(store, Actor(account="wang", name="Wang", role=Role.APPROVER), peers)
        told("approve, one by one", lambda: [other.approve(each, now) for each in ids], count=ACTS)


if __name__ == "__main__":
    main(int((sys.argv[1:] or ["1000000"])[0].replace("_", "")), next(iter(sys.argv[2:]), None))
