"""Numbers, runs and grades as every view of the mode writes them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from rung.moments import local
from rung_tui.charts import signs_of_now
from rung_tui.drawn import Line, Span, padded, width_of
from rung_tui.language import _, spoken, words

if TYPE_CHECKING:
    from rung.runs.manifest import Manifest, MeasuredColumn

__all__ = ["amount", "grade_label", "run_label", "side_by_side", "two_columns"]

_WIDE: Final = 120
# Columns from which two parts stand beside each other.
_UNITS: Final = {
    "zh": ((10**12, "万亿"), (10**8, "亿"), (10**4, "万")),
    "en": ((10**9, " bn"), (10**6, " m"), (10**3, " k")),
}
_MONEY: Final = {"元": {"zh": "元", "en": " yuan"}, "": {"zh": "", "en": ""}}


def amount(scaled: int, column: MeasuredColumn) -> str:
    """Return a sum of values in about eight cells, in the units of the language."""
    language = spoken()
    number = scaled / 10**column.decimals
    unit = column.unit or ("元" if column.kind == "money" else "")
    named = _MONEY.get(unit, {"zh": unit, "en": f" {unit}"})[language]
    for size, name in _UNITS[language]:
        if abs(number) >= size:
            return f"{number / size:,.2f}{name}{named}"
    return f"{number:,.0f}{named}"


def run_label(manifest: Manifest, among: Iterable[Manifest] = ()) -> str:
    """Return a run by its day, with the moment it was made where another among them is of that day."""
    same = [each for each in among if each.as_of == manifest.as_of]
    if len(same) == 1:
        return f"{manifest.as_of}"
    return f"{manifest.as_of} ({local(manifest.created_at):%m-%d %H:%M})"


def grade_label(grade: str | None, manifest: Manifest) -> str:
    """Return a grade with its title where that says more."""
    if grade is None:
        return _("not graded")
    title = next((words(each.title) for each in manifest.grades if each.id == grade), "")
    if len(grade) > 2:
        return title or grade
    return grade if title in ("", grade) else title if title.startswith(grade) else f"{grade} {title}"


def two_columns(
    left: Callable[[int], list[Line]], right: Callable[[int], list[Line]], width: int
) -> list[Line]:
    """Return two parts beside each other where both have room, else one below the other."""
    if width < _WIDE:
        return [*left(width), (), *right(width)]
    half = (width - 3) // 2
    return list(side_by_side(left(width - 3 - half), right(half), width, half))


def side_by_side(left: Sequence[Line], right: Sequence[Line], width: int, right_width: int) -> Iterator[Line]:
    """Yield lines of two columns, a line between them."""
    room = width - right_width - 3
    for number in range(max(len(left), len(right))):
        first = left[number] if number < len(left) else ()
        other = right[number] if number < len(right) else ()
        rule = Span(f" {signs_of_now().upright} ", "muted")
        yield (*_filled(first, room), rule, *other)


def _filled(spans: Iterable[Span], width: int) -> Iterator[Span]:
    spans = tuple(spans)
    yield from spans
    if (rest := width - width_of(spans)) > 0:
        yield padded("", rest)
