"""The virtual table of the tree: arrows, space and a click on its sign fold a part and unfold it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message

from rung_tui.policy.rows import TreeRow
from rung_tui.roles import role_style
from rung_tui.table import VirtualTable

__all__ = ["TreeTable"]

_MARKER = 2
# Cells the sign of the cursor takes, left of every line.


class TreeTable(VirtualTable[TreeRow]):
    """The policy."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,h", "fold(0)", show=False),
        Binding("right,l", "fold(1)", show=False),
        Binding("space", "fold(2)", show=False),
    ]
    DEFAULT_CSS = """
    TreeTable { width: 1fr; height: 1fr; min-height: 4; }
    """

    @dataclass
    class Folded(Message):
        """A part is to be folded (0), unfolded (1), or the other way than it is (2)."""

        row: TreeRow
        way: int

    def action_fold(self, way: int) -> None:
        """Fold or unfold the part under the cursor."""
        if (row := self.current) is not None:
            self.post_message(self.Folded(row, way))

    def on_click(self, event: events.Click) -> None:
        """Fold by the sign; else as in every table."""
        super().on_click(event)
        event.prevent_default()
        row = self.current
        at_row = self.scroll_offset.y + event.y - 1 == self.cursor
        if row is not None and at_row and row.node.children and event.chain == 1:
            sign = _MARKER + row.sign_at
            if sign <= event.x < sign + 2:
                self.action_fold(2)

    def role_style(self, role: str) -> Style:
        """Return how the theme draws a role."""
        return role_style(self.app, role)
