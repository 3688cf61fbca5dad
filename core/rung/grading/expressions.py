"""A compiled policy and its calibration as narwhals expressions that run on any engine."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from rung.grading.bands import band_columns, evidence_column, points_columns
from rung.grading.calibration import Calibration
from rung.grading.cases import Frame, narrowest, whole
from rung.grading.compiled import CompiledGate, CompiledPolicy, Effect
from rung.grading.derived import with_derived
from rung.grading.held_columns import with_held
from rung.grading.methods import with_outcome
from rung.grading.predicates import expression
from rung.grading.ranked_reasons import with_reasons
from rung.grading.reason_keys import code_type
from rung.grading.segment_columns import with_segments

__all__ = ["codes"]


def codes(
    compiled: CompiledPolicy,
    calibration: Calibration,
    measured: Frame,
    ready: frozenset[str] = frozenset(),
) -> Frame:
    """Grade every row of a measured frame; all results are whole numbers.

    Columns: ``customer_id``, ``customer_name``; ``grade`` (code, 0 is best; null where not graded);
    ``score`` (scaled; null without one); ``flags`` (bit mask); ``points_<criterion>`` (hundredths, null
    where left out); ``reason_1`` to ``reason_3`` (places in ``reason_codes``); ``evidence`` (per
    cent); ``refusal`` (place in ``refusal_codes``, null where graded). No column of the frame may
    have a name that starts with two underscores, save what ``looked_up`` added for rankings in ``ready``.

    What later steps use twice becomes a column first: engines repeat a nested expression wherever it stands.
    """
    frame = with_segments(compiled, calibration, with_derived(compiled.derived, measured), ready)
    bands = band_columns(compiled, calibration)
    frame = frame.with_columns(*bands) if bands else frame
    built = [
        *points_columns(compiled),
        *(expression(gate.condition).alias(f"__gate_{n}") for n, gate in enumerate(compiled.gates)),
        *(expression(flag.condition).alias(f"__flag_{n}") for n, flag in enumerate(compiled.flags)),
    ]
    frame = frame.with_columns(*built) if built else frame
    frame = with_held(compiled, with_outcome(compiled, calibration, frame))
    frame = with_reasons(compiled, frame)
    frame = _gated(compiled, frame)
    return frame.select(
        "customer_id",
        "customer_name",
        nw.when(nw.col("__refusal").is_null()).then(nw.col("__grade")).alias("grade"),
        nw.col("__score").alias("score"),
        _flags(compiled).alias("flags"),
        *(f"points_{criterion.id}" for criterion in compiled.pointed),
        *(f"reason_{number}" for number in (1, 2, 3)),
        evidence_column(compiled).alias("evidence"),
        nw.col("__refusal").alias("refusal"),
    )


def _gated(compiled: CompiledPolicy, frame: Frame) -> Frame:
    """Return the frame with ``__grade`` and ``__refusal``: the outcome so far after every gate."""
    frame = frame.with_columns(nw.col("__code").alias("__grade"), nw.col("__refused").alias("__refusal"))
    refusals = {code: place for place, code in enumerate(compiled.refusal_codes)}
    dtype = code_type(compiled)
    for index, gate in enumerate(compiled.gates):
        grade, refusal, found = nw.col("__grade"), nw.col("__refusal"), nw.col(f"__gate_{index}")
        changes = _changes(gate, grade)
        fires = found.fill_null(gate.missing == "fire") & changes
        columns = [nw.when(fires).then(whole(gate.target, dtype)).otherwise(grade).alias("__grade")]
        if gate.missing == "refuse":
            is_open = found.is_null() & changes & refusal.is_null()
            place = whole(refusals[f"gate:{gate.id}"], dtype)
            columns.append(nw.when(is_open).then(place).otherwise(refusal).alias("__refusal"))
        frame = frame.with_columns(*columns)
    return frame


def _changes(gate: CompiledGate, grade: nw.Expr) -> nw.Expr:
    """Return whether the gate, once it fires, gives another grade; null without a grade."""
    match gate.effect:
        case Effect.AT_MOST:
            return grade < gate.target
        case Effect.AT_LEAST:
            return grade > gate.target
        case Effect.SET:
            return grade != gate.target


def _flags(compiled: CompiledPolicy) -> nw.Expr:
    dtype = narrowest(1 << len(compiled.flags))
    mask = whole(0, dtype)
    for bit in range(len(compiled.flags)):
        raised = nw.when(nw.col(f"__flag_{bit}")).then(whole(1 << bit, dtype)).otherwise(whole(0, dtype))
        mask = raised if bit == 0 else mask + raised
    return mask
