"""``rung record new``: opens a record, asked field by field, given at once, or many from a table."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from rung import moments
from rung.cli.asking import Stopped
from rung.cli.options import STANDARD, json_option, workspace_option
from rung.cli.progress import progress
from rung.cli.record_asking import Asked, command_words
from rung.cli.session import session
from rung.cli.standard_input import piped_table
from rung.cli.terminal import console, line, print_json, show_problems
from rung.errors import Problem, RungError
from rung.text import _
from rung.workspace.recording.words import type_title

if TYPE_CHECKING:
    from rung.workspace.recording.acts import Opened
    from rung.workspace.recording.records import Records

__all__ = ["new", "values_given"]

_STOPPED: Final = 130
_SHOWN: Final = 5
# Customers named in a line; the rest is counted.


@click.command(
    help=_(
        "Open a record of TYPE about CUSTOMER, by id or name.\n\n"
        "In a terminal it asks field by field unless --set is given. --from opens one for every line of a "
        "table, all of them or none."
    )
)
@click.argument("type")
@click.argument("customer", required=False)
@click.option(
    "--set",
    "given",
    multiple=True,
    metavar="FIELD=VALUE",
    help=_("What to write into a field, by its id or title; may be repeated."),
)
@click.option(
    "--from",
    "file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help=_("A table with a column for the customer and one a field; - for standard input."),
)
@click.option("--dry-run", is_flag=True, help=_("With --from: check the table, and record nothing."))
@workspace_option
@json_option
def new(
    type: str,  # noqa: A002 - the argument's name
    customer: str | None,
    given: tuple[str, ...],
    file: Path | None,
    dry_run: bool,
    workspace: Path | None,
    as_json: bool,
) -> int:
    """Open one record, or many."""
    _check(customer, given, file, dry_run=dry_run)
    records = session(workspace).in_workspace().records
    if file is not None:
        with _table(file) as path, progress() as report:
            made = records.open_all(type, path, moments.now(), report, is_rehearsal=dry_run)
        _tell_many(made, dry_run=dry_run, as_json=as_json)
        return 0
    assert customer is not None
    if not given and _is_there() and not as_json:
        return _ask(records, type, customer)
    made = records.open(type, customer, values_given(given), moments.now())
    _tell(made, as_json=as_json)
    return 0


def _check(customer: str | None, given: Sequence[str], file: Path | None, *, dry_run: bool) -> None:
    problems = []
    if customer is None and file is None:
        problems.append(
            Problem(_("It says of no customer."), _("Name one behind TYPE, or give a table with --from."))
        )
    if file is not None and (given or customer is not None):
        problems.append(Problem(_("--from stands alone: the table says whom it is about, and what.")))
    if dry_run and file is None:
        problems.append(Problem(_("--dry-run goes with --from only.")))
    if problems:
        raise RungError.all(problems)


def values_given(given: Sequence[str]) -> dict[str, str]:
    """Return what ``--set FIELD=VALUE`` gives; raises RungError for what is none, and for one given twice."""
    found: dict[str, str] = {}
    problems: list[Problem] = []
    for each in given:
        name, sign, value = each.partition("=")
        name = name.strip()
        if not sign or not name:
            message = _("“{found}” gives no field a value.").format(found=each)
            problems.append(Problem(message, _("Write --set FIELD=VALUE.")))
        elif name in found:
            problems.append(Problem(_("{field}: it is given twice.").format(field=name)))
        else:
            found[name] = value
    if problems:
        raise RungError.all(problems)
    return found


@contextmanager
def _table(file: Path) -> Iterator[Path]:
    if str(file) != STANDARD:
        yield file
        return
    with piped_table(None) as path:
        yield path


def _is_there() -> bool:
    return sys.stdin is not None and sys.stdin.isatty() and sys.stdout.isatty()


def _ask(records: Records, written_type: str, customer: str) -> int:
    """Ask field by field; what was answered is handed back as a command where nothing comes of it."""
    declared, customer_id = records.about(written_type, customer)
    screen = console()
    name = records.names_of([customer_id], declared.sector).get(customer_id, "")
    screen.print(line(f"{declared.type.title}  {customer_id}  {name}".rstrip(), "bold cyan underline"))
    asked = Asked(declared.form)
    try:
        if asked.gone():
            _tell(
                records.open(
                    f"{declared.sector}.{declared.type.id}", customer_id, asked.answers, moments.now()
                ),
                as_json=False,
            )
            return 0
    except (Stopped, KeyboardInterrupt):
        screen.print()
    except RungError:
        _hand_back(f"{declared.sector}.{declared.type.id}", customer_id, asked)
        raise
    screen.print(line(_("Nothing was recorded.")))
    _hand_back(f"{declared.sector}.{declared.type.id}", customer_id, asked)
    return _STOPPED


def _hand_back(type_id: str, customer_id: str, asked: Asked) -> None:
    if asked.answers:
        screen = console()
        screen.print(line(_("What you answered, to be given again:"), "dim"))
        screen.print(line(command_words(type_id, customer_id, asked.answers)), soft_wrap=True)


def _tell(made: Opened, *, as_json: bool) -> None:
    (record,) = made.records
    if made.again:
        message = _(
            "{customer} had an open record of this type already; see: rung record list --customer {customer}"
        )
        show_problems([message.format(customer=record.customer_id)])
    if as_json:
        print_json({"record": {"id": record.id, **_plain(record)}})
        return
    screen = console()
    words = _("{id} of {customer} is open: {title}.")
    title = type_title(record, made.declared)
    screen.print(line(words.format(id=record.id, customer=record.customer_id, title=title)))
    if record.due is not None:
        screen.print(line(_("To be closed by {day}.").format(day=record.due.isoformat())))
    words = _("Opened by mistake? rung record withdraw {id} --reason TEXT")
    screen.print(line(words.format(id=record.id), "dim"))


def _plain(record: object) -> dict[str, object]:
    from rung.ledger.service.customer_records import CustomerRecord

    assert isinstance(record, CustomerRecord)
    return {
        "customer_id": record.customer_id,
        "type": record.type,
        "sector": record.sector,
        "state": record.state,
        "is_open": record.is_open,
        "due": record.due,
        "fields": dict(record.fields),
    }


def _tell_many(made: Opened, *, dry_run: bool, as_json: bool) -> None:
    if made.again:
        named = _(", ").join(made.again[:_SHOWN])
        message = _("{n} customers had an open record of this type already: {names}")
        more = "" if len(made.again) <= _SHOWN else " …"
        show_problems([message.format(n=f"{len(made.again):,}", names=named + more)])
    if as_json:
        records = [{"id": None if dry_run else each.id, **_plain(each)} for each in made.records]
        print_json({"records": records})
        return
    screen, count = console(), f"{len(made.records):,}"
    if dry_run:
        screen.print(line(_("All {n} lines can be recorded; nothing was recorded.").format(n=count)))
        return
    first, last = made.records[0], made.records[-1]
    words = _("On record: {n}, {first} to {last}.")
    screen.print(line(words.format(n=count, first=first.id, last=last.id), "bold"))
