"""``rung record analyse``: how many records of a type, by period and cause, how long open, how often late."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rung import moments
from rung.cli.options import Day, json_option, workspace_option
from rung.cli.progress import progress
from rung.cli.session import session
from rung.cli.terminal import console, grid, line, print_json
from rung.text import _

if TYPE_CHECKING:
    from rich.console import RenderableType

    from rung.service.records.analysis import Analysis
    from rung.workspace.recording.counted import Counted

__all__ = ["analyse"]


@click.command(
    help=_(
        "Count the records of TYPE by the day they were opened, period by period, and by their cause: "
        "shares, the change against the period before, days open, how many were late, and whose came again."
    )
)
@click.argument("type")
@click.option(
    "--by",
    type=click.Choice(("month", "quarter", "week")),
    default="month",
    help=_("How long a period is; a month if left out."),
)
@click.option(
    "--since", type=Day(), metavar="DATE", help=_("The first day; that of the first record's period.")
)
@click.option("--until", type=Day(), metavar="DATE", help=_("The last day; today if left out."))
@workspace_option
@json_option
def analyse(
    type: str,  # noqa: A002 - the argument's name
    by: str,
    since: date | None,
    until: date | None,
    workspace: Path | None,
    as_json: bool,
) -> None:
    """Look at records of one type together."""
    records = session(workspace).in_workspace().records

    from rung.service.records.spans import Span

    with progress() as report:
        found = records.analysed(type, moments.now(), Span(by), since, until, report)
    if as_json:
        print_json(found)
        return
    for part in _parts(found):
        console().print(part)


def _parts(found: Analysis) -> Iterator[RenderableType]:
    from rung.cli.render_decision import part_title
    from rung.workspace.recording.counted import cause_table, heading_words, period_table, repeat_words

    heading, *more = heading_words(found)
    yield line(heading, "bold")
    yield from map(line, more)
    yield _grid(period_table(found), whole=(0,))
    if any(not each.is_whole for each in found.periods):
        yield line(_("* not the whole period"), "dim")
    if found.causes:
        yield part_title(_("By {cause}").format(cause=found.cause_title))
        yield _grid(cause_table(found))
    if found.repeat:
        yield part_title(_("Customers with several"))
        named, more_customers = repeat_words(found)
        for customer, count in named:
            yield line(f"  {customer}  {count:,}")
        if more_customers:
            yield line(_("  and {n} more; all with --json").format(n=f"{more_customers:,}"), "dim")
        yield line(_("{share}% of the customers with any.").format(share=found.repeat_share), "dim")


def _grid(table: Counted, whole: tuple[int, ...] = ()) -> RenderableType:
    return grid(table.headers, table.rows, right=range(1, len(table.headers)), whole=whole)
