"""The mode's screen: the list, and the pane in which one contact after the other is logged."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container

from rung.errors import RungError
from rung.text import Text
from rung_tui.acts import Act, bindings_of
from rung_tui.due.bars import DueStatus, DueTitle, DueViews
from rung_tui.due.calling import DueCalling
from rung_tui.due.columns import due_columns
from rung_tui.due.desk import DueDesk
from rung_tui.due.pane import LogPane
from rung_tui.due.rows import DueRows, Listed
from rung_tui.due.table import DueTable
from rung_tui.due.words import history_lines
from rung_tui.key_hints import KeyHints
from rung_tui.language import _
from rung_tui.lines import Lines
from rung_tui.modes.bar import ModeBar
from rung_tui.modes.customers import CustomerPages, not_in_run
from rung_tui.modes.own import MINE
from rung_tui.table import VirtualTable
from rung_tui.working import work

if TYPE_CHECKING:
    from rung_tui.review import Review

__all__ = ["DueScreen"]

_PAST: Final = 200
# Entries of the history that one reads here.
_IN_LIST: Final = frozenset({"log", "mine", "within", "kind", "policies", "again", "open", "leave"})
_IN_PANE: Final = frozenset({"note", "skip", "history", "stop", "customer"})
_IN_FIELD: Final = frozenset({"app.focus_next", "letters"})


class DueScreen(DueCalling):
    """What is due, to be worked through."""

    MODE: ClassVar[str] = "due"
    PANE: ClassVar[str] = "#pane"
    ACTS: ClassVar[tuple[Act, ...]] = (
        Act("note", lambda: _("Note"), "enter", about=lambda: _("a note, the next day, minutes or a fact")),
        Act("skip", lambda: _("Skip"), "S space", about=lambda: _("go on to the next customer")),
        Act("log", lambda: _("Log"), "l f4", about=lambda: _("a contact, and go on to the next")),
        Act("open", lambda: _("Customer"), "enter o ctrl+o"),
        Act("customer", lambda: _("Customer"), "ctrl+o", hint=False),
        Act(
            "undo", lambda: _("Take back"), "U u f9", about=lambda: _("the last contact; it stays on record")
        ),
        Act("history", lambda: _("History"), "H f6"),
        Act("app.focus_next", lambda: _("Next field"), "tab"),
        Act("letters", lambda: _("Back to the letters"), "escape"),
        Act("stop", lambda: _("Stop"), "Q escape", about=lambda: _("back to the list; what was typed stays")),
        MINE,
        Act("within", lambda: _("How far ahead"), "w f5", hint=False),
        Act("kind", lambda: _("Next kind"), "t f10", hint=False),
        Act("policies", lambda: _("All policies, or this one"), "a ctrl+g", hint=False),
        Act("again", lambda: _("Read again"), "r f2", hint=False),
        Act("leave", lambda: _("Queue"), "escape"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(ACTS)]
    DEFAULT_CSS = """
    DueScreen #body { height: 1fr; layout: vertical; }
    DueScreen #pane { display: none; }
    DueScreen DueTable { min-height: 2; }
    DueScreen.-logging #pane { display: block; }
    DueScreen.-wide #body { layout: horizontal; }
    DueScreen.-wide #pane { width: 48%; height: 1fr; max-height: 100%; border-left: vkey $panel; }
    DueScreen.-wide #result { max-height: 100%; }
    DueScreen.-wide #told { max-height: 100%; }
    """

    def __init__(self, desk: DueDesk, review: Review) -> None:
        super().__init__(desk, review)
        self._pages = CustomerPages(review)

    def compose(self) -> ComposeResult:
        """Lay out the lines, the list and the pane."""
        yield ModeBar()
        yield DueTitle(self.desk)
        yield DueViews(self.desk)
        yield Lines(self._notices, widget_id="notices")
        with Container(id="body"):
            columns = due_columns({})
            yield DueTable(columns, DueRows(None, {}), empty=self._empty)
            yield LogPane()
        yield DueStatus(self.desk)
        yield KeyHints()

    def on_mount(self) -> None:
        """Paint first, then read."""
        super().on_mount()
        self.table.focus()
        self.want(self.desk.wish, anew=True)

    def relabel(self) -> None:
        """Write everything anew, in the language of now."""
        super().relabel()
        self.pane.relabel()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what can be done where the keys go."""
        if action == "undo":
            return bool(self.desk.logged)
        if action in ("app.quit", "app.mode"):
            return not self.is_in_pane  # there letters are letters
        if action in _IN_FIELD:
            return self.is_in_pane and self.pane.is_typing
        if action in _IN_LIST | _IN_PANE:
            return action in (_IN_PANE if self.is_in_pane else _IN_LIST)
        return super().check_action(action, parameters)

    def offers(self, action: str) -> bool:
        """Offer in a field only what no letter does: letters are typed there."""
        if self.is_in_pane and self.pane.is_typing:
            return action in _IN_FIELD
        return action not in _IN_FIELD

    def on_descendant_focus(self) -> None:
        """Show the keys of where the focus came to."""
        self.query_one(KeyHints).refresh()

    def action_leave(self) -> None:
        """Close the pane, else go back to the queue."""
        if self.is_logging:
            self.action_stop()
        else:
            self.dismiss(None)

    # The customer

    @work(group="past", exclusive=True, opens=True)
    async def action_history(self) -> None:
        """Show what is on record about the customer in the pane."""
        from rung_tui.due.past import PastScreen

        shown, desk = self.pane.shown, self.desk
        if shown is None:
            return
        customer = shown.row.customer_id
        try:
            rows = await desk.work(lambda: list(history_lines(desk.workspace, customer, _PAST)))
        except RungError as error:
            self.refuse(error)
            return
        self.app.push_screen(PastScreen(customer, rows))

    @on(VirtualTable.Chosen)
    def action_open(self) -> None:
        """Open the page of the customer at hand."""
        listed: Listed | None = self.table.current
        if listed is not None:
            self._open(listed)

    def action_customer(self) -> None:
        """Open the page of the customer in the pane."""
        self.action_open()

    @work(group="open", exclusive=True, opens=True)
    async def _open(self, listed: Listed) -> None:
        row, listing = listed.row, self.desk.listing
        if listing is None:
            return
        try:
            run_id = listing.run_of(row.policy)
            is_there = await self._pages.open(self.app, run_id, row.customer_id)
        except RungError as error:
            self.refuse(error)
            return
        if not is_there:
            self.notify(not_in_run(row.customer_id, [Text.same(row.policy)]), markup=False)

    def on_unmount(self) -> None:
        """Give the runs back that were opened for a customer's page."""
        self._pages.close()

    def help_lines(self) -> list[tuple[str, str]]:
        """Return the letters of the outcomes, and every notice, for the page of keys."""
        from rung_tui.due.words import outcome_words

        shown = self.pane.shown
        notices = [("!", each) for each in self.told_notices()]
        if shown is None or shown.card is None:
            return notices
        letters = [(each.key, outcome_words(each, shown.quantities)) for each in shown.card.outcomes]
        return [*letters, *notices]
