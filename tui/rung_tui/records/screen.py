"""The mode's screen: the list of records or of alarms, and what can be done from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll

from rung_tui.acts import Act, bindings_of
from rung_tui.chooser import Choice, Chooser
from rung_tui.key_hints import KeyHints
from rung_tui.language import _, words
from rung_tui.lines import Lines
from rung_tui.modes.bar import ModeBar
from rung_tui.modes.own import MINE
from rung_tui.records.bars import RecordsStatus, RecordsTitle, RecordsViews
from rung_tui.records.counts import CountsPage
from rung_tui.records.listing import type_key
from rung_tui.records.opening_new import NewRecords
from rung_tui.records.table import RecordsTable
from rung_tui.table import VirtualTable

if TYPE_CHECKING:
    from rung.workspace.recording.types import DeclaredType

__all__ = ["RecordsScreen"]

_TICK: Final = 20.0
# Seconds after which the time left of alarms is written anew.
_OF_RECORDS: Final = frozenset({"new", "type", "count", "undo"})


class RecordsScreen(NewRecords):
    """Records and alarms, what is late first."""

    MODE: ClassVar[str] = "records"
    PANE: ClassVar[str] = "#beside"
    ACTS: ClassVar[tuple[Act, ...]] = (
        Act("open", lambda: _("Open"), "enter"),
        Act("new", lambda: _("New"), "n f4", about=lambda: _("a record: choose its type, then whom about")),
        Act("alarms", lambda: _("Alarms"), "a f11"),
        Act("filed", lambda: _("Records"), "a f11"),
        Act("undo", lambda: _("Undo"), "u f9 ctrl+z", about=lambda: _("what you did last with a record")),
        Act("type", lambda: _("Type"), "t f10", about=lambda: _("only records of one type")),
        Act("state", lambda: _("State"), "s f5", about=lambda: _("open ones, all, or one state")),
        MINE,
        Act("late", lambda: _("Late only"), "l ctrl+l", hint=False),
        Act(
            "customer_only",
            lambda: _("One customer"),
            "/ ctrl+f",
            about=lambda: _("only what is about a customer"),
        ),
        Act("past", lambda: _("Timeline"), "h f6", about=lambda: _("of all records of the customer")),
        Act("count", lambda: _("Count"), "c ctrl+n", about=lambda: _("by period and cause")),
        Act("customer", lambda: _("Customer"), "o ctrl+o", hint=False),
        Act("again", lambda: _("Read again"), "r f2", hint=False),
        Act("leave", lambda: _("Queue"), "escape"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(ACTS)]
    DEFAULT_CSS = """
    RecordsScreen #body { height: 1fr; }
    RecordsScreen #beside { display: none; }
    RecordsScreen.-wide #beside {
        display: block; width: 40%; height: 1fr; padding: 0 1; border-left: vkey $panel;
        scrollbar-size-vertical: 1;
    }
    """

    def compose(self) -> ComposeResult:
        """Lay out the lines, the list, and what is under the cursor beside it."""
        yield ModeBar()
        yield RecordsTitle(self.desk)
        yield RecordsViews(self.desk)
        yield Lines(self.notices, widget_id="notices")
        with Horizontal(id="body"):
            yield RecordsTable(self.empty)
            with VerticalScroll(id="beside", can_focus=False):
                yield Lines(self.beside, widget_id="preview")
        yield RecordsStatus(self.desk)
        yield KeyHints()

    def on_mount(self) -> None:
        """Paint first, then read."""
        super().on_mount()
        self.table.focus()
        self.want(self.desk.wish)
        self.set_interval(_TICK, self.count_down)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what can be done with what is listed."""
        if action in _OF_RECORDS and self.desk.wish.is_alarms:
            return False
        if action in ("alarms", "filed"):
            return (action == "filed") == self.desk.wish.is_alarms
        if action == "undo":
            return bool(self.desk.done)
        if action in ("open", "past", "customer"):
            return self.desk.listing is not None and len(self.desk.listing) > 0
        return super().check_action(action, parameters)

    def action_leave(self) -> None:
        """Show everybody again, else go back to the queue."""
        if self.desk.wish.customer is not None:
            self.action_everybody()
        else:
            self.dismiss(None)

    # What is under the cursor

    @on(VirtualTable.Chosen)
    def action_open(self) -> None:
        """Open the record or alarm under the cursor."""
        from rung_tui.records.alarm_page import AlarmPage
        from rung_tui.records.record_page import RecordPage

        current, alarm = self.current_record, self.current_alarm
        if alarm is not None:
            self.app.push_screen(AlarmPage(self.desk, alarm.alarm.id, self))
        elif current is not None:
            self.app.push_screen(RecordPage(self.desk, current.record.id, self))

    def action_past(self) -> None:
        """Show what was done with the customer's records."""
        if (customer := self.current_customer) is not None:
            self.show_past(customer)

    def action_customer(self) -> None:
        """Open the customer's page."""
        if (customer := self.current_customer) is not None:
            current = self.current_record
            self.show_customer(customer, None if current is None else current.record.sector)

    # Counting

    def action_count(self) -> None:
        """Count the records of a type; of which is asked where the list has several."""
        listing = self.desk.listing
        if listing is None:
            return
        declared = listing.declared(self.desk.wish.type)
        if declared is not None:
            self.app.push_screen(CountsPage(self.desk, declared))
            return
        types = listing.types

        def chosen(key: str | None) -> None:
            found = listing.declared(key)
            if found is not None:
                self.app.push_screen(CountsPage(self.desk, found))

        self.app.push_screen(Chooser(lambda: _("Count which records?"), lambda: _choices(types)), chosen)


def _choices(types: tuple[DeclaredType, ...]) -> list[Choice]:
    return [Choice(type_key(each), words(each.type.title), words(each.sector_title)) for each in types]
