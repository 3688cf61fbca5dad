"""The virtual tables of runs and of acts, in the roles' colours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.style import Style

from rung_tui.journal.acts import Act
from rung_tui.journal.bars import JournalStatus
from rung_tui.roles import role_style
from rung_tui.table import VirtualTable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rung.workspace.runs_listed import ListedRun

__all__ = ["ActsTable", "RunRows", "RunsTable"]


class _Table(VirtualTable[Any]):
    """What both share."""

    DEFAULT_CSS = """
    _Table { width: 1fr; height: 1fr; min-height: 4; }
    """

    def cursor_came(self) -> None:
        """Show the place below in the same frame."""
        for status in self.screen.query(JournalStatus):
            status.place = self.cursor
            status.refresh()

    def role_style(self, role: str) -> Style:
        """Return how the theme draws a role."""
        return role_style(self.app, role)


class RunsTable(_Table):
    """Every run."""

    @property
    def listed(self) -> ListedRun | None:
        """The run under the cursor."""
        found: ListedRun | None = self.current
        return found


class ActsTable(_Table):
    """The acts on record."""

    @property
    def act(self) -> Act | None:
        """The act under the cursor."""
        found: Act | None = self.current
        return found

    def grow(self) -> None:
        """Show the rows that the source has more of now; the cursor stays."""
        self._resize()
        self.reload()


class RunRows:
    """A RowSource over the runs."""

    def __init__(self, runs: Sequence[ListedRun]) -> None:
        self._runs = runs

    def __len__(self) -> int:
        return len(self._runs)

    def page(self, start: int, count: int) -> Sequence[ListedRun]:
        """Return ``count`` runs from ``start``."""
        return self._runs[start : start + count]
