"""What the queue shows of the run: views, filter and sort, wished for by keys, worked out beside."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from textual import on
from textual.timer import Timer
from textual.widgets import Input

from rung_tui.language import _
from rung_tui.overruling import Overruling
from rung_tui.prompt import Prompt
from rung_tui.queue.arranger import SupersededError
from rung_tui.queue.bars import StatusBar, ViewBar
from rung_tui.queue.columns import SORTABLE
from rung_tui.queue.rows import QueueRow
from rung_tui.queue.table import QueueTable
from rung_tui.queue.wish import Arrangement, Sort, View, Wish
from rung_tui.table import Arranged, RowSource, SortSign, VirtualTable
from rung_tui.working import work

if TYPE_CHECKING:
    from rung_tui.review import Review

__all__ = ["Arranging"]

_NOTICED: Final = 0.15
# Seconds after which work under way is worth a word.
_FORGOTTEN: Final = 20
# Seconds after a filter was closed that it is taken to be no more wanted.


class Arranging(Overruling):
    """A screen with a table of the run's customers, some of them, in some order."""

    def __init__(self, review: Review, show_ledger: Callable[[], Awaitable[None]]) -> None:
        super().__init__(review, lambda: self.table.current, show_ledger)
        self._empty = ""
        self._wanted: int | None = None
        """The customer to go to in what is arranged next, by place in the run."""
        self._forgetting: Timer | None = None
        self.begin_arranging()

    def begin_arranging(self) -> None:
        """Begin with every customer, as the run has them."""
        self._wish = Wish()
        self._arrangement = Arrangement(self._wish, None)

    @property
    def table(self) -> QueueTable:
        """The table of customers."""
        return self.query_one(QueueTable)

    @property
    def status(self) -> StatusBar:
        """The line below the table."""
        return self.query_one(StatusBar)

    def _want(self, wish: Wish, *, keep: bool = False) -> None:
        self._wish = wish
        self.query_one(ViewBar).view = wish.view
        self.query_one(ViewBar).refresh()
        self._arrange(wish, keep)

    @work(group="arrange", exclusive=True)
    async def _arrange(self, wish: Wish, keep: bool) -> None:
        self._say_after(_NOTICED, _("Working…"))
        try:
            found = await self.review.arranging(
                lambda: self.review.arranger.arrange(wish, lambda: self._wish is wish)
            )
        except SupersededError:
            return
        except Exception as error:
            self._say("")
            self.refuse(error)
            return
        self._say("")
        self._show(found, keep)

    @work(group="say", exclusive=True)
    async def _say_after(self, seconds: float, word: str) -> None:
        await asyncio.sleep(seconds)
        self.status.work = word
        self.status.refresh()

    def _say(self, word: str) -> None:
        self.workers.cancel_group(self, "say")
        self.status.work = word
        self.status.refresh()

    def _show(self, found: Arrangement, keep: bool) -> None:
        before, current = self._arrangement, self.table.current
        self._arrangement = found
        self._empty = found.note or _("No customer is like that.")
        self.review.columns.before = found.before
        self.table.set_columns(self.review.columns.columns())
        source: RowSource[QueueRow] = self.review.rows
        if found.order is not None:
            source = Arranged(self.review.rows, found.order)
        # Back at the whole run, or after a save, one still wants the customer one was at.
        widened = keep or (
            found.wish.view is View.ALL and not found.wish.text and before.wish.sort == found.wish.sort
        )
        at = self._wanted
        if at is None and widened and current is not None:
            at = current.number
        self._wanted = None
        cursor = 0 if at is None else self._place_of(at, found)
        sort = found.wish.sort
        sign = None if sort is None else (sort.column, SortSign.DOWN if sort.descending else SortSign.UP)
        self.table.show(source, cursor=cursor, sorted_by=sign)
        self.status.arrangement, self.status.shown = found, len(source)
        self.status.place = self.table.cursor
        self.status.refresh()

    def _place_of(self, number: int, found: Arrangement) -> int:
        if found.order is None:
            return number
        return Arranged(self.review.rows, found.order).place_of(number) or 0

    def go_to_customer(self, number: int) -> None:
        """Put the cursor on a customer; who is not shown brings everybody back."""
        found = self._arrangement
        self._let_go_later()
        if found.order is None and not found.note:
            self.table.cursor = number
            return
        place = None if found.order is None else Arranged(self.review.rows, found.order).place_of(number)
        if place is not None:
            self.table.cursor = place
            return
        self._wanted = number
        self.remove_class("-filtering")
        with self.prevent(Input.Changed):
            self.query_one("#filter", Prompt).value = ""
        self._want(Wish(sort=self._wish.sort))

    def action_view(self, name: str) -> None:
        """Show a ready view."""
        if name == View.MINE and not self.review.has_own:
            self.notify(_("No customer of this run is yours by the ledger or rung.toml."), markup=False)
            return
        self._want(Wish(View(name), self._wish.text, self._wish.sort))

    def action_filter(self) -> None:
        """Begin to type a filter."""
        self._keep()
        self._make_ready()
        self.add_class("-filtering")
        self.query_one("#filter", Prompt).focus()

    @work(group="ready", exclusive=True)
    async def _make_ready(self) -> None:
        with suppress(Exception):  # what is wrong is told as soon as a letter is typed
            await self.review.arranging(self.review.arranger.prepare)

    def _let_go_later(self) -> None:
        """Give the filter's memory back once it has not been used for a while."""
        self._keep()
        self._forgetting = self.set_timer(_FORGOTTEN, self._let_go)

    def _keep(self) -> None:
        if self._forgetting is not None:
            self._forgetting.stop()
            self._forgetting = None

    @work(group="ready", exclusive=True)
    async def _let_go(self) -> None:
        await self.review.arranging(self.review.arranger.let_go)

    @on(Input.Changed, "#filter")
    def _typed(self, event: Input.Changed) -> None:
        self._want(Wish(self._wish.view, event.value, self._wish.sort))

    @on(Input.Submitted, "#filter")
    def _done_typing(self) -> None:
        self.table.focus()

    def action_sort(self) -> None:
        """Choose a column to sort by."""
        from rung_tui.chooser import Choice, Chooser

        def choices() -> list[Choice]:
            titles = {column.id: column.title() for column in self.review.columns.columns()}
            found = [Choice("", _("as the run has them"))]
            for column in SORTABLE:
                if column in titles:
                    found.append(Choice(f"{column} up", f"{titles[column]} ▲"))
                    found.append(Choice(f"{column} down", f"{titles[column]} ▼"))
            return found

        def sort(chosen: str | None) -> None:
            if chosen is not None:
                column, _blank, way = chosen.partition(" ")
                self._sort_by(Sort(column, way == "down") if column else None)

        self.app.push_screen(Chooser(lambda: _("Sort by"), choices), sort)

    @on(VirtualTable.HeaderPressed)
    def _header(self, event: VirtualTable.HeaderPressed) -> None:
        if event.column not in SORTABLE:
            return
        now = self._wish.sort
        if now is None or now.column != event.column:
            self._sort_by(Sort(event.column, event.column == "score"))
        else:
            first = event.column == "score"
            self._sort_by(None if now.descending is not first else Sort(event.column, not first))

    def _sort_by(self, sort: Sort | None) -> None:
        self._want(Wish(self._wish.view, self._wish.text, sort))

    def action_cancel(self) -> None:
        """Stop what is being worked at."""
        self.workers.cancel_group(self, "arrange")
        self._wish = self._arrangement.wish
        self.query_one(ViewBar).view = self._wish.view
        self.query_one(ViewBar).refresh()
        self._say("")
