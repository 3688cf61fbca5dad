"""The virtual table of records or alarms, in the roles' colours."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from rich.style import Style
from textual.message import Message

from rung_tui.records.bars import RecordsStatus
from rung_tui.records.columns import record_columns
from rung_tui.records.listing import RecordRows
from rung_tui.roles import role_style
from rung_tui.table import VirtualTable

__all__ = ["RecordsTable"]


class RecordsTable(VirtualTable[Any]):
    """Records, or alarms."""

    DEFAULT_CSS = """
    RecordsTable { width: 1fr; height: 1fr; min-height: 4; }
    """

    def __init__(self, empty: Callable[[], str]) -> None:
        super().__init__(record_columns(None), RecordRows(None), empty=empty)

    @dataclass
    class Came(Message):
        """Rows came that were not there when they were drawn."""

    def on_virtual_table_late(self, message: VirtualTable.Late) -> None:
        """Tell whoever shows more of a row than the table does."""
        message.stop()
        self.post_message(self.Came())

    def cursor_came(self) -> None:
        """Show the place below in the same frame."""
        for status in self.screen.query(RecordsStatus):
            status.place = self.cursor
            status.refresh()

    def role_style(self, role: str) -> Style:
        """Return how a role is drawn by the theme."""
        return role_style(self.app, role)
