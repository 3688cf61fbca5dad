"""The virtual table of records or alarms, in the roles' colours."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rung_tui.modes.table import ModeTable
from rung_tui.records.columns import record_columns
from rung_tui.records.listing import RecordRows

__all__ = ["RecordsTable"]


class RecordsTable(ModeTable[Any]):
    """Records, or alarms."""

    def __init__(self, empty: Callable[[], str]) -> None:
        super().__init__(record_columns(None), RecordRows(None), empty=empty)
