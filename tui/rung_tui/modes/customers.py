"""How a customer's page is opened from a mode: in the run on screen, or in another kept open meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from textual.app import App

from rung_tui.language import _, spoken, words
from rung_tui.queue.rows import QueueRow
from rung_tui.queue.screen import QueueScreen

if TYPE_CHECKING:
    from rung.text import Text
    from rung_tui.review import Review

__all__ = ["CustomerPages", "not_in_run"]


def not_in_run(customer: str, policies: Iterable[Text]) -> str:
    """Return that the last runs by some policies do not hold a customer."""
    named = _(", ").join(dict.fromkeys(map(words, policies)))
    if not named:
        return _("{customer} cannot be shown: nobody has been graded here yet.").format(customer=customer)
    return _("{customer} is not in the last run by: {policies}.").format(customer=customer, policies=named)


class CustomerPages:
    """The pages opened from one screen, and the runs opened for them beside the one on screen."""

    def __init__(self, shown: Review) -> None:
        self._shown = shown
        self._kept: dict[str, Review] = {}

    async def open(
        self, app: App[Any], run_id: str, customer: str, then: Callable[[], object] = lambda: None
    ) -> bool:
        """Open the customer's page as the run has it; return False where the run does not hold the customer.

        ``then`` is called after each act recorded on the page. Raises RungError where the run cannot be read.
        """
        from rung_tui.customer.opened_page import OpenedPage

        review = await self._review(run_id)
        row = await review.telling(lambda: _row_of(review, customer))
        if row is None:
            return False

        async def reread() -> None:
            await _reread(app, review)
            then()

        app.push_screen(OpenedPage(review, row, reread))
        return True

    def close(self) -> None:
        """Give the runs back that were opened for a customer's page."""
        for review in self._kept.values():
            review.close()

    async def _review(self, run_id: str) -> Review:
        if run_id == self._shown.manifest.run_id:
            return self._shown
        found = self._kept.get(run_id)
        if found is None:
            found = await self._shown.telling(lambda: _opened(self._shown, run_id))
            self._kept[run_id] = found
        return found


def _opened(shown: Review, run_id: str) -> Review:
    from rung_tui.review import Review

    spoken()
    opened = Review(shown.workspace, shown.workspace.run(run_id))
    opened.drafts = shown.drafts
    opened.lay_over(opened.read_ledger())
    return opened


def _row_of(review: Review, customer: str) -> QueueRow | None:
    number = review.run.results.find("customer_id", customer)
    return None if number is None else review.rows.page(number, 1)[0]


async def _reread(app: App[Any], review: Review) -> None:
    """Show what the ledger holds now: in the queue, where the run is the queue's."""
    for screen in app.screen_stack:
        if isinstance(screen, QueueScreen) and screen.review is review:
            await screen.read_ledger()
            return
    standings = await review.arranging(review.read_ledger)
    await review.arranging(lambda: review.lay_over(standings))
