"""``rung record change`` and ``withdraw``: a record moved on, corrected, put back, taken back as a slip."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rung import moments
from rung.cli.filed_words import plain_row
from rung.cli.options import Day, json_option, workspace_option
from rung.cli.record_new import values_given
from rung.cli.session import session
from rung.cli.terminal import console, line, print_json
from rung.errors import RungError
from rung.text import _
from rung.workspace.recording.words import state_title, type_title

if TYPE_CHECKING:
    from rung.ledger.service.customer_records import CustomerRecord
    from rung.workspace.recording.records import Records

__all__ = ["change", "withdraw"]


@click.command(
    help=_(
        "Change NUMBER, a record: what it says, its state, its day, or add a note.\n\n"
        "What stood there before stays on record. --undo puts the last change back."
    )
)
@click.argument("number")
@click.option(
    "--set",
    "given",
    multiple=True,
    metavar="FIELD=VALUE",
    help=_("What to write into a field, by its id or title; “-” for nothing; may be repeated."),
)
@click.option("--state", metavar="STATE", help=_("The state it is in from now on, by id or title."))
@click.option("--due", type=Day(), metavar="DATE", help=_("The day it is to be closed by from now on."))
@click.option("--note", default="", metavar="TEXT", help=_("What is to be said about the change."))
@click.option("--undo", is_flag=True, help=_("Put back what the last change changed."))
@workspace_option
@json_option
def change(
    number: str,
    given: tuple[str, ...],
    state: str | None,
    due: date | None,
    note: str,
    undo: bool,
    workspace: Path | None,
    as_json: bool,
) -> None:
    """Change one record."""
    if undo and (given or state is not None or due is not None):
        raise RungError.of(
            _("--undo stands without --set, --state and --due."), _("It puts back what stood there before.")
        )
    records = session(workspace).in_workspace().records
    now = moments.now()
    if undo:
        made = records.put_back(number, now, note)
    else:
        made = records.change(number, now, values=values_given(given), state=state, note=note, due=due)
    _tell(records, made, as_json=as_json)


@click.command(
    help=_(
        "Take back NUMBERS, records opened by mistake: they stay on record and count for nothing.\n\n"
        "All of them are taken back or none."
    )
)
@click.argument("numbers", nargs=-1, required=True)
@click.option("--reason", default="", metavar="TEXT", help=_("Why; it is needed."))
@workspace_option
@json_option
def withdraw(numbers: tuple[str, ...], reason: str, workspace: Path | None, as_json: bool) -> None:
    """Take records back."""
    records = session(workspace).in_workspace().records
    made = records.withdraw(numbers, reason, moments.now())
    if as_json:
        print_json({"withdrawn": [each.id for each in made]})
        return
    for each in made:
        words = _("{id} of {customer} is taken back: {title}.")
        title = type_title(each, records.type_of(each))
        console().print(line(words.format(id=each.id, customer=each.customer_id, title=title)))


def _tell(records: Records, made: CustomerRecord, *, as_json: bool) -> None:
    from rung.workspace.recording.views import row_of

    row = row_of(records, made, moments.now())
    if as_json:
        print_json({"record": plain_row(row)})
        return
    screen = console()
    words = _("{id} of {customer} is changed: {title}, {state}.")
    told = words.format(
        id=made.id,
        customer=made.customer_id,
        title=type_title(made, row.declared),
        state=state_title(made, row.declared),
    )
    screen.print(line(told))
    if made.is_open and made.due is not None:
        screen.print(line(_("To be closed by {day}.").format(day=made.due.isoformat())))
    screen.print(line(_("Put it back with: rung record change {id} --undo").format(id=made.id), "dim"))
