"""The three most important reasons of each customer as columns, by one comparable number a reason."""

from __future__ import annotations

from collections.abc import Sequence

import narwhals.stable.v2 as nw

from rung.grading.cases import Frame, WholeType, whole
from rung.grading.compiled import CompiledPolicy
from rung.grading.reason_keys import ReasonKeys, code_type
from rung.grading.row import STORED_REASONS

__all__ = ["with_reasons"]


def with_reasons(compiled: CompiledPolicy, frame: Frame) -> Frame:
    """Return the frame with ``reason_1`` to ``reason_3``: places in ``reason_codes``, null where fewer."""
    made = ReasonKeys(compiled)
    width, dtype = made.width, made.dtype
    keys = made.of_method() | made.of_hold() | made.of_gates() or {"__own_key": whole(0, dtype)}
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
