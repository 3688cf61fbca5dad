"""The columns of a virtual table, and how they share the width there is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Generic, NamedTuple, TypeVar

from rung.text import display_width
from rung_tui.table.cells import settled

__all__ = ["Cell", "Column", "Placed", "SortSign", "place", "widened"]

Row = TypeVar("Row")


class Cell(NamedTuple):
    """What stands in one cell: a text, and the role that styles it ("" for none)."""

    text: str
    role: str = ""


class SortSign(Enum):
    """What a header shows of the order."""

    UP = "▲"
    DOWN = "▼"


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """One column: its header, how a row fills it, and what it does when width is scarce."""

    id: str
    title: Callable[[], str]
    """In the current language."""
    cell: Callable[[Row], Cell]
    least: int
    """Cells below which it had better not be shown."""
    most: int
    """Cells it never needs more than."""
    rank: int = 0
    """Columns of a higher rank give way first."""
    right: bool = False
    """Aligned to the right."""


@dataclass(frozen=True, slots=True)
class Placed(Generic[Row]):
    """A column and the cells it fills on screen."""

    column: Column[Row]
    start: int
    width: int


def place(
    columns: Sequence[Column[Row]], rows: Iterable[Row], width: int, sorted_by: str | None = None
) -> tuple[Placed[Row], ...]:
    """Lay the columns out in ``width`` cells, as wide as the rows given need, one cell between them.

    Where they do not all fit at their least width, those of the highest rank are left out; what is
    then over goes to those that need more, in the order of rank.
    """
    needed = _needed(columns, list(rows), sorted_by)
    shown = list(columns)
    while len(shown) > 1 and _total(least(column, needed) for column in shown) > width:
        shown.remove(max(reversed(shown), key=lambda column: column.rank))
    widths = {column.id: least(column, needed) for column in shown}
    spare = width - _total(widths.values())
    for column in sorted(shown, key=lambda column: column.rank):
        more = max(0, min(spare, needed[column.id] - widths[column.id]))
        widths[column.id] += more
        spare -= more
    return tuple(_placed(shown, widths, width))


def widened(placed: Sequence[Placed[Row]], rows: Iterable[Row], width: int) -> tuple[Placed[Row], ...] | None:
    """Give cells no column fills to those that other rows need them for; None where nothing changes.

    No column gives way for it: one sees the same columns as far down as one goes.
    """
    spare = width - _total(each.width for each in placed)
    narrow = [each for each in placed if each.width < each.column.most]
    if spare <= 0 or not narrow:
        return None
    seen = list(rows)
    widths = {each.column.id: each.width for each in placed}
    for each in sorted(narrow, key=lambda each: each.column.rank):
        longest = max((display_width(settled(each.column.cell(row).text)) for row in seen), default=0)
        more = max(0, min(spare, min(longest, each.column.most) - each.width))
        widths[each.column.id] += more
        spare -= more
    found = tuple(_placed([each.column for each in placed], widths, width))
    return found if found != tuple(placed) else None


def least(column: Column[Row], needed: Mapping[str, int]) -> int:
    """Return the fewest cells a column takes: no more than it needs."""
    return min(column.least, needed[column.id])


def _needed(columns: Sequence[Column[Row]], rows: Sequence[Row], sorted_by: str | None) -> dict[str, int]:
    needed = {}
    for column in columns:
        header = display_width(column.title()) + (2 if column.id == sorted_by else 0)
        cells = (display_width(settled(column.cell(row).text)) for row in rows)
        needed[column.id] = max(header, min(column.most, max(cells, default=0)))
    return needed


def _total(widths: Iterable[int]) -> int:
    found = list(widths)
    return sum(found) + max(0, len(found) - 1)


def _placed(shown: Sequence[Column[Row]], widths: Mapping[str, int], width: int) -> Iterable[Placed[Row]]:
    start = 0
    for column in shown:
        fitting = max(0, min(widths[column.id], width - start))
        yield Placed(column, start, fitting)
        start += fitting + 1
