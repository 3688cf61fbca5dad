"""Makes the mode's screen: what was typed there before is there again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rung_tui.records.desk import RecordsDesk
from rung_tui.records.screen import RecordsScreen

if TYPE_CHECKING:
    from rung_tui.app import ReviewApp

__all__ = ["records_screen"]


def records_screen(app: ReviewApp) -> RecordsScreen:
    """Return the records of the workspace of the run on screen."""
    review = app.review_now
    desk = app.desks.get(RecordsScreen.MODE)
    if not isinstance(desk, RecordsDesk):
        desk = RecordsDesk.of(review.workspace)
        app.desks[RecordsScreen.MODE] = desk
    return RecordsScreen(desk, review)
