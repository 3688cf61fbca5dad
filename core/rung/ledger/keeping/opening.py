"""Opens the ledger at its place, a file or an address; what keeps it is imported only then."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from rung.ledger.keeping.addresses import PostgresqlAddress, ledger_place
from rung.ledger.store import LedgerStore

if TYPE_CHECKING:
    from rung.ledger.keeping.database import Database

__all__ = ["is_begun", "ledger_database", "login_at", "open_ledger"]


def open_ledger(place: Path | PostgresqlAddress | str) -> LedgerStore:
    """Open the ledger in an SQLite file or at an address of PostgreSQL, beginning one where there is none.

    To be closed, or used in a block. Raises RungError where something else is there, where it is damaged or
    of another edition than this Rung's, or where disk or server refuse.
    """
    if isinstance(place, str):
        place = ledger_place(place, Path())
    if isinstance(place, PostgresqlAddress):
        from rung.ledger.keeping.postgresql import open_postgresql

        return open_postgresql(place)
    from rung.ledger.keeping.sqlite import open_sqlite

    return open_sqlite(place)


def ledger_database(place: Path | PostgresqlAddress) -> Database:
    """Return the database at a place without looking at what is in it; to be closed."""
    if isinstance(place, PostgresqlAddress):
        from rung.ledger.keeping.postgresql import PostgresqlDatabase

        return PostgresqlDatabase(place)
    from rung.ledger.keeping.sqlite import SqliteDatabase

    return SqliteDatabase(place)


def is_begun(place: Path | PostgresqlAddress) -> bool:
    """Whether there is a ledger; looking makes none. Raises RungError where a server cannot be asked."""
    if isinstance(place, Path):
        # A link that leads nowhere too: the ledger is lost, and grades must not look as if there were none.
        return os.path.lexists(place)
    from rung.ledger.keeping.beginning import begun_edition

    database = ledger_database(place)
    try:
        return begun_edition(database) is not None
    finally:
        database.close()


@cache
def login_at(place: Path | PostgresqlAddress) -> str | None:
    """Return the login the ledger's database knows the user by, None where it knows none (as SQLite).

    It is asked once: a login does not change under an address. Raises RungError where it cannot be asked.
    """
    if isinstance(place, Path):
        return None
    database = ledger_database(place)
    try:
        return database.account()
    finally:
        database.close()
