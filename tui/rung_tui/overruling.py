"""What screens that show a customer share: to override its grade, take that back, say what went wrong."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from textual import work
from textual.screen import Screen

from rung.errors import RungError
from rung_tui.language import _, words

if TYPE_CHECKING:
    from rung.ledger import InputRecord
    from rung_tui.queue.rows import QueueRow
    from rung_tui.review import Review

__all__ = ["Overruling"]


class Overruling(Screen[None]):
    """A screen with a customer at hand.

    ``at_hand`` gives the customer acts are about; ``show_ledger`` shows what the ledger holds after one.
    """

    def __init__(
        self,
        review: Review,
        at_hand: Callable[[], QueueRow | None],
        show_ledger: Callable[[], Awaitable[None]],
    ) -> None:
        super().__init__()
        self.review = review
        self._at_hand, self._show_ledger = at_hand, show_ledger

    @property
    def current_row(self) -> QueueRow | None:
        """The customer acts are about."""
        return self._at_hand()

    def refuse(self, error: Exception) -> None:
        """Say what went wrong, in a notice that takes no focus."""
        self.notify(str(error) or type(error).__name__, severity="error", markup=False, timeout=12)

    @work(group="override", exclusive=True)
    async def action_override(self) -> None:
        """Open the dialog for the customer at hand, and record what it gives."""
        from rung_tui.override.dialog import OverrideDialog

        row, review = self.current_row, self.review
        if row is None:
            return
        try:
            ground = await review.telling(lambda: review.ground(row.id))
            told = await review.telling(lambda: review.tell(row.number))
        except RungError as error:
            self.refuse(error)
            return
        recorded = await self.app.push_screen_wait(OverrideDialog(review, ground, told))
        if recorded is None:
            return
        self.notify(_("Recorded as {id}. u takes it back.").format(id=recorded.id), markup=False, timeout=6)
        try:
            await self._show_ledger()
        except RungError as error:
            self.refuse(error)

    @work(group="override", exclusive=True)
    async def action_undo(self) -> None:
        """Take back something of one's own that is open about the customer, once that is confirmed."""
        from rung_tui.chooser import Choice, Chooser

        row, review = self.current_row, self.review
        if row is None:
            return
        try:
            mine = await review.telling(lambda: review.own_open(row.id))
        except RungError as error:
            self.refuse(error)
            return
        if not mine:
            self.notify(_("You have nothing open about this customer."), markup=False)
            return

        def names() -> list[Choice]:
            return [Choice(each.id, _taking_back(each), each.narrative) for each in mine]

        chosen = await self.app.push_screen_wait(Chooser(lambda: _("Take back"), names))
        if chosen is None:
            return
        try:
            await review.arranging(lambda: review.withdraw(chosen))
            await self._show_ledger()
        except RungError as error:
            self.refuse(error)
            return
        self.notify(_("{id} is taken back.").format(id=chosen), markup=False)


def _taking_back(made: InputRecord) -> str:
    told = {"id": made.id, "old": made.model_grade or _("none"), "new": made.proposed_grade or _("none")}
    if made.kind.value == "override":
        return _("Take back {id}: {old} → {new}").format(**told)
    return _("Take back {id}, a {kind}: {old} → {new}").format(kind=words(made.kind.words), **told)
