"""``rung follow due``: what is due to whom, on the screen, as JSON or as a table to work through."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from rung.cli.follow_wanted import DueWanted, due_options
from rung.cli.options import json_option, workspace_option
from rung.cli.progress import progress
from rung.cli.session import session
from rung.cli.terminal import console, line, print_json, show_problems
from rung.errors import RungError
from rung.text import _

if TYPE_CHECKING:
    from rung.service.due_list import DueList
    from rung.workspace import Workspace

__all__ = ["due"]

_LIMIT: Final = 50


@click.command(
    help=_(
        "List what is due to the customers today: contacts, answers and reviews their grade was promised, "
        "and what people put in that waits or runs out. Overdue first, then by grade, then by how late.\n\n"
        "Days off move what is due to a working day; [calendar] in rung.toml says which days are off."
    )
)
@due_options
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
def due(limit: int | None, out: Path | None, workspace: Path | None, as_json: bool, **wanted: Any) -> int:
    """List what is due."""
    if out is not None and as_json:
        raise RungError.of(_("--json and --out exclude each other."))
    place, meant = session(workspace).in_workspace(), DueWanted(**wanted)
    found, notices = meant.listed(place, datetime.now().astimezone())
    show_problems(notices)
    if out is not None:
        _write(found, out, place, meant.runs(place))
    elif as_json:
        from rung.cli.due_words import plain_due

        print_json(plain_due(found, limit))
    else:
        from rung.cli.due_words import render_due

        for part in render_due(found, limit or _LIMIT, in_batches=meant.batch):
            console().print(part)
    return 0


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
