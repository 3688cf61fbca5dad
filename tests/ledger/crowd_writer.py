"""One of several processes that append to a ledger at once; run as a program."""

from __future__ import annotations

import sys
from pathlib import Path

from ledger_cases import NOW, ground, proposal

from rung.ledger import Actor, Desk, open_ledger


def main(file: Path, name: str, count: int) -> None:
    """Propose so many overrides, after a word on standard input."""
    actor = Actor(account=name, name=name)
    print("ready", flush=True)
    sys.stdin.readline()
    with open_ledger(file) as store:
        for number in range(count):
            made = Desk(store, actor).propose(proposal(), ground(customer_id=f"{name}{number}"), NOW)
            print(made.id, flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
