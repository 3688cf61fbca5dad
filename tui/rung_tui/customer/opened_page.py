"""One customer's page opened from a mode, in the run the mode asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rung_tui.customer.page_screen import CustomerPage

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from rung_tui.queue.rows import QueueRow
    from rung_tui.review import Review

__all__ = ["OpenedPage"]


class OpenedPage(CustomerPage):
    """Why the customer has the grade, with everything on its page."""

    def __init__(self, review: Review, row: QueueRow, reread: Callable[[], Awaitable[None]]) -> None:
        super().__init__(review, lambda: row, self._reread_all)
        self._reread = reread

    async def _reread_all(self) -> None:
        await self._reread()
        self.tell()
