"""Marks customers in the queue, one by one or all that are shown; they stay marked in any order or filter."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on

from rung_tui.marks.marks import Marks
from rung_tui.queue.arranging import Arranging
from rung_tui.queue.places import Places
from rung_tui.queue.wish import View
from rung_tui.table import VirtualTable
from rung_tui.working import work

__all__ = ["Marking"]


class Marking(Arranging):
    """A screen whose customers can be marked."""

    _last_marked: int | None = None
    """Where the last mark was set or taken away, in the order on screen."""

    def action_mark(self) -> None:
        """Mark the customer under the cursor, or take the mark away, and go on to the next."""
        row = self.table.current
        if row is None:
            return
        self.review.marks.toggle(row.number)
        self._last_marked = self.table.cursor
        self.table.cursor += 1
        self.marks_changed()

    def action_mark_on(self, by: int) -> None:
        """Mark the customer under the cursor and the next, in either direction."""
        for step in (0, by):
            self.table.cursor += step
            row = self.table.current
            if row is not None:
                self.review.marks.put(row.number, is_marked=True)
        self._last_marked = self.table.cursor
        self.marks_changed()

    @on(VirtualTable.MarkPressed)
    def _pressed(self, event: VirtualTable.MarkPressed) -> None:
        last = self._last_marked
        self.table.cursor = event.place
        if event.to_here and last is not None:
            self._mark_between(min(last, event.place), max(last, event.place))
        elif (row := self.table.current) is not None:
            self.review.marks.toggle(row.number)
            self.marks_changed()
        self._last_marked = event.place

    @work(group="mark", exclusive=True)
    async def _mark_between(self, first: int, last: int) -> None:
        source, marks = self.table.source, self.review.marks

        def mark() -> None:
            for row in source.page(first, last - first + 1):
                marks.put(row.number, is_marked=True)

        await self._marking(mark)

    @work(group="mark", exclusive=True)
    async def action_mark_all(self) -> None:
        """Mark everybody shown."""
        await self._marking(lambda: self.review.marks.add(self._shown_flags()))

    @work(group="mark", exclusive=True)
    async def action_mark_invert(self) -> None:
        """Mark of those shown who is not marked, and nobody else of them."""
        await self._marking(lambda: self.review.marks.invert(self._shown_flags()))

    def action_mark_clear(self) -> None:
        """Take every mark away; one view of them alone is left then."""
        self.review.marks.clear()
        self._last_marked = None
        self.marks_changed()
        if self._wish.view is View.MARKED:
            self.action_view(View.ALL.value)

    async def _marking(self, change: object) -> None:
        assert callable(change)
        try:
            await self.review.arranging(change)
        except Exception as error:
            self.refuse(error)
        self.marks_changed()

    def _shown_flags(self) -> bytes | None:
        order = self._arrangement.order
        if order is None:
            return bytes(self.review.marks.rows) if self._arrangement.note else None
        if isinstance(order, Places):
            return order.flags(self.review.marks.rows)
        shown = bytearray(self.review.marks.rows)
        for number in order:
            shown[number] = 1
        return bytes(shown)

    @work(group="mark", exclusive=True)
    async def action_next_mark(self, direction: int) -> None:
        """Put the cursor on the next marked customer shown, in either direction."""
        at, order = self.table.cursor, self._arrangement.order
        place = await self.review.arranging(lambda: _next(self.review.marks, order, at, direction))
        if place is not None:
            self.table.cursor = place

    def marks_changed(self) -> None:
        """Draw the marks and their number, and offer what can be done with them."""
        self.table.refresh()
        self.status.refresh()
        self.refresh_bindings()
        for widget in self.query("KeyHints"):
            widget.refresh()

    def action_marked(self) -> None:
        """Show only the marked, or everybody again."""
        is_there = self._wish.view is View.MARKED
        self.action_view((View.ALL if is_there else View.MARKED).value)


def _next(marks: Marks, order: Sequence[int] | None, at: int, direction: int) -> int | None:
    """Return the place of the mark next to another place, None where there is none."""
    flags = marks.flags()
    if order is not None:
        flags = bytes(map(flags.__getitem__, order))
    found = flags.find(1, at + 1) if direction > 0 else flags.rfind(1, 0, at)
    return found if found >= 0 else None
