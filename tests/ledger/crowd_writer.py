"""One of several processes that append to a ledger at once; run as a program."""

from __future__ import annotations

import sys

from ledger_cases import NOW, ground, proposal

from rung.ledger import Actor, Desk, open_ledger


def main(place: str, name: str, count: int) -> None:
    """Propose so many overrides in the ledger at a file or address, after a word on standard input."""
    actor = Actor(account=name, name=name)
    print("ready", flush=True)
    sys.stdin.readline()
    with open_ledger(place) as store:
        for number in range(count):
            made = Desk(store, actor).propose(proposal(), ground(customer_id=f"{name}{number}"), NOW)
            print(made.id, flush=True)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
