"""The verb ``rung review``: opens the terminal program on a run of a workspace."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

import click

from rung.errors import RungError
from rung.text import Language, _, current_language
from rung.workspace import Workspace

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
    found = _workspace(workspace or folder)
    run = found.run(run_id or "latest")
    from rung_tui.app import ReviewApp
    from rung_tui.review import Review

    app = ReviewApp(Review(found, run), _language(found))
    code = app.run()
    for ending in (app.failure, app.crash):
        if ending is not None:
            raise ending
    if app.ended_by is not None:
        _tell_end(app.ended_by.name, app.begun_at_end)
    return code or app.return_code or 0


def _tell_end(signal_name: str, begun: int) -> None:
    """Say what ended the program and what went with it; whoever sent the signal may still be reading."""
    word = _("Ended by {signal}; what was saved is on record.").format(signal=signal_name)
    if begun:
        word += " " + _("Overrides begun and not saved: {count}").format(count=begun)
    with suppress(OSError):  # the terminal may be what has gone
        click.echo(f"rung: {word}", err=True)


def _workspace(folder: Path | None) -> Workspace:
    """Open the workspace; its file is checked after the first paint, with whatever else is slow."""
    found = Workspace.find(Path(), check=False) if folder is None else Workspace.open(folder, check=False)
    if found is None:
        raise RungError.of(
            _("This is no workspace, nor is any folder above it."),
            _("Make one with “rung init”, or name one with --workspace DIR."),
        )
    return found


def _language(workspace: Workspace) -> Language:
    state = click.get_current_context().find_root().obj or {}
    return current_language() if state.get("language_given") else workspace.language or current_language()
