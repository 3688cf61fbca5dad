"""``rung record show`` and ``timeline``: one record whole, and what was done with a customer's records."""

from __future__ import annotations

from pathlib import Path

import click

from rung import moments
from rung.cli.filed_words import plain_entry, plain_row
from rung.cli.options import json_option, workspace_option
from rung.cli.session import session
from rung.cli.terminal import console, grid, line, print_json, show_problems
from rung.text import _
from rung.workspace.recording.words import (
    due_words,
    entry_words,
    field_lines,
    masked_words,
    state_title,
    type_title,
)

__all__ = ["show", "timeline"]


@click.command(help=_("Show NUMBER, a record: what it says, and what was done with it."))
@click.argument("number")
@workspace_option
@json_option
def show(number: str, workspace: Path | None, as_json: bool) -> None:
    """Show one record."""
    place = session(workspace).in_workspace()
    found = place.records.shown(number, moments.now())
    if found.notice:
        show_problems([found.notice])
    if as_json:
        past = [plain_entry(each) for each in found.past]
        print_json({"record": plain_row(found), "past": past, "masked": sorted(found.masked)})
        return
    from rung.cli.render_decision import part_title

    screen, record, people = console(), found.record, place.human_input.people
    title = type_title(record, found.declared)
    screen.print(
        line(f"{record.id}  {title}  {record.customer_id}  {found.customer_name or ''}".rstrip(), "bold")
    )
    told = _("{field}: {value}")
    screen.print(line(told.format(field=_("State"), value=state_title(record, found.declared))))
    due = due_words(record, found.late_days)
    if due:
        screen.print(line(told.format(field=_("To be closed by"), value=due)))
    for name, value in field_lines(found):
        screen.print(line(told.format(field=name, value=value)), soft_wrap=True)
    screen.print(part_title(_("What was done with it")))
    for each in found.past:
        screen.print(line("  " + "  ".join(entry_words(each, people))), soft_wrap=True)
    if found.masked and not found.notice:
        screen.print(line(masked_words(), "dim"))


@click.command(help=_("Show what was done with the records of CUSTOMER, by id or name, oldest first."))
@click.argument("customer")
@click.option("--type", "type_", metavar="TYPE", help=_("Only records of that type."))
@workspace_option
@json_option
def timeline(customer: str, type_: str | None, workspace: Path | None, as_json: bool) -> None:
    """Show a customer's records in time."""
    place = session(workspace).in_workspace()
    customer_id = place.records.customer_id(customer)
    entries = place.records.past(customer_id, type_)
    if as_json:
        print_json({"customer_id": customer_id, "timeline": [plain_entry(each) for each in entries]})
        return
    if not entries:
        console().print(line(_("No records of {customer}.").format(customer=customer_id)))
        return
    people = place.human_input.people
    headers = (_("when"), _("by"), _("record"), _("type"), _("what"))
    rows = (
        (when, by, each.record, each.type, what)
        for each in entries
        for when, by, what in [entry_words(each, people)]
    )
    console().print(grid(headers, rows, whole=(0, 2)))
