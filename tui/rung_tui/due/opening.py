"""Makes the mode's screen: what was typed there before is there again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rung_tui.due.desk import DueDesk
from rung_tui.due.screen import DueScreen

if TYPE_CHECKING:
    from rung_tui.app import ReviewApp

__all__ = ["due_screen"]


def due_screen(app: ReviewApp) -> DueScreen:
    """Return what is due by the policy of the run on screen."""
    review = app.review_now
    desk = app.desks.get(DueScreen.MODE)
    if not isinstance(desk, DueDesk):
        desk = DueDesk.of(review.workspace, review.manifest.policy.id)
        app.desks[DueScreen.MODE] = desk
    return DueScreen(desk, review)
