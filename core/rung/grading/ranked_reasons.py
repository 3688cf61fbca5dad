"""The three most important reasons of each customer as columns, by one comparable number a reason."""

from __future__ import annotations

from collections.abc import Sequence

import narwhals.stable.v2 as nw

from rung.grading.cases import Frame, WholeType, case_of, narrowest, whole
from rung.grading.compiled import CompiledCriterion, CompiledPolicy, Shares, Table
from rung.grading.methods import code_type
from rung.grading.row import STORED_REASONS

__all__ = ["with_reasons"]


def with_reasons(compiled: CompiledPolicy, frame: Frame) -> Frame:
    """Return the frame with ``reason_1`` to ``reason_3``: places in ``reason_codes``, null where fewer.

    A reason's key is what it weighs (the points it lost; more for the method's own reason and for
    gates) times a width, plus how early it was written. Larger is more important, no two of one
    customer are equal, and whatever weighs nothing stays below the width.
    """
    width = len(compiled.reason_codes) + 1
    above = 1 + sum((c.best - min(c.worst, c.missing_points)) * c.weight for c in compiled.criteria)
    dtype = narrowest((above + len(compiled.gates) + 2) * width)
    dtype = nw.Int32 if dtype in (nw.Int8, nw.Int16) else dtype
    keys = {
        f"__key_{criterion.id}": _lost(compiled, criterion, index, dtype)
        for index, criterion in enumerate(compiled.criteria)
    }
    for index, gate in enumerate(compiled.gates):
        fired = nw.col(f"__gate_{index}").fill_null(gate.missing == "fire")
        key = (above + len(compiled.gates) - index) * width + width - 1 - index
        keys[f"__gate_key_{gate.id}"] = case_of([(fired, key)], 0, dtype)
    if isinstance(compiled.method, Table | Shares):
        own = nw.col("__reason")
        keys["__own_key"] = nw.when(~own.is_null()).then(own.cast(dtype) * -1 + (above * width + width - 1))
    if not keys:
        keys["__own_key"] = whole(0, dtype)
    frame = frame.with_columns(*(key.alias(name) for name, key in keys.items()))
    names = list(keys)
    frame = frame.with_columns(_largest(names, None, dtype).alias("__best_1"))
    for rank in range(2, STORED_REASONS + 1):
        frame = frame.with_columns(
            _largest(names, nw.col(f"__best_{rank - 1}"), dtype).alias(f"__best_{rank}")
        )
    places = code_type(compiled)
    return frame.with_columns(
        *(_place(nw.col(f"__best_{rank}"), width, places).alias(f"reason_{rank}") for rank in (1, 2, 3))
    )


def _lost(compiled: CompiledPolicy, criterion: CompiledCriterion, index: int, dtype: WholeType) -> nw.Expr:
    """Return a criterion's key; null where the criterion is left out.

    The places of its codes fall from band to band (``CompiledPolicy.reason_codes``), so one
    subtraction finds the band's.
    """
    width = len(compiled.reason_codes) + 1
    first = width - 1 - compiled.reason_codes.index(f"{criterion.id}:missing")
    step = criterion.weight * width
    points = nw.col(f"points_{criterion.id}")
    points = points if dtype is nw.Int32 else points.cast(dtype)
    return points * -step + (criterion.best * step + first) - nw.col(f"__band_{index}").cast(dtype)


def _largest(names: Sequence[str], below: nw.Expr | None, dtype: WholeType) -> nw.Expr:
    if below is None:
        columns = [nw.col(name) for name in names]
    else:
        columns = [
            nw.when(nw.col(name) < below).then(nw.col(name)).otherwise(whole(0, dtype)) for name in names
        ]
    return nw.max_horizontal(*columns) if len(columns) > 1 else columns[0]


def _place(key: nw.Expr, width: int, dtype: WholeType) -> nw.Expr:
    """Return the reason's place, null for a key that weighs nothing."""
    place = (key % width * -1 + (width - 1)).cast(dtype)
    return nw.when(key >= width).then(place)
