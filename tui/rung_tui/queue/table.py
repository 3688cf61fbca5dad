"""The virtual table of customers, in the roles' colours."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from rich.style import Style

from rung_tui.marks.marks import Marks
from rung_tui.queue.bars import StatusBar
from rung_tui.queue.rows import QueueRow
from rung_tui.roles import role_style
from rung_tui.table import Column, RowSource, VirtualTable

__all__ = ["QueueTable"]


class QueueTable(VirtualTable[QueueRow]):
    """The customers of a run."""

    DEFAULT_CSS = """
    QueueTable { width: 1fr; height: 1fr; }
    """
    HAS_MARKS: ClassVar[bool] = True

    def __init__(
        self,
        columns: Sequence[Column[QueueRow]],
        source: RowSource[QueueRow],
        marks: Marks,
        *,
        empty: Callable[[], str],
    ) -> None:
        super().__init__(columns, source, empty=empty)
        self._marks = marks

    def is_marked(self, row: QueueRow) -> bool:
        """Whether a customer is marked."""
        return row.number in self._marks

    def cursor_came(self) -> None:
        """Show the place below in the same frame: a frame of its own would be a second one per key."""
        for status in self.screen.query(StatusBar):
            status.place = self.cursor
            status.refresh()

    def role_style(self, role: str) -> Style:
        """Return how the theme draws a role."""
        return role_style(self.app, role)
