"""The way from 0 to the score as bars, one a criterion: what it gave and what was lost against its best.

Bars are SVG, which a browser prints whatever its setting for backgrounds; gained and lost differ by
pattern, not by colour.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Final

from rung.grading.explanation import Explanation
from rung.html import Markup, element, text

__all__ = ["Bar", "CutLine", "Scale", "axis", "bars", "cut_lines", "drawn", "patterns", "total_bar"]

_HEIGHT: Final = 8
"""Of a bar, in CSS pixels."""
_ROOM: Final = 14
"""Per cent of the width a number above the axis needs."""
_MANY: Final = 10


@dataclass(frozen=True, slots=True)
class Bar:
    """One step: where the running total begins, what it gains, what it might have gained besides."""

    start: Decimal
    gain: Decimal
    lost: Decimal = Decimal(0)

    @property
    def end(self) -> Decimal:
        """The running total after it."""
        return self.start + self.gain


@dataclass(frozen=True, slots=True)
class CutLine:
    """Where a grade begins."""

    grade: str
    at_least: Decimal


@dataclass(frozen=True, slots=True)
class Scale:
    """The numbers the width stands for."""

    low: Decimal
    high: Decimal

    @classmethod
    def over(cls, steps: Iterable[Bar], cuts: Iterable[CutLine], score: Decimal | None) -> Scale:
        """Return the least scale that shows everything, 0 included."""
        every = [Decimal(0), *(cut.at_least for cut in cuts)]
        most = Decimal(0)
        for step in steps:
            every += [step.start, step.end, step.end + step.lost]
            most += max(step.gain + step.lost, Decimal(0))
        every += [most] if score is None else [most, score]
        low, high = min(every), max(every)
        return cls(low, high if high > low else low + 1)

    def per_cent(self, number: Decimal) -> Decimal:
        """Return how far from the left a number stands."""
        return (number - self.low) / (self.high - self.low) * 100


def cut_lines(explanation: Explanation) -> tuple[CutLine, ...]:
    """Return where the grades begin on the scale of points; none where cut-offs are no points."""
    found: list[CutLine] = []
    for each in explanation.cutoffs:
        try:
            found.append(CutLine(each.grade, Decimal(each.at_least.en)))
        except InvalidOperation:
            continue
    return tuple(found)


def bars(steps: Iterable[tuple[Decimal, Decimal]]) -> tuple[Bar, ...]:
    """Return a bar for each gain and loss, each beginning where the one before ended."""
    found: list[Bar] = []
    start = Decimal(0)
    for gain, lost in steps:
        found.append(Bar(start, gain, lost))
        start += gain
    return tuple(found)


def drawn(bar: Bar | None, scale: Scale, cuts: Sequence[CutLine], *, is_total: bool = False) -> Markup:
    """Return one row of the chart: the grades' boundaries, and the bar if there is one."""
    lines = [_upright(scale.per_cent(cut.at_least), "cut") for cut in cuts]
    zero = _upright(scale.per_cent(Decimal(0)), "zero")
    if bar is None:
        return _svg(*lines, zero)
    kind = "total" if is_total else "gain" if bar.gain >= 0 else "drop"
    low, high = sorted((bar.start, bar.end))
    rects = [_rect(scale, low, high, kind)]
    if bar.lost > 0:
        rects.append(_rect(scale, bar.end, bar.end + bar.lost, "lost"))
    middle = element("svg", *rects, y="50%", overflow="visible")
    return _svg(*lines, zero, middle)


def total_bar(total: Decimal, scale: Scale, cuts: Sequence[CutLine]) -> Markup:
    """Return the last row of the chart: everything together."""
    return drawn(Bar(Decimal(0), total), scale, cuts, is_total=True)


def axis(scale: Scale, cuts: Sequence[CutLine]) -> Markup:
    """Return the scale's numbers: its ends and where the grades begin, as far as there is room."""
    marks = [(cut.at_least, cut.grade) for cut in cuts]
    # The ends are sums of rounded parts: 100.16 would be no scale's end.
    marks += [(end, "") for end in (scale.low, round(scale.high, 0) if scale.high >= _MANY else scale.high)]
    told: list[Markup] = []
    taken: list[Decimal] = []
    for number, grade in marks:
        place = scale.per_cent(number)
        if any(abs(place - other) < _ROOM for other in taken):
            continue
        taken.append(place)
        anchor = "start" if place < 5 else "end" if place > 95 else "middle"
        words = text(f"{grade} {_plain(number)}".strip() if len(grade) <= 2 else _plain(number))
        told.append(element("text", words, x=_share(place), y="9", text_anchor=anchor))
    return element("svg", *told, class_="axis", width="100%", height="11", aria_hidden="true")


def patterns() -> Markup:
    """Return the hatching of what was lost; once a document, before the first chart."""
    stroke = element("path", d="M0 4L4 0M-1 1L1 -1M3 5L5 3", stroke="#555", stroke_width=".7")
    hatch = element("pattern", stroke, id="lost", width="4", height="4", patternUnits="userSpaceOnUse")
    return element("svg", element("defs", hatch), class_="defs", width="0", height="0", aria_hidden="true")


def _svg(*inside: Markup) -> Markup:
    return element("svg", *inside, class_="bar", width="100%", height="100%", aria_hidden="true")


def _upright(place: Decimal, kind: str) -> Markup:
    x = _share(place)
    return element("line", x1=x, x2=x, y1="0", y2="100%", class_=kind)


def _rect(scale: Scale, low: Decimal, high: Decimal, kind: str) -> Markup:
    left, right = scale.per_cent(low), scale.per_cent(high)
    return element(
        "rect", x=_share(left), width=_share(right - left), y=-_HEIGHT // 2, height=_HEIGHT, class_=kind
    )


def _share(per_cent: Decimal) -> str:
    return f"{per_cent:.2f}%"


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"
