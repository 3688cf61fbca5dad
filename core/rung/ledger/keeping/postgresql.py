"""A ledger in a PostgreSQL schema, for teams: one writer at a time, each under the login of whoever acts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Final

from sqlalchemy import URL, Connection, Engine, TextClause, create_engine, text
from sqlalchemy.exc import DBAPIError

from rung.ledger.keeping.addresses import PostgresqlAddress
from rung.ledger.keeping.beginning import begin_or_check
from rung.ledger.keeping.postgresql_refusals import no_driver, no_schema, outcome_unknown, refusal
from rung.ledger.keeping.sql_store import SqlStore
from rung.ledger.keeping.tables import STANDING, events, schema

__all__ = ["PostgresqlDatabase", "open_postgresql"]

_PATIENCE: Final = 30.0
# Seconds a writer waits for another, as on SQLite.
_CONNECTING: Final = 10
# Seconds to wait for a server that does not answer, where the address does not say.

_LOCK: Final = text("SELECT pg_advisory_xact_lock(hashtext('rung ledger'), hashtext(current_schema()))")
# A lock on the table would ask for rights that whoever only adds to it does not need.
_GUARDS: Final = (
    """
    CREATE FUNCTION ledger_is_append_only() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog AS $$
    BEGIN
        RAISE EXCEPTION 'the ledger is append-only' USING ERRCODE = 'RL001';
    END $$
    """,
    """
    CREATE TRIGGER events_are_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON events
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_is_append_only()
    """,
    # Whoever owns the table may restore what others made, and says so; all others write in their own name.
    """
    CREATE FUNCTION ledger_maker_is_login() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog AS $$
    BEGIN
        IF NEW.maker = session_user
            OR current_setting('rung.restoring', true) = 'yes' AND pg_has_role(
                session_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'MEMBER')
        THEN
            RETURN NEW;
        END IF;
        RAISE EXCEPTION 'an act is recorded under the login of whoever made it' USING ERRCODE = 'RL002';
    END $$
    """,
    """
    CREATE TRIGGER events_are_made_by_the_login BEFORE INSERT ON events
    FOR EACH ROW EXECUTE FUNCTION ledger_maker_is_login()
    """,
)
_SETTINGS: Final = (
    # Records are long: kept apart, a million rows are gone through without reading them.
    "ALTER TABLE inputs ALTER COLUMN record SET STORAGE EXTERNAL",
    "ALTER TABLE inputs SET (toast_tuple_target = 256)",
)
_CHUNK: Final = 250_000
# Numbers of events gone through for one text of lines, as on SQLite: far below the longest text there is.
_LINES: Final = text(
    "SELECT string_agg(line, chr(10) ORDER BY sequence) FROM inputs WHERE policy_id = :policy_id "
    "AND state <> 'closed' AND sequence > :after AND sequence <= :until"
)
_BLOCKS: Final = text(
    "SELECT pg_relation_size(CAST(:table AS regclass)) / CAST(current_setting('block_size') AS bigint)"
)
_BLOCK_LINES: Final = (
    "SELECT string_agg(line, chr(10)) FROM {table} "
    "WHERE ctid >= CAST(:first AS tid) AND ctid < CAST(:end AS tid)"
)
_BLOCKS_AT_ONCE: Final = 4_000
# About as many rows as are read at once elsewhere; the parser sorts them, in less time than an index takes.
_TABLES: Final = ", ".join(f"'{table.name}'" for table in (schema, events, *STANDING))
_RECORDS: Final = text(
    "SELECT string_agg(convert_from(record, 'UTF8'), chr(10) ORDER BY sequence) FROM inputs "
    "WHERE policy_id = :policy_id AND sequence > :after AND sequence <= :until"
)
_RECORDS_CHUNK: Final = 20_000
# Records may be long: so many of the longest are still a text.
_LAST: Final = text("SELECT coalesce(max(sequence), 0) FROM inputs")


def open_postgresql(address: PostgresqlAddress, *, patience: float = _PATIENCE) -> SqlStore:
    """Open the ledger at an address, beginning one where its schema is empty.

    ``patience`` is how many seconds a writer waits for another. Raises RungError where the server cannot be
    reached or refuses, or the schema holds something else or a ledger of another edition.
    """
    database = PostgresqlDatabase(address, patience)
    try:
        begin_or_check(database)
    except BaseException:
        database.close()
        raise
    return SqlStore(database)


class PostgresqlDatabase:
    """A schema of a PostgreSQL database as the ledger's; see ``Database``."""

    def __init__(self, address: PostgresqlAddress, patience: float = _PATIENCE) -> None:
        self._address = address
        self._patience = patience
        self._account: str | None = None
        self._has_schema = False
        self.engine = _engine(address.url)

    @property
    def place(self) -> str:
        """The address without its password."""
        return self._address.shown

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection whose every statement sees the same moment."""
        with self._refusals(), self.engine.connect() as connection:
            connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            self._see_to_schema(connection)
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a connection that waits for the writer before it, and then sees all that one kept."""
        with self._refusals(), self.engine.connect() as connection:
            # Each statement sees what is committed when it begins: the end of the chain is read only after
            # the lock is held, so no other can be appended to it.
            connection.execution_options(isolation_level="READ COMMITTED", postgresql_readonly=False)
            transaction = connection.begin()
            try:
                self._see_to_schema(connection)
                connection.exec_driver_sql(f"SET LOCAL lock_timeout = {max(1, int(self._patience * 1000))}")
                connection.execute(_LOCK)
                connection.exec_driver_sql("SET LOCAL lock_timeout = 0")
                yield connection
            except BaseException:
                with suppress(DBAPIError):  # a lost connection has nothing to take back
                    transaction.rollback()
                raise
            try:
                transaction.commit()
            except DBAPIError as error:
                if _is_lost(error):
                    raise outcome_unknown(self.place) from error
                raise

    def guard(self, connection: Connection) -> None:
        """Make the triggers that keep events from being changed, and from being made in another's name."""
        for statement in _GUARDS:
            connection.exec_driver_sql(statement)

    def prepare(self, connection: Connection) -> None:
        """Set how the table of what stands keeps its rows."""
        for statement in _SETTINGS:
            connection.exec_driver_sql(statement)

    def let_restore(self, connection: Connection) -> None:
        """Say that events others made are written; the database allows it to the tables' owner alone."""
        connection.exec_driver_sql("SET LOCAL rung.restoring = 'yes'")

    def account(self) -> str | None:
        """Return the login, as the server knows it."""
        if self._account is None:
            with self.reading() as connection:
                self._account = str(connection.exec_driver_sql("SELECT session_user").scalar())
        return self._account

    def damage(self, connection: Connection) -> tuple[str, ...]:  # noqa: ARG002 - as the protocol has it
        """Return nothing: PostgreSQL checks its pages when it reads them, and every event was read."""
        return ()

    def size(self, connection: Connection) -> int:
        """Return how many bytes the tables take, with their indexes."""
        found = connection.exec_driver_sql(
            "SELECT sum(pg_total_relation_size(oid)) FROM pg_class WHERE relkind = 'r' "
            "AND relnamespace = current_schema()::regnamespace "
            f"AND relname IN ({_TABLES})"
        )
        return int(found.scalar() or 0)

    def open_lines(self, connection: Connection, policy_id: str) -> Iterator[bytes]:
        """Yield lines put together by the server: copied row by row they would take three times as long."""
        yield from _texts(connection, _LINES, policy_id, _CHUNK)

    def records(self, connection: Connection, policy_id: str) -> Iterator[bytes]:
        """Yield records put together by the server."""
        yield from _texts(connection, _RECORDS, policy_id, _RECORDS_CHUNK)

    def lines(self, connection: Connection, table: str) -> Iterator[bytes]:
        """Yield lines put together by the server, block after block of the table as it lies there."""
        blocks = connection.execute(_BLOCKS, {"table": table}).scalar() or 0
        query = text(_BLOCK_LINES.format(table=table))
        for first in range(0, blocks, _BLOCKS_AT_ONCE):
            given = {"first": f"({first},0)", "end": f"({first + _BLOCKS_AT_ONCE},0)"}
            found = connection.execute(query, given).scalar()
            if found is not None:
                yield found.encode()

    def is_about_a_value(self, error: BaseException) -> bool:  # noqa: ARG002 - as the protocol has it
        """Return False: PostgreSQL holds no value of another type than its column's."""
        return False

    def close(self) -> None:
        """Let go of the connections."""
        self.engine.dispose()

    def _see_to_schema(self, connection: Connection) -> None:
        if not self._has_schema:
            if connection.exec_driver_sql("SELECT current_schema()").scalar() is None:
                raise no_schema(self.place)
            self._has_schema = True

    @contextmanager
    def _refusals(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            raise refusal(error.orig or error, self._address, is_lost=_is_lost(error)) from error
        except _driver_error() as error:
            raise refusal(error, self._address, is_lost=False) from error


def _texts(connection: Connection, query: TextClause, policy_id: str, size: int) -> Iterator[bytes]:
    last = connection.execute(_LAST).scalar() or 0
    for after in range(0, last, size):
        given = {"policy_id": policy_id, "after": after, "until": after + size}
        found = connection.execute(query, given).scalar()
        if found is not None:
            yield found.encode()


def _engine(url: URL) -> Engine:
    try:
        return create_engine(
            url,
            connect_args={"connect_timeout": _CONNECTING} if "connect_timeout" not in url.query else {},
            # A connection that has died while nobody used it is replaced.
            pool_pre_ping=True,
            # What people wrote belongs in no log.
            hide_parameters=True,
        )
    except ModuleNotFoundError as error:
        raise no_driver() from error


def _driver_error() -> type[Exception]:
    import psycopg

    return psycopg.Error


def _is_lost(error: DBAPIError) -> bool:
    state = getattr(error.orig, "sqlstate", None)
    return error.connection_invalidated or str(state or "")[:2] in ("57", "08")
