"""Draws how a value is spread among the customers, with the cuts between them, as lines of plain text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from rung.adopting.human_numbers import human_step
from rung.text import _, current_language, display_width, inert
from rung.values import format_value
from rung.vocabulary import Kind, Quantity

if TYPE_CHECKING:
    import polars as pl

__all__ = ["Cut", "bars", "picture"]

_ROWS: Final = 8
_BAR: Final = 32
_FEW: Final = 12
# Different values up to which each has a row of its own.
_LONGEST_LABEL: Final = 34


@dataclass(frozen=True, slots=True)
class Cut:
    """Where one part of the customers ends and the next begins: ``at`` belongs to the upper one."""

    at: int
    words: str


def picture(values: pl.Series, quantity: Quantity, cuts: Sequence[Cut] = ()) -> list[str]:
    """Return the lines of a histogram; the largest values stand on top, cuts between the rows."""
    known = values.drop_nulls()
    missing = len(values) - len(known)
    lines = list(_rows(known, quantity, cuts)) if len(known) else [_("No customer has a value.")]
    if missing:
        lines.append(_("Missing: {n} of {all}").format(n=f"{missing:,}", all=f"{len(values):,}"))
    return lines


def bars(rows: Sequence[tuple[str, int]]) -> list[str]:
    """Return a bar a row: label, bar, count; labels in Chinese keep the bars aligned."""
    labels = [_cropped(inert(label)) for label, _count in rows]
    width = max((display_width(label) for label in labels), default=0)
    most = max((count for _label, count in rows), default=0)
    return [
        f"{label}{' ' * (width - display_width(label))}  {_bar(count, most)} {count:,}"
        for label, (_label, count) in zip(labels, rows, strict=True)
    ]


def _rows(known: pl.Series, quantity: Quantity, cuts: Sequence[Cut]) -> Iterator[str]:
    if quantity.kind is Kind.DATE or not quantity.kind.is_numeric:
        yield from bars(_common(known, quantity))
        return
    edges, rows = _bins(known, quantity, [cut.at for cut in cuts])
    drawn = bars(rows)
    width = max(display_width(label) for label, _count in rows)
    for (low, _high), line in reversed(list(zip(edges, drawn, strict=True))):
        yield line
        for cut in cuts:
            if cut.at == low:
                yield f"{'─' * width}──┤ {inert(cut.words)}"


def _common(known: pl.Series, quantity: Quantity) -> list[tuple[str, int]]:
    counts = known.alias("value").value_counts(sort=True).head(_FEW)
    language = current_language()
    return [(format_value(value, quantity, language), count) for value, count in counts.iter_rows()]


def _bins(
    known: pl.Series, quantity: Quantity, cuts: list[int]
) -> tuple[list[tuple[int, int]], list[tuple[str, int]]]:
    """Return the ends of each row, upper end excluded, and its label and count, the smallest first."""
    least, most = int(known.min()), int(known.max())  # type: ignore[arg-type]
    different = known.unique().sort().head(_FEW + 1).to_list()
    if len(different) <= _FEW:
        edges = sorted({*different, *cuts, most + 1})
    else:
        low, high = (int(known.quantile(share, "nearest") or 0) for share in (0.02, 0.98))
        step = human_step(max(1, high - low), _ROWS)
        first = low // step * step
        inner = range(first + step, high + 1, step)
        edges = sorted({least, most + 1, *inner, *(cut for cut in cuts if least < cut <= most), *cuts})
    pairs = list(pairwise(edges if len(edges) > 1 else [*edges, edges[0] + 1]))
    counts = [int(known.is_between(low, high, closed="left").sum()) for low, high in pairs]
    return pairs, [
        (_span(low, high, quantity, single=low in different and len(different) <= _FEW), count)
        for (low, high), count in zip(pairs, counts, strict=True)
    ]


def _span(low: int, high: int, quantity: Quantity, *, single: bool) -> str:
    language = current_language()
    if single or high - low == 1:
        return format_value(low, quantity, language)
    return f"{format_value(low, quantity, language)} – {format_value(high, quantity, language)}"


def _bar(count: int, most: int) -> str:
    if not count:
        return "·"
    return "█" * max(1, round(count * _BAR / most))


def _cropped(label: str) -> str:
    if display_width(label) <= _LONGEST_LABEL:
        return label
    kept = ""
    for char in label:
        if display_width(kept + char) >= _LONGEST_LABEL:
            break
        kept += char
    return f"{kept}…"
