"""Brings a ledger from one edition of its tables to another, and back; a copy is taken first.

Edition 2 knows more kinds of act than edition 1, and keeps what stands in tables (``STANDING``) which are
made from the events alone. So the events of edition 1 stay as they are, and the way there is to make those
tables; the way back is to drop them, as long as nothing was recorded that edition 1 could not read.

That a ledger was migrated is an event, ``ledger.migrated``: who did it and when belongs on the chain, and
Rungs of edition 1 pass over kinds of event they do not know. So it stands in nobody's way back.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, delete, select

from rung.errors import Place, RungError
from rung.ledger.canonical import canonical
from rung.ledger.chain import verify_events
from rung.ledger.events import Draft, Event, EventFilter
from rung.ledger.keeping.beginning import begun_edition, refuse_edition
from rung.ledger.keeping.copies import write_copy
from rung.ledger.keeping.database import Database
from rung.ledger.keeping.event_rows import INSERT, values_of
from rung.ledger.keeping.service.rebuilding import rebuild_service
from rung.ledger.keeping.sql_store import SqlReader
from rung.ledger.keeping.standing import rebuild
from rung.ledger.keeping.tables import NO_SCARCE_INDEX, SCARCE_INDEX, SCHEMA_VERSION, STANDING, schema
from rung.ledger.kinds import EventKind
from rung.ledger.store import Head, UnreadableEventError
from rung.progress import Progress
from rung.text import _

__all__ = ["Migrated", "migrate"]

_OF_EDITION_1: Final = frozenset((EventKind.LEDGER_MIGRATED.value, EventKind.CLOCK_CORRECTED.value))
# Edition 1 need not read more of them than who and when.


@dataclass(frozen=True, slots=True)
class Migrated:
    """What a migration did."""

    before: int
    after: int
    events: int
    backup: Path | None
    """The copy taken first; None where the ledger was of the edition wanted already."""


def migrate(
    database: Database,
    account: str,
    backup: Path,
    now: datetime,
    *,
    to: int = SCHEMA_VERSION,
    report: Progress | None = None,
) -> Migrated:
    """Bring a ledger to an edition, after copying it to ``backup``; a kill leaves it of the old or the new.

    ``account`` is whoever does it, where the database knows none. Raises RungError where there is no ledger,
    its chain is broken, or acts since forbid the way back.
    """
    edition = begun_edition(database)
    if edition is None:
        raise RungError.of(
            _("There is no ledger yet."), _("The first act begins one."), Place(database.place)
        )
    if edition > SCHEMA_VERSION:
        raise refuse_edition(edition, database.place)
    if edition == to:
        with database.reading() as connection:
            head = SqlReader(connection, database).head()
        return Migrated(edition, to, head.sequence, None)
    maker = database.account() or account
    with database.writing() as connection:
        reader = SqlReader(connection, database)
        head = _sound_head(reader, database.place, report)
        if to < edition:
            _refuse_loss(reader, database.place)
        # Copied under the lock: nobody adds an event that the copy lacks.
        write_copy(reader.events(), head, edition, backup, report)
        if to > edition:
            _forward(connection, database, report)
        else:
            _back(connection)
        _record(connection, reader.last(), edition, to, backup, maker, now)
    return Migrated(edition, to, head.sequence + 1, backup)


def _sound_head(reader: SqlReader, place: str, report: Progress | None) -> Head:
    head, broken = verify_events(reader.events(), report)
    if broken is not None:
        raise RungError.of(
            str(broken),
            _("Nothing was changed. Take the ledger back from a copy, or restore it from a backup."),
            Place(place),
        )
    return head


def _forward(connection: Connection, database: Database, report: Progress | None) -> None:
    for table in STANDING:
        table.create(connection)
    connection.execute(SCARCE_INDEX)
    database.prepare(connection)
    try:
        rebuild(connection, report)
        rebuild_service(connection, report)
    except UnreadableEventError as error:
        raise RungError.of(str(error), _("Nothing was changed."), Place(database.place)) from error
    connection.execute(schema.insert().values(version=2))


def _back(connection: Connection) -> None:
    for table in STANDING:
        table.drop(connection)
    connection.execute(NO_SCARCE_INDEX)
    connection.execute(delete(schema).where(schema.c.version == 2))
    if connection.execute(select(schema.c.version)).first() is None:
        connection.execute(schema.insert().values(version=1))


def _refuse_loss(reader: SqlReader, place: str) -> None:
    """Refuse the way back where edition 1 could not read what was recorded since."""
    came = list(reader.events(EventFilter(kinds=(EventKind.LEDGER_MIGRATED.value,))))
    after = came[-1].sequence if came else 0
    later = (event for event in reader.events(after=after) if event.kind not in _OF_EDITION_1)
    first = next(later, None)
    if first is None:
        return
    backup = _backup_named_in(came[-1]) if came else ""
    way = (
        _("The way back is the copy taken then, {file}: but it lacks every act since.").format(file=backup)
        if backup
        else _("There is no way back for it: it was begun in this edition.")
    )
    raise RungError.of(
        _("Event {number} was recorded in edition 2, and edition 1 cannot read it.").format(
            number=first.sequence
        ),
        f"{way} {_('Nothing was changed.')}",
        Place(place),
    )


def _backup_named_in(event: Event) -> str:
    import json

    return str(json.loads(event.payload).get("backup", ""))


def _record(
    connection: Connection,
    last: Event | None,
    before: int,
    after: int,
    backup: Path,
    maker: str,
    now: datetime,
) -> None:
    head = Head() if last is None else Head(last.sequence, last.hash)
    told = {"from": before, "to": after, "backup": backup.name, "head": head.hash}
    draft = Draft(
        kind=EventKind.LEDGER_MIGRATED,
        customer_id=None,
        policy_id=None,
        payload=canonical(told),
        made_at=now,
        maker=maker,
    )
    connection.execute(INSERT, values_of(Event.of(draft, head.sequence + 1, head.hash)))
