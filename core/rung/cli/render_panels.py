"""Lays out what plugins show of a customer for a terminal: rows, and charts as bars beside their numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from rung.cli.render_decision import part_title
from rung.cli.terminal import grid, line
from rung.supplies import Tone
from rung.supplies.chart_words import number_words
from rung.text import _

if TYPE_CHECKING:
    from rich.console import RenderableType

    from rung.supplies.shown import ChartShown, PanelShown, RowShown

__all__ = ["render_panels"]

_SIGNS: Final = {Tone.PLAIN: " ", Tone.GOOD: "+", Tone.BAD: "!", Tone.MUTED: "·"}
# A tone is told by a sign: what is printed has no colour.
_BAR: Final = 30


def render_panels(panels: Iterable[PanelShown]) -> Iterator[RenderableType]:
    """Yield the panels to print, in the current language."""
    for panel in panels:
        yield part_title(f"{panel.title} · {panel.plugin}")
        if panel.problem:
            yield line(f"  ! {panel.problem}", "yellow")
        if panel.rows:
            yield _rows(panel.rows)
        if panel.chart is not None:
            yield _chart(panel.chart)


def _rows(rows: Iterable[RowShown]) -> RenderableType:
    told = [
        (_SIGNS[each.tone], each.label, each.value, "" if each.note is None else each.note) for each in rows
    ]
    if any(note != "" for *_rest, note in told):
        return grid(("", _("what"), _("value"), _("remark")), told)
    return grid(("", _("what"), _("value")), [row[:3] for row in told])


def _chart(chart: ChartShown) -> RenderableType:
    most = max((abs(value) for _label, value in chart.points), default=0.0)
    rows = ((label, number_words(value, chart.unit), _bar(value, most)) for label, value in chart.points)
    return grid((_("at"), _("value"), ""), rows, right=(1,))


def _bar(value: float, most: float) -> str:
    if value <= 0 or not most:
        return ""
    return "█" * max(1, round(value / most * _BAR))
