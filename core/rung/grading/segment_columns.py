"""Cut-offs of segments as columns: a segment becomes a number once, and the number finds each cut-off."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import narwhals.stable.v2 as nw

from rung.grading.calibration import Calibration
from rung.grading.cases import Frame, case_of, narrowest, whole
from rung.grading.compiled import CompiledPolicy, Ranking
from rung.grading.segments import cut_column, place_column

__all__ = ["reached_in_segment", "segment_place", "with_segments"]

_NESTED: Final = 32
# Cases in one expression: far from where an interpreter's stack ends.


def with_segments(
    compiled: CompiledPolicy, calibration: Calibration, frame: Frame, ready: frozenset[str] = frozenset()
) -> Frame:
    """Return the frame with a segment's place and its cut-offs, for every ranking within segments.

    ``place_column``: the segment's place among those with cut-offs, null where it is missing or has none;
    ``cut_column``: the least value of each share there. Rankings whose key is in ``ready`` have theirs.
    """
    for ranking in compiled.rankings:
        if ranking.within is not None and ranking.key not in ready:
            frame = _with_place(frame, ranking, calibration)
            place = segment_place(ranking)
            cuts = calibration.cuts_by_share(ranking)
            frame = frame.with_columns(
                *(_chosen(place, cut, 0).alias(cut_column(ranking, share)) for share, cut in enumerate(cuts))
            )
    return frame


def segment_place(ranking: Ranking) -> nw.Expr:
    """Return the place of each customer's segment; null where nothing is known of it."""
    return nw.col(place_column(ranking))


def reached_in_segment(ranking: Ranking) -> list[nw.Expr]:
    """Return for each share whether the value reaches the cut-off of its segment; null for no cut-off."""
    value = nw.col(ranking.quantity.id)
    return [value >= nw.col(cut_column(ranking, share)) for share in range(len(ranking.shares))]


def _with_place(frame: Frame, ranking: Ranking, calibration: Calibration) -> Frame:
    """Add the place of each segment among the known ones, a few of them a column: nesting has a limit."""
    assert ranking.within is not None
    column, known = nw.col(ranking.within.id), calibration.known_segments(ranking)
    dtype, name = narrowest(len(known)), place_column(ranking)
    parts = {
        f"{name}_{first}": case_of(
            [(column == known[place], place) for place in range(first, min(first + _NESTED, len(known)))],
            None,
            dtype,
        )
        for first in range(0, len(known), _NESTED)
    }
    frame = frame.with_columns(*(part.alias(each) for each, part in parts.items())) if parts else frame
    found = whole(None, dtype)
    for each in parts:
        found = nw.when(nw.col(each).is_null()).then(found).otherwise(nw.col(each))
    return frame.with_columns(found.alias(name))


def _chosen(place: nw.Expr, values: Sequence[int | None], first: int) -> nw.Expr:
    """Return the value at a place, counted from ``first``, halving what is left: no deep nesting."""
    if len(set(values)) <= 1:
        return whole(values[0] if values else None, nw.Int64)
    half = len(values) // 2
    low, high = _chosen(place, values[:half], first), _chosen(place, values[half:], first + half)
    return nw.when(place < first + half).then(low).otherwise(high)
