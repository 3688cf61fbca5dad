"""How the score came about: one stair a criterion, the running total beside it, the cut-offs below."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from rung.text import display_width
from rung_tui.bars import floating_bar
from rung_tui.customer.layout import grade_span, number, paragraph, title
from rung_tui.customer.told import Told
from rung_tui.drawn import Line, Span, line, padded
from rung_tui.language import _, words
from rung_tui.scale import called

if TYPE_CHECKING:
    from rung.grading.explanation import CriterionLine

__all__ = ["waterfall"]

_ZERO: Final = Decimal(0)
_POINTS, _WEIGHT, _GAIN, _TOTAL = 8, 7, 7, 7
# Cells of the numbers, a blank before each.
_WIDE: Final = 72
# From here on a criterion fits on one line with its stair.
_ROOMY: Final = 46
# Under this the weights are left out.
_NOTE: Final = 2
_SPARED: Final = 12
# Cells of the stairs' that a number may take rather than be cut.


def waterfall(told: Told, width: int) -> list[Line]:
    """Return the criteria as stairs; nothing where the policy adds up no points."""
    criteria = told.explanation.criteria
    if not criteria or told.explanation.mode != "score":
        return []
    top = _top(told)
    stairs = _Stairs(width, criteria, top)
    lines = [title(_("How the score came about"), width), stairs.header()]
    running = _ZERO
    for each in criteria:
        lines += stairs.criterion(each, running)
        running += each.contribution or _ZERO
    if told.explanation.score is not None:
        lines.append(stairs.total(told.explanation.score))
        lines += stairs.ruler(told)
    if any(each.basis.value == "assumed" for each in criteria):
        lines += paragraph([(_("* assumed: the practice does not state bands or weight"), "muted")], width)
    return lines


def _top(told: Told) -> Decimal:
    why = told.explanation
    best = sum((each.contribution or _ZERO) + each.lost for each in why.criteria)
    return max(Decimal(best), why.score or _ZERO, *(cut for _grade, cut in _cuts(told)), Decimal(1))


def _cuts(told: Told) -> list[tuple[str, Decimal]]:
    if told.explanation.score is None:
        return []
    return [(cut.grade, Decimal(cut.at_least.en)) for cut in told.explanation.cutoffs]


class _Stairs:
    """The columns of the waterfall at one width."""

    def __init__(self, width: int, criteria: Sequence[CriterionLine], top: Decimal) -> None:
        self.width, self.top = width, top
        self.is_wide = width >= _WIDE
        self.weight = _WEIGHT if width >= _ROOMY else 0
        numbers = _POINTS + self.weight + _GAIN + _TOTAL
        titles = max(display_width(_named(each)) for each in criteria)
        values = max(display_width(words(each.value)) for each in criteria)
        room = width - numbers - (22 if self.is_wide else 0)
        self.title = max(8, min(titles, room * 3 // 5))
        self.value = max(4, min(values, room - self.title - 2))
        if self.is_wide:
            amounts = max(display_width(_amount(words(each.value))) for each in criteria)
            self.value = max(self.value, min(amounts, room - self.title - 2 + _SPARED))
        self.bar = width - self.title - self.value - numbers - 2 if self.is_wide else width - 6

    def header(self) -> Line:
        """Return what the columns hold."""
        names = (
            padded(_("criterion"), self.title, "muted"),
            Span(" "),
            padded(_("value"), self.value, "muted"),
        )
        stair = (Span(" " * (self.bar + 1)),) if self.is_wide else (Span(" "),)
        sizes = (_POINTS, self.weight, _GAIN, _TOTAL)
        numbers = zip((_("points"), _("weight"), _("gives"), _("total")), sizes, strict=True)
        return (*names, *stair, *(padded(name, size, "muted", right=True) for name, size in numbers))

    def criterion(self, each: CriterionLine, running: Decimal) -> list[Line]:
        """Return one stair and a note on the band it met."""
        gained = each.contribution
        points = "–" if each.points is None else f"{number(each.points)}/{number(each.best_points)}"
        role = "muted" if gained is None else "good" if not each.lost else ""
        stair = self._stair(each, running)
        facts = (
            padded(_named(each), self.title, "" if each.is_evidence else "open"),
            Span(" "),
            padded(self._value(each), self.value, "" if each.is_evidence else "open"),
            Span(" "),
            *(stair if self.is_wide else ()),
            padded(points, _POINTS, role, right=True),
            padded(f"{number(each.weight_share)}%", self.weight, "muted", right=True),
            padded("" if gained is None else number(gained, signed=True), _GAIN, role, right=True),
            padded(number(running + (gained or _ZERO)), _TOTAL, "strong", right=True),
        )
        lines: list[Line] = [facts]
        if not self.is_wide:
            lines.append((Span("  "), *stair))
        return lines + self._note(each)

    def _value(self, each: CriterionLine) -> str:
        value = words(each.value)
        return value if display_width(value) <= self.value else _amount(value) or value

    def _stair(self, each: CriterionLine, running: Decimal) -> tuple[Span, ...]:
        end = running + (each.contribution or _ZERO)
        role = "good" if not each.lost else "bar"
        return floating_bar(running / self.top, end / self.top, (end + each.lost) / self.top, self.bar, role)

    def _note(self, each: CriterionLine) -> list[Line]:
        note = words(each.band)
        if each.better is not None:
            gain = number(each.lost, signed=True)
            note += _("   next better: {band} (at most {gain})").format(band=words(each.better), gain=gain)
        if each.cutoffs:
            note += _("   cut-offs: {cuts}").format(cuts=" · ".join(words(cut) for cut in each.cutoffs))
        return paragraph([(" " * _NOTE + note, "muted")], self.width, _NOTE)

    def total(self, score: Decimal) -> Line:
        """Return the score itself, which is rounded once and so may differ in the last digit."""
        names = self.title + 1 + self.value + 1 + (self.bar if self.is_wide else 0)
        rest = self.width - names
        text = f"{score:.2f}"
        return line(padded(_("score"), names, "strong"), padded(text, rest, "strong", right=True))

    def ruler(self, told: Told) -> list[Line]:
        """Return the scale the stairs stand on: where each grade begins."""
        cuts = _cuts(told)
        offset = self.title + 1 + self.value + 1 if self.is_wide else 2
        marks, cells = [" "] * self.bar, ["─"] * self.bar
        for grade, cut in sorted(cuts, key=lambda pair: pair[1]):
            place = min(self.bar - 1, int(cut / self.top * self.bar))
            cells[place] = "┼"
            label = f"{called(grade, told.grades)}≥{number(cut)}"
            size = display_width(label)
            start = max(0, min(place, self.bar - size))
            if not "".join(marks[max(0, start - 1) : start + size]).strip():
                # A wide character fills two cells, so the one after it holds nothing.
                marks[start : start + size] = [label, *[""] * (size - 1)]
        score = told.explanation.score
        if score is not None:
            cells[min(self.bar - 1, int(score / self.top * self.bar))] = "▲"
        here = (Span("  "), grade_span(told.explanation.ungated, told.grades))
        return [
            (Span(" " * offset), Span("".join(cells), "cut"), *here),
            (Span(" " * offset), Span("".join(marks), "cut")),
        ]


def _amount(value: str) -> str:
    """Return a number without its unit: worth more whole than cut with it; "" for what is no number."""
    amount, _blank, _unit = value.partition(" ")
    return amount if amount.lstrip("-").replace(",", "").replace(".", "").isdecimal() else ""


def _named(each: CriterionLine) -> str:
    return words(each.title) + (" *" if each.basis.value == "assumed" else "")
