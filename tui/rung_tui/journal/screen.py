"""The mode's screen: the runs or the acts on record, and what is under the cursor beside them."""

from __future__ import annotations

from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container

from rung_tui.acts import Act, bindings_of
from rung_tui.journal.acts import ActRows
from rung_tui.journal.at_work import JournalWork
from rung_tui.journal.bars import JournalStatus, JournalTitle, JournalViews
from rung_tui.journal.columns import act_columns, run_columns
from rung_tui.journal.tables import ActsTable, RunRows, RunsTable
from rung_tui.key_hints import KeyHints
from rung_tui.language import _
from rung_tui.lines import Lines
from rung_tui.modes.bar import ModeBar
from rung_tui.sheet import Sheet
from rung_tui.table import VirtualTable

__all__ = ["JournalScreen"]

_OF_RUNS: Final = frozenset({"queue", "mark", "compare", "grade"})
_OF_ACTS: Final = frozenset({"filter", "clear", "same", "customer", "verify", "broken", "head", "export"})


class JournalScreen(JournalWork):
    """Runs and audit."""

    MODE: ClassVar[str] = "journal"
    PANE: ClassVar[str] = "#pane"
    ACTS: ClassVar[tuple[Act, ...]] = (
        Act("open", lambda: _("In full"), "enter", about=lambda: _("all that is known of it")),
        Act("queue", lambda: _("To the queue"), "o f4", about=lambda: _("open the run there")),
        Act("mark", lambda: _("Mark"), "space f5", about=lambda: _("the run to compare another with")),
        Act(
            "compare", lambda: _("Compare"), "c f6", about=lambda: _("with the run marked, or the one before")
        ),
        Act(
            "grade",
            lambda: _("Grade again"),
            "g ctrl+r",
            hint=False,
            about=lambda: _("the same customers, by the policy now in effect"),
        ),
        Act(
            "filter", lambda: _("Filter"), "/ f3", about=lambda: _("by customer, person, policy, kind, time")
        ),
        Act("customer", lambda: _("Customer"), "o ctrl+o", about=lambda: _("its page")),
        Act("verify", lambda: _("Verify"), "v f11", about=lambda: _("the chain, and name what does not fit")),
        Act("broken", lambda: _("To the break"), "b f10", about=lambda: _("the first act that does not fit")),
        Act("export", lambda: _("Export"), "e f6", about=lambda: _("the acts shown, as JSON lines")),
        Act("head", lambda: _("Head"), "h f4", about=lambda: _("where the chain ends; copy it")),
        Act("same", lambda: _("Of this customer"), "s f5", about=lambda: _("only acts about it"), hint=False),
        Act("clear", lambda: _("All acts"), "a ctrl+g", about=lambda: _("without a filter"), hint=False),
        Act("again", lambda: _("Read again"), "r f2", hint=False),
        Act("view('runs')", lambda: _("Runs"), "1", hint=False),
        Act("view('audit')", lambda: _("Audit"), "2", hint=False),
        Act("other", lambda: _("Runs or audit"), "t ctrl+t", hint=False),
        Act("leave", lambda: _("Queue"), "escape"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(ACTS)]
    DEFAULT_CSS = """
    JournalScreen #body { height: 1fr; layout: horizontal; }
    JournalScreen #pane { display: none; }
    JournalScreen.-wide #pane { display: block; width: 42%; height: 1fr; border-left: vkey $panel; }
    JournalScreen RunsTable { display: block; }
    JournalScreen ActsTable { display: none; }
    JournalScreen.-audit RunsTable { display: none; }
    JournalScreen.-audit ActsTable { display: block; }
    JournalScreen #verdict { padding: 0 1; max-height: 8; background: $surface; }
    """

    def compose(self) -> ComposeResult:
        """Lay out the lines, both tables and the pane."""
        yield ModeBar()
        yield JournalTitle(self.desk)
        yield JournalViews(self.desk)
        yield Lines(self.verdict_lines, widget_id="verdict")
        with Container(id="body"):
            shown, marked = self.review.manifest.run_id, self.desk.marked
            yield RunsTable(run_columns(shown, marked), RunRows(()), empty=self._no_run)
            yield ActsTable(
                act_columns(), ActRows(None, None, lambda: NotImplemented, is_all=True), empty=self.empty
            )
            yield Sheet(widget_id="pane")
        yield JournalStatus(self.desk)
        yield KeyHints()

    def on_mount(self) -> None:
        """Paint first, then read."""
        super().on_mount()
        self._show_view()
        self.begin_ticking()
        self.action_again()

    def relabel(self) -> None:
        """Write everything anew, in the language of now; acts are put in words when they are read."""
        super().relabel()
        self.acts.reload()
        self._tell()

    def action_again(self) -> None:
        """Read runs and acts as they are now."""
        act = self.acts.act
        self.read_runs()
        self.read_acts(None if act is None or self.acts.cursor == 0 else act.number)

    def action_view(self, view: str) -> None:
        """Show the runs, or the acts."""
        self.desk.view = "audit" if view == "audit" else "runs"
        self._show_view()

    def action_other(self) -> None:
        """Show the other of both."""
        self.action_view("runs" if self.is_audit else "audit")

    def _show_view(self) -> None:
        self.set_class(self.is_audit, "-audit")
        self.table.focus()
        self.query_one("#verdict").refresh(layout=True)
        self._tell()
        self.tell_place()

    def _no_run(self) -> str:
        return _("No run.")

    @on(VirtualTable.Moved)
    def _moved(self, event: VirtualTable.Moved) -> None:
        if event.table is self.table:
            self._tell()
            self.tell_place()

    def _tell(self) -> None:
        """Show in the pane what is under the cursor."""
        if self.is_audit:
            self.workers.cancel_group(self, "pane")
            self.tell_act()
        else:
            self.tell_run()

    @on(VirtualTable.Late)
    def _came(self) -> None:
        """Show the act that was not read yet when the cursor came to it."""
        if self.is_audit:
            self.tell_act()

    @on(VirtualTable.Chosen)
    def action_open(self) -> None:
        """Show what is under the cursor in full."""
        if self.is_audit:
            self.open_act()
        else:
            self.open_run_page()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what can be done with what is seen."""
        if action in _OF_RUNS and (self.is_audit or not self.desk.runs):
            return False
        if action in _OF_ACTS and not self.is_audit:
            return False
        if action in ("verify", "export"):
            return not self.is_at_work
        if action == "clear":
            return not self.desk.wish.is_blank
        if action == "broken":
            return self.broken is not None
        return super().check_action(action, parameters)

    def action_stop(self) -> None:
        """Stop what is under way."""
        if self.desk.under_way is not None:
            self.desk.under_way.stop()
        elif self.is_grading:
            self.stop_grading()
        elif self.is_looking:
            self.stop_looking()

    def action_leave(self) -> None:
        """Stop what is under way, else go back to the list, else to all acts, else to the queue."""
        if self.is_at_work or self.is_looking:
            self.action_stop()
        elif self.focused is self.pane:
            self.table.focus()
        elif self.is_audit and not self.desk.wish.is_blank:
            self.action_clear()
        else:
            self.dismiss(None)
