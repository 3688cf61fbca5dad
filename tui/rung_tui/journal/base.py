"""What the parts of the mode's screen share: the two tables, the pane, the lines around them."""

from __future__ import annotations

from rung_tui.grading.acting import GradingScreen
from rung_tui.journal.bars import JournalStatus, JournalViews
from rung_tui.journal.desk import JournalDesk
from rung_tui.journal.tables import ActsTable, RunsTable
from rung_tui.key_hints import KeyHints
from rung_tui.sheet import Sheet

__all__ = ["JournalBase"]


class JournalBase(GradingScreen[JournalDesk]):
    """A screen with a table of runs and one of acts, of which one is seen."""

    @property
    def runs(self) -> RunsTable:
        """The runs."""
        return self.query_one(RunsTable)

    @property
    def acts(self) -> ActsTable:
        """The acts on record."""
        return self.query_one(ActsTable)

    @property
    def table(self) -> RunsTable | ActsTable:
        """The table that is seen."""
        return self.acts if self.is_audit else self.runs

    @property
    def pane(self) -> Sheet:
        """What is under the cursor, where there is room."""
        return self.query_one("#pane", Sheet)

    @property
    def status(self) -> JournalStatus:
        """The line below."""
        return self.query_one(JournalStatus)

    @property
    def views(self) -> JournalViews:
        """The line above."""
        return self.query_one(JournalViews)

    @property
    def is_audit(self) -> bool:
        """Whether the acts are seen."""
        return self.desk.view == "audit"

    @property
    def is_wide(self) -> bool:
        """Whether the pane is seen."""
        return self.has_class("-wide")

    def tell_place(self) -> None:
        """Have the lines say what is seen now."""
        self.status.place, self.status.shown = self.table.cursor, len(self.table.source)
        for bar in (self.status, self.views, self.query_one(KeyHints)):
            bar.refresh()

    def say_work(self, work: str) -> None:
        """Say what is being read, nothing when that is over."""
        self.status.work = work
        self.status.refresh()
        self.query_one(KeyHints).refresh()
