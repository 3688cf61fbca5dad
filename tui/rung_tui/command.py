"""The verb ``rung review``: opens the terminal program on a run of a workspace."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from rung.errors import RungError
from rung.text import Language, _, current_language
from rung.workspace import Workspace

if TYPE_CHECKING:
    from rung.runs import Run

__all__ = ["review"]

_GIVE_BACK: Final = "dirty_decay_ms:0,muzzy_decay_ms:0"
# Polars' allocator keeps what was freed for ten seconds; after the sort of a million rows that is all the
# memory the program may have.
_NOT_DRAWN_ON: Final = frozenset({"", "dumb", "unknown", "emacs"})
_COLOURLESS: Final = frozenset({"vt52", "vt100", "vt102", "vt220", "vt320"})


@click.command(help=_("Look at a run's customers in the terminal program: why each grade, and overrule it."))
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option(
    "--workspace",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help=_("The workspace; else the one the current folder lies in."),
)
@click.option("--run", "run_id", metavar="ID", help=_("The run to open; the latest if left out."))
@click.option("--ascii", "as_ascii", is_flag=True, help=_("Draw frames and signs in ASCII."))
@click.option("--web", is_flag=True, help=_("Show it in a browser on this machine."))
@click.option(
    "--port", type=click.IntRange(0, 65535), metavar="N", help=_("The port; any free one if left out.")
)
@click.option(
    "--web-host",
    metavar="ADDRESS",
    help=_("Another address to be reached at; whoever reaches it acts under your name."),
)
@click.option(
    "--others-act-as-me",
    is_flag=True,
    help=_("Agree that whoever knows the link acts under your name; --web-host asks for it."),
)
def review(
    folder: Path | None,
    workspace: Path | None,
    run_id: str | None,
    as_ascii: bool,
    web: bool,
    port: int | None,
    web_host: str | None,
    others_act_as_me: bool,
) -> int:
    """Open the terminal program and return its exit code."""
    os.environ.setdefault("_RJEM_MALLOC_CONF", _GIVE_BACK)
    if as_ascii:
        os.environ["RUNG_ASCII"] = "1"
    if web:
        from rung_tui.web.serving import Asked, serve

        found = _workspace(workspace or folder)
        found.run(run_id or "latest").close()  # what cannot be opened is said here, not on a page
        serve(Asked(found.folder, run_id, _language(found), port or 0, web_host, others_act_as_me))
        return 0
    if port is not None or web_host is not None or others_act_as_me:
        raise RungError.of(_("--port, --web-host and --others-act-as-me go with --web."))
    _mind_terminal()
    found = _workspace(workspace or folder)
    run = found.run(run_id or "latest")
    return _shown(found, run)


def _mind_terminal() -> None:
    """Refuse where nothing can be drawn, and send no colours where none are known."""
    if os.environ.get("TEXTUAL_DRIVER"):
        return  # it draws to a browser
    if not (sys.stdin.isatty() and sys.__stderr__ is not None and sys.__stderr__.isatty()):
        raise RungError.of(
            _("The terminal program needs a terminal."),
            _("To see grades in a pipe: rung grade, rung explain, rung override list."),
        )
    kind = os.environ.get("TERM", "")
    if sys.platform != "win32" and kind in _NOT_DRAWN_ON:
        raise RungError.of(
            _("This terminal cannot be drawn on: TERM is “{kind}”.").format(kind=kind),
            _("If it can, say what it is: TERM=xterm rung review. Without it: rung grade, rung explain."),
        )
    if kind in _COLOURLESS:
        os.environ.setdefault("NO_COLOR", "1")


def _shown(found: Workspace, run: Run) -> int:
    """Run the program; what was typed and not recorded outlives whatever ends it."""
    from rung_tui.app import ReviewApp
    from rung_tui.drafts.keeper import Keeper
    from rung_tui.drafts.store import Store
    from rung_tui.preferences.settings import Settings
    from rung_tui.review import Review

    keeper = Keeper(Store(found.folder))
    settings = Settings.of(found.folder)
    if settings.wishes.ascii is not None:
        os.environ.setdefault("RUNG_ASCII", str(int(settings.wishes.ascii)))
    app = ReviewApp(Review(found, run), _language(found, settings.language), keeper, settings)
    code = None
    try:
        code = app.run(mouse=settings.wishes.mouse is not False)
    finally:
        keeper.end(is_done=code == 0)
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


def _language(workspace: Workspace, preferred: Language | None = None) -> Language:
    state = click.get_current_context().find_root().obj or {}
    if state.get("language_given"):
        return current_language()
    return preferred or workspace.language or current_language()
