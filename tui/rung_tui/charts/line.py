"""A line chart: one curve or two, in the dots of cells or in ASCII, with named axes."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import isfinite

from rung.text import display_width
from rung_tui.charts.plot import Axis, Plot, Scale, Series
from rung_tui.charts.signs import Signs, signs_of_now
from rung_tui.drawn import Line, Span, plain, width_of
from rung_tui.table.cells import fit

__all__ = ["Axis", "Series", "line_chart"]


def line_chart(
    series: Sequence[Series],
    width: int,
    height: int,
    *,
    across: Axis | None = None,
    up: Axis | None = None,
    signs: Signs | None = None,
) -> list[Line]:
    """Return ``height`` lines of exactly ``width`` cells; of more than two series the first two.

    Above are the name of the upright axis and what each series is drawn with; the second series is told
    from the first by its sign, so it needs no colour.
    """
    if width < 1 or height < 1:
        return []
    signs = signs or signs_of_now()
    shown = [_finite(each) for each in series[: len(signs.series)]]
    xs, ys = Scale.of(across or Axis(), shown, 0), Scale.of(up or Axis(), shown, 1)
    head = height > 4
    foot = min(2, max(0, height - 2))
    rows = height - head - foot
    labels = _side_labels(ys, rows, signs)
    side = max((display_width(label) for label in labels.values()), default=0)
    side = side if width - side - 2 >= 8 else 0
    cells = max(1, width - side - 1)
    plot = Plot(shown, cells, rows, (xs, ys), signs)
    lines = [_legend(ys.axis.name, shown, width, signs)] if head else []
    for row in range(rows):
        label = labels.get(row, "")
        edge = signs.tick if label else signs.upright
        lines.append(
            _filled(
                [signs.fitted(label, side, "muted", right=True), Span(edge, "muted"), *plot.row(row)],
                width,
            )
        )
    marks = _bottom_labels(xs, cells, signs)
    if foot:
        lines.append(_filled([Span(" " * side), *_axis(marks, cells, signs)], width))
    if foot > 1:
        lines.append(_filled([Span(" " * (side + 1)), *_named(marks, xs.axis.name, cells, signs)], width))
    return lines


def _finite(series: Series) -> Series:
    points = [(x, y) for x, y in series.points if isfinite(x) and isfinite(y)]
    return Series(series.name, points, series.role)


def _legend(name: str, series: Sequence[Series], width: int, signs: Signs) -> Line:
    named = [each for each in series if each.name]
    room = max(0, width - sum(4 for _each in named))
    titles = [display_width(signs.written(each.name)) for each in named]
    axis = min(display_width(signs.written(name)), max(0, room - sum(titles)) or room // 3)
    spans = [signs.fitted(name, axis, "muted")]
    left = width - axis
    for place, each in enumerate(named):
        size = min(
            titles[place], max(0, (room - axis) // len(named) if sum(titles) > room - axis else titles[place])
        )
        if left < size + 4 or not size:
            break
        spans += [
            Span("  "),
            Span(signs.series[series.index(each)], each.role),
            Span(" "),
            signs.fitted(each.name, size),
        ]
        left -= size + 4
    return _filled(spans, width)


def _side_labels(ys: Scale, rows: int, signs: Signs) -> dict[int, str]:
    """Return what stands at which row: the ends, and the middle where there is room."""
    places = {0: 1.0, rows - 1: 0.0}
    if rows >= 5 and rows % 2:
        places[rows // 2] = 0.5
    return {row: signs.written(ys.at(share)) for row, share in places.items()}


def _bottom_labels(xs: Scale, cells: int, signs: Signs) -> list[tuple[int, int, str]]:
    """Return the cell marked, the cell a label begins at, and the label: ends first, then the middle."""
    found: list[tuple[int, int, str]] = []
    for share in (0.0, 1.0, 0.5):
        label = signs.written(xs.at(share))
        size = display_width(label)
        mark = round(share * (cells - 1))
        start = max(0, min(mark - (size // 2 if share == 0.5 else size - 1 if share else 0), cells - size))
        is_free = all(
            start + size < begun or start > begun + display_width(text) for _m, begun, text in found
        )
        if size <= cells and is_free:
            found.append((mark, start, label))
    return sorted(found)


def _axis(marks: Sequence[tuple[int, int, str]], cells: int, signs: Signs) -> list[Span]:
    marked = {mark for mark, _start, _label in marks}
    drawn = "".join(signs.mark if place in marked else signs.level for place in range(cells))
    return [Span(signs.corner + drawn, "muted")]


def _named(marks: Sequence[tuple[int, int, str]], name: str, cells: int, signs: Signs) -> list[Span]:
    """Return the labels, and the axis's name in the widest gap between them."""
    spans: list[Span] = []
    used = 0
    gaps = [
        (after[1] - before[1] - display_width(before[2]), before[1] + display_width(before[2]))
        for before, after in pairwise(marks)
    ]
    size = display_width(signs.written(name))
    texts = [(start, label) for _mark, start, label in marks]
    if name and gaps:
        gap, begun = max(gaps)
        if gap >= size + 2:
            texts.append((begun + (gap - size) // 2, signs.written(name)))
    for start, text in sorted(texts):
        spans += [Span(" " * (start - used)), Span(text, "muted")]
        used = start + display_width(text)
    return [*spans, Span(" " * (cells - used))]


def _filled(spans: Sequence[Span], width: int) -> Line:
    """Return the spans as a line of exactly ``width`` cells; what is too much is cut off."""
    rest = width - width_of(spans)
    if rest >= 0:
        return tuple(span for span in (*spans, Span(" " * rest)) if span.text)
    return (Span(fit(plain(spans), width)),)
