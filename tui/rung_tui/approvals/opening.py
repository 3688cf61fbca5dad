"""Makes the mode's screen: marks, notes and the view are there again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rung_tui.approvals.desk import ApprovalsDesk
from rung_tui.approvals.screen import ApprovalsScreen

if TYPE_CHECKING:
    from rung_tui.app import ReviewApp

__all__ = ["approvals_screen"]


def approvals_screen(app: ReviewApp) -> ApprovalsScreen:
    """Return what awaits decisions in the workspace."""
    review = app.review_now
    desk = app.desks.get(ApprovalsScreen.MODE)
    if not isinstance(desk, ApprovalsDesk):
        desk = ApprovalsDesk.of(review.workspace)
        app.desks[ApprovalsScreen.MODE] = desk
    return ApprovalsScreen(desk, review)
