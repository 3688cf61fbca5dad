"""``rung note``: notes about customers on the record, for everybody, for a team, or for oneself."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from rung import moments
from rung.cli.chosen_runs import run_meant
from rung.cli.note_words import audience_words
from rung.cli.options import json_option, run_options, workspace_option
from rung.cli.session import session
from rung.cli.terminal import console, grid, line, print_json
from rung.errors import RungError
from rung.text import _
from rung.workspace.named_customer import customer_meant

if TYPE_CHECKING:
    from rung.ledger.notes import Note

__all__ = ["note"]


@click.group(help=_("Write notes about customers, for everybody, your team or yourself."))
def note() -> None:
    """Group the verbs about notes."""


@note.command(
    help=_(
        "Write TEXT down about CUSTOMER, by id or name.\n\n"
        "Rung shows a private note to you alone. It lies readable in the ledger's database all the same, "
        "for whoever may read that."
    )
)
@click.argument("customer")
@click.argument("text")
@click.option("--private", is_flag=True, help=_("For you alone."))
@click.option("--team", is_flag=True, help=_("For the team rung.toml gives you."))
@run_options
@workspace_option
@json_option
def add(
    customer: str,
    text: str,
    private: bool,
    team: bool,
    run_id: str | None,
    policy: str | None,
    workspace: Path | None,
    as_json: bool,
) -> None:
    """Write one note."""
    from rung.ledger.notes import Audience

    if private and team:
        raise RungError.of(_("--private and --team exclude each other."), _("Leave one of them out."))
    audience = Audience.ME if private else Audience.TEAM if team else Audience.ALL
    found = session(workspace).in_workspace()
    made = found.notes.write(customer, text, audience, moments.now(), run_meant(found, run_id, policy))
    if as_json:
        print_json({"note": made})
        return
    words = _("Note N{number} about {customer} is written, {audience}.")
    told = words.format(number=made.number, customer=made.customer_id, audience=audience_words(made))
    console().print(line(told))
    console().print(
        line(_("Take it back with: rung note withdraw {number}").format(number=made.number), "dim")
    )


@note.command("list", help=_("List the notes about CUSTOMER, by id or name, that are for you."))
@click.argument("customer")
@click.option("--all", "withdrawn", is_flag=True, help=_("Withdrawn ones too."))
@workspace_option
@json_option
def list_(customer: str, withdrawn: bool, workspace: Path | None, as_json: bool) -> None:
    """List notes."""
    found = session(workspace).in_workspace()
    customer_id = customer_meant(customer, found)
    notes, people = found.notes.about(customer_id, withdrawn=withdrawn), found.human_input.people
    if as_json:
        print_json({"notes": notes})
    elif notes:
        headers = (_("no."), _("when"), _("by"), _("for"), _("note"))
        rows = ((*_facts(each, people.name(each.maker)), _told(each)) for each in notes)
        console().print(grid(headers, rows, whole=(0, 1)))
    else:
        console().print(line(_("No note that is for you.")))


@note.command(help=_("Take back NUMBER, a note of your own: it is shown no more, and stays on record."))
@click.argument("number")
@workspace_option
@json_option
def withdraw(number: str, workspace: Path | None, as_json: bool) -> None:
    """Withdraw one note."""
    made = session(workspace).in_workspace().notes.withdraw(number, moments.now())
    if as_json:
        print_json({"note": made})
        return
    words = _("Note N{number} about {customer} is withdrawn.")
    console().print(line(words.format(number=made.number, customer=made.customer_id)))


def _facts(each: Note, maker: str) -> tuple[str, ...]:
    written = f"{moments.local(each.made_at):%Y-%m-%d %H:%M}"
    return (f"N{each.number}", written, maker, audience_words(each))


def _told(each: Note) -> str:
    return each.text if each.withdrawn_at is None else _("{text} (withdrawn)").format(text=each.text)
