"""Makes the mode's screen: the view and the runs chosen before are there again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rung_tui.monitor.desk import MonitorDesk
from rung_tui.monitor.screen import MonitorScreen

if TYPE_CHECKING:
    from rung_tui.app import ReviewApp

__all__ = ["monitor_screen"]


def monitor_screen(app: ReviewApp) -> MonitorScreen:
    """Return the monitor of the policy of the run on screen."""
    review = app.review_now
    desk, run_id = app.desks.get(MonitorScreen.MODE), review.manifest.run_id
    if not isinstance(desk, MonitorDesk):
        desk = MonitorDesk.of(review.workspace, run_id)
        app.desks[MonitorScreen.MODE] = desk
    elif desk.opened_over != run_id:
        desk.look_at(run_id)
    desk.found.clear()
    return MonitorScreen(desk, review)
