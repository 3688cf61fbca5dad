"""The virtual table of what is due, in the roles' colours."""

from __future__ import annotations

from rung_tui.due.rows import Listed
from rung_tui.modes.table import ModeTable

__all__ = ["DueTable"]


class DueTable(ModeTable[Listed]):
    """What is due."""
