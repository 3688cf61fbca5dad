"""Begins a ledger in an empty database, and refuses a database that is none or of another edition."""

from __future__ import annotations

from rung.errors import Place, RungError
from rung.ledger.keeping.database import Database
from rung.ledger.keeping.tables import SCHEMA_VERSION, create_tables, is_blank, version_of
from rung.text import _

__all__ = ["begin_or_check", "begun_edition", "no_ledger", "refuse_edition"]


def begin_or_check(database: Database) -> None:
    """Make the tables where there is nothing, else see that this Rung can work with what is there.

    A kill leaves them whole or not there, and of several processes at once one makes them.
    """
    edition = begun_edition(database)
    if edition is None:
        with database.writing() as connection:
            if is_blank(connection):
                create_tables(connection)
                database.guard(connection)
                database.prepare(connection)
        edition = begun_edition(database)
    if edition != SCHEMA_VERSION:
        raise refuse_edition(edition, database.place)


def begun_edition(database: Database) -> int | None:
    """Return the edition of the ledger in a database, None where nothing is there yet.

    Raises RungError where something else is there.
    """
    with database.reading() as connection:
        if is_blank(connection):
            return None
        edition = version_of(connection)
    if edition is None:
        raise no_ledger(database.place)
    return edition


def refuse_edition(edition: int | None, place: str) -> RungError:
    """Return the refusal of a ledger of an edition this Rung does not work with."""
    if edition is not None and edition < SCHEMA_VERSION:
        older = _("The ledger was written by an older Rung (edition {found}; this one works with {known}).")
        return RungError.of(
            older.format(found=edition, known=SCHEMA_VERSION),
            _("Bring it up to date, with a backup taken first: rung ledger migrate."),
            Place(place),
        )
    newer = _("The ledger was written by a newer Rung (edition {found}; this one reads up to {known}).")
    return RungError.of(
        newer.format(found=edition, known=SCHEMA_VERSION),
        _("Update Rung to work with it."),
        Place(place),
    )


def no_ledger(place: str) -> RungError:
    """Return the refusal of a file or schema that holds something else."""
    if "://" in place:
        return RungError.of(
            _("What is there is no ledger."),
            _("Make a schema for the ledger alone, and add ?schema=NAME to its address."),
            Place(place),
        )
    return RungError.of(
        _("This file is no ledger."),
        _("Move it away, and Rung begins a new one; or put the ledger back from a copy."),
        Place(place),
    )
