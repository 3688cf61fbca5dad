"""The virtual table of what awaits decisions, in the roles' colours, with its marks."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import ClassVar

from rung_tui.approvals.columns import approvals_columns
from rung_tui.approvals.rows import Listed, ProposalRows
from rung_tui.modes.table import ModeTable

__all__ = ["ApprovalsTable"]


class ApprovalsTable(ModeTable[Listed]):
    """What awaits decisions; ``marked`` are the ids of those that bear a mark."""

    HAS_MARKS: ClassVar[bool] = True

    def __init__(self, marked: Collection[str], rows: ProposalRows, empty: Callable[[], str]) -> None:
        super().__init__(approvals_columns(), rows, empty=empty)
        self._marked = marked

    def is_marked(self, row: Listed) -> bool:
        """Whether a row bears a mark."""
        return row.record.id in self._marked
