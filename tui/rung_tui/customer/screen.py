"""One customer on a screen of its own, opened from the queue."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType

from rung_tui.acts import Act, bindings_of
from rung_tui.customer.page_acts import PAGE_ACTS
from rung_tui.customer.page_screen import CustomerPage
from rung_tui.language import _

if TYPE_CHECKING:
    from rung_tui.queue.screen import QueueScreen
    from rung_tui.review import Review

__all__ = ["CustomerScreen"]


class CustomerScreen(CustomerPage):
    """The customer under the queue's cursor; its neighbours are a key away."""

    ACTS: ClassVar[tuple[Act, ...]] = (
        Act("leave", lambda: _("Queue"), "escape"),
        *PAGE_ACTS,
        Act("step(1)", lambda: _("Next"), ". 。 ctrl+down"),
        Act("step(-1)", lambda: _("Previous"), ", ， ctrl+up"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(ACTS)]

    def __init__(self, review: Review, queue: QueueScreen, *, is_trying: bool = False) -> None:
        super().__init__(review, lambda: queue.current_row, self.read_ledger)
        self._queue = queue
        self.set_class(is_trying, "-trying")

    async def read_ledger(self) -> None:
        """Show what the ledger holds now, here and in the queue."""
        await self._queue.read_ledger()
        self.tell()

    def action_step(self, by: int) -> None:
        """Go to a neighbour in the queue."""
        self._queue.step(by)
        self.trial = None
        self.tell()
