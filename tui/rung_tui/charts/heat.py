"""A matrix to be read at a glance: a number in every cell, a shade that says how much, sums at the edge."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from rung.text import display_width
from rung_tui.charts.signs import Signs, signs_of_now
from rung_tui.drawn import Line, Span, width_of

__all__ = ["Heat", "HeatGrid", "heat_map"]

Place = tuple[int, int]
"""A row and a column."""

_LEAST_LABEL: Final = 6
# Cells that still tell rows apart.


@dataclass(frozen=True, slots=True)
class Heat:
    """What a heat map shows."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[int, ...], ...]
    """Row by row."""
    corner: str = ""
    """What the rows and columns are, above the rows."""
    total: str = ""
    """What the sums at the edge are called; no sums where empty."""
    row_roles: tuple[str, ...] = ()
    column_roles: tuple[str, ...] = ()
    is_square: bool = False
    """Whether the rows are the columns: the diagonal is marked then."""
    ordered: int = 0
    """How many of them, the first ones, are ranks, best first: moves among those go up or down."""

    def move(self, row: int, column: int) -> int:
        """Return 1 for a cell of moves up, -1 for one of moves down, 0 where there is no direction."""
        if not self.is_square or max(row, column) >= self.ordered:
            return 0
        return (row > column) - (row < column)


def heat_map(
    heat: Heat,
    width: int,
    *,
    chosen: Place | None = None,
    number: Callable[[int], str] = "{:,}".format,
    signs: Signs | None = None,
) -> list[Line]:
    """Return the matrix, each line exactly ``width`` cells; ``chosen`` marks a cell.

    Where there is no room for it, thousands become k, then the sums at the side go, and in the end the
    cells that hold anything come as a list, the largest first.
    """
    return HeatGrid(heat, width, number=number, signs=signs).lines(chosen)


class HeatGrid:
    """A heat map at one width: its lines, and which cell is where."""

    def __init__(
        self,
        heat: Heat,
        width: int,
        *,
        number: Callable[[int], str] = "{:,}".format,
        signs: Signs | None = None,
    ) -> None:
        self.heat, self.width = heat, width
        self.signs = signs or signs_of_now()
        self.most = max((value for place, value in self._values() if not self._is_same(*place)), default=0)
        self.whole = max((value for _place, value in self._values()), default=0)
        ways = [(number, True), (_short, True), (_short, False)]
        self.label, self.cell, self.number, self.has_side = 0, 0, number, bool(heat.total)
        for self.number, has_side in ways:
            self.has_side = has_side and bool(heat.total)
            if self._fits():
                break
        else:
            self.cell = 0

    @property
    def is_list(self) -> bool:
        """Whether there is no room for a matrix, and its cells come as a list."""
        return not self.cell

    def lines(self, chosen: Place | None = None) -> list[Line]:
        """Return the lines, each exactly as wide as the grid."""
        if self.width < 1 or not self.heat.rows or not self.heat.columns:
            return []
        if self.is_list:
            return [self._entry(place, value, place == chosen) for place, value in self._listed()]
        lines = [self._header()]
        lines += [self._row(row, chosen) for row in range(len(self.heat.rows))]
        return lines + ([self._sums()] if self.heat.total else [])

    def cell_at(self, x: int, y: int) -> Place | None:
        """Return the cell drawn at a place; None where none is."""
        if self.is_list:
            listed = self._listed()
            return listed[y][0] if 0 <= y < len(listed) else None
        column, row = (x - self.label) // (self.cell + 1), y - 1
        if x < self.label or not 0 <= row < len(self.heat.rows) or column >= len(self.heat.columns):
            return None
        return row, column

    def line_of(self, place: Place) -> int | None:
        """Return which line a cell is on; None where it is not shown."""
        if not self.is_list:
            return place[0] + 1
        return next((line for line, (each, _value) in enumerate(self._listed()) if each == place), None)

    def beside(self, place: Place, across: int, down: int) -> Place:
        """Return the cell so far from another, no further than an edge; a list goes up and down."""
        if self.is_list:
            places = [each for each, _value in self._listed()]
            if not places:
                return place
            at = places.index(place) + down if place in places else 0
            return places[max(0, min(len(places) - 1, at))]
        row = max(0, min(len(self.heat.rows) - 1, place[0] + down))
        return row, max(0, min(len(self.heat.columns) - 1, place[1] + across))

    def _fits(self) -> bool:
        heat = self.heat
        totals = [*map(sum, heat.cells), *self._column_sums(), sum(map(sum, heat.cells))]
        shown = [value for _place, value in self._values()] + (totals if heat.total else [])
        digits = max(display_width(self.number(value)) for value in shown or [0])
        heads = [*heat.columns, *([heat.total] if self.has_side else [])]
        names = max(self._width(name) for name in heads or [""])
        labels = max(self._width(name) for name in (*heat.rows, heat.corner, heat.total))
        columns = len(heads)
        # Shade, number, sign of direction.
        least = digits + 2
        self.label = min(labels, _LEAST_LABEL)
        room = (self.width - self.label) // max(columns, 1) - 1
        self.cell = min(max(least, names + 1), room)
        spare = self.width - self.label - columns * (self.cell + 1)
        self.label += max(0, min(labels - self.label, spare))
        return room >= least

    def _width(self, text: str) -> int:
        return display_width(self.signs.written(text))

    def _values(self) -> list[tuple[Place, int]]:
        return [
            ((row, column), value)
            for row, values in enumerate(self.heat.cells)
            for column, value in enumerate(values)
        ]

    def _listed(self) -> list[tuple[Place, int]]:
        return sorted((each for each in self._values() if each[1]), key=lambda each: -each[1])

    def _column_sums(self) -> list[int]:
        return [sum(values) for values in zip(*self.heat.cells, strict=True)]

    def _is_same(self, row: int, column: int) -> bool:
        return self.heat.is_square and row == column

    def _header(self) -> Line:
        roles = self.heat.column_roles
        spans = [self.signs.fitted(self.heat.corner, self.label, "muted")]
        for place, name in enumerate(self.heat.columns):
            role = roles[place] if place < len(roles) else "strong"
            spans += [Span(" "), self.signs.fitted(name, self.cell - 1, role, right=True), Span(" ")]
        if self.has_side:
            spans += [
                Span(" "),
                self.signs.fitted(self.heat.total, self.cell - 1, "muted", right=True),
                Span(" "),
            ]
        return self._filled(spans)

    def _row(self, row: int, chosen: Place | None) -> Line:
        roles = self.heat.row_roles
        role = roles[row] if row < len(roles) else "strong"
        spans = [self.signs.fitted(self.heat.rows[row], self.label, role)]
        for column, value in enumerate(self.heat.cells[row]):
            spans += self._cell((row, column), value, (row, column) == chosen)
        if self.has_side:
            spans += self._sum(sum(self.heat.cells[row]))
        return self._filled(spans)

    def _cell(self, place: Place, value: int, is_chosen: bool) -> list[Span]:
        role, sign = self._told(place, value)
        shade = self._shade(place, value)
        text = self.signs.fitted(
            self.number(value) if value else self.signs.written("·"), self.cell - 2, right=True
        )
        if is_chosen:
            return [Span(">", "key"), Span(f"{shade}{text.text}{sign}", "chosen")]
        return [Span(f" {shade}{text.text}{sign}", role)]

    def _told(self, place: Place, value: int) -> tuple[str, str]:
        """Return the role and the sign of a cell: what kept its place, what went up, what went down."""
        if self._is_same(*place):
            return "strong", self.signs.same
        if not value:
            return "muted", " "
        move = self.heat.move(*place)
        if not move:
            return "", " "
        return ("good", self.signs.up) if move > 0 else ("bad", self.signs.down)

    def _shade(self, place: Place, value: int) -> str:
        """Return how much a cell is beside the others: off the diagonal beside those off it."""
        top = self.whole if self._is_same(*place) else self.most
        steps = len(self.signs.shades) - 1
        return self.signs.shades[-(-value * steps // top)] if value > 0 and top else self.signs.shades[0]

    def _sum(self, value: int) -> list[Span]:
        return [
            Span(" "),
            self.signs.fitted(self.number(value), self.cell - 1, "muted", right=True),
            Span(" "),
        ]

    def _sums(self) -> Line:
        spans = [self.signs.fitted(self.heat.total, self.label, "muted")]
        sums = self._column_sums()
        for value in (*sums, sum(sums)) if self.has_side else sums:
            spans += self._sum(value)
        return self._filled(spans)

    def _entry(self, place: Place, value: int, is_chosen: bool) -> Line:
        """Return one cell of the list: from where, to where, how many."""
        role, sign = self._told(place, value)
        text = self.number(value)
        figure = min(display_width(text) + 3, self.width)
        room = self.width - figure
        head = self.signs.fitted(">" if is_chosen else "", min(1, room), "key")
        names = f"{self.heat.rows[place[0]]} → {self.heat.columns[place[1]]}"
        return self._filled(
            [
                head,
                self.signs.fitted(names, max(0, room - 1), "chosen" if is_chosen else role),
                self.signs.fitted(f" {text} {sign}", figure, "chosen" if is_chosen else role, right=True),
            ]
        )

    def _filled(self, spans: Sequence[Span]) -> Line:
        rest = self.width - width_of(spans)
        return tuple(span for span in (*spans, Span(" " * rest)) if span.text)


_STEPS: Final = ((1_000_000_000, "G"), (1_000_000, "M"), (1_000, "k"))


def _short(value: int) -> str:
    """Return a number in about four cells."""
    for size, name in _STEPS:
        if abs(value) >= size:
            digits = value / size
            return f"{digits:.1f}{name}" if abs(digits) < 9.95 else f"{digits:.0f}{name}"
    return str(value)
