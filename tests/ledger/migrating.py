"""Migrates a ledger there and back without end, after a word on standard output; run as a program."""

from __future__ import annotations

import sys
from datetime import timedelta
from itertools import count
from pathlib import Path

from ledger_cases import NOW

from rung.ledger.keeping.addresses import ledger_place
from rung.ledger.keeping.migrations import migrate
from rung.ledger.keeping.opening import ledger_database


def main(place: str, backups: str) -> None:
    """Migrate until killed."""
    database = ledger_database(ledger_place(place, Path()))
    print("ready", flush=True)
    for number in count():
        migrate(database, "li", Path(f"{backups}-{number}.jsonl"), NOW + timedelta(days=1), to=2 - number % 2)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
