"""The ledger's tables, their edition, and how one tells whether a database is a ledger at all."""

from __future__ import annotations

from typing import Final

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    inspect,
    select,
)

__all__ = ["SCHEMA_VERSION", "create_tables", "events", "is_blank", "schema", "version_of"]

SCHEMA_VERSION: Final = 1
"""Edition of the tables and of the kinds of event in them; a ledger of a newer one is refused."""

_METADATA: Final = MetaData()

schema: Final = Table(
    "ledger_schema",
    _METADATA,
    Column("version", Integer, primary_key=True, autoincrement=False),
)
"""One row an edition the ledger has been brought to; the highest is its own."""

events: Final = Table(
    "events",
    _METADATA,
    # SQLite keeps rows by an INTEGER key; a BIGINT one would cost an index more.
    Column("sequence", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),
    Column("customer_id", Text),
    Column("policy_id", Text),
    Column("payload", LargeBinary, nullable=False),
    Column("made_at", Text, nullable=False),
    Column("maker", Text, nullable=False),
    # No two events rest on the same one: the chain cannot fork even where a lock fails.
    Column("previous", Text, nullable=False, unique=True),
    Column("hash", Text, nullable=False),
    Index("events_of_customer", "customer_id", "policy_id"),
    Index("events_of_policy", "policy_id"),
)

_APPEND_ONLY: Final = tuple(
    f"CREATE TRIGGER events_are_never_{done} BEFORE {act} ON events "
    f"BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END"
    for act, done in (("UPDATE", "changed"), ("DELETE", "deleted"))
)
# They stop mistakes and idle hands; who may drop a trigger is found by the chain.


def create_tables(connection: Connection) -> None:
    """Make the tables of a new ledger."""
    _METADATA.create_all(connection)
    for statement in _APPEND_ONLY:
        connection.exec_driver_sql(statement)
    connection.execute(schema.insert().values(version=SCHEMA_VERSION))


def is_blank(connection: Connection) -> bool:
    """Whether a database holds nothing at all, as one does that was just made."""
    return not inspect(connection).get_table_names()


def version_of(connection: Connection) -> int | None:
    """Return the edition a database is written in, None where it is no ledger."""
    found = inspect(connection)
    if not {schema.name, events.name} <= set(found.get_table_names()):
        return None
    if not set(events.columns.keys()) <= {column["name"] for column in found.get_columns(events.name)}:
        return None
    versions = connection.execute(select(schema.c.version)).scalars().all()
    return max((version for version in versions if isinstance(version, int)), default=None)
