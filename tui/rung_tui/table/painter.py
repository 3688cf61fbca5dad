"""Draws a virtual table's header and rows as strips, once its columns are laid out for a width."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, Generic, TypeVar

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from rung_tui.table.cells import fit
from rung_tui.table.columns import Column, Placed, SortSign, place, widened

__all__ = ["GUTTER", "Painter"]

Row = TypeVar("Row")

GUTTER: Final = 2
_CURSOR: Final = "▸"
# Shows the cursor where there is no colour to show it.
_MARK: Final = "✓"


class Painter(Generic[Row]):
    """The columns of one table, as they are laid out now."""

    def __init__(self, columns: Sequence[Column[Row]]) -> None:
        self.columns = tuple(columns)
        self.sorted_by: tuple[str, SortSign] | None = None
        self._placed: tuple[Placed[Row], ...] = ()
        self._laid_out: tuple[int, bool] = (0, False)

    def forget(self) -> None:
        """Have the columns laid out anew."""
        self._laid_out = (0, False)

    def lay_out(self, width: int, rows: Callable[[], Sequence[Row]], *, is_whole: bool) -> bool:
        """Lay the columns out by rows in sight; return whether that was still to be done for them."""
        if self._laid_out in ((width, True), (width, is_whole)):
            return False
        name = self.sorted_by[0] if self.sorted_by else None
        self._placed = place(self.columns, rows(), width - GUTTER, name)
        self._laid_out = (width, is_whole)
        return True

    def widen(self, width: int, rows: Sequence[Row]) -> bool:
        """Give free cells to columns that these rows need wider; return whether there was one."""
        found = widened(self._placed, rows, width - GUTTER)
        if found is not None:
            self._placed = found
        return found is not None

    def header(self, width: int, plain: Style, marked: Style) -> Strip:
        """Return the titles, the one sorted by marked."""
        segments = [Segment(" " * GUTTER, plain)]
        for placed in self._placed:
            column, title, style = placed.column, placed.column.title(), plain
            if self.sorted_by is not None and self.sorted_by[0] == column.id:
                sign, style = self.sorted_by[1].value, marked
                title = f"{sign} {title}" if column.right else f"{title} {sign}"
            segments += [Segment(fit(title, placed.width, right=column.right), style), Segment(" ", plain)]
        return Strip(segments).adjust_cell_length(width, plain)

    def row(
        self,
        row: Row | None,
        width: int,
        base: Style,
        style_of: Callable[[str], Style],
        *,
        at_cursor: bool,
        is_marked: bool = False,
    ) -> Strip:
        """Return one row, blank while it is not read; ``style_of`` gives the style of a cell's role."""
        before = _CURSOR if at_cursor else " "
        segments = [Segment(before, base), Segment(_MARK, base + style_of("key"))] if is_marked else []
        segments = segments or [Segment(before + " ", base)]
        if row is None:
            return Strip(segments).adjust_cell_length(width, base)
        used = GUTTER
        for placed in self._placed:
            cell = placed.column.cell(row)
            text = fit(cell.text, placed.width, right=placed.column.right)
            segments.append(Segment(text + " ", base + style_of(cell.role) if cell.role else base))
            used += placed.width + 1
        if used > width:
            return Strip(segments, used).crop(0, width)
        return Strip([*segments, Segment(" " * (width - used), base)], width)

    def column_at(self, x: int) -> str | None:
        """Return the column at a cell, None where there is none."""
        for placed in self._placed:
            if placed.start <= x - GUTTER <= placed.start + placed.width:
                return placed.column.id
        return None
