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
    text,
)

__all__ = ["SCHEMA_VERSION", "create_tables", "events", "inputs", "is_blank", "schema", "version_of"]

SCHEMA_VERSION: Final = 2
"""Edition of the tables and of the kinds of event in them; a ledger of a newer one is refused."""

_METADATA: Final = MetaData()

_NUMBER: Final = BigInteger().with_variant(Integer, "sqlite")
# SQLite keeps rows by an INTEGER key; a BIGINT one would cost an index more.
_TEXT: Final = Text().with_variant(Text(collation="C"), "postgresql")
# Texts sort by their bytes, as SQLite's do, whatever the language of the server.

schema: Final = Table(
    "ledger_schema",
    _METADATA,
    Column("version", Integer, primary_key=True, autoincrement=False),
)
"""One row an edition the ledger has been brought to; the highest is its own."""

events: Final = Table(
    "events",
    _METADATA,
    Column("sequence", _NUMBER, primary_key=True, autoincrement=False),
    Column("kind", _TEXT, nullable=False),
    Column("customer_id", _TEXT),
    Column("policy_id", _TEXT),
    Column("payload", LargeBinary, nullable=False),
    Column("made_at", _TEXT, nullable=False),
    Column("maker", _TEXT, nullable=False),
    # No two events rest on the same one: the chain cannot fork even where a lock fails.
    Column("previous", _TEXT, nullable=False, unique=True),
    Column("hash", _TEXT, nullable=False),
    Index("events_of_customer", "customer_id", "policy_id"),
    Index("events_of_policy", "policy_id"),
)
"""What was done: added to, never changed."""

inputs: Final = Table(
    "inputs",
    _METADATA,
    Column("id", _TEXT, primary_key=True),
    Column("sequence", _NUMBER, nullable=False, unique=True),
    Column("kind", _TEXT, nullable=False),
    Column("customer_id", _TEXT, nullable=False),
    Column("policy_id", _TEXT, nullable=False),
    Column("subject", _TEXT),
    Column("value", _TEXT),
    Column("model_grade", _TEXT),
    Column("proposed_grade", _TEXT),
    Column("notches", _NUMBER),
    Column("maker", _TEXT, nullable=False),
    Column("made_at", _TEXT, nullable=False),
    Column("state", _TEXT, nullable=False),
    Column("expires_at", _TEXT, nullable=False),
    Column("effective_from", _TEXT),
    Column("batch", _TEXT, nullable=False),
    # What ``LedgerStore.open_frame`` has of it, ready made: a million are read as one text (see ``lines``).
    Column("line", _TEXT, nullable=False),
    Column("record", LargeBinary, nullable=False),
    Index("inputs_of_customer", "customer_id", "policy_id"),
    Index("inputs_of_maker", "maker"),
    Index("inputs_of_batch", "batch"),
)
"""How each human input stands after all events: made from them alone, and made anew at any time."""

_OPEN: Final = text("state <> 'closed'")
# On SQLite the index holds all the frame asks for; PostgreSQL's indexes refuse long texts.
Index(
    "inputs_open",
    inputs.c.policy_id,
    inputs.c.sequence,
    inputs.c.state,
    inputs.c.line,
    sqlite_where=_OPEN,
).ddl_if(dialect="sqlite")
Index("inputs_in_state", inputs.c.policy_id, inputs.c.state).ddl_if(dialect="postgresql")


def create_tables(connection: Connection) -> None:
    """Make the tables of a new ledger; what guards them is the database's own (see ``Database.guard``)."""
    _METADATA.create_all(connection)
    connection.execute(schema.insert().values(version=SCHEMA_VERSION))


def is_blank(connection: Connection) -> bool:
    """Whether a database holds nothing at all, as one does that was just made."""
    return not inspect(connection).get_table_names()


def version_of(connection: Connection) -> int | None:
    """Return the edition a database is written in, None where it is no ledger."""
    found = inspect(connection)
    names = set(found.get_table_names())
    if not {schema.name, events.name} <= names:
        return None
    versions = connection.execute(select(schema.c.version)).scalars().all()
    version = max((version for version in versions if isinstance(version, int)), default=None)
    wanted = [events] if version == 1 else [events, inputs]
    if version is not None and version <= SCHEMA_VERSION:
        for table in wanted:
            columns = (
                {column["name"] for column in found.get_columns(table.name)} if table.name in names else set()
            )
            if not set(table.columns.keys()) <= columns:
                return None
    return version
