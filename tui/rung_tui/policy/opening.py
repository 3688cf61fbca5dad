"""Makes the mode's screen: a change begun there before, or before a crash, is there again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rung_tui.policy.desk import PolicyDesk
from rung_tui.policy.screen import PolicyScreen

if TYPE_CHECKING:
    from rung_tui.app import ReviewApp

__all__ = ["policy_screen"]


def policy_screen(app: ReviewApp) -> PolicyScreen:
    """Return the policy of the run on screen."""
    review = app.review_now
    stamp = (review.manifest.run_id, review.manifest.policy.id)
    desk = app.desks.get(PolicyScreen.MODE)
    if not isinstance(desk, PolicyDesk) or (desk.run_id, desk.of_run) != stamp:
        if desk is not None:
            # What was changed there is on disk, and comes back with its run.
            app.run_worker(desk.close, thread=True, group="close")
        desk = PolicyDesk.of(review.workspace, *stamp)
        app.desks[PolicyScreen.MODE] = desk
    return PolicyScreen(desk, review)
