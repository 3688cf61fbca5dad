"""Makes the mode's screen: what was found there before is there again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rung_tui.plugins.desk import PluginsDesk
from rung_tui.plugins.screen import PluginsScreen

if TYPE_CHECKING:
    from rung_tui.app import ReviewApp

__all__ = ["plugins_screen"]


def plugins_screen(app: ReviewApp) -> PluginsScreen:
    """Return the plugins as the workspace of the run on screen sees them."""
    desk = app.desks.get(PluginsScreen.MODE)
    if not isinstance(desk, PluginsDesk):
        desk = app.desks[PluginsScreen.MODE] = PluginsDesk.of(app.review_now.workspace)
    return PluginsScreen(desk, app.review_now)
