"""One customer opened from what is due: its page, from the last run by the policy that promised."""

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
    from collections.abc import Awaitable, Callable

    from rung_tui.queue.rows import QueueRow
    from rung_tui.review import Review

__all__ = ["DueCustomer"]


class DueCustomer(Overruling):
    """Why the customer has the grade, with everything on its page."""

    ACTS: ClassVar[tuple[Act, ...]] = (
        Act("leave", lambda: _("Back"), "escape"),
        Act("override", lambda: _("Override"), "o f4"),
        Act(
            "undo",
            lambda: _("Take back"),
            "u f9",
            hint=False,
            about=lambda: _("withdraw what you gave and is open"),
        ),
    )
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(ACTS)]
    DEFAULT_CSS = """
    DueCustomer { background: $background; color: $foreground; }
    """

    def __init__(self, review: Review, row: QueueRow, reread: Callable[[], Awaitable[None]]) -> None:
        super().__init__(review, lambda: row, self._reread_all)
        self._row, self._reread = row, reread

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

    async def _reread_all(self) -> None:
        await self._reread()
        self._tell()

    def action_leave(self) -> None:
        """Go back to what is due."""
        self.app.pop_screen()

    @work(group="tell", exclusive=True)
    async def _tell(self) -> None:
        panel, review, number = self.query_one(CustomerPanel), self.review, self._row.number
        try:
            panel.tell(await review.telling(lambda: review.tell(number)))
        except RungError as error:
            panel.say(str(error))
