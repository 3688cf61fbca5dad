"""Makes the mode's screen: what was looked for there before is there again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rung_tui.journal.desk import JournalDesk
from rung_tui.journal.screen import JournalScreen

if TYPE_CHECKING:
    from rung_tui.app import ReviewApp

__all__ = ["journal_screen"]


def journal_screen(app: ReviewApp) -> JournalScreen:
    """Return the runs of the workspace and what is on record there."""
    desk = app.desks.get(JournalScreen.MODE)
    if not isinstance(desk, JournalDesk):
        desk = app.desks[JournalScreen.MODE] = JournalDesk.of(app.review_now.workspace)
    return JournalScreen(desk, app.review_now)
