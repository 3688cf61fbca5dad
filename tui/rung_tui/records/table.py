"""The virtual table of records or alarms, in the roles' colours."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from textual.message import Message

from rung_tui.modes.table import ModeTable
from rung_tui.records.columns import record_columns
from rung_tui.records.listing import RecordRows
from rung_tui.table import VirtualTable

__all__ = ["RecordsTable"]


class RecordsTable(ModeTable[Any]):
    """Records, or alarms."""

    def __init__(self, empty: Callable[[], str]) -> None:
        super().__init__(record_columns(None), RecordRows(None), empty=empty)

    @dataclass
    class Came(Message):
        """Rows came that were not there when they were drawn."""

    def on_virtual_table_late(self, message: VirtualTable.Late) -> None:
        """Tell whoever shows more of a row than the table does."""
        message.stop()
        self.post_message(self.Came())
