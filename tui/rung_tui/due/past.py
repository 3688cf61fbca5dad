"""A page to read over the mode: what is on record about a customer."""

from __future__ import annotations

from collections.abc import Sequence

from rung_tui.drawn import Line, line, wrap
from rung_tui.language import _
from rung_tui.scroll_text import ReadingScreen

__all__ = ["PastScreen"]


class PastScreen(ReadingScreen):
    """The customer's history, newest first."""

    def __init__(self, customer: str, rows: Sequence[Sequence[str]]) -> None:
        super().__init__()
        self._customer, self._rows = customer, rows

    def heading(self) -> str:
        """Return the title."""
        return _("History of {customer}").format(customer=self._customer)

    def lines(self, width: int) -> list[Line]:
        """Return each entry, moment and maker first."""
        if not self._rows:
            told = _("Nothing is on record about {customer}.").format(customer=self._customer)
            return wrap(line((told, "muted")), width)
        lines: list[Line] = []
        for moment, number, by, what, said in self._rows:
            head = "  ".join(each for each in (moment, number, by) if each)
            lines += wrap(line((head, "muted"), (f"  {what}", "strong"), f"  {said}"), width, 4)
        return lines
