"""``rung record analyse``: how many records of a type, by period and cause, how long open, how often late."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from rung.cli.clock import now_here
from rung.cli.options import Day, json_option, workspace_option
from rung.cli.progress import progress
from rung.cli.session import session
from rung.cli.terminal import console, grid, line, print_json
from rung.text import _

if TYPE_CHECKING:
    from rich.console import RenderableType

    from rung.service.records.analysis import Analysis, Each, Figures

__all__ = ["analyse"]

_CAUSES: Final = 6
# Causes that have a column of their own beside the periods; all stand in the table below.
_REPEAT: Final = 10


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
        found = records.analysed(type, now_here(), Span(by), since, until, report)
    if as_json:
        print_json(found)
        return
    for part in _parts(found):
        console().print(part)


def _parts(found: Analysis) -> Iterator[RenderableType]:
    from rung.cli.render_decision import part_title

    words = _("{title}, opened {first} to {last}: {count}, still open {open}")
    whole = found.figures
    yield line(
        words.format(
            title=found.title,
            first=found.since.isoformat(),
            last=found.until.isoformat(),
            count=f"{whole.count:,}",
            open=f"{whole.open:,}",
        ),
        "bold",
    )
    if whole.mean_days is not None:
        words = _("{days} days open on average, open ones until today; late {late}")
        yield line(words.format(days=whole.mean_days, late=_late(whole)))
    yield _periods(found)
    if any(not each.is_whole for each in found.periods):
        yield line(_("* not the whole period"), "dim")
    if found.causes:
        yield part_title(_("By {cause}").format(cause=found.cause_title))
        yield _by_cause(found)
    if found.repeat:
        yield part_title(_("Customers with several"))
        for each in found.repeat[:_REPEAT]:
            yield line(f"  {each.customer_id}  {each.count:,}")
        if len(found.repeat) > _REPEAT:
            yield line(
                _("  and {n} more; all with --json").format(n=f"{len(found.repeat) - _REPEAT:,}"), "dim"
            )
        yield line(_("{share}% of the customers with any.").format(share=found.repeat_share), "dim")


def _periods(found: Analysis) -> RenderableType:
    shown = [each for each in found.causes if each.figures.count][:_CAUSES]
    headers = [_("period"), _("opened"), _("change"), _("late"), _("days open")]
    headers += [str(each.title) for each in shown]
    rows = []
    for period in found.periods:
        causes = {each.cause: each for each in period.causes}
        rows.append(
            (
                period.id if period.is_whole else f"{period.id} *",
                f"{period.figures.count:,}",
                _change(period.change, period.figures.count),
                _late(period.figures),
                _days(period.figures),
                *(f"{causes[each.cause].figures.count:,}" for each in shown),
            )
        )
    return grid(headers, rows, right=range(1, len(headers)), whole=(0,))


def _by_cause(found: Analysis) -> RenderableType:
    last = {each.cause: each for each in found.periods[-1].causes} if found.periods else {}
    headers = (_("cause"), _("opened"), _("share"), _("late"), _("days open"), _("last period"), _("change"))
    rows = (
        (
            each.title,
            f"{each.figures.count:,}",
            _share(each.share),
            _late(each.figures),
            _days(each.figures),
            f"{last[each.cause].figures.count:,}" if each.cause in last else "",
            _of_cause(last.get(each.cause)),
        )
        for each in found.causes
    )
    return grid(headers, rows, right=range(1, 7))


def _of_cause(each: Each | None) -> str:
    return "" if each is None else _change(each.change, each.figures.count)


def _change(change: int | None, count: int) -> str:
    """Return a change against the period before, with its share of that one."""
    if change is None:
        return "–"
    before = count - change
    if not before:
        return f"{change:+,}"
    return f"{change:+,} ({round(100 * change / before):+d}%)"


def _late(figures: Figures) -> str:
    if figures.late_share is None:
        return "–"
    return f"{figures.late:,} ({_share(figures.late_share)})"


def _share(share: Decimal | None) -> str:
    return "–" if share is None else f"{share}%"


def _days(figures: Figures) -> str:
    return "–" if figures.mean_days is None else str(figures.mean_days)
