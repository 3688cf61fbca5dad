"""A ledger in an SQLite file: begun or opened with its locks, its settings and its refusals in words."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine, QueuePool, create_engine, event
from sqlalchemy.exc import DBAPIError

from rung.errors import Place, RungError
from rung.ledger.sql_store import SqlStore
from rung.ledger.tables import SCHEMA_VERSION, create_tables, is_blank, version_of
from rung.text import _

__all__ = ["open_sqlite"]

_PATIENCE: Final = 30.0
# Seconds a writer waits for another: far longer than any append takes, shorter than a person waits.
_SETTINGS: Final = (
    "PRAGMA synchronous = FULL",  # a confirmed event is on the disk, not in the system's memory
    "PRAGMA foreign_keys = ON",
    "PRAGMA trusted_schema = OFF",  # the file may come from anywhere
    "PRAGMA cell_size_check = ON",  # damage is refused where it is met
)
_WRITES: Final = "rung_writes"
_FINDINGS: Final = 20
# Complaints of an integrity check that are told; a damaged file has thousands.


def open_sqlite(path: Path, *, patience: float = _PATIENCE) -> SqlStore:
    """Open the ledger in a file, beginning one where there is none.

    ``patience`` is how many seconds a writer waits for another. Raises RungError where the file is no
    ledger, is damaged or of a newer Rung, or where the disk refuses.
    """
    refusals = partial(_refusals, path)
    engine = _engine(path, patience)
    try:
        with refusals():
            _begin_or_check(engine, path)
    except BaseException:
        engine.dispose()
        raise
    return SqlStore(engine, str(path), refusals, _hold, _damage)


def _engine(path: Path, patience: float) -> Engine:
    address = path.absolute().as_uri()
    if path.is_file() and not _is_changeable(path):
        # Without a writable folder SQLite cannot share the file, and nobody can be changing it from here.
        address += "?immutable=1"

    def connect() -> sqlite3.Connection:
        # Transactions begin where we say: the driver's own habit takes the lock too late.
        found = sqlite3.connect(
            address, uri=True, timeout=patience, isolation_level=None, check_same_thread=False
        )
        try:
            for setting in _SETTINGS:
                found.execute(setting)
        except BaseException:
            found.close()
            raise
        return found

    engine = create_engine("sqlite://", creator=connect, poolclass=QueuePool)
    event.listen(engine, "begin", _begun)
    return engine


def _is_changeable(path: Path) -> bool:
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def _begun(connection: Connection) -> None:
    writes = connection.get_execution_options().get(_WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _hold(connection: Connection) -> None:
    connection.execution_options(**{_WRITES: True})


def _begin_or_check(engine: Engine, path: Path) -> None:
    with engine.connect() as connection:
        is_new = is_blank(connection)
    if is_new:
        _begin(engine)
    with engine.connect() as connection:
        version = version_of(connection)
    if version is None:
        raise _no_ledger(path)
    if version > SCHEMA_VERSION:
        newer = _("The ledger was written by a newer Rung (edition {found}; this one reads up to {known}).")
        raise RungError.of(
            newer.format(found=version, known=SCHEMA_VERSION),
            _("Update Rung to work with it."),
            Place(str(path)),
        )
    if _is_changeable(path):
        _write_ahead(engine)


def _begin(engine: Engine) -> None:
    """Make the tables, unless another process has meanwhile; a kill leaves them whole or not there."""
    with engine.connect() as connection:
        _hold(connection)
        with connection.begin():
            if is_blank(connection):
                create_tables(connection)


def _write_ahead(engine: Engine) -> None:
    """Keep a log of writes beside the file, so that readers and a writer do not wait for each other."""
    raw = engine.raw_connection()
    try:
        cursor = raw.cursor()
        if cursor.execute("PRAGMA journal_mode").fetchone() != ("wal",):
            cursor.execute("PRAGMA journal_mode = WAL")
        cursor.close()
    finally:
        raw.close()


def _damage(connection: Connection) -> tuple[str, ...]:
    found = connection.exec_driver_sql(f"PRAGMA integrity_check({_FINDINGS})").scalars().all()
    return () if list(found) == ["ok"] else tuple(str(line) for line in found)


@contextmanager
def _refusals(path: Path) -> Iterator[None]:
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        cause = error.orig if isinstance(error, DBAPIError) else error
        raise _refusal(getattr(cause, "sqlite_errorname", ""), str(cause), path) from error
    except UnicodeDecodeError as error:
        # The database quotes what it stumbles over, and the driver then stumbles over the quotation.
        raise _refusal("SQLITE_CORRUPT", str(error), path) from error


def _refusal(name: str, cause: str, path: Path) -> RungError:
    place = Place(str(path))
    match name.removeprefix("SQLITE_").partition("_")[0]:
        case "NOTADB":
            return _no_ledger(path)
        case "CORRUPT" | "FORMAT":
            return RungError.of(
                _("The ledger's file is damaged: {cause}.").format(cause=cause),
                _("Keep it as it is, and take the ledger back from a copy."),
                place,
            )
        case "BUSY" | "LOCKED":
            return RungError.of(
                _("Another program has been writing to the ledger for too long."),
                _("Nothing was recorded. Try again; if it lasts, look for a program that hangs."),
                place,
            )
        case "FULL":
            return RungError.of(
                _("The disk is full."), _("Nothing was recorded. Free some space and try again."), place
            )
        case "READONLY" | "CANTOPEN" | "PERM":
            return RungError.of(
                _("The ledger cannot be opened or written to: {cause}.").format(cause=cause),
                _("Nothing was recorded. See that the file and its folder are there and may be written to."),
                place,
            )
    return RungError.of(
        _("The ledger's database refused: {cause}.").format(cause=cause), _("Nothing was recorded."), place
    )


def _no_ledger(path: Path) -> RungError:
    return RungError.of(
        _("This file is no ledger."),
        _("Move it away, and Rung begins a new one; or put the ledger back from a copy."),
        Place(str(path)),
    )
