"""One customer on a screen of its own, where there is no room beside the queue."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType

from rung.errors import RungError
from rung_tui.acts import Act, bindings_of
from rung_tui.customer.panel import CustomerPanel
from rung_tui.key_hints import KeyHints
from rung_tui.language import _
from rung_tui.overruling import Overruling

if TYPE_CHECKING:
    from rung_tui.queue.screen import QueueScreen
    from rung_tui.review import Review

__all__ = ["CustomerScreen"]


class CustomerScreen(Overruling):
    """The customer under the queue's cursor; its neighbours are a key away."""

    ACTS: ClassVar[tuple[Act, ...]] = (
        Act("leave", lambda: _("Queue"), "escape"),
        Act("override", lambda: _("Override"), "o f4"),
        Act("step(1)", lambda: _("Next"), ". 。 ctrl+n"),
        Act("step(-1)", lambda: _("Previous"), ", ， ctrl+b"),
        Act(
            "undo",
            lambda: _("Take back"),
            "u f9",
            hint=False,
            about=lambda: _("withdraw what you gave and is open"),
        ),
    )
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(ACTS)]

    def __init__(self, review: Review, queue: QueueScreen) -> None:
        super().__init__(review, lambda: queue.current_row, self.read_ledger)
        self._queue = queue

    def compose(self) -> ComposeResult:
        """Lay out the page."""
        yield CustomerPanel(widget_id="page")
        yield KeyHints()

    def on_mount(self) -> None:
        """Explain the customer."""
        self._tell()

    def relabel(self) -> None:
        """Write everything anew, in the language of now."""
        self.query_one(CustomerPanel).relabel()
        self.query_one(KeyHints).refresh()

    async def read_ledger(self) -> None:
        """Show what the ledger holds now, here and in the queue."""
        await self._queue.read_ledger()
        self._tell()

    def action_step(self, by: int) -> None:
        """Go to a neighbour in the queue."""
        self._queue.step(by)
        self._tell()

    def action_leave(self) -> None:
        """Go back to the queue."""
        self.app.pop_screen()

    @work(group="tell", exclusive=True)
    async def _tell(self) -> None:
        row, panel = self.current_row, self.query_one(CustomerPanel)
        if row is None:
            panel.say(_("No customer."))
            return
        try:
            panel.tell(await self.review.telling(lambda: self.review.tell(row.number)))
        except RungError as error:
            panel.say(str(error))
