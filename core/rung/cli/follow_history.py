"""``rung follow history``: everything on record about one customer, newest first."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from rung.cli.listing import limit_option
from rung.cli.options import json_option, workspace_option
from rung.cli.session import session
from rung.cli.terminal import console, grid, line, print_json
from rung.text import _
from rung.workspace.named_customer import customer_meant

if TYPE_CHECKING:
    from rung.ledger import People
    from rung.workspace.following.timeline import TimelineEntry

__all__ = ["history"]

_LIMIT = 50


@click.command(
    help=_(
        "Show everything on record about CUSTOMER, by id or name, newest first: contacts, judgements, "
        "corrections and overrides, events, alarms, records, holders and notes."
    )
)
@click.argument("customer")
@limit_option
@click.option(
    "--before", type=click.IntRange(min=1), metavar="N", help=_("The page after the one that ends there.")
)
@workspace_option
@json_option
def history(
    customer: str, limit: int | None, before: int | None, workspace: Path | None, as_json: bool
) -> None:
    """Show a customer's history."""
    place = session(workspace).in_workspace()
    customer_id = customer_meant(customer, place)
    limit = limit or (None if as_json else _LIMIT)
    found = place.contacts.history(customer_id, before=before, limit=limit)
    people = place.human_input.people
    if as_json:
        print_json(
            {
                "customer_id": customer_id,
                "count": found.count,
                "next": found.next,
                "entries": [_plain(each, people) for each in found.entries],
            }
        )
        return
    from rung.workspace.following.history_words import history_rows

    screen = console()
    if not found.entries:
        screen.print(line(_("Nothing is on record about {customer}.").format(customer=customer_id)))
        return
    screen.print(grid(*history_rows(place, found.entries), whole=(0, 1)))
    if found.next is not None:
        words = _("{n} of {count}; more: --before {number}")
        told = words.format(n=len(found.entries), count=found.count, number=found.next)
        screen.print(line(told, "dim"))


def _plain(entry: TimelineEntry, people: People) -> dict[str, Any]:
    return {
        "id": entry.id,
        "number": entry.number,
        "kind": entry.kind,
        "at": entry.at,
        "made_at": entry.made_at,
        "maker": entry.maker,
        "maker_name": people.name(entry.maker),
        "policy": entry.policy_id,
        "is_withdrawn": entry.is_withdrawn,
        "payload": entry.payload,
    }
