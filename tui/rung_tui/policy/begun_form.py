"""What was filled in of a new policy so far, kept while the program runs, and what follows from it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from rung.adopting.columns import OwnColumn
    from rung.text import Text
    from rung.workspace.drafting.begun import NewPolicy

__all__ = ["Begun"]

_SINGLE: Final = frozenset({"count", "value"})
# Ways that look at one column alone.


@dataclass
class Begun:
    """The fields of the dialog, and the table read for it."""

    table: str = ""
    read: str = ""
    """The table whose columns these are."""
    columns: tuple[OwnColumn, ...] = ()
    title: str = ""
    id: str = ""
    grades: str = "A,B,C"
    mode: int = 0
    sector: str = ""
    sectors: tuple[tuple[str, Text], ...] = ()
    chosen: frozenset[str] = frozenset()
    less: frozenset[str] = field(default_factory=frozenset)

    @property
    def way(self) -> str:
        """The way of grading picked."""
        from rung.workspace.drafting.begun import MODES

        return MODES[self.mode]

    @property
    def is_single(self) -> bool:
        """Whether that looks at one column alone."""
        return self.way in _SINGLE

    @property
    def sector_place(self) -> int:
        """The sector's place among those offered, the first of which is none."""
        ids = ["", *(each for each, _title in self.sectors)]
        return ids.index(self.sector) if self.sector in ids else 0

    def pick_sector(self, place: int) -> None:
        """Take the sector at a place, once it is known which there are."""
        if self.sectors:
            self.sector = self.sectors[place - 1][0] if place else ""

    def offered(self) -> list[OwnColumn]:
        """Return the columns one may grade by; where that is one alone, no more than one is chosen."""
        from rung.adopting.first_scheme import can_be_graded_by

        found = [each for each in self.columns if can_be_graded_by(each)]
        if self.is_single:
            found = [each for each in found if each.kind.is_numeric]
            first = next((each.id for each in found if each.id in self.chosen), None)
            self.chosen = frozenset({first} if first else ())
        return found

    def take(self, table: str, columns: tuple[OwnColumn, ...]) -> None:
        """Keep the columns of a table just read, the usual ones chosen."""
        from rung.workspace.drafting.begun import usual_columns

        self.read, self.columns, self.less = table, columns, frozenset()
        self.chosen = frozenset(each.id for each in usual_columns(columns))

    def wanted(self) -> NewPolicy:
        """Return the policy to be written."""
        from rung.workspace.drafting.begun import NewPolicy

        chosen = tuple(each.id for each in self.columns if each.id in self.chosen)
        return NewPolicy(self.id, self.title, self.grades, self.way, self.sector or None, chosen, self.less)
