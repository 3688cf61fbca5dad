"""``rung ledger``: where the ledger is kept, copies of it, and its move to another edition or database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from rung import moments
from rung.cli.options import json_option, workspace_option
from rung.cli.progress import progress
from rung.cli.session import session
from rung.cli.terminal import console, line, print_json
from rung.errors import RungError
from rung.text import _
from rung.workspace.destination import check_destination

if TYPE_CHECKING:
    from rung.ledger.keeping.database import Database
    from rung.ledger.keeping.sql_store import SqlStore
    from rung.workspace import Workspace
    from rung.workspace.human_input import HumanInput

__all__ = ["ledger"]

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.group(help=_("Say where the ledger is kept; copy, restore and migrate it."))
def ledger() -> None:
    """Group the verbs about the ledger's keeping."""


@ledger.command(help=_("Say where the ledger is kept, of which edition it is, and where it ends."))
@workspace_option
@json_option
def where(workspace: Path | None, as_json: bool) -> None:
    """Tell of the ledger; one of another edition too."""
    from rung.ledger import account
    from rung.ledger.keeping.beginning import begun_edition
    from rung.ledger.keeping.opening import is_begun
    from rung.ledger.keeping.sql_store import SqlReader

    found = session(workspace).in_workspace()
    place = found.human_input.place
    with _database(found) as database:
        edition = begun_edition(database) if is_begun(place) else None
        told: dict[str, Any] = {
            "place": database.place,
            "edition": edition,
            "events": 0,
            "head": None,
            "bytes": 0,
            "account": database.account() or account(),
        }
        if edition is not None:
            with database.reading() as connection:
                head = SqlReader(connection, database).head()
                told |= {"events": head.sequence, "head": head.hash, "bytes": database.size(connection)}
    if as_json:
        print_json(told)
        return
    screen = console()
    screen.print(line(_("Ledger: {place}").format(place=told["place"])))
    screen.print(line(_("You act in it as: {account}").format(account=told["account"])))
    if edition is None:
        screen.print(line(_("It is not begun: the first act begins it."), "dim"))
        return
    words = _("Edition {edition}, {count} events, {size} kB").format(
        edition=edition, count=f"{told['events']:,}", size=f"{told['bytes'] // 1000:,}"
    )
    screen.print(line(words))
    screen.print(line(_("Head: {hash}").format(hash=told["head"])))


@ledger.command(
    help=_(
        "Make an empty ledger, before the first act.\n\nIn PostgreSQL its tables belong to whoever makes "
        "them; docs/ledger.md has the rights the others need."
    )
)
@workspace_option
@json_option
def begin(workspace: Path | None, as_json: bool) -> None:
    """Begin the ledger."""
    human_input = session(workspace).in_workspace().human_input
    was_there = human_input.is_begun
    with human_input.ledger() as store:
        told = {"place": store.place, "begun": not was_there, "events": store.head().sequence}
    if as_json:
        print_json(told)
        return
    words = _("A ledger is there already: {place}") if was_there else _("The ledger is begun: {place}")
    console().print(line(words.format(place=told["place"])))


@ledger.command(
    help=_(
        "Write every act on record to FILE as JSON lines, compressed where its name ends in .gz.\n\n"
        "The acts stand in it exactly as stored, with their hashes, so that “rung ledger restore” can "
        "check them one by one."
    )
)
@click.argument("file", metavar="FILE", type=_FILE)
@workspace_option
@json_option
def backup(file: Path, workspace: Path | None, as_json: bool) -> None:
    """Copy the ledger."""
    from rung.ledger.keeping.copies import write_copy
    from rung.ledger.keeping.tables import SCHEMA_VERSION
    from rung.workspace.confidential import Export

    found = session(workspace).in_workspace()
    human_input = found.human_input
    if not human_input.is_begun:
        raise RungError.of(_("There is no ledger yet."), _("The first act begins one."))
    if found.confidential.is_watched and not found.confidential.may_read:
        raise RungError.of(
            _("A backup holds everything unmasked, and some of it is not for you."),
            _("Have somebody take it who may read sensitive values, or export: rung audit export FILE."),
        )
    with human_input.ledger() as store:
        head = store.head()
    check_destination(file)
    if not file.exists():
        # Before there is a file: what cannot be put on record is not taken.
        taken = Export(what="ledger", rows=head.sequence, file=file.name, fields=("*",))
        found.confidential.taken(taken, moments.now())
    with progress() as report, human_input.ledger() as store:
        write_copy(store.events(), head, SCHEMA_VERSION, file, report)
    if as_json:
        print_json({"file": str(file), "events": head.sequence, "head": head.hash})
        return
    words = _("{count} events are copied to {file}.").format(count=head.sequence, file=file)
    console().print(line(words))
    console().print(line(_("Head: {hash}").format(hash=head.hash)))


@ledger.command(
    help=_(
        "Put the acts of a backup into the workspace's ledger, all or none: it must have no acts yet.\n\n"
        "Each is held against the one before. So a ledger also moves to another database: take a backup, "
        "change “ledger” in rung.toml, restore."
    )
)
@click.argument("file", metavar="FILE", type=_FILE)
@workspace_option
@json_option
def restore(file: Path, workspace: Path | None, as_json: bool) -> None:
    """Restore a copy."""
    from rung.ledger.keeping.copies import check_copy, restore

    human_input = session(workspace).in_workspace().human_input
    with progress() as report:
        # Before a ledger is begun for it: a file that is no copy leaves nothing behind.
        check_copy(file, report)
        with human_input.ledger() as store:
            copied = restore(_sql(store), file, report)
            place = store.place
    if as_json:
        print_json({"place": place, "events": copied.head.sequence, "head": copied.head.hash})
        return
    words = _("{count} events are restored to {place}.").format(count=copied.head.sequence, place=place)
    console().print(line(words, "bold green"))
    console().print(line(_("Head: {hash}").format(hash=copied.head.hash)))


@ledger.command(
    help=_(
        "Bring a ledger of an older Rung to this one's edition, or with --back to the edition before.\n\n"
        "A backup is written into the workspace first. The acts themselves are not changed."
    )
)
@click.option("--back", is_flag=True, help=_("Bring it back to edition 1."))
@workspace_option
@json_option
def migrate(back: bool, workspace: Path | None, as_json: bool) -> None:
    """Migrate the ledger."""
    from rung.ledger import account
    from rung.ledger.keeping.migrations import migrate
    from rung.ledger.keeping.opening import is_begun
    from rung.ledger.keeping.tables import SCHEMA_VERSION

    found = session(workspace).in_workspace()
    if not is_begun(found.human_input.place):
        raise RungError.of(_("There is no ledger yet."), _("The first act begins one."))
    now = datetime.now(UTC)
    to = 1 if back else SCHEMA_VERSION
    copy = found.folder / f"ledger-before-edition-{to}-{now:%Y%m%dT%H%M%S%fZ}.jsonl.gz"
    with progress() as report, _database(found) as database:
        done = migrate(database, account(), copy, now, to=to, report=report)
    if as_json:
        print_json({"from": done.before, "to": done.after, "events": done.events, "backup": done.backup})
        return
    if done.backup is None:
        console().print(line(_("The ledger is of edition {edition} already.").format(edition=done.after)))
        return
    console().print(line(_("The ledger as it was is copied to {file}.").format(file=done.backup)))
    words = _("It is brought from edition {before} to edition {after}.")
    console().print(line(words.format(before=done.before, after=done.after), "bold green"))


@ledger.command(
    help=_(
        "Make the tables of what stands anew from the acts on record, which are not touched.\n\n"
        "For where “rung audit verify” finds that a table is not what they tell. Where people are listed, "
        "it takes an owner."
    )
)
@workspace_option
@json_option
def rebuild(workspace: Path | None, as_json: bool) -> None:
    """Rebuild the tables of what stands."""
    human_input = session(workspace).in_workspace().human_input
    _check_owner(human_input)
    made = 0
    if human_input.is_begun:
        with progress() as report, human_input.ledger() as store:
            made = store.rebuild(report)
    if as_json:
        print_json({"entries": made})
        return
    console().print(line(_("What stands is made anew: {count} entries.").format(count=made)))


@ledger.command(
    help=_(
        "Record that the last act was dated by a clock that ran ahead, and that this machine's is right.\n\n"
        "Until then acts are refused that lie more than a day before it."
    )
)
@click.option("--because", required=True, metavar="TEXT", help=_("What was wrong with the clock."))
@workspace_option
@json_option
def clock(because: str, workspace: Path | None, as_json: bool) -> None:
    """Correct the clock."""
    from rung.ledger.keeping.clock import correct_clock

    human_input = session(workspace).in_workspace().human_input
    if not human_input.is_begun:
        raise RungError.of(_("There is no ledger yet."), _("The first act begins one."))
    with human_input.ledger() as store:
        event = correct_clock(store, human_input.actor(), because, moments.now())
    if as_json:
        print_json({"event": event.sequence, "made_at": event.made_at})
        return
    words = _("Event {number} says so: time goes on from {now}.")
    console().print(
        line(words.format(number=event.sequence, now=f"{moments.local(event.made_at):%Y-%m-%d %H:%M}"))
    )


@contextmanager
def _database(workspace: Workspace) -> Iterator[Database]:
    from rung.ledger.keeping.opening import ledger_database

    database = ledger_database(workspace.human_input.place)
    try:
        yield database
    finally:
        database.close()


def _check_owner(human_input: HumanInput) -> None:
    """Raise RungError where people are listed and whoever acts is no owner: all of the table goes anew."""
    from rung.ledger import Role

    actor = human_input.actor()
    if human_input.people.listed and actor.role is not Role.OWNER:
        raise RungError.of(
            _("{name} may not do this to the ledger: that takes the role “owner”.").format(name=actor.name),
            _("The people of a workspace are listed in its rung.toml, under [people]."),
        )


def _sql(store: object) -> SqlStore:
    from rung.ledger.keeping.sql_store import SqlStore

    assert isinstance(store, SqlStore)
    return store
