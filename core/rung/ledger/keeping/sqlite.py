"""A ledger in an SQLite file: begun or opened with its locks, its settings and its refusals in words."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine, QueuePool, TextClause, create_engine, event, text
from sqlalchemy.exc import DBAPIError

from rung.errors import Place, RungError
from rung.ledger.keeping.beginning import begin_or_check, no_ledger
from rung.ledger.keeping.sql_store import SqlStore
from rung.text import _

__all__ = ["SqliteDatabase", "open_sqlite"]

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
_GUARDS: Final = tuple(
    f"CREATE TRIGGER events_are_never_{done} BEFORE {act} ON events "
    f"BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END"
    for act, done in (("UPDATE", "changed"), ("DELETE", "deleted"))
)
# They stop mistakes and idle hands; who may drop a trigger is found by the chain.
_CHUNK: Final = 250_000
# Numbers of events gone through for one text of lines: well under SQLite's longest text.
_LINES: Final = text(
    # Along the index that holds the lines, which is by number: ordering anew would take a third longer.
    # As bytes, for the parser wants these and a million lines are not decoded for nothing.
    "SELECT CAST(group_concat(line, char(10)) AS BLOB) FROM inputs INDEXED BY inputs_open "
    "WHERE policy_id = :policy_id AND state <> 'closed' AND sequence > :after AND sequence <= :until"
)
_EDGE: Final = (
    "SELECT customer_id FROM {table} WHERE customer_id >= :since ORDER BY customer_id LIMIT 1 OFFSET :most"
)
_BETWEEN: Final = (
    # The table lies by customer. A limit inside would have every row handed on, and take twice as long.
    "SELECT CAST(group_concat(line, char(10)) AS BLOB) FROM {table} WHERE customer_id >= :since"
)
_RECORDS: Final = text(
    "SELECT CAST(group_concat(record, char(10)) AS BLOB) FROM (SELECT CAST(record AS TEXT) AS record "
    "FROM inputs WHERE policy_id = :policy_id AND sequence > :after AND sequence <= :until ORDER BY sequence)"
)
_RECORDS_CHUNK: Final = 20_000
# Records may be long: so many of the longest are still a text.
_LAST: Final = text("SELECT coalesce(max(sequence), 0) FROM inputs")


def open_sqlite(path: Path, *, patience: float = _PATIENCE) -> SqlStore:
    """Open the ledger in a file, beginning one where there is none.

    ``patience`` is how many seconds a writer waits for another. Raises RungError where the file is no
    ledger, is damaged or of another edition than this Rung's, or where the disk refuses.
    """
    _begin_file(path)
    database = SqliteDatabase(path, patience)
    try:
        begin_or_check(database)
        database.write_ahead()
    except BaseException:
        database.close()
        raise
    return SqlStore(database)


def _begin_file(path: Path) -> None:
    """Make the file for its owner alone to read: who else may is theirs to say, and SQLite follows it."""
    with suppress(OSError):  # it is there, or what speaks against it is told when it is opened
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))


class SqliteDatabase:
    """An SQLite file as the ledger's database; see ``Database``. It makes the file, and nothing in it."""

    def __init__(self, path: Path, patience: float = _PATIENCE) -> None:
        self._path = path
        self.engine = _engine(path, patience)

    @property
    def place(self) -> str:
        """The file."""
        return str(self._path)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection; what it reads is of one moment."""
        with self._refusals(), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a connection that holds the file's write lock from the beginning."""
        with self._refusals(), self.engine.connect() as connection:
            connection.execution_options(**{_WRITES: True})
            with connection.begin():
                yield connection

    def guard(self, connection: Connection) -> None:
        """Make the triggers that keep events from being changed."""
        for statement in _GUARDS:
            connection.exec_driver_sql(statement)

    def prepare(self, connection: Connection) -> None:
        """Do nothing: SQLite has nothing to set."""

    def let_restore(self, connection: Connection) -> None:
        """Do nothing: SQLite does not know who writes."""

    def account(self) -> str | None:
        """Return None: SQLite does not know who writes."""
        return None

    def damage(self, connection: Connection) -> tuple[str, ...]:
        """Return what SQLite's own check of the file finds."""
        found = connection.exec_driver_sql(f"PRAGMA integrity_check({_FINDINGS})").scalars().all()
        return () if list(found) == ["ok"] else tuple(str(line) for line in found)

    def size(self, connection: Connection) -> int:  # noqa: ARG002 - the files say it
        """Return how many bytes the file and its log take."""
        files = (self._path.with_name(self._path.name + suffix) for suffix in ("", "-wal"))
        return sum(file.stat().st_size for file in files if file.exists())

    def open_lines(self, connection: Connection, policy_id: str) -> Iterator[bytes]:
        """Yield lines put together by SQLite itself: a row at a time would take six times as long."""
        yield from _texts(connection, _LINES, policy_id, _CHUNK)

    def records(self, connection: Connection, policy_id: str) -> Iterator[bytes]:
        """Yield records put together by SQLite itself."""
        yield from _texts(connection, _RECORDS, policy_id, _RECORDS_CHUNK)

    def lines(self, connection: Connection, table: str) -> Iterator[bytes]:
        """Yield lines put together by SQLite itself, which keeps them by customer."""
        edge, since = text(_EDGE.format(table=table)), ""
        while True:
            end = connection.execute(edge, {"since": since, "most": _CHUNK}).scalar()
            query = _BETWEEN.format(table=table) + ("" if end is None else " AND customer_id < :end")
            given = {"since": since} if end is None else {"since": since, "end": end}
            found = connection.execute(text(query), given).scalar()
            if found is not None:
                yield found
            if end is None:
                return
            since = end

    def is_about_a_value(self, error: BaseException) -> bool:
        """Whether the driver refused a value, such as a text that is no UTF-8: it then names no error."""
        cause = error.orig if isinstance(error, DBAPIError) else error
        return getattr(cause, "sqlite_errorname", None) is None

    def write_ahead(self) -> None:
        """Keep a log of writes beside the file, so that readers and a writer do not wait for each other."""
        if not _is_changeable(self._path):
            return
        with self._refusals():
            raw = self.engine.raw_connection()
            try:
                cursor = raw.cursor()
                if cursor.execute("PRAGMA journal_mode").fetchone() != ("wal",):
                    cursor.execute("PRAGMA journal_mode = WAL")
                cursor.close()
            finally:
                raw.close()

    def close(self) -> None:
        """Let go of the file."""
        self.engine.dispose()

    @contextmanager
    def _refusals(self) -> Iterator[None]:
        try:
            yield
        except (DBAPIError, sqlite3.Error) as error:
            cause = error.orig if isinstance(error, DBAPIError) else error
            raise _refusal(getattr(cause, "sqlite_errorname", ""), str(cause), self._path) from error
        except UnicodeDecodeError as error:
            # The database quotes what it stumbles over, and the driver then stumbles over the quotation.
            raise _refusal("SQLITE_CORRUPT", str(error), self._path) from error


def _texts(connection: Connection, query: TextClause, policy_id: str, size: int) -> Iterator[bytes]:
    last = connection.execute(_LAST).scalar() or 0
    for after in range(0, last, size):
        given = {"policy_id": policy_id, "after": after, "until": after + size}
        found = connection.execute(query, given).scalar()
        if found is not None:
            yield found


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


def _refusal(name: str, cause: str, path: Path) -> RungError:
    place = Place(str(path))
    match name.removeprefix("SQLITE_").partition("_")[0]:
        case "NOTADB":
            return no_ledger(str(path))
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
