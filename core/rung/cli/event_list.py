"""``rung event list``: what arrived, newest first, and what was kept aside."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from rung import moments
from rung.cli.options import Day, json_option, workspace_option
from rung.cli.session import session
from rung.cli.terminal import console, grid, line, print_json
from rung.text import _
from rung.values import format_value

if TYPE_CHECKING:
    from rung.ledger.service.arrivals import ArrivedEvent
    from rung.vocabulary import EventTable
    from rung.workspace.arrivals.listening import Listening

__all__ = ["list_"]


@click.command(
    "list",
    help=_("List the events that arrived, newest first; those of customers nobody knows with --aside."),
)
@click.option("--customer", metavar="ID", help=_("Only those of a customer."))
@click.option("--table", "table", metavar="TABLE", help=_("Only those of an event table."))
@click.option("--since", type=Day(), metavar="DATE", help=_("Only what happened on that day or later."))
@click.option("--aside", is_flag=True, help=_("Only those of customers nobody knew when they came."))
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=50,
    metavar="N",
    help=_("How many are shown; 50 if left out."),
)
@workspace_option
@json_option
def list_(
    customer: str | None,
    table: str | None,
    since: date | None,
    aside: bool,
    limit: int,
    workspace: Path | None,
    as_json: bool,
) -> None:
    """List events."""
    from rung.ledger.service.filters import ArrivedFilter
    from rung.workspace.arrivals.listening import Listening
    from rung.workspace.arrivals.shown import masked_values

    place = session(workspace).in_workspace()
    calendar, now = place.service.calendar, moments.now()
    with Listening(place, now) as listening:
        tables = () if table is None else (listening.table(table)[1].id,)
        wanted = ArrivedFilter(
            customer_id=None if customer is None else listening.customer(customer),
            tables=tables,
            is_known=False if aside else None,
            since=None if since is None else calendar.moment_of(since),
            limit=limit + 1,
        )
        found = place.events.arrived(wanted)
        known = [(each, _table(each, listening)) for each in found[:limit]]
    shown = [each if kind is None else masked_values(each, kind) for each, kind in known]
    if as_json:
        print_json({"events": [_plain(each) for each in shown], "has_more": len(found) > limit})
        return
    if not shown:
        console().print(line(_("No event.")))
        return
    rows = (
        (
            each.id,
            f"{moments.local(each.at):%Y-%m-%d %H:%M}",
            each.customer_id,
            each.table if kind is None else kind.title,
            _words(each, kind),
            "" if each.is_known else _("kept aside"),
        )
        for each, (_raw, kind) in zip(shown, known, strict=True)
    )
    headers = (_("id"), _("when"), _("customer"), _("event"), _("values"), "")
    console().print(grid(headers, rows, whole=(0, 1, 2)))
    if len(found) > limit:
        console().print(line(_("More: --limit N"), "dim"))


def _table(event: ArrivedEvent, listening: Listening) -> EventTable | None:
    found = listening.tables.get(event.table, {})
    fitting = (each for each in found.values() if event.values.keys() <= {c.id for c in each.columns})
    return next(fitting, None)


def _words(event: ArrivedEvent, table: EventTable | None) -> str:
    """Return the values of an event that are there, each with what its column is called."""
    from rung.ledger.grades.kept_values import kept_value
    from rung.text import MASK, current_language

    columns = {} if table is None else {each.id: each for each in table.columns}
    told: list[str] = []
    for name, text in event.values.items():
        if text is None:
            continue
        column, value = columns.get(name), text
        if column is not None and text != MASK:
            try:
                value = format_value(kept_value(text, column), column, current_language())
            except ValueError:
                value = text  # as it was written when the column held such values
        told.append(f"{name if column is None else column.title} {value}")
    return _(", ").join(told)


def _plain(event: ArrivedEvent) -> dict[str, Any]:
    return {
        "id": event.id,
        "customer_id": event.customer_id,
        "table": event.table,
        "at": event.at,
        "values": dict(event.values),
        "key": event.key,
        "is_known": event.is_known,
        "brought_in_by": event.maker,
        "brought_in_at": event.made_at,
    }
