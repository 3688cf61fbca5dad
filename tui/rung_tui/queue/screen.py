"""The queue's screen: views, filter, table, the customer beside it where there is room."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Input

from rung.errors import RungError
from rung_tui.acts import Act, bindings_of
from rung_tui.customer.panel import CustomerPanel
from rung_tui.key_hints import KeyHints
from rung_tui.language import _
from rung_tui.overruling import Overruling
from rung_tui.prompt import Prompt
from rung_tui.queue.arranger import SupersededError
from rung_tui.queue.bars import StatusBar, TitleBar, ViewBar
from rung_tui.queue.columns import SORTABLE
from rung_tui.queue.rows import QueueRow
from rung_tui.queue.table import QueueTable
from rung_tui.queue.wish import Arrangement, Sort, View, Wish
from rung_tui.table import Arranged, RowSource, SortSign, VirtualTable

if TYPE_CHECKING:
    from rung_tui.review import Review

__all__ = ["QueueScreen"]

_BESIDE: Final = 110
"""Columns from which a customer is shown beside the queue."""
_SETTLED: Final = 0.08
# Seconds the cursor rests before the customer under it is explained.
_NOTICED: Final = 0.15
# Seconds after which work under way is worth a word.


class QueueScreen(Overruling):
    """Every customer of the run."""

    ACTS: ClassVar[tuple[Act, ...]] = (
        Act("open", lambda: _("Why"), "enter", about=lambda: _("why the customer has its grade")),
        Act("override", lambda: _("Override"), "o f4"),
        Act("filter", lambda: _("Filter"), "/ ／ ctrl+f f3"),
        Act("sort", lambda: _("Sort"), "s f5"),
        Act("runs", lambda: _("Runs"), "r f2"),
        Act("undo", lambda: _("Take back"), "u f9", hint=False, about=lambda: _("withdraw your override")),
        Act("faults", lambda: _("Plugins"), "p f6", hint=False, about=lambda: _("plugins and their faults")),
        Act("back", lambda: _("Back"), "escape", hint=False, about=lambda: _("close, clear or stop")),
        Act("scroll(1)", lambda: _("Scroll on"), "ctrl+d shift+pagedown", hint=False),
        Act("scroll(-1)", lambda: _("Scroll back"), "ctrl+u shift+pageup", hint=False),
        *(
            Act(f"view('{view.value}')", lambda view=view: view.heading, str(place), hint=False)  # type: ignore[misc]
            for place, view in enumerate(View, start=1)
        ),
    )
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(ACTS)]
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
        super().__init__()
        self.review = review
        self._wish = Wish()
        self._arrangement = Arrangement(self._wish, None)
        self._empty = ""
        self.has_read_all = False
        """Whether policy and ledger were read and the filter made ready."""

    def compose(self) -> ComposeResult:
        """Lay out the lines and the table."""
        yield TitleBar(self.review)
        yield ViewBar()
        yield Prompt(id="filter", placeholder="", select_on_focus=False)
        with Horizontal():
            yield QueueTable(self.review.columns.columns(), self.review.rows, empty=lambda: self._empty)
            panel = CustomerPanel(widget_id="beside")
            panel.add_class("-beside")
            yield panel
        yield StatusBar(self.review)
        yield KeyHints()

    @property
    def table(self) -> QueueTable:
        """The table of customers."""
        return self.query_one(QueueTable)

    @property
    def panel(self) -> CustomerPanel:
        """The customer beside the table."""
        return self.query_one("#beside", CustomerPanel)

    @property
    def status(self) -> StatusBar:
        """The line below the table."""
        return self.query_one(StatusBar)

    def on_mount(self) -> None:
        """Paint first; what the first sight does not need is read after."""
        self._begin()

    def _begin(self) -> None:
        self.table.focus()
        self._name_filter()
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

    # What is read after the first paint

    @work(group="read")
    async def _read_more(self) -> None:
        review = self.review
        try:
            review.columns.reason_words = await review.arranging(review.read_policy)
            self.table.relabel()
            await self.read_ledger()
            await review.arranging(review.arranger.prepare)
        except RungError as error:
            # Grades without what people laid over them, or without a policy to explain them, would mislead.
            self.give_up(error)
            return
        self.has_read_all = True

    async def read_ledger(self) -> None:
        """Lay over the grades what the ledger holds now."""
        review = self.review
        standings = await review.arranging(review.read_ledger)
        if standings or review.rows.standings:
            review.rows.standings = standings
            await review.arranging(lambda: review.arranger.lay_over(standings))
            self.table.reload()
            self._want(self._wish, keep=True)
        self._tell_current()

    def give_up(self, error: RungError) -> None:
        """End the program over what it cannot work without."""
        self.post_message(self.GivenUp(error))

    # The arrangement

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
        cursor = self._place_of(current, found) if widened and current is not None else 0
        sort = found.wish.sort
        sign = None if sort is None else (sort.column, SortSign.DOWN if sort.descending else SortSign.UP)
        self.table.show(source, cursor=cursor, sorted_by=sign)
        self.status.arrangement, self.status.shown = found, len(source)
        self.status.refresh()

    def _place_of(self, row: QueueRow, found: Arrangement) -> int:
        if found.order is None:
            return row.number
        return Arranged(self.review.rows, found.order).place_of(row.number) or 0

    def action_view(self, name: str) -> None:
        """Show a ready view."""
        self._want(Wish(View(name), self._wish.text, self._wish.sort))

    def action_filter(self) -> None:
        """Begin to type a filter."""
        self.add_class("-filtering")
        self.query_one("#filter", Prompt).focus()

    @on(Input.Changed, "#filter")
    def _typed(self, event: Input.Changed) -> None:
        self._want(Wish(self._wish.view, event.value, self._wish.sort))

    @on(Input.Submitted, "#filter")
    def _done_typing(self) -> None:
        self.table.focus()

    def action_sort(self) -> None:
        """Choose a column to sort by."""
        from rung_tui.chooser import Choice, Chooser

        titles = {column.id: column.title() for column in self.review.columns.columns()}
        choices = [Choice("", _("as the run has them"))]
        for column in SORTABLE:
            if column in titles:
                choices.append(Choice(f"{column} up", f"{titles[column]} ▲"))
                choices.append(Choice(f"{column} down", f"{titles[column]} ▼"))

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

    def action_back(self) -> None:
        """Stop the work, else clear the filter, else close the customer, else go back to all customers."""
        prompt = self.query_one("#filter", Prompt)
        if self.status.work:
            self.action_cancel()
        elif self.has_class("-filtering"):
            self.remove_class("-filtering")
            prompt.value = ""
            self.table.focus()
        elif self.has_class("-beside"):
            self.remove_class("-beside")
            self.table.focus()
        elif self._wish.view is not View.ALL:
            self.action_view(View.ALL.value)

    # The customer

    @on(VirtualTable.Moved)
    def _moved(self) -> None:
        self.status.place = self.table.cursor
        self.status.refresh()
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
        from rung_tui.customer.screen import CustomerScreen

        self.app.push_screen(CustomerScreen(self.review, self))

    def action_scroll(self, direction: int) -> None:
        """Scroll the customer beside."""
        self.panel.scroll_relative(y=direction * (self.panel.size.height - 2), animate=False)

    def step(self, by: int) -> QueueRow | None:
        """Move to a neighbour and return it: for the customer's own screen."""
        self.table.cursor += by
        return self.table.current

    @property
    def current_row(self) -> QueueRow | None:
        """The customer acts are about."""
        return self.table.current

    # Other screens

    @on(VirtualTable.Failed)
    def _failed(self, event: VirtualTable.Failed) -> None:
        if isinstance(event.error, RungError) and not self.has_read_all:
            self.give_up(event.error)
        else:
            self.refuse(event.error)

    def action_runs(self) -> None:
        """Choose another run."""
        from rung_tui.runs import choose_run

        choose_run(self.app, self.review, self.open_run)

    @work(group="open", exclusive=True)
    async def open_run(self, review: Review) -> None:
        """Show another run instead."""
        for group in ("read", "arrange", "tell", "say"):
            self.workers.cancel_group(self, group)
        before, self.review = self.review, review
        self._wish = Wish()
        self._arrangement = Arrangement(self._wish, None)
        self.has_read_all = False
        self.remove_class("-filtering", "-beside")
        await self.recompose()
        self._begin()
        await review.telling(before.close)

    def action_faults(self) -> None:
        """Show the plugins and what is wrong with them."""
        from rung_tui.faults import FaultsScreen

        self.app.push_screen(FaultsScreen(self.review))
