"""The field a line chart is drawn in: curves as the dots of cells, or as one sign a cell."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from rung_tui.charts.signs import Signs
from rung_tui.drawn import Span

__all__ = ["Axis", "Plot", "Scale", "Series"]

_BRAILLE: Final = 0x2800
_DOTS: Final = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
# Of a cell four dots high and two wide, from the top; Unicode, Braille Patterns.
_ACROSS, _DOWN = 2, 4


@dataclass(frozen=True, slots=True)
class Series:
    """One curve."""

    name: str
    points: Sequence[tuple[float, float]]
    """From left to right."""
    role: str = "bar"


@dataclass(frozen=True, slots=True)
class Axis:
    """One axis; without ends it spans what there is."""

    name: str = ""
    low: float | None = None
    high: float | None = None
    text: Callable[[float], str] = "{:g}".format
    """How its numbers are written."""


@dataclass(frozen=True, slots=True)
class Scale:
    """An axis with both its ends known."""

    axis: Axis
    low: float
    high: float

    @classmethod
    def of(cls, axis: Axis, series: Sequence[Series], side: int) -> Scale:
        """Return the scale that holds the points of all series, whose numbers at ``side`` it is for."""
        found = [point[side] for each in series for point in each.points]
        low = axis.low if axis.low is not None else min(found, default=0.0)
        high = axis.high if axis.high is not None else max(found, default=1.0)
        return cls(axis, low, high if high > low else low + 1)

    def place(self, value: float, steps: int) -> int:
        """Return which of so many steps a value falls on, the nearest where it lies outside."""
        share = (value - self.low) / (self.high - self.low)
        return max(0, min(steps - 1, round(share * (steps - 1))))

    def at(self, share: float) -> str:
        """Return what is written at a share of the way from its low end to its high one."""
        return self.axis.text(self.low + (self.high - self.low) * share)


class Plot:
    """The field between the axes."""

    def __init__(
        self, series: Sequence[Series], cells: int, rows: int, scales: tuple[Scale, Scale], signs: Signs
    ) -> None:
        self.series, self.cells, self.rows, self.signs = series, cells, rows, signs
        self.xs, self.ys = scales
        self._dots = [self._dots_of(place) for place in range(len(series))]

    def row(self, row: int) -> list[Span]:
        """Return one row of cells; where both series run through one, they take turns."""
        spans: list[Span] = []
        for column in range(self.cells):
            cell = row, column
            here = [place for place, dots in enumerate(self._dots) if cell in dots]
            text, role = " ", ""
            if here:
                place = here[column % len(here)]
                text, role = self._sign(place, self._dots[place][cell]), self.series[place].role
            if spans and spans[-1].role == role:
                spans[-1] = Span(spans[-1].text + text, role)
            else:
                spans.append(Span(text, role))
        return spans

    def _is_fine(self, place: int) -> bool:
        return place == 0 and self.signs.has_dots

    def _sign(self, place: int, dots: int) -> str:
        return chr(_BRAILLE + dots) if self._is_fine(place) else self.signs.series[place]

    def _dots_of(self, place: int) -> dict[tuple[int, int], int]:
        """Return the dots of each cell a series runs through."""
        fine = self._is_fine(place)
        across, down = (_ACROSS, _DOWN) if fine else (1, 1)
        found: dict[tuple[int, int], int] = {}
        for x, y in self._path(self.series[place], self.cells * across, self.rows * down):
            key = (y // down, x // across)
            found[key] = found.get(key, 0) | (_DOTS[y % down][x % across] if fine else 1)
        return found

    def _path(self, series: Series, width: int, height: int) -> list[tuple[int, int]]:
        """Return every dot of a series, the first row at the top."""
        corners = [(self.xs.place(x, width), height - 1 - self.ys.place(y, height)) for x, y in series.points]
        path = corners[:1]
        for (x0, y0), (x1, y1) in pairwise(corners):
            steps = max(abs(x1 - x0), abs(y1 - y0))
            path += [
                (x0 + round((x1 - x0) * step / steps), y0 + round((y1 - y0) * step / steps))
                for step in range(1, steps + 1)
            ]
        return path
