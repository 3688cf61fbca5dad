"""The ledger's tables, their edition, and how one tells whether a database is a ledger at all."""

from __future__ import annotations

from typing import Final

from sqlalchemy import (
    Column,
    Connection,
    Index,
    Integer,
    LargeBinary,
    Table,
    inspect,
    select,
    text,
)

from rung.ledger.keeping.metadata import METADATA, NUMBER, TEXT
from rung.ledger.keeping.service.tables import SERVICE

__all__ = [
    "IS_SCARCE",
    "NO_SCARCE_INDEX",
    "SCARCE_INDEX",
    "SCHEMA_VERSION",
    "STANDING",
    "create_tables",
    "events",
    "inputs",
    "is_blank",
    "schema",
    "version_of",
]

SCHEMA_VERSION: Final = 2
"""Edition of the tables and of the kinds of event in them; a ledger of a newer one is refused."""

schema: Final = Table(
    "ledger_schema",
    METADATA,
    Column("version", Integer, primary_key=True, autoincrement=False),
)
"""One row an edition the ledger has been brought to; the highest is its own."""

events: Final = Table(
    "events",
    METADATA,
    Column("sequence", NUMBER, primary_key=True, autoincrement=False),
    Column("kind", TEXT, nullable=False),
    Column("customer_id", TEXT),
    Column("policy_id", TEXT),
    Column("payload", LargeBinary, nullable=False),
    Column("made_at", TEXT, nullable=False),
    Column("maker", TEXT, nullable=False),
    # No two events rest on the same one: the chain cannot fork even where a lock fails.
    Column("previous", TEXT, nullable=False, unique=True),
    Column("hash", TEXT, nullable=False),
    Index("events_of_customer", "customer_id", "policy_id"),
    Index("events_of_policy", "policy_id"),
)
"""What was done: added to, never changed."""

inputs: Final = Table(
    "inputs",
    METADATA,
    Column("id", TEXT, primary_key=True),
    Column("sequence", NUMBER, nullable=False, unique=True),
    Column("kind", TEXT, nullable=False),
    Column("customer_id", TEXT, nullable=False),
    Column("policy_id", TEXT, nullable=False),
    Column("subject", TEXT),
    Column("value", TEXT),
    Column("model_grade", TEXT),
    Column("proposed_grade", TEXT),
    Column("notches", NUMBER),
    Column("maker", TEXT, nullable=False),
    Column("made_at", TEXT, nullable=False),
    Column("state", TEXT, nullable=False),
    Column("expires_at", TEXT, nullable=False),
    Column("effective_from", TEXT),
    Column("batch", TEXT, nullable=False),
    # What ``LedgerStore.open_frame`` has of it, ready made: a million are read as one text (see ``lines``).
    Column("line", TEXT, nullable=False),
    Column("record", LargeBinary, nullable=False),
    Index("inputs_of_customer", "customer_id", "policy_id"),
    Index("inputs_of_maker", "maker"),
    # Holds all that the last look at a grade is told from.
    Index("inputs_of_policy", "policy_id", "customer_id", "kind", "made_at"),
    Index("inputs_of_batch", "batch"),
)
"""How each human input stands after all events: made from them alone, and made anew at any time."""

IS_SCARCE: Final = text("kind NOT IN ('contact.logged', 'event.arrived')")
"""Is said by queries for events of other kinds, so that they go along ``SCARCE_INDEX``."""

SCARCE_INDEX: Final = text(
    f"CREATE INDEX events_scarce ON events (customer_id, policy_id, sequence) WHERE {IS_SCARCE}"
)
"""Makes what leads to acts among the millions of contacts and arrivals they stand between."""

NO_SCARCE_INDEX: Final = text("DROP INDEX events_scarce")

STANDING: Final = (inputs, *SERVICE)
"""The tables of what stands, all made from the events alone."""

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
    METADATA.create_all(connection, checkfirst=False)  # the database is blank
    connection.execute(SCARCE_INDEX)
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
    wanted = [events] if version == 1 else [events, *STANDING]
    if version is not None and version <= SCHEMA_VERSION:
        # All at once: over a network a table asked for by itself is a way there and back.
        tables = found.get_multi_columns(filter_names=[table.name for table in wanted])
        columns = {name: {column["name"] for column in each} for (_schema, name), each in tables.items()}
        if not all(set(table.columns.keys()) <= columns.get(table.name, set()) for table in wanted):
            return None
    return version
