"""The part of the mode's screen that marks: what bears a mark is decided together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on

from rung_tui.approvals.listing import Listing
from rung_tui.approvals.reading import ApprovalsReading
from rung_tui.approvals.rows import Listed
from rung_tui.approvals.wish import View
from rung_tui.key_hints import KeyHints
from rung_tui.language import _
from rung_tui.table import VirtualTable

if TYPE_CHECKING:
    from rung.workspace.deciders import Waiting

__all__ = ["ApprovalsMarking"]


class ApprovalsMarking(ApprovalsReading):
    """A screen on whose list proposals bear marks; they stay when another view is shown."""

    def action_mark(self) -> None:
        """Mark the proposal under the cursor, or take its mark, and go on."""
        listed = self.table.current
        if listed is not None:
            self._mark(listed)
            self.table.cursor += 1

    @on(VirtualTable.MarkPressed)
    def _mark_pressed(self, event: VirtualTable.MarkPressed) -> None:
        self.table.cursor = event.place
        listed = self.table.current
        if listed is not None:
            self._mark(listed)

    def _mark(self, listed: Listed) -> None:
        if listed.record.id in self.desk.marked:
            del self.desk.marked[listed.record.id]
        else:
            self.desk.marked[listed.record.id] = listed.record
        self._show_marks()

    def action_mark_all(self) -> None:
        """Mark everything of the view that one may decide, of one's own everything; or take all marks."""
        listing = self.desk.listing
        if self.desk.marked:
            self.action_unmark()
        elif listing is not None:
            self.desk.marked.update((each.record.id, each.record) for each in _free(listing))
            if not self.desk.marked:
                self.notify(_("Nothing here awaits your decision."), markup=False)
            self._show_marks()

    def action_unmark(self) -> None:
        """Take all marks."""
        self.desk.marked.clear()
        self._show_marks()

    def _show_marks(self) -> None:
        self.table.refresh()
        self.status.refresh()
        self.query_one(KeyHints).refresh()


def _free(listing: Listing) -> list[Waiting]:
    is_mine = listing.wish.view is View.MINE
    left = (each for each in listing.found if each.record.id not in listing.done)
    return [each for each in left if each.may_decide or is_mine]
