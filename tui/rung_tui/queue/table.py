"""The virtual table of customers, in the roles' colours."""

from __future__ import annotations

from rich.style import Style

from rung_tui.queue.bars import StatusBar
from rung_tui.queue.rows import QueueRow
from rung_tui.roles import role_style
from rung_tui.table import VirtualTable

__all__ = ["QueueTable"]


class QueueTable(VirtualTable[QueueRow]):
    """The customers of a run."""

    DEFAULT_CSS = """
    QueueTable { width: 1fr; height: 1fr; }
    """

    def cursor_came(self) -> None:
        """Show the place below in the same frame: a frame of its own would be a second one per key."""
        for status in self.screen.query(StatusBar):
            status.place = self.cursor
            status.refresh()

    def role_style(self, role: str) -> Style:
        """Return how the theme draws a role."""
        return role_style(self.app, role)
