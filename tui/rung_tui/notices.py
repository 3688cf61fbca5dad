"""Everything the program has said in a corner of the screen, to be read when there is time for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from rung.moments import now
from rung_tui.drawn import Line, line, wrap
from rung_tui.language import _
from rung_tui.scroll_text import ReadingScreen

__all__ = ["KEPT", "Notice", "NoticesScreen"]

KEPT: Final = 200
"""Notices remembered while the program runs."""

_SIGNS: Final = {"error": ("✗ ", "error"), "warning": ("! ", "warning"), "information": ("  ", "")}


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing said."""

    text: str
    severity: str
    at: datetime = field(default_factory=lambda: now())


class NoticesScreen(ReadingScreen):
    """The notices, newest first."""

    def __init__(self, notices: Sequence[Notice]) -> None:
        super().__init__()
        self._notices = tuple(notices)

    def heading(self) -> str:
        """Return the title."""
        return _("Notices, newest first")

    def lines(self, width: int) -> list[Line]:
        """Return each notice with the time it was said at."""
        if not self._notices:
            return [line((_("Nothing was said yet."), "muted"))]
        lines: list[Line] = []
        for each in reversed(self._notices):
            sign = _SIGNS.get(each.severity, ("  ", ""))
            first, *others = each.text.splitlines() or [""]
            lines += wrap(line((f"{each.at:%H:%M:%S} ", "muted"), sign, first), width, 11)
            for other in others:
                lines += wrap(line(" " * 11, other), width, 11)
        return lines
