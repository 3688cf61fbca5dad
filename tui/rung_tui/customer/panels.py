"""What plugins show of a customer: asked beside the screen once the page stands, drawn as the page is."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from rung.supplies import Tone
from rung.supplies.chart_words import number_words
from rung.text import display_width
from rung_tui.beside import Beside
from rung_tui.charts import Axis, BarRow, Series, bar_chart, line_chart
from rung_tui.customer.layout import Part, paragraph, title
from rung_tui.customer.told import Told
from rung_tui.drawn import Line, padded
from rung_tui.language import spoken, words
from rung_tui.table.cells import settled

if TYPE_CHECKING:
    from rung.supplies.shown import ChartShown, PanelShown, RowShown
    from rung_tui.review import Review

__all__ = ["panels", "panels_asked"]

_ROLES: Final = {Tone.PLAIN: "", Tone.GOOD: "good", Tone.BAD: "bad", Tone.MUTED: "muted"}
_SIGNS: Final = {Tone.PLAIN: "  ", Tone.GOOD: "✓ ", Tone.BAD: "✗ ", Tone.MUTED: "  "}
# A tone is told by a sign too: not everybody sees colour.
_HIGH: Final = 9
# Lines of a curve, its axes included.


async def panels_asked(review: Review, told: Told) -> tuple[PanelShown, ...]:
    """Ask the plugins that have panels about a customer; they see what the page shows, and nothing covered.

    What a plugin does wrong stands in its panel; raises RungError where the customer's values cannot be read.
    """
    from rung.workspace.panels import has_panels, panels_of

    host = review.workspace.host
    if not await review.telling(lambda: has_panels(host)):
        return ()
    number, grade = told.number, told.grade
    seen = await review.telling(lambda: (spoken(), review.core.seen(number, grade, review.today()))[1])
    # On a thread of its own: who hangs there keeps neither the next customer nor the program's end waiting.
    return await Beside(lambda _report: panels_of(host, seen)).result()


def panels(told: Told, width: int) -> list[Line]:
    """Return the panels of plugins, each named by its title and where it is from."""
    lines: list[Line] = []
    for each in told.panels:
        lines += [(), title(f"{words(each.title)} · {each.plugin}", width)]
        if each.problem:
            lines += paragraph([("! ", "warning"), (each.problem, "muted")], width)
        lines += _rows(each.rows, width)
        if each.chart is not None:
            draw = _curve if each.chart.is_line else _bars
            lines += [*([()] if each.rows else []), *draw(each.chart, width)]
    return lines[1:]


def _rows(rows: Sequence[RowShown], width: int) -> list[Line]:
    labels = [display_width(settled(words(row.label))) for row in rows]
    room = min(max(labels, default=0), width // 3)
    lines: list[Line] = []
    for row in rows:
        role = _ROLES[row.tone]
        note = "" if row.note is None else f"  {words(row.note)}"
        label = padded(words(row.label), room, "muted")
        parts: list[Part] = [(_SIGNS[row.tone], role), label, "  ", (words(row.value), role), (note, "muted")]
        lines += paragraph(parts, width, room + 4)
    return lines


def _bars(chart: ChartShown, width: int) -> list[Line]:
    rows = [
        BarRow(words(label), value, numbers=(number_words(value, chart.unit),))
        for label, value in chart.points
    ]
    return bar_chart(rows, width)


def _curve(chart: ChartShown, width: int) -> list[Line]:
    points = [(float(place), value) for place, (_label, value) in enumerate(chart.points)]
    across = Axis(text=partial(_label_at, chart))
    up = Axis(name=chart.unit, text=lambda value: number_words(value, ""))
    return line_chart([Series("", points)], width, _HIGH, across=across, up=up)


def _label_at(chart: ChartShown, place: float) -> str:
    label, _value = chart.points[max(0, min(round(place), len(chart.points) - 1))]
    return words(label)
