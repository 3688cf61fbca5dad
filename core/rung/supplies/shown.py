"""A panel as it is shown: what a plugin handed over, checked and made harmless, or why there is nothing."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from math import isfinite, nan
from numbers import Real
from typing import Final

from rung.supplies.panels import PanelChart, PanelData, PanelRow, Tone
from rung.text import Text, _, inert

__all__ = [
    "FARTHEST",
    "MOST_POINTS",
    "MOST_ROWS",
    "ChartShown",
    "PanelDataError",
    "PanelShown",
    "RowShown",
    "one_line",
    "settled",
]

MOST_ROWS: Final = 100
"""Rows of one panel: what one reads of a customer, not a table."""
MOST_POINTS: Final = 60
"""Points of one chart: five years of months; more would not be told apart on a screen."""
FARTHEST: Final = 1e15
"""How far a point may lie from 0: beyond it the digits of a floating-point number are no longer all true."""
_LONGEST: Final = 300
# Characters of one text: a few lines on any screen.


class PanelDataError(ValueError):
    """What a panel handed over is not what was asked for."""


@dataclass(frozen=True, slots=True)
class RowShown:
    """One line of a panel, its texts inert and in one line each."""

    label: Text
    value: Text
    note: Text | None
    tone: Tone


@dataclass(frozen=True, slots=True)
class ChartShown:
    """A chart beneath the rows, every value finite."""

    points: tuple[tuple[Text, float], ...]
    is_line: bool
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelShown:
    """One plugin's panel of one customer; where there is a ``problem``, that is all there is of it."""

    id: str
    title: Text
    plugin: str
    """The distribution it is from, with its version."""
    rows: tuple[RowShown, ...] = ()
    chart: ChartShown | None = None
    problem: str = ""
    """Why nothing is shown, in one line that names the plugin."""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to tell of this customer."""
        return not (self.rows or self.chart or self.problem)


def settled(found: object) -> tuple[tuple[RowShown, ...], ChartShown | None]:
    """Return what a panel handed over, ready to be drawn; ``None`` is nothing at all.

    Raises PanelDataError, in words for the plugin's author, for what is no PanelData, for texts, tones and
    numbers of another type, for numbers that are not finite, and for more rows or points than may be.
    """
    if found is None:
        return (), None
    if not isinstance(found, PanelData):
        raise PanelDataError(
            _("it returned {found}, and PanelData or None is wanted").format(found=_type_of(found))
        )
    rows = _several(found.rows, _("its rows"), MOST_ROWS)
    return tuple(_row(row, number) for number, row in enumerate(rows, start=1)), _chart(found.chart)


def one_line(words: str) -> str:
    """Return a text inert, in one line, and cut where it is longer than one reads."""
    line = inert(" ".join(words[: 4 * _LONGEST].split()))
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"


def _row(row: object, number: int) -> RowShown:
    if not isinstance(row, PanelRow):
        raise PanelDataError(
            _("row {number} is {found}, and PanelRow is wanted").format(number=number, found=_type_of(row))
        )
    if not isinstance(row.tone, Tone):
        words = _("the tone of row {number} is {found}, and Tone is wanted")
        raise PanelDataError(words.format(number=number, found=_type_of(row.tone)))
    return RowShown(
        _text(row.label, _("the label of row {number}").format(number=number)),
        _text(row.value, _("the value of row {number}").format(number=number)),
        None if row.note is None else _text(row.note, _("the note of row {number}").format(number=number)),
        row.tone,
    )


def _chart(chart: object) -> ChartShown | None:
    if chart is None:
        return None
    if not isinstance(chart, PanelChart):
        raise PanelDataError(
            _("its chart is {found}, and PanelChart is wanted").format(found=_type_of(chart))
        )
    points = _several(chart.points, _("its chart's points"), MOST_POINTS)
    if not points:
        return None
    unit = _text(chart.unit, _("the chart's unit"))
    return ChartShown(
        tuple(_point(point, number) for number, point in enumerate(points, start=1)),
        bool(chart.is_line),
        unit.en,
    )


def _point(point: object, number: int) -> tuple[Text, float]:
    if not isinstance(point, tuple | list) or len(point) != 2:
        raise PanelDataError(_("point {number} is no pair of label and value").format(number=number))
    label, value = point
    named = _text(label, _("the label of point {number}").format(number=number))
    height = _height(value)
    if not isfinite(height):
        raise PanelDataError(_("the value of point {number} is no finite number").format(number=number))
    if abs(height) > FARTHEST:
        words = _("the value of point {number} lies beyond {most}")
        raise PanelDataError(words.format(number=number, most=f"{FARTHEST:g}"))
    return named, height


def _height(value: object) -> float:
    """Return a number of any type; NaN for what is none, and for a whole one past every bound."""
    if isinstance(value, bool) or not isinstance(value, Real | Decimal):
        return nan
    try:
        return float(value)
    except (OverflowError, ValueError):
        return nan


def _several(found: object, name: str, most: int) -> tuple[object, ...]:
    if not isinstance(found, tuple | list):
        words = _("{what} are {found}, and a tuple is wanted")
        raise PanelDataError(words.format(what=name, found=_type_of(found)))
    if len(found) > most:
        words = _("{what} are {count}, and {most} are the most")
        raise PanelDataError(words.format(count=len(found), what=name, most=most))
    return tuple(found)


def _text(found: object, what: str) -> Text:
    if isinstance(found, str):
        return Text.same(one_line(found))
    zh: object = found.zh if isinstance(found, Text) else None
    en: object = found.en if isinstance(found, Text) else None
    if isinstance(zh, str) and isinstance(en, str):
        return Text(one_line(zh), one_line(en))
    words = _("{what} is {found}, and a text is wanted")
    raise PanelDataError(words.format(what=what, found=_type_of(found)))


def _type_of(found: object) -> str:
    return type(found).__name__
