"""``rung event add``: events from a file, from a pipe, or one by hand; the alarms they raise are sent."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from rung import moments
from rung.cli.alarm_words import alarm_rows, sent_words
from rung.cli.options import FORMATS, STANDARD, json_option, workspace_option
from rung.cli.progress import progress
from rung.cli.session import session
from rung.cli.standard_input import piped_table
from rung.cli.terminal import console, line, print_json, show_problems
from rung.errors import RungError
from rung.text import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rung.progress import Progress
    from rung.workspace import Workspace
    from rung.workspace.arrivals.events import Added
    from rung.workspace.arrivals.sending import Sent

__all__ = ["add"]

_SHOWN: Final = 10
_BUDGET: Final = 10.0
# Seconds in which sending is begun at the end: what is not sent then is left to “rung alarm send”.


@click.command(
    help=_(
        "Bring in events of TABLE from SOURCE: a file (CSV, XLSX, Parquet, JSON lines), “-” for standard "
        "input, or a customer, by id or name, for a single event told with --at and --set.\n\n"
        "Every row is held against the columns of the sector's event table; where one is refused, none is "
        "recorded, unless --skip-bad is given. An event whose key has arrived before is not recorded again. "
        "What the events raise as alarms is sent in the end, for a few seconds at most."
    )
)
@click.argument("table")
@click.argument("source")
@click.option(
    "--at",
    metavar="MOMENT",
    help=_("When the single event happened, such as “2026-11-20 14:30”; now if left out."),
)
@click.option(
    "--set",
    "settings",
    multiple=True,
    metavar="COLUMN=VALUE",
    help=_("A value of the single event; may be repeated."),
)
@click.option(
    "--key",
    metavar="KEY-or-HEADER",
    help=_("The sender's own id of the single event; of a file, the header these ids stand under."),
)
@click.option(
    "--map",
    "mapping",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help=_("Mapping file: which header holds which field."),
)
@click.option("--sector", metavar="ID", help=_("The sector whose table is meant, where several have one."))
@click.option(
    "--format",
    "kind",
    type=click.Choice(FORMATS),
    help=_("What standard input carries where it is the source; found by itself if left out."),
)
@click.option(
    "--skip-bad", is_flag=True, help=_("Record the others where rows are refused; these go to a file beside.")
)
@click.option("--no-send", is_flag=True, help=_("Send nothing now: “rung alarm send” will."))
@workspace_option
@json_option
def add(
    table: str,
    source: str,
    at: str | None,
    settings: tuple[str, ...],
    key: str | None,
    mapping: Path | None,
    sector: str | None,
    kind: str | None,
    skip_bad: bool,
    no_send: bool,
    workspace: Path | None,
    as_json: bool,
) -> None:
    """Bring in events."""
    place = session(workspace).in_workspace()
    now = moments.now()
    with progress() as report:
        looked = place.alarms.look(now)
        if at is not None or settings:
            _refuse_options({"--map": mapping, "--format": kind, "--skip-bad": skip_bad})
            added = _single(place, table, source, at, settings, key, sector, now)
        else:
            added = _many(place, table, source, key, mapping, sector, kind, now, report, skip_bad=skip_bad)
        raised = [each.number for each in (*looked.raised, *added.alarms)]
        sent = None
        if raised and not no_send:
            sent = place.alarms.send(moments.now, only=raised, budget=_BUDGET, report=report)
    show_problems(added.problems)
    if as_json:
        print_json(_plain(added, sent))
        return
    for words in _told(place, added, sent, now):
        console().print(words)
    if looked.raised:
        words = _("Of events kept aside, whose customers are known now: {ids}.")
        console().print(line(words.format(ids=", ".join(each.id for each in looked.raised))))


def _refuse_options(given: dict[str, object]) -> None:
    for name, value in given.items():
        if value:
            raise RungError.of(_("{option} goes with a file.").format(option=name))


def _single(
    place: Workspace,
    table: str,
    customer: str,
    at: str | None,
    settings: tuple[str, ...],
    key: str | None,
    sector: str | None,
    now: datetime,
) -> Added:
    from rung.service.events.happening import Happened

    values: dict[str, str] = {}
    for setting in settings:
        name, sign, value = setting.partition("=")
        if not sign or not name.strip():
            raise RungError.of(
                _("“{found}” sets nothing.").format(found=setting), _("Write COLUMN=VALUE, such as score=30.")
            )
        values[name.strip()] = value
    happened = Happened(customer_id=customer, at=at, values=values, key=key or "")
    return place.events.add(table, [happened], now, sector=sector)


def _many(
    place: Workspace,
    table: str,
    source: str,
    key: str | None,
    mapping: Path | None,
    sector: str | None,
    kind: str | None,
    now: datetime,
    report: Progress,
    *,
    skip_bad: bool,
) -> Added:
    from rung.intake.mapping import read_mapping

    with ExitStack() as stack:
        is_piped = source == STANDARD
        if kind is not None and not is_piped:
            raise RungError.of(_("--format is for standard input."), _("A file is known by its ending."))
        path = stack.enter_context(piped_table(kind)) if is_piped else Path(source)
        if not path.exists():
            raise RungError.of(
                _("There is no file “{name}”.").format(name=source),
                _("A single event of a customer is told with --at or --set."),
            )
        beside = None
        if is_piped:
            from rung.service.events.refused import refused_file

            beside = refused_file(Path(f"{table}.csv"))
        return place.events.add_file(
            table,
            path,
            now,
            sector=sector,
            mapping=None if mapping is None else read_mapping(mapping),
            key=key,
            skip_bad=skip_bad,
            refused_to=beside,
            report=report,
        )


def _told(place: Workspace, added: Added, sent: Sent | None, now: datetime) -> Iterator[Any]:
    count = len(added.recorded)
    if count == 1:
        words = _("Event E{number} of “{table}” is recorded.").format(
            number=added.recorded[0], table=added.table
        )
    else:
        words = _("Recorded: {count} events of “{table}”.").format(count=f"{count:,}", table=added.table)
    yield line(words)
    if added.already:
        yield line(_("Arrived before, by their key: {count}.").format(count=f"{added.already:,}"))
    elif not added.has_keys and count > 1:
        words = _("They bear no key of their sender's: brought in again, they would be there twice.")
        yield line(words, "dim")
    if added.refused:
        lines = len({each.line for each in added.refused})
        words = _("Refused: {count} rows; they are in {file}.")
        yield line(words.format(count=f"{lines:,}", file=added.refused_file))
    if added.aside_count:
        shown = _(", ").join(f"“{each}”" for each in added.aside[:5])
        words = _(
            "Kept aside: {count} of customers not known here ({names}); looked at again after the next run."
        )
        yield line(words.format(count=f"{added.aside_count:,}", names=shown))
    if added.alarms:
        yield line(_("Alarms raised: {count}").format(count=f"{len(added.alarms):,}"), "bold")
        shown_alarms = place.alarms.shown(added.alarms[:_SHOWN], now)
        yield alarm_rows(shown_alarms, place.service.calendar.zone)
        if len(added.alarms) > _SHOWN:
            yield line(_("All of them: rung alarm list"), "dim")
    if sent is not None:
        yield from sent_words(sent, is_asked=False)


def _plain(added: Added, sent: Sent | None) -> dict[str, Any]:
    return {
        "table": added.table,
        "recorded": [f"E{each}" for each in added.recorded],
        "already": added.already,
        "aside": added.aside,
        "aside_count": added.aside_count,
        "alarms": [each.id for each in added.alarms],
        "refused": [
            {"line": each.line, "column": each.column, "problem": each.problem} for each in added.refused
        ],
        "refused_file": None if added.refused_file is None else str(added.refused_file),
        "sent": sent,
        "problems": [str(each) for each in added.problems],
    }
