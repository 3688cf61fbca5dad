"""What a login may do to the events beyond adding to them, where PostgreSQL keeps the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sqlalchemy import text

from rung.ledger.keeping.addresses import PostgresqlAddress
from rung.ledger.keeping.postgresql import PostgresqlDatabase

__all__ = ["Rights", "rights_at"]

_ASKED: Final = text(
    "SELECT pg_has_role(session_user, relowner, 'MEMBER'), "
    "has_table_privilege(session_user, oid, 'UPDATE, DELETE, TRUNCATE, TRIGGER') "
    "FROM pg_class WHERE oid = to_regclass('events')"
)


@dataclass(frozen=True, slots=True)
class Rights:
    """What a login may do that whoever acts does not need."""

    owns: bool = False
    """It owns the table of events, or is a superuser: it can drop the triggers that guard them."""
    may_change: bool = False
    """It was granted to change or delete events; the triggers refuse it all the same."""


def rights_at(address: PostgresqlAddress) -> Rights:
    """Return what the login at an address may do; raises RungError where the server cannot be asked."""
    database = PostgresqlDatabase(address)
    try:
        with database.reading() as connection:
            found = connection.execute(_ASKED).one_or_none()
    finally:
        database.close()
    return Rights() if found is None else Rights(*found)
