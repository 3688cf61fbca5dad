"""``rung follow calendar``: what is due, for the program people keep their appointments in."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import click

from rung import moments
from rung.cli.follow_wanted import DueWanted, due_options
from rung.cli.options import workspace_option
from rung.cli.session import session
from rung.cli.terminal import console, line, show_problems
from rung.errors import Place, RungError
from rung.text import _
from rung.workspace.destination import check_destination

__all__ = ["calendar"]

_ENDING: Final = ".ics"


@click.command(
    help=_(
        "Write what is due to a file that calendar programs and phones open.\n\n"
        "A file written anew and imported again moves entries instead of doubling them. What is overdue "
        "stands on today."
    )
)
@due_options
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="FILE",
    required=True,
    help=_("The .ics file to write."),
)
@workspace_option
def calendar(out: Path, workspace: Path | None, **wanted: Any) -> int:
    """Write a calendar file."""
    from rung.runs.atomic import whole_file
    from rung.runs.refusals import refuse_writing
    from rung.service.due_calendar import MOST_ENTRIES, calendar_file
    from rung.workspace.confidential import Export

    if out.suffix.casefold() != _ENDING:
        raise RungError.of(_("A calendar goes into a file ending in .ics."), place=Place(str(out)))
    check_destination(out)
    now = moments.now()
    place, meant = session(workspace).in_workspace(), DueWanted(**wanted)
    found, notices = meant.listed(place, now)
    show_problems(notices)
    if len(found) > MOST_ENTRIES:
        message = _("{count} entries are too many for a calendar; {most} at the most.")
        raise RungError.of(
            message.format(count=f"{len(found):,}", most=f"{MOST_ENTRIES:,}"),
            _("Choose with --for, --portfolio, --grade or --kind; a table holds them all: rung follow due."),
        )
    runs = ", ".join(meant.runs(place))
    place.confidential.taken(Export(what="due", rows=len(found), file=out.name, run=runs), now)
    with refuse_writing(out), whole_file(out) as part:
        part.write_bytes(calendar_file(found, now))
    words = _("{count} written to {file}.").format(count=f"{len(found):,}", file=out)
    console().print(line(words))
    return 0
