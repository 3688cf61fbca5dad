"""``rung record list``: the records there are, what is late longest first, or all of them in a file."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from rung import moments
from rung.cli.filed_words import plain_row
from rung.cli.listing import check_list_out, limit_option, list_out_option, the_rest, write_list
from rung.cli.options import Moment, json_option, workspace_option
from rung.cli.progress import progress
from rung.cli.session import session
from rung.cli.terminal import console, grid, line, print_json
from rung.text import MASK, _
from rung.workspace.named_person import maker_meant
from rung.workspace.recording.words import (
    cause_words,
    due_words,
    masked_words,
    state_title,
    type_title,
)

if TYPE_CHECKING:
    import polars as pl

    from rung.service.records.form import FormField
    from rung.workspace import Workspace
    from rung.workspace.recording.types import DeclaredType
    from rung.workspace.recording.views import RecordList, RecordRow

__all__ = ["list_"]

_LIMIT: Final = 50


@click.command(
    "list",
    help=_(
        "List the open records, of TYPE if given: what is late longest first.\n\n"
        "Sensitive values are masked in lists; “rung record show” shows them to whoever may read them."
    ),
)
@click.argument("type", required=False)
@click.option("--state", "states", multiple=True, metavar="STATE", help=_("Only those in that state."))
@click.option("--customer", metavar="CUSTOMER", help=_("Only those about a customer, by id or name."))
@click.option("--by", metavar="NAME", help=_("Only those that person opened; your own: “me”."))
@click.option(
    "--mine", is_flag=True, help=_("Only your own: those you opened, and those about your customers.")
)
@click.option("--late", is_flag=True, help=_("Only those past their day."))
@click.option("--all", "every", is_flag=True, help=_("Closed ones too."))
@click.option("--withdrawn", is_flag=True, help=_("Closed ones and those taken back too."))
@click.option("--since", type=Moment(), metavar="DATE", help=_("Opened on that day or after."))
@click.option("--until", type=Moment(is_end=True), metavar="DATE", help=_("Opened by that day."))
@limit_option
@list_out_option(_("Write all of it to a .xlsx or .csv file instead; of one type with its fields."))
@workspace_option
@json_option
def list_(
    type: str | None,  # noqa: A002 - the argument's name
    states: tuple[str, ...],
    customer: str | None,
    by: str | None,
    mine: bool,
    late: bool,
    every: bool,
    withdrawn: bool,
    since: datetime | None,
    until: datetime | None,
    limit: int | None,
    out: Path | None,
    workspace: Path | None,
    as_json: bool,
) -> int:
    """List records."""
    check_list_out(out, as_json=as_json)
    place = session(workspace).in_workspace()

    from rung.workspace.recording.views import RecordsWanted

    wanted = RecordsWanted(
        type=type,
        states=states,
        customer_id=None if customer is None else place.records.customer_id(customer),
        by=_account(by, place),
        is_mine=mine,
        is_open=None if every or withdrawn else True,
        is_late=late,
        withdrawn=withdrawn,
        since=since,
        until=until,
    )
    found = place.records.listed(wanted, moments.now())
    if out is not None:
        _write(found, out, place, type)
    elif as_json:
        rows = [plain_row(each) for each in found.rows(0, limit)]
        print_json({"count": len(found), "late": found.late, "records": rows})
    else:
        _show(found, limit or _LIMIT, place)
    return 0


def _account(name: str | None, place: Workspace) -> str | None:
    if name is None:
        return None
    return place.records.actor.account if name == "me" else maker_meant(name, place.human_input)


def _show(found: RecordList, limit: int, place: Workspace) -> None:
    screen = console()
    if not len(found):
        screen.print(line(_("No records.")))
        return
    words = _("Records: {count}, late {late}")
    screen.print(line(words.format(count=f"{len(found):,}", late=f"{found.late:,}"), "bold"))
    people = place.human_input.people
    shown = list(found.rows(0, limit))
    headers = (
        _("record"),
        _("type"),
        _("customer"),
        _("name"),
        _("state"),
        _("due"),
        _("opened"),
        _("by"),
        _("cause"),
    )
    rows = (
        (
            each.record.id,
            type_title(each.record, each.declared),
            each.record.customer_id,
            each.customer_name,
            state_title(each.record, each.declared),
            due_words(each.record, each.late_days),
            f"{moments.local(each.record.opened_at):%Y-%m-%d}",
            people.name(each.record.maker),
            cause_words(each),
        )
        for each in shown
    )
    screen.print(grid(headers, rows, whole=(0, 2)))
    for part in the_rest(len(shown), len(found), has_out=True):
        screen.print(part)
    if any(MASK in (cause_words(each), each.customer_name) for each in shown):
        words = _("{mask}: sensitive values, which lists do not show; see: rung record show NUMBER")
        told = words.format(mask=MASK) if place.confidential.may_read else masked_words()
        screen.print(line(told, "dim"))


def _write(found: RecordList, out: Path, place: Workspace, written_type: str | None) -> None:
    from rung.workspace.confidential import Export

    declared = None if written_type is None else place.records.type_meant(written_type)
    with progress() as report:
        stage = _("Reading the records")
        rows = []
        for each in found.rows(whole=True):
            rows.append(each)
            report(stage, len(rows), len(found))
    table = _table(rows, declared, place)
    taken = Export(what="records", rows=len(found), file=out.name, fields=_unmasked(rows, declared))
    place.confidential.taken(taken, moments.now())
    write_list(table, out)


def _unmasked(rows: list[RecordRow], declared: DeclaredType | None) -> tuple[str, ...]:
    """Return the sensitive fields whose values are written."""
    sensitive = [] if declared is None else [each.id for each in declared.type.fields if each.is_sensitive]
    return tuple(
        name for name in sensitive if any(each.record.fields.get(name) not in (None, MASK) for each in rows)
    )


def _table(rows: list[RecordRow], declared: DeclaredType | None, place: Workspace) -> pl.DataFrame:
    """Return the records as a table with headers in the current language."""
    import polars as pl

    people = place.human_input.people
    columns: dict[str, pl.Series] = {
        _("record"): pl.Series([each.record.id for each in rows], dtype=pl.String),
        _("type"): pl.Series([str(type_title(each.record, each.declared)) for each in rows], dtype=pl.String),
        _("customer"): pl.Series([each.record.customer_id for each in rows], dtype=pl.String),
        _("name"): pl.Series([each.customer_name for each in rows], dtype=pl.String),
        _("state"): pl.Series(
            [str(state_title(each.record, each.declared)) for each in rows], dtype=pl.String
        ),
        _("due"): pl.Series([each.record.due for each in rows], dtype=pl.Date),
        _("days late"): pl.Series([each.late_days for each in rows], dtype=pl.Int32),
        _("opened"): pl.Series(
            [place.records.calendar.day_of(each.record.opened_at) for each in rows], dtype=pl.Date
        ),
        _("by"): pl.Series([people.name(each.record.maker) for each in rows], dtype=pl.String),
    }
    for field in () if declared is None else declared.form.fields:
        title = str(field.title)
        name = title if title not in columns else f"{title} ({field.id})"
        columns[name] = _column(field, [each.record.fields.get(field.id) for each in rows])
    return pl.DataFrame([series.alias(name) for name, series in columns.items()])


def _column(field: FormField, kept: list[str | None]) -> pl.Series:
    """Return the values of a field: days and numbers as such, unless one is masked or not to be read."""
    import polars as pl

    from rung.vocabulary import Kind

    if MASK not in kept and (field.kind.is_numeric or field.kind is Kind.DATE):
        with suppress(ValueError):
            values = [field.value(each) for each in kept]
            if field.kind is Kind.DATE:
                return pl.Series(values, dtype=pl.Date)
            numbers = [None if each is None else each / field.field.scale for each in map(_whole, values)]
            return pl.Series(numbers, dtype=pl.Float64)
    words = [each if each in (None, MASK) else str(field.words(each)) for each in kept]
    return pl.Series(words, dtype=pl.String)


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) else None
