"""The virtual table of what is due, in the roles' colours."""

from __future__ import annotations

from rich.style import Style

from rung_tui.due.bars import DueStatus
from rung_tui.due.rows import Listed
from rung_tui.roles import role_style
from rung_tui.table import VirtualTable

__all__ = ["DueTable"]


class DueTable(VirtualTable[Listed]):
    """What is due."""

    DEFAULT_CSS = """
    DueTable { width: 1fr; height: 1fr; min-height: 4; }
    """

    def cursor_came(self) -> None:
        """Show the place below in the same frame."""
        for status in self.screen.query(DueStatus):
            status.place = self.cursor
            status.refresh()

    def role_style(self, role: str) -> Style:
        """Return how the theme draws a role."""
        return role_style(self.app, role)
