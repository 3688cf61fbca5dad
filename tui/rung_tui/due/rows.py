"""What is due as the mode's table shows it, read page by page from the list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from rung.text import Text
from rung_tui.language import spoken

if TYPE_CHECKING:
    from rung.service.due_list import DueList, DueRow

__all__ = ["Called", "DueRows", "Listed", "key_of"]


@dataclass(frozen=True, slots=True)
class Called:
    """A contact since the list was read, one's own or a colleague's."""

    contact_id: str
    outcome: Text
    after: str | None
    """The grade after it."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One thing due, at its place of the list."""

    place: int
    row: DueRow
    day: date
    """From which it is looked at."""
    called: Called | None
    """What was logged about the customer since."""


def key_of(row: DueRow) -> tuple[str, str]:
    """Return what a contact is remembered by: one call does for everything due to a customer."""
    return row.policy, row.customer_id


class DueRows:
    """A RowSource over a list; ``called`` grows while one works through it."""

    def __init__(self, due: DueList | None, called: Mapping[tuple[str, str], Called]) -> None:
        self._due, self._called = due, called

    def __len__(self) -> int:
        return 0 if self._due is None else len(self._due)

    def page(self, start: int, count: int) -> Sequence[Listed]:
        """Return ``count`` rows from ``start``."""
        if self._due is None:
            return ()
        spoken()
        rows = self._due.rows(start, count)
        return [
            Listed(place, row, self._due.day, self._called.get(key_of(row)))
            for place, row in enumerate(rows, start)
        ]
