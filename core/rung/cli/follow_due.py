"""``rung follow due``: what is due to whom, on the screen, as JSON or as a table to work through."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from rung.cli.chosen_runs import chosen_runs
from rung.cli.follow_whose import whose
from rung.cli.options import Day, json_option, workspace_option
from rung.cli.progress import progress
from rung.cli.session import session
from rung.cli.terminal import console, line, print_json, show_problems
from rung.durations import Duration
from rung.errors import RungError
from rung.text import _

if TYPE_CHECKING:
    from rung.service.due_list import DueList
    from rung.workspace import Workspace

__all__ = ["Within", "due"]

_KINDS: Final = ("contact", "respond", "review", "approve", "override", "record", "alarm")
_LIMIT: Final = 50


class Within(click.ParamType[Duration]):
    """A span of time, written as in a policy: 7d, 2w, 1mo."""

    name = "span"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Read the span; a problem where it is none."""
        if not isinstance(value, str):
            return value
        try:
            return Duration.parse(value)
        except RungError as error:
            return self.fail(str(error), param, ctx)


@click.command(
    help=_(
        "List what is due to the customers today: contacts, answers and reviews their grade was promised, "
        "and what people put in that waits or runs out. Overdue first, then by grade, then by how late.\n\n"
        "Days off move what is due to a working day; [calendar] in rung.toml says which days are off."
    )
)
@click.option(
    "--for", "name", metavar="NAME", help=_("Only what is for a role, a person or a team; your own: “me”.")
)
@click.option("--portfolio", "portfolios", multiple=True, metavar="NAME", help=_("Only customers of it."))
@click.option("--grade", "grades", multiple=True, metavar="GRADE", help=_("Only customers of that grade."))
@click.option("--kind", "kinds", multiple=True, type=click.Choice(_KINDS), help=_("Only what is of a kind."))
@click.option(
    "--where",
    multiple=True,
    metavar="FIELD=CELL",
    help=_("Only customers whose value fits, such as “route=East”; may be repeated."),
)
@click.option(
    "--day", type=Day(), metavar="DATE", help=_("A later day to look from, if nothing is done until then.")
)
@click.option(
    "--within", type=Within(), metavar="SPAN", help=_("Also what comes due within, such as 7d or 1mo.")
)
@click.option(
    "--batch", is_flag=True, help=_("Only grades that are worked in one batch, one grade after the other.")
)
@click.option(
    "--policy",
    "policies",
    multiple=True,
    metavar="ID-or-FILE",
    help=_("The policy whose promises are meant; may be repeated; that of the last run if left out."),
)
@click.option("--all-policies", is_flag=True, help=_("The promises of every policy that has a run."))
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    metavar="N",
    help=_("How many are shown; 50 if left out, in JSON all."),
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help=_("Write all of it to a .xlsx or .csv file instead."),
)
@workspace_option
@json_option
def due(
    name: str | None,
    portfolios: tuple[str, ...],
    grades: tuple[str, ...],
    kinds: tuple[str, ...],
    where: tuple[str, ...],
    day: date | None,
    within: Duration | None,
    batch: bool,
    policies: tuple[str, ...],
    all_policies: bool,
    limit: int | None,
    out: Path | None,
    workspace: Path | None,
    as_json: bool,
) -> int:
    """List what is due."""
    if out is not None and as_json:
        raise RungError.of(_("--json and --out exclude each other."))
    place = session(workspace).in_workspace()
    now = datetime.now().astimezone()

    from rung.service.due import Chosen
    from rung.service.due_list import DueKind
    from rung.workspace.customers_meant import CustomersWanted, read_where

    runs = chosen_runs(place, None, policies, all_policies=all_policies)
    meant = whose(place, runs, name, portfolios)
    chosen = Chosen(
        within=_days(within, day or place.service.calendar.day_of(now)),
        roles=meant.roles,
        portfolios=meant.portfolios,
        holders=meant.holders,
        kinds=frozenset(map(DueKind, kinds)) if kinds else None,
        in_batches=batch,
    )
    wanted = CustomersWanted(grades=grades, where=tuple(map(read_where, where)))
    found = place.service.due(now, chosen, runs, day, wanted)
    show_problems([*meant.notices, *found.notices])
    if out is not None:
        _write(found, out, place, runs)
    elif as_json:
        from rung.cli.due_words import plain_due

        print_json(plain_due(found, limit))
    else:
        from rung.cli.due_words import render_due

        for part in render_due(found, limit or _LIMIT, in_batches=batch):
            console().print(part)
    return 0


def _days(within: Duration | None, day: date) -> int:
    return 0 if within is None else min((within.after(day) - day), timedelta(days=36_500)).days


def _write(found: DueList, out: Path, place: Workspace, runs: tuple[str, ...]) -> None:
    from rung.cli.due_words import due_table
    from rung.runs.formats import format_of, write_table
    from rung.workspace.confidential import Export

    format_of(out)
    table = due_table(found)
    now = datetime.now().astimezone()
    place.confidential.taken(Export(what="due", rows=len(found), file=out.name, run=", ".join(runs)), now)
    with progress() as report:
        write_table(table.lazy(), out, len(found), report)
    words = _("{count} written to {file}.").format(count=f"{len(found):,}", file=out)
    console().print(line(words))
