"""Opens the ledger at an address; what keeps it is imported only then."""

from __future__ import annotations

from pathlib import Path

from rung.ledger.store import LedgerStore

__all__ = ["open_ledger"]


def open_ledger(file: Path) -> LedgerStore:
    """Open the ledger in an SQLite file, beginning one where there is none; to be closed, or used in a block.

    Raises RungError where the file is no ledger, is damaged or of a newer Rung, or the disk refuses.
    """
    from rung.ledger.sqlite import open_sqlite

    return open_sqlite(file)
