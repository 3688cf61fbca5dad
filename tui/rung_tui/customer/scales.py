"""How a grade came about without points: the band met on each criterion, and the cell of a matrix."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rung.text import display_width
from rung_tui.customer.layout import Part, grade_span, paragraph, title
from rung_tui.customer.told import Told
from rung_tui.drawn import Line, Span, padded
from rung_tui.language import _, words
from rung_tui.scale import called

if TYPE_CHECKING:
    from rung.grading.explanation import CriterionLine, MatrixLine

__all__ = ["matrix", "scales"]

_LEAST: Final = 5
# Cells of the narrowest column that still says something.


def scales(told: Told, width: int) -> list[Line]:
    """Return the criteria and the bands met; nothing where the policy adds points up, or has none."""
    criteria = told.explanation.criteria
    if not criteria or told.explanation.mode == "score":
        return []
    lines = [title(_("What counts"), width)]
    for each in criteria:
        lines += _scale(each, told, width)
    if any(each.basis.value == "assumed" for each in criteria):
        lines += paragraph([(_("* assumed: the practice does not state the bands"), "muted")], width)
    return lines


def _scale(each: CriterionLine, told: Told, width: int) -> list[Line]:
    named = words(each.title) + (" *" if each.basis.value == "assumed" else "")
    head: list[Part] = [
        (named, "" if each.is_evidence else "open"),
        (f"  {words(each.value)}", "muted" if each.is_evidence else "open"),
        f"  {words(each.band)}",
    ]
    if each.grade is not None:
        head += [("  → ", "muted"), grade_span(each.grade, told.grades)]
    if each.weight_share:
        head.append((f"  {each.weight_share.normalize():f}%", "muted"))
    lines = paragraph(head, width)
    note = []
    if each.better is not None:
        note.append(_("next better: {band}").format(band=words(each.better)))
    if each.cutoffs:
        note.append(_("cut-offs: {cuts}").format(cuts=" · ".join(words(cut) for cut in each.cutoffs)))
    if note:
        lines += paragraph([("  " + "   ".join(note), "muted")], width)
    return lines


def matrix(told: Told, width: int) -> list[Line]:
    """Return the whole matrix, the customer's row and column marked and the cell in brackets."""
    found = told.explanation.matrix
    if found is None:
        return []
    axes = _("{down} down, {across} across").format(down=words(found.down), across=words(found.across))
    lines = [title(axes, width)]
    first, each = _widths(found, width)
    heads = [
        padded(words(column), each, "strong" if place == found.column else "muted")
        for place, column in enumerate(found.columns)
    ]
    lines.append((padded("", first), *_spaced(heads)))
    for place, row in enumerate(found.rows):
        label = padded(words(row), first, "strong" if place == found.row else "muted")
        cells = [_cell(told, found, place, column, each) for column in range(len(found.columns))]
        lines.append((label, *_spaced(cells)))
    return lines


def _widths(found: MatrixLine, width: int) -> tuple[int, int]:
    """Return the cells of the row titles and of each column."""
    titles = max(display_width(words(row)) for row in found.rows)
    first = min(titles, width // 3)
    widest = max(
        *(display_width(words(column)) for column in found.columns),
        *(display_width(cell) + 2 for cells in found.cells for cell in cells),
    )
    room = (width - first) // max(1, len(found.columns)) - 1
    return first, max(min(widest, room), min(_LEAST, room), 1)


def _spaced(spans: list[Span]) -> list[Span]:
    return [piece for span in spans for piece in (Span(" "), span)]


def _cell(told: Told, found: MatrixLine, row: int, column: int, width: int) -> Span:
    grade = found.cells[row][column]
    if (row, column) == (found.row, found.column):
        return padded(f"[{called(grade, told.grades)}]", width, grade_span(grade, told.grades).role)
    return padded(f" {called(grade, told.grades)}", width, "muted")
