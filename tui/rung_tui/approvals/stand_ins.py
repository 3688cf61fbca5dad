"""A page to read over the mode: who stands in for whom, and when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from rung_tui.approvals.words import delegation_words
from rung_tui.customer.layout import paragraph
from rung_tui.drawn import Line
from rung_tui.language import _
from rung_tui.scroll_text import ReadingScreen

if TYPE_CHECKING:
    from rung.ledger import Delegation, People

__all__ = ["StandInsScreen"]


class StandInsScreen(ReadingScreen):
    """The delegations that count today or will."""

    def __init__(self, made: Sequence[Delegation], people: People, today: date) -> None:
        super().__init__()
        self._made, self._people, self._today = made, people, today

    def heading(self) -> str:
        """Return the title."""
        return _("Who stands in for whom")

    def lines(self, width: int) -> list[Line]:
        """Return each delegation."""
        lines: list[Line] = []
        for who, days in delegation_words(self._made, self._people, self._today):
            lines += paragraph([(who, "strong"), (f"  {days}", "muted")], width, 4)
        if not lines:
            lines += paragraph([(_("Nobody stands in for anybody."), "muted")], width)
        hint = _("To have somebody act for you while you are away: rung people delegate")
        return [*lines, (), *paragraph([(hint, "muted")], width)]
