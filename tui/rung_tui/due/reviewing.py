"""The run in which a customer's page is read: the one on screen, or another policy's last."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.app import App

from rung_tui.language import spoken
from rung_tui.queue.rows import QueueRow
from rung_tui.queue.screen import QueueScreen

if TYPE_CHECKING:
    from rung_tui.review import Review

__all__ = ["reread", "review_of", "row_of"]


async def review_of(shown: Review, kept: dict[str, Review], run_id: str) -> Review:
    """Return a run open for review: the one on screen if it is that, else one kept for the mode."""
    if run_id == shown.manifest.run_id:
        return shown
    found = kept.get(run_id)
    if found is None:
        found = await shown.telling(lambda: _opened(shown, run_id))
        kept[run_id] = found
    return found


def _opened(shown: Review, run_id: str) -> Review:
    from rung_tui.review import Review

    spoken()
    opened = Review(shown.workspace, shown.workspace.run(run_id))
    opened.drafts = shown.drafts
    opened.lay_over(opened.read_ledger())
    return opened


def row_of(review: Review, customer: str) -> QueueRow | None:
    """Return a customer's row of a run, None where the run does not hold it."""
    number = review.run.results.find("customer_id", customer)
    return None if number is None else review.rows.page(number, 1)[0]


async def reread(app: App[Any], review: Review) -> None:
    """Show what the ledger holds now: in the queue, where the run is the queue's."""
    for screen in app.screen_stack:
        if isinstance(screen, QueueScreen) and screen.review is review:
            await screen.read_ledger()
            return
    standings = await review.arranging(review.read_ledger)
    await review.arranging(lambda: review.lay_over(standings))
