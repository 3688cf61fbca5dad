"""The queue's screen: views, filter, table, the customer beside it where there is room."""

from __future__ import annotations

import asyncio
import gc
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.message import Message

from rung.errors import RungError
from rung_tui.acts import Act, bindings_of
from rung_tui.chinese.tables import learned
from rung_tui.customer.panel import CustomerPanel
from rung_tui.key_hints import KeyHints
from rung_tui.language import _
from rung_tui.modes.bar import TALL, ModeBar
from rung_tui.panes.acting import PaneActing
from rung_tui.prompt import Prompt
from rung_tui.queue.acts import ACTS
from rung_tui.queue.bars import StatusBar, TitleBar, ViewBar
from rung_tui.queue.rows import QueueRow
from rung_tui.queue.table import QueueTable
from rung_tui.queue.wish import View, Wish
from rung_tui.table import VirtualTable
from rung_tui.working import work

if TYPE_CHECKING:
    from rung_tui.review import Review

__all__ = ["QueueScreen"]

_BESIDE: Final = 110
"""Columns from which a customer is shown beside the queue."""
_SETTLED: Final = 0.08
# Seconds the cursor rests before the customer under it is explained.


class QueueScreen(PaneActing):
    """Every customer of the run."""

    ACTS: ClassVar[tuple[Act, ...]] = ACTS
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(ACTS)]
    VERTICAL_BREAKPOINTS = TALL
    DEFAULT_CSS = """
    QueueScreen #filter { display: none; }
    QueueScreen.-filtering #filter { display: block; }
    QueueScreen #beside { width: 46%; display: none; }
    QueueScreen.-beside #beside { display: block; }
    QueueScreen Horizontal { height: 1fr; }
    """

    @dataclass
    class GivenUp(Message):
        """The program cannot go on."""

        error: RungError

    def __init__(self, review: Review) -> None:
        super().__init__(review, self.read_ledger)
        self.has_read_all = False
        """Whether policy and ledger were read."""

    def compose(self) -> ComposeResult:
        """Lay out the lines and the table."""
        yield ModeBar()
        yield TitleBar(self.review)
        yield ViewBar(self.review)
        yield Prompt(id="filter", placeholder="", select_on_focus=False)
        with Horizontal():
            yield QueueTable(
                self.review.columns.columns(), self.review.rows, self.review.marks, empty=lambda: self._empty
            )
            panel = CustomerPanel(widget_id="beside")
            panel.add_class("-beside")
            yield panel
        yield StatusBar(self.review)
        yield KeyHints()

    @property
    def panel(self) -> CustomerPanel:
        """The customer beside the table."""
        return self.query_one("#beside", CustomerPanel)

    def on_mount(self) -> None:
        """Paint first; what the first sight does not need is read after."""
        self._begin()

    def _begin(self) -> None:
        self.table.focus()
        self._name_filter()
        self.remember_columns()
        self.lay_panes()
        self.set_timer(0.05, self._read_more)

    def relabel(self) -> None:
        """Write everything anew, in the language of now."""
        self._name_filter()
        self.table.relabel()
        self.panel.relabel()
        self.refresh(recompose=False)
        for widget in self.query("Bar"):
            widget.refresh()

    def _name_filter(self) -> None:
        self.query_one("#filter", Prompt).placeholder = _(
            "name, id, grade:A or reason:… — every word must be found"
        )

    @property
    def _is_typing(self) -> bool:
        return isinstance(self.focused, Prompt)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to go from the filter to the list where the keys go to the filter."""
        if action == "to_list":
            return self._is_typing
        return super().check_action(action, parameters)

    def offers(self, action: str) -> bool:
        """Offer where a filter is typed what the keys do there, and only there to go back."""
        return action not in (("open",) if self._is_typing else ("back",))

    def action_to_list(self) -> None:
        """Go from the filter to the customers it leaves."""
        self.table.focus()

    # What is read after the first paint

    @work(group="read")
    async def _read_more(self) -> None:
        review = self.review
        try:
            review.columns.reason_words = await review.arranging(review.read_policy)
            self.table.relabel()
            await self.read_ledger()
            await review.arranging(review.read_own)
            await review.arranging(learned)  # now: a list typed in need not wait for them
        except RungError as error:
            # Grades without what people laid over them, or without a policy to explain them, would mislead.
            self.give_up(error)
            return
        if review.has_own and self._wish == Wish():
            self._want(Wish(View.MINE))
        # What is loaded by now stays: to go through it again and again would stop the screen for a moment.
        gc.collect()
        gc.freeze()
        self.has_read_all = True

    async def read_ledger(self) -> None:
        """Lay over the grades what the ledger holds now."""
        review = self.review
        standings = await review.arranging(review.read_ledger)
        is_first, review.columns.is_laid_over = not review.columns.is_laid_over, True
        if standings or review.rows.standings:
            await review.arranging(lambda: review.lay_over(standings))
            self.table.reload()
            self._want(self._wish, keep=True)
        elif is_first:
            self.table.relabel()
        self.status.refresh()
        self._tell_current()

    def give_up(self, error: RungError) -> None:
        """End the program over what it cannot work without."""
        self.post_message(self.GivenUp(error))

    def action_back(self) -> None:
        """Stop the work, else clear the filter, else close the customer, else go back to all customers."""
        prompt = self.query_one("#filter", Prompt)
        if self.status.work:
            self.action_cancel()
        elif self.is_exporting:
            self.action_stop_export()
        elif self.has_class("-filtering"):
            self.remove_class("-filtering")
            prompt.value = ""
            self.table.focus()
            self._let_go_later()
        elif self.has_class("-only-table") or self.has_class("-only-beside"):
            self.action_zoom()
        elif self.has_class("-beside"):
            self.remove_class("-beside")
            self.table.focus()
        elif self._wish.view is not View.ALL:
            self.action_view(View.ALL.value)

    # The customer

    @on(VirtualTable.Moved)
    def _moved(self) -> None:
        self._tell_current()

    def _tell_current(self) -> None:
        if self.has_class("-beside"):
            self._tell()

    @work(group="tell", exclusive=True)
    async def _tell(self) -> None:
        await asyncio.sleep(_SETTLED)
        row = self.table.current
        if row is None:
            self.panel.say(_("No customer."))
            return
        try:
            self.panel.tell(await self.review.telling(lambda: self.review.tell(row.number)))
        except RungError as error:
            self.panel.say(str(error))

    @on(VirtualTable.Chosen)
    def action_open(self) -> None:
        """Explain the customer under the cursor."""
        if self.table.current is None:
            return
        if self.size.width >= _BESIDE:
            if self.has_class("-beside"):
                self.panel.focus()
            self.add_class("-beside")
            self._tell()
            return
        self.open_whole()

    def open_whole(self) -> None:
        """Open the page of the customer under the cursor over the whole screen."""
        from rung_tui.customer.screen import CustomerScreen

        if self.table.current is not None:
            self.app.push_screen(CustomerScreen(self.review, self))

    def action_scroll(self, direction: int) -> None:
        """Scroll the customer beside."""
        self.panel.scroll_relative(y=direction * (self.panel.size.height - 2), animate=False)

    def step(self, by: int) -> QueueRow | None:
        """Move to a neighbour and return it: for the customer's own screen."""
        self.table.cursor += by
        return self.table.current

    # Other screens

    @on(VirtualTable.Failed)
    def _failed(self, event: VirtualTable.Failed) -> None:
        if isinstance(event.error, RungError) and not self.has_read_all:
            self.give_up(event.error)
        else:
            self.refuse(event.error)

    @work(group="again", exclusive=True)  # what is read at first goes on
    async def action_again(self) -> None:
        """Read anew what others laid over the grades."""
        try:
            await self.read_ledger()
        except RungError as error:
            self.refuse(error)

    def action_runs(self) -> None:
        """Choose another run."""
        from rung_tui.runs import choose_run

        choose_run(self.app, self.review, self.open_run)

    @work(group="open", exclusive=True)
    async def open_run(self, review: Review) -> None:
        """Show another run instead."""
        for group in ("read", "again", "arrange", "tell", "say"):
            self.workers.cancel_group(self, group)
        before, self.review = self.review, review
        self.begin_arranging()
        self.has_read_all = False
        self.remove_class("-filtering", "-beside")
        await self.recompose()
        self._begin()
        await review.telling(before.close)
