"""The list of a mode: it has the cursor's place told below it, and is drawn in the theme's colours."""

from __future__ import annotations

from typing import TypeVar

from rich.style import Style

from rung_tui.modes.bars import ListStatus
from rung_tui.roles import role_style
from rung_tui.table import VirtualTable

__all__ = ["ModeTable"]

R = TypeVar("R")


class ModeTable(VirtualTable[R]):
    """A list above the screen's ``ListStatus``; of what is for subclasses."""

    DEFAULT_CSS = """
    ModeTable { width: 1fr; height: 1fr; min-height: 4; }
    """

    def cursor_came(self) -> None:
        """Show the place below in the same frame."""
        for status in self.screen.query(ListStatus):
            status.place = self.cursor
            status.refresh()

    def role_style(self, role: str) -> Style:
        """Return how the theme draws a role."""
        return role_style(self.app, role)
