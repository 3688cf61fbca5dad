"""Goes from one mode to another, and hands what was recorded in one back to the queue."""

from __future__ import annotations

from asyncio import to_thread
from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Any

from rung.errors import RungError
from rung_tui.chooser import Choice, Chooser
from rung_tui.language import _
from rung_tui.modes.loading import Loading
from rung_tui.modes.mode import MODES, QUEUE, Mode, mode_of
from rung_tui.modes.screen import ModeScreen
from rung_tui.queue.screen import QueueScreen

if TYPE_CHECKING:
    from rung_tui.app import ReviewApp

__all__ = ["choose_mode", "go_to", "mode_shown"]

_Opener = Callable[["ReviewApp"], ModeScreen[Any]]
_openers: dict[str, _Opener] = {}
# What makes the screens of the modes opened so far.


def mode_shown(app: ReviewApp) -> str:
    """Return the id of the mode the program is in."""
    found = [screen.MODE for screen in app.screen_stack if isinstance(screen, ModeScreen)]
    return found[-1] if found else QUEUE.id


def go_to(app: ReviewApp, mode_id: str) -> None:
    """Show a mode instead of the one shown; what was typed in that stays on its desk.

    Raises RungError where the mode cannot be opened; one stays where one is then.
    """
    mode = mode_of(mode_id)
    if not mode.made_by or mode.id in _openers:
        _show(app, _openers.get(mode.id))
        return
    loading = Loading()
    app.push_screen(loading)
    app.run_worker(_load(app, mode, loading), group="open", exclusive=True)


async def _load(app: ReviewApp, mode: Mode, loading: Loading) -> None:
    """Load a mode for the first time and show it, unless another was asked for meanwhile."""
    _openers[mode.id] = await to_thread(_opener, mode)
    if loading not in app.screen_stack:
        return
    try:
        _show(app, _openers[mode.id])
    except RungError as error:
        loading.dismiss(None)
        app.notify(str(error), severity="error", markup=False, timeout=12)
    loading.hand_on(app)


def _opener(mode: Mode) -> _Opener:
    module, _sign, name = mode.made_by.partition(":")
    found: _Opener = getattr(import_module(module), name)
    return found


def _show(app: ReviewApp, opener: _Opener | None) -> None:
    screen = None if opener is None else opener(app)
    if app.keeper is not None:
        app.keeper.hand_over()
    while len(app.screen_stack) > 1:
        app.screen.dismiss(None)
    if screen is not None:
        app.push_screen(screen, lambda _result: _left(app, screen))


def choose_mode(app: ReviewApp) -> None:
    """Ask which mode to go to."""

    def chosen(mode_id: str | None) -> None:
        if mode_id is not None and mode_id != mode_shown(app):
            app.action_mode(mode_id)

    def choices() -> list[Choice]:
        return [Choice(mode.id, f"{mode.keys[0]} {mode.title()}", mode.about()) for mode in MODES]

    app.push_screen(Chooser(lambda: _("Modes"), choices, mode_shown(app)), chosen)


def _left(app: ReviewApp, screen: ModeScreen[Any]) -> None:
    queues = [each for each in app.screen_stack if isinstance(each, QueueScreen)]
    if screen.desk.has_changed and queues:
        screen.desk.has_changed = False
        app.run_worker(_reread(queues[0]), group="read")


async def _reread(queue: QueueScreen) -> None:
    """Have the queue show the grades with what was recorded meanwhile."""
    try:
        await queue.read_ledger()
    except RungError as error:
        queue.refuse(error)
