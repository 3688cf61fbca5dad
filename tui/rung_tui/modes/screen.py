"""What the screens of all modes share: the desk, the run they were opened over, how faults are told."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from textual import events, on

from rung_tui.modes.bar import TALL
from rung_tui.modes.desk import Desk
from rung_tui.modes.panes import WithPane
from rung_tui.table import VirtualTable

if TYPE_CHECKING:
    from rung_tui.review import Review

__all__ = ["BESIDE", "ModeScreen"]

BESIDE = 110
"""Columns from which a pane stands beside a list, not below it."""

D = TypeVar("D", bound=Desk)


class ModeScreen(WithPane, Generic[D]):
    """The screen of a mode; it has the class ``-wide`` where a pane fits beside the list."""

    MODE: ClassVar[str] = ""
    """The mode's id."""
    VERTICAL_BREAKPOINTS = TALL
    DEFAULT_CSS = """
    ModeScreen { background: $background; color: $foreground; }
    """

    def __init__(self, desk: D, review: Review) -> None:
        super().__init__()
        self.desk, self.review = desk, review

    def on_mount(self) -> None:
        """Note how much room there is."""
        self.set_class(self.size.width >= BESIDE, "-wide")
        self.lay_pane()

    def on_resize(self, event: events.Resize) -> None:
        """Put the pane where there is room."""
        is_wide = event.size.width >= BESIDE
        if is_wide != self.has_class("-wide"):
            self.set_class(is_wide, "-wide")
            self.lay_pane()

    def relabel(self) -> None:
        """Write everything anew, in the language of now."""
        for table in self.query(VirtualTable):
            table.relabel()
        for widget in self.query("Bar, Lines"):
            widget.refresh(layout=True)

    def refuse(self, error: Exception) -> None:
        """Say what went wrong, in a notice that takes no focus."""
        self.notify(str(error) or type(error).__name__, severity="error", markup=False, timeout=12)

    @on(VirtualTable.Failed)
    def _unreadable(self, event: VirtualTable.Failed) -> None:
        self.refuse(event.error)

    def action_leave(self) -> None:
        """Go back to the queue."""
        self.dismiss(None)
