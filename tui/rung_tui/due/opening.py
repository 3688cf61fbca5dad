"""Opens the mode over whatever is on screen, and hands what was recorded there back to the queue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rung.errors import RungError
from rung_tui.due.desk import DueDesk
from rung_tui.due.screen import DueScreen
from rung_tui.queue.screen import QueueScreen

if TYPE_CHECKING:
    from rung_tui.app import ReviewApp

__all__ = ["open_due"]


def open_due(app: ReviewApp) -> None:
    """Show what is due by the policy of the run on screen; what was typed there before is there again."""
    review = app.review_now
    if app.due is None:
        app.due = DueDesk.of(review.workspace, review.manifest.policy.id)
    desk = app.due

    def left(_result: None) -> None:
        queues = [screen for screen in app.screen_stack if isinstance(screen, QueueScreen)]
        if desk.has_changed and queues:
            desk.has_changed = False
            app.run_worker(_reread(queues[0]), group="read")

    app.push_screen(DueScreen(desk, review), left)


async def _reread(queue: QueueScreen) -> None:
    """Have the queue show the grades with what the contacts taught."""
    try:
        await queue.read_ledger()
    except RungError as error:
        queue.refuse(error)
