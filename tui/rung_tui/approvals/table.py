"""The virtual table of what awaits decisions, in the roles' colours, with its marks."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import ClassVar

from rich.style import Style

from rung_tui.approvals.bars import ApprovalsStatus
from rung_tui.approvals.columns import approvals_columns
from rung_tui.approvals.rows import Listed, ProposalRows
from rung_tui.roles import role_style
from rung_tui.table import VirtualTable

__all__ = ["ApprovalsTable"]


class ApprovalsTable(VirtualTable[Listed]):
    """What awaits decisions; ``marked`` are the ids of those that bear a mark."""

    HAS_MARKS: ClassVar[bool] = True
    DEFAULT_CSS = """
    ApprovalsTable { width: 1fr; height: 1fr; min-height: 4; }
    """

    def __init__(self, marked: Collection[str], rows: ProposalRows, empty: Callable[[], str]) -> None:
        super().__init__(approvals_columns(), rows, empty=empty)
        self._marked = marked

    def cursor_came(self) -> None:
        """Show the place below in the same frame."""
        for status in self.screen.query(ApprovalsStatus):
            status.place = self.cursor
            status.refresh()

    def is_marked(self, row: Listed) -> bool:
        """Whether a row bears a mark."""
        return row.record.id in self._marked

    def role_style(self, role: str) -> Style:
        """Return how the theme draws a role."""
        return role_style(self.app, role)
