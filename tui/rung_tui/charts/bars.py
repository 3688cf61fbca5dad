"""Horizontal bars with a label and numbers each, beside what they were before where that is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from rung.text import display_width
from rung_tui.charts.signs import Signs, signs_of_now
from rung_tui.drawn import Line, Span

__all__ = ["BarRow", "bar_chart"]

_LEAST_BAR: Final = 6
# Under so many cells a bar says less than another number.
_LEAST_LABEL: Final = 4


@dataclass(frozen=True, slots=True)
class BarRow:
    """One bar."""

    label: str
    value: float
    """Its length; nothing is drawn below 0."""
    before: float | None = None
    """What it was; None where there is nothing to compare with."""
    numbers: tuple[str, ...] = ()
    """Written behind it, the ones that matter most first: the last give way where there is no room."""
    role: str = "bar"
    """Of the label and the bar, as ``grade_role``."""


def bar_chart(
    rows: Sequence[BarRow],
    width: int,
    *,
    heads: tuple[str, ...] = (),
    top: float | None = None,
    signs: Signs | None = None,
) -> list[Line]:
    """Return one line a bar, each exactly ``width`` cells.

    Where a row knows its ``before``, the bar shows what it gained and what it lost by signs of their own.
    ``heads`` names the label and each number, above them; ``top`` is the value that fills the bar's room,
    else the largest does.
    """
    if width < 1 or not rows:
        return []
    signs = signs or signs_of_now()
    columns = _Columns.fitting(rows, heads, width, signs)
    reach = top if top is not None else max(max(row.value, row.before or 0) for row in rows)
    lines = [columns.header(heads, signs)] if heads else []
    return lines + [columns.row(row, reach, signs) for row in rows]


@dataclass(frozen=True, slots=True)
class _Columns:
    """How many cells each part has; a blank stands between parts."""

    label: int
    bar: int
    numbers: tuple[int, ...]

    @classmethod
    def fitting(cls, rows: Sequence[BarRow], heads: tuple[str, ...], width: int, signs: Signs) -> _Columns:
        def widest(texts: list[str]) -> int:
            return max((display_width(signs.written(text)) for text in texts), default=0)

        wanted = widest([*(row.label for row in rows), *heads[:1]])
        count = max((len(row.numbers) for row in rows), default=0)
        numbers = [
            widest(
                [row.numbers[place] for row in rows if place < len(row.numbers)] + [*heads[place + 1 :][:1]]
            )
            for place in range(count)
        ]
        label = min(wanted, max(width // 3, _LEAST_LABEL), width)
        while numbers and label + sum(each + 1 for each in numbers) + _LEAST_BAR + 1 > width:
            if len(numbers) == 1:
                break
            numbers.pop()
        bar = width - label - sum(each + 1 for each in numbers) - 1
        if bar >= _LEAST_BAR or not numbers:
            if bar < 1:
                return cls(width, 0, ())
            spare = min(wanted - label, max(0, bar - width // 3))
            return cls(label + spare, bar - spare, tuple(numbers))
        label = width - numbers[0] - 1
        return cls(label, 0, tuple(numbers)) if label >= _LEAST_LABEL else cls(width, 0, ())

    def header(self, heads: tuple[str, ...], signs: Signs) -> Line:
        """Return the names of the columns."""
        spans = [signs.fitted(heads[0], self.label, "muted")]
        if self.bar:
            spans.append(Span(" " * (self.bar + 1)))
        for place, cells in enumerate(self.numbers, start=1):
            name = heads[place] if place < len(heads) else ""
            spans += [Span(" "), signs.fitted(name, cells, "muted", right=True)]
        return tuple(spans)

    def row(self, row: BarRow, reach: float, signs: Signs) -> Line:
        """Return one bar with what stands beside it."""
        spans = [signs.fitted(row.label, self.label, row.role if row.role != "bar" else "")]
        if self.bar:
            spans += [Span(" "), *_drawn(row, reach, self.bar, signs)]
        for place, cells in enumerate(self.numbers):
            number = row.numbers[place] if place < len(row.numbers) else ""
            spans += [Span(" "), signs.fitted(number, cells, right=True)]
        return tuple(spans)


def _drawn(row: BarRow, reach: float, cells: int, signs: Signs) -> tuple[Span, ...]:
    """Return a bar and what it was before, to the cell; without a before it is fine to parts of one."""
    now = _length(row.value, reach, cells, len(signs.eighths))
    if row.before is None:
        full, rest = divmod(now, len(signs.eighths))
        text = signs.eighths[-1] * full + (signs.eighths[rest - 1] if rest else "")
        return _spans((text, row.role), (" " * (cells - len(text)), ""))
    ended, began = (_length(each, reach, cells, 1) for each in (row.value, row.before))
    return _spans(
        (signs.eighths[-1] * min(ended, began), row.role),
        (signs.gained * (ended - began), row.role),
        (signs.lost * (began - ended), "lost"),
        (" " * (cells - max(ended, began)), ""),
    )


def _length(value: float, reach: float, cells: int, parts: int) -> int:
    """Return how many parts of cells a value fills: at least one if it is above nothing."""
    if not (value > 0 and reach > 0):
        return 0
    return max(1, round(min(value / reach, 1.0) * cells * parts))


def _spans(*parts: tuple[str, str]) -> tuple[Span, ...]:
    return tuple(Span(text, role) for text, role in parts if text)
