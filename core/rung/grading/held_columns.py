"""Hysteresis as columns: the method's grade, held by the grade in the run before."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from rung.grading.cases import Frame, WholeType, case_of
from rung.grading.compiled import PREVIOUS_GRADE, CompiledPolicy
from rung.grading.reason_keys import code_type

__all__ = ["with_held"]


def with_held(compiled: CompiledPolicy, frame: Frame) -> Frame:
    """Return the frame with ``__code`` held, and ``__held``: whether the method alone gave another grade.

    See ``rung.grading.hysteresis.held`` for the rule; without hysteresis the frame is left as it is.
    """
    hold = compiled.hold
    if hold is None:
        return frame
    dtype = code_type(compiled)
    column = nw.col(PREVIOUS_GRADE)
    before = [(column == grade, code) for code, grade in enumerate(compiled.grades)]
    frame = frame.with_columns(case_of(before, None, nw.Int16).alias("__before"))
    if hold.margin is None:
        frame = frame.with_columns(nw.col("__code").alias("__kept"))
    else:
        frame = _with_margin(compiled, hold.margin, dtype, frame)
    previous = nw.col("__before")
    if hold.max_up is not None and hold.max_up < len(compiled.grades) - 1:
        least, kept = previous - hold.max_up, nw.col("__kept")
        frame = frame.with_columns(nw.when(kept < least).then(least).otherwise(kept).alias("__kept"))
    if hold.max_down is not None and hold.max_down < len(compiled.grades) - 1:
        most, kept = previous + hold.max_down, nw.col("__kept")
        frame = frame.with_columns(nw.when(kept > most).then(most).otherwise(kept).alias("__kept"))
    kept = nw.when(previous.is_null()).then(nw.col("__code")).otherwise(nw.col("__kept"))
    frame = frame.with_columns(kept.alias("__kept"))
    return frame.with_columns(
        (nw.col("__kept") != nw.col("__code")).fill_null(value=False).alias("__held"),
        nw.when(~nw.col("__code").is_null()).then(nw.col("__kept")).cast(dtype).alias("__code"),
    )


def _with_margin(compiled: CompiledPolicy, margin: int, dtype: WholeType, frame: Frame) -> Frame:
    """Add ``__kept``: the grade before, unless the score lies past a cut-off by the margin."""
    score, previous, last = nw.col("__score"), nw.col("__before"), len(compiled.cutoffs)
    for name, shift in (("__up", margin), ("__down", -margin)):
        reached = [(score >= least + shift, code) for code, least in enumerate(compiled.cutoffs)]
        frame = frame.with_columns(case_of(reached, last, dtype).alias(name))
    up, down = nw.col("__up"), nw.col("__down")
    rises, falls = up < previous, down > previous
    return frame.with_columns(
        nw.when(rises).then(up).otherwise(nw.when(falls).then(down).otherwise(previous)).alias("__kept")
    )
