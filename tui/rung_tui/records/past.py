"""A page to read over the mode: what was done with all records of a customer, the newest first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rung_tui.drawn import Line, line, wrap
from rung_tui.language import _
from rung_tui.records.lines import entry_lines
from rung_tui.scroll_text import ReadingScreen

if TYPE_CHECKING:
    from rung.ledger import People
    from rung.service.records.past import Entry

__all__ = ["PastPage"]


class PastPage(ReadingScreen):
    """The timeline of a customer's records."""

    def __init__(self, customer: str, entries: Sequence[Entry], people: People) -> None:
        super().__init__()
        self._customer, self._entries, self._people = customer, entries, people

    def heading(self) -> str:
        """Return the title."""
        return _("Records of {customer} in time, newest first").format(customer=self._customer)

    def lines(self, width: int) -> list[Line]:
        """Return each thing done."""
        if not self._entries:
            told = _("No records of {customer}.").format(customer=self._customer)
            return wrap(line((told, "muted")), width)
        return [
            drawn
            for each in reversed(self._entries)
            for drawn in entry_lines(each, self._people, width, has_record=True)
        ]
