"""What plugins show of the customer, drawn as the rest of the sheet: rows, and a chart to print in black."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from rung.html import Markup, element, text
from rung.plugins.faults import without_files
from rung.sheet.parts import Column, section, small, table
from rung.supplies import Tone
from rung.supplies.chart_words import number_words
from rung.text import _

if TYPE_CHECKING:
    from rung.sheet.sheet import Sheet
    from rung.supplies.shown import ChartShown, PanelShown, RowShown

__all__ = ["panels"]

_SIGNS: Final = {Tone.GOOD: "✓ ", Tone.BAD: "✗ "}
# A tone is told by a sign: paper has no colour.
_HEIGHT: Final = 60
"""Of a line, in CSS pixels."""
_EDGE: Final = 3


def panels(sheet: Sheet) -> Iterator[Markup]:
    """Yield a section for each panel, its plugin named: what stands there is not Rung's."""
    for panel in sheet.panels:
        yield section(f"{panel.title} · {panel.plugin}", *_inside(panel))


def _inside(panel: PanelShown) -> Iterator[Markup]:
    if panel.problem:
        yield small(without_files(panel.problem))
    if panel.rows:
        yield _rows(panel.rows)
    if panel.chart is not None:
        yield _line(panel.chart) if panel.chart.is_line else _bars(panel.chart)


def _rows(rows: Sequence[RowShown]) -> Markup:
    has_notes = any(each.note is not None for each in rows)
    columns = [Column(_("what"), 30), Column(_("value"), 35 if has_notes else 70)]
    if has_notes:
        columns.append(Column(_("remark"), 35))
    told = [
        (
            text(each.label),
            element(
                "span", text(f"{_SIGNS.get(each.tone, '')}{each.value}"), class_=f"tone {each.tone}".strip()
            ),
            *((text("" if each.note is None else each.note),) if has_notes else ()),
        )
        for each in rows
    ]
    return table(columns, told)


def _bars(chart: ChartShown) -> Markup:
    most = max((value for _label, value in chart.points), default=0.0)
    columns = (Column(_("at"), 30), Column("", 50), Column(_("value"), 20, is_number=True))
    rows = [
        (text(label), _bar(value, most), text(number_words(value, chart.unit)))
        for label, value in chart.points
    ]
    return table(columns, rows, "fall")


def _bar(value: float, most: float) -> Markup:
    share = 100 * value / most if value > 0 and most > 0 else 0
    rect = element("rect", x="0", y="20%", width=f"{share:.2f}%", height="60%", class_="gain")
    return element("svg", rect, class_="bar", width="100%", height="100%", aria_hidden="true")


def _line(chart: ChartShown) -> Markup:
    """Return the curve between its least and its greatest number, and both ends named."""
    values = [value for _label, value in chart.points]
    low, high = min(values), max(values)
    reach = high - low or 1.0
    across = max(1, len(values) - 1)
    points = [
        (100 * place / across, _EDGE + (_HEIGHT - 2 * _EDGE) * (1 - (value / reach - low / reach)))
        for place, value in enumerate(values)
    ]
    steps = [
        element("line", x1=f"{x0:.2f}%", y1=f"{y0:.1f}", x2=f"{x1:.2f}%", y2=f"{y1:.1f}", class_="curve")
        for (x0, y0), (x1, y1) in pairwise(points)
    ]
    dots = [element("circle", cx=f"{x:.2f}%", cy=f"{y:.1f}", r="1.5") for x, y in points]
    drawn = element("svg", *steps, *dots, class_="plot", width="100%", height=_HEIGHT, aria_hidden="true")
    (first, begun), (last, ended) = chart.points[0], chart.points[-1]
    words = _("{first}: {begun} → {last}: {ended}; least {low}, most {high}")
    told = words.format(
        first=first,
        begun=number_words(begun, chart.unit),
        last=last,
        ended=number_words(ended, chart.unit),
        low=number_words(low, chart.unit),
        high=number_words(high, chart.unit),
    )
    return element("div", drawn, small(told), class_="chart")
