"""``rung follow due``: what is due to whom, on the screen, as JSON or as a table to work through."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from rung import moments
from rung.cli.follow_wanted import DueWanted, due_options
from rung.cli.listing import check_list_out, limit_option, list_out_option, write_list
from rung.cli.options import json_option, workspace_option
from rung.cli.session import session
from rung.cli.terminal import console, print_json, show_problems
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
@limit_option
@list_out_option(_("Write all of it to a .xlsx or .csv file instead."))
@workspace_option
@json_option
def due(limit: int | None, out: Path | None, workspace: Path | None, as_json: bool, **wanted: Any) -> int:
    """List what is due."""
    check_list_out(out, as_json=as_json)
    place, meant = session(workspace).in_workspace(), DueWanted(**wanted)
    found, notices = meant.listed(place, moments.now())
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
    from rung.workspace.confidential import Export

    table = due_table(found)
    now = moments.now()
    place.confidential.taken(Export(what="due", rows=len(found), file=out.name, run=", ".join(runs)), now)
    write_list(table, out)
