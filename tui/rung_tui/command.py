"""The verb ``rung review``: opens the terminal program on a run of a workspace."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from rung.errors import RungError
from rung.text import _, current_language

__all__ = ["review"]

_GIVE_BACK = "dirty_decay_ms:0,muzzy_decay_ms:0"
# Polars' allocator keeps what was freed for ten seconds; after the sort of a million rows that is all the
# memory the program may have.


@click.command(help=_("Look at a run's customers in the terminal program: why each grade, and overrule it."))
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option(
    "--workspace",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help=_("The workspace; else the one the current folder lies in."),
)
@click.option("--run", "run_id", metavar="ID", help=_("The run to open; the latest if left out."))
def review(folder: Path | None, workspace: Path | None, run_id: str | None) -> int:
    """Open the terminal program and return its exit code."""
    os.environ.setdefault("_RJEM_MALLOC_CONF", _GIVE_BACK)
    if not (sys.stdin.isatty() and sys.__stderr__ is not None and sys.__stderr__.isatty()):
        raise RungError.of(
            _("The terminal program needs a terminal."),
            _("To see grades in a pipe: rung grade, rung explain, rung override list."),
        )
    from rung.cli.session import session

    found = session(workspace or folder).in_workspace()
    run = found.run(run_id or "latest")
    from rung_tui.app import ReviewApp
    from rung_tui.review import Review

    return ReviewApp(Review(found, run), current_language()).run() or 0
