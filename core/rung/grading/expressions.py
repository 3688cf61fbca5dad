"""A compiled policy and its calibration as narwhals expressions that run on any engine."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import add, or_

import narwhals.stable.v2 as nw

from rung.grading.calibration import Calibration
from rung.grading.compiled import (
    POINT_SCALE,
    CompiledCriterion,
    CompiledGate,
    CompiledPolicy,
    Effect,
    Shares,
    Table,
    WeightedScore,
)
from rung.grading.derived import with_derived
from rung.grading.predicates import expression, test_expression, within
from rung.policy.cells import Always, InRanges, InValues, Test
from rung.policy.ranges import EVERYTHING, Range, complement, intersection
from rung.vocabulary import Kind

__all__ = ["codes"]

Cases = Sequence[tuple[nw.Expr | None, int]]
"""Conditions in order, each with the number it gives; a condition of ``None`` always holds."""


def codes(compiled: CompiledPolicy, calibration: Calibration, measured: nw.LazyFrame) -> nw.LazyFrame:
    """Grade every row of a measured frame; all results are whole numbers.

    Columns: ``customer_id``, ``customer_name``; ``grade`` (code, 0 is best; null where not graded);
    ``score`` (scaled; null without one); ``flags`` (bit mask); ``points_<criterion>`` (hundredths, null
    where left out); ``reason_1`` to ``reason_3`` (places in ``reason_codes``); ``evidence`` (per
    cent); ``refusal`` (place in ``refusal_codes``, null where graded). No column name of the frame may
    start with two underscores.
    """
    frame = with_derived(compiled.derived, measured)
    bands = [_band(criterion, calibration).alias(f"__band_{i}") for i, criterion in enumerate(compiled.criteria)]
    if bands:
        frame = frame.with_columns(*bands)
    frame = frame.with_columns(*_points(compiled), *_keys(compiled), *_gate_truths(compiled))
    frame = frame.with_columns(*_outcome(compiled, calibration))
    frame = frame.with_columns(*_ranked_reason_keys(compiled))
    frame = _gated(compiled, frame)
    return frame.select(
        "customer_id",
        "customer_name",
        nw.when(nw.col("__refusal").is_null()).then(nw.col("__grade")).alias("grade"),
        nw.col("__score").alias("score"),
        _flags(compiled).alias("flags"),
        *(f"points_{criterion.id}" for criterion in compiled.criteria),
        *_stored_reasons(compiled),
        _evidence(compiled).cast(nw.Int16).alias("evidence"),
        nw.col("__refusal").alias("refusal"),
    )


def _cases(cases: Cases, otherwise: nw.Expr) -> nw.Expr:
    """Return the number of the first case that holds."""
    result = otherwise
    for condition, number in reversed(cases):
        given = nw.lit(number, dtype=nw.Int64)
        result = given if condition is None else nw.when(condition).then(given).otherwise(result)
    return result


def _band(criterion: CompiledCriterion, calibration: Calibration) -> nw.Expr:
    """Return the number of the band met: 0 where the value is missing, -1 where the criterion does not apply."""
    cases: list[tuple[nw.Expr | None, int]] = []
    if criterion.applies:
        applies = expression(criterion.applies)
        cases += [(~applies, -1), (applies.is_null(), 0)]
    cases.append((nw.col(criterion.quantity.id).is_null(), 0))
    if criterion.ranking:
        cases += _ranked_bands(criterion, calibration)
    else:
        cases += _tested_bands(criterion)
    return _cases(cases, nw.lit(0, dtype=nw.Int64)).cast(nw.Int8)


def _ranked_bands(criterion: CompiledCriterion, calibration: Calibration) -> Cases:
    assert criterion.ranking is not None
    cutoffs = calibration.cutoffs[criterion.ranking.key]
    if cutoffs.is_empty:
        return [(None, 0)]
    column = nw.col(criterion.quantity.id)
    reached = [(column >= least, n) for n, least in enumerate(cutoffs.at_least, start=1) if least is not None]
    return [*reached, (None, len(criterion.bands))]


def _tested_bands(criterion: CompiledCriterion) -> Cases:
    """Return the bands' tests, each made as cheap as what the bands before it leave over allows."""
    quantity = criterion.quantity
    is_ordered = quantity.kind.is_numeric or quantity.kind is Kind.DATE
    left: tuple[Range, ...] = EVERYTHING
    cases: list[tuple[nw.Expr | None, int]] = []
    for number, band in enumerate(criterion.bands, start=1):
        test: Test = band.test or Always()
        if isinstance(test, Always):
            cases.append((None, number))
            break
        if is_ordered and isinstance(test, InRanges):
            cases.append((within(quantity, test.ranges, left), number))
            left = intersection(left, complement(test.ranges))
            if not left:
                break
        else:
            cases.append((test_expression(quantity, test), number))
    return cases


def _points(compiled: CompiledPolicy) -> list[nw.Expr]:
    made = []
    for index, criterion in enumerate(compiled.criteria):
        band = nw.col(f"__band_{index}")
        cases = [(band == number, each.points) for number, each in enumerate(criterion.bands, start=1)]
        if criterion.missing in {"worst", "points"}:
            cases.append((band == 0, criterion.missing_points))
        made.append(_cases(cases, nw.lit(None, dtype=nw.Int64)).cast(nw.Int32).alias(f"points_{criterion.id}"))
    return made


def _keys(compiled: CompiledPolicy) -> list[nw.Expr]:
    """Return one number a criterion: points lost above, the reason's place below; 0 where none are lost.

    Larger is the better reason, and no two of one customer are equal.
    """
    width = len(compiled.reason_codes) + 1
    places = {code: width - 1 - place for place, code in enumerate(compiled.reason_codes)}
    made = []
    for index, criterion in enumerate(compiled.criteria):
        band = nw.col(f"__band_{index}")
        lost = [(number, each.points) for number, each in enumerate(criterion.bands, start=1)]
        if criterion.missing in {"worst", "points"}:
            lost.append((0, criterion.missing_points))
        cases = [
            (band == number, (criterion.best - points) * criterion.weight * width + places[f"{criterion.id}:{number or 'missing'}"])
            for number, points in lost
            if points < criterion.best
        ]
        made.append(_cases(cases, nw.lit(0, dtype=nw.Int64)).alias(f"__key_{index}"))
    return made


def _gate_truths(compiled: CompiledPolicy) -> list[nw.Expr]:
    return [expression(gate.condition).alias(f"__gate_{index}") for index, gate in enumerate(compiled.gates)]


def _fired(gate: CompiledGate, index: int) -> nw.Expr:
    found = nw.col(f"__gate_{index}")
    return found.fill_null(gate.missing == "fire")


def _outcome(compiled: CompiledPolicy, calibration: Calibration) -> list[nw.Expr]:
    """Return ``__code``, ``__refused``, ``__reason`` and ``__score``: where the method alone leads."""
    match compiled.method:
        case WeightedScore():
            return _scored(compiled, compiled.method)
        case Table():
            return _ruled(compiled, compiled.method)
        case Shares():
            return _shared(compiled, compiled.method, calibration)


def _scored(compiled: CompiledPolicy, method: WeightedScore) -> list[nw.Expr]:
    refusals = {code: place for place, code in enumerate(compiled.refusal_codes)}
    score = _score(compiled, method.score_scale)
    cases: list[tuple[nw.Expr | None, int]] = [
        (score >= least, place) for place, least in enumerate(method.cutoffs)
    ]
    refused: list[tuple[nw.Expr | None, int]] = [
        (nw.col(f"__band_{index}") == 0, refusals[f"missing:{criterion.id}"])
        for index, criterion in enumerate(compiled.criteria)
        if criterion.missing == "refuse"
    ]
    refused.append((score.is_null(), refusals["no_evidence"]))
    is_refused = reduce(or_, (condition for condition, _place in refused if condition is not None))
    nothing = nw.lit(None, dtype=nw.Int64)
    code = _cases([*cases, (~score.is_null(), len(method.cutoffs))], nothing)
    return [
        nw.when(~is_refused).then(code).alias("__code"),
        _cases(refused, nothing).alias("__refused"),
        nothing.alias("__reason"),
        nw.when(~is_refused).then(score).alias("__score"),
    ]


def _score(compiled: CompiledPolicy, scale: int) -> nw.Expr:
    """Return the weighted mean of the points in force, scaled and rounded half up; null without weight.

    Numerator and divisor stay below 2**53 (held by the compiler), so the double quotient's floor is exact.
    """
    points = reduce(add, (
        nw.col(f"points_{criterion.id}").cast(nw.Int64).fill_null(0) * criterion.weight for criterion in compiled.criteria
    ))
    if all(_always_counts(criterion) for criterion in compiled.criteria):
        divisor = 2 * POINT_SCALE * sum(criterion.weight for criterion in compiled.criteria)
        return ((points * (2 * scale) + divisor // 2) / divisor).floor().cast(nw.Int64)
    weight = reduce(add, (
        nw.when(nw.col(f"points_{criterion.id}").is_null()).then(nw.lit(0)).otherwise(nw.lit(criterion.weight)).cast(nw.Int64)
        for criterion in compiled.criteria
    ))
    safe = nw.when(weight > 0).then(weight)
    return ((points * (2 * scale) + safe * POINT_SCALE) / (safe * (2 * POINT_SCALE))).floor().cast(nw.Int64)


def _always_counts(criterion: CompiledCriterion) -> bool:
    """Return whether a graded customer always has this criterion's weight in force."""
    return criterion.applies is None and criterion.missing != "drop"


def _ruled(compiled: CompiledPolicy, table: Table) -> list[nw.Expr]:
    reasons = {code: place for place, code in enumerate(compiled.reason_codes)}
    refusals = {code: place for place, code in enumerate(compiled.refusal_codes)}
    grade: list[tuple[nw.Expr | None, int]] = []
    reason: list[tuple[nw.Expr | None, int]] = []
    refused: list[tuple[nw.Expr | None, int]] = []
    open_grade = -1
    for rule in table.rules:
        found = expression(rule.condition)
        grade.append((found, rule.grade))
        reason.append((found, reasons[f"rule:{rule.id}"]))
        refused.append((found, open_grade))
        if table.missing == "refuse":
            is_open = found.is_null()
            grade.append((is_open, open_grade))
            reason.append((is_open, open_grade))
            refused += [
                (is_open & nw.col(name).is_null(), refusals[f"missing:{name}"]) for name in rule.needs
            ]
    if table.otherwise is None:
        last, last_reason, last_refusal = open_grade, open_grade, refusals["no_rule"]
    else:
        last, last_reason, last_refusal = table.otherwise, reasons["rule:otherwise"], open_grade
    return [
        _null_where(_cases(grade, nw.lit(last, dtype=nw.Int64)), open_grade).alias("__code"),
        _null_where(_cases(refused, nw.lit(last_refusal, dtype=nw.Int64)), open_grade).alias("__refused"),
        _null_where(_cases(reason, nw.lit(last_reason, dtype=nw.Int64)), open_grade).alias("__reason"),
        nw.lit(None, dtype=nw.Int64).alias("__score"),
    ]


def _null_where(number: nw.Expr, unset: int) -> nw.Expr:
    return nw.when(number != unset).then(number)


def _shared(compiled: CompiledPolicy, method: Shares, calibration: Calibration) -> list[nw.Expr]:
    refusals = {code: place for place, code in enumerate(compiled.refusal_codes)}
    reasons = {code: place for place, code in enumerate(compiled.reason_codes)}
    cutoffs = calibration.cutoffs[method.ranking.key]
    column = nw.col(method.ranking.quantity.id)
    nothing = nw.lit(None, dtype=nw.Int64)
    last = len(compiled.grades) - 1
    if cutoffs.is_empty:
        code, refused = nothing, nw.lit(refusals["no_population"], dtype=nw.Int64)
    else:
        reached: list[tuple[nw.Expr | None, int]] = [
            (column >= least, place) for place, least in enumerate(cutoffs.at_least) if least is not None
        ]
        code, refused = _cases(reached, nw.lit(last, dtype=nw.Int64)), nothing
        if method.missing == "refuse":
            code = nw.when(~column.is_null()).then(code)
            refused = nw.when(column.is_null()).then(
                nw.lit(refusals[f"missing:{method.ranking.quantity.id}"], dtype=nw.Int64)
            )
    return [
        code.alias("__code"),
        refused.alias("__refused"),
        (code + reasons[f"share:{compiled.grades[0]}"]).alias("__reason"),
        nothing.alias("__score"),
    ]


def _ranked_reason_keys(compiled: CompiledPolicy) -> list[nw.Expr]:
    """Return keys for gates and the method's own reason, above every key of points lost."""
    width = len(compiled.reason_codes) + 1
    above = 1 + sum((criterion.best - min(criterion.worst, criterion.missing_points)) * criterion.weight for criterion in compiled.criteria)
    made = [
        _cases([(_fired(gate, index), (above + len(compiled.gates) - index) * width + width - 1 - index)], nw.lit(0, dtype=nw.Int64))
        .alias(f"__gate_key_{index}")
        for index, gate in enumerate(compiled.gates)
    ]
    if isinstance(compiled.method, Table | Shares):
        own = nw.col("__reason")
        made.append(
            nw.when(own.is_null()).then(nw.lit(0, dtype=nw.Int64)).otherwise(above * width + width - 1 - own).alias("__own_key")
        )
    return made


def _gated(compiled: CompiledPolicy, frame: nw.LazyFrame) -> nw.LazyFrame:
    """Return the frame with ``__grade`` and ``__refusal``: the method's outcome after every gate."""
    frame = frame.with_columns(nw.col("__code").alias("__grade"), nw.col("__refused").alias("__refusal"))
    refusals = {code: place for place, code in enumerate(compiled.refusal_codes)}
    for index, gate in enumerate(compiled.gates):
        grade, refusal = nw.col("__grade"), nw.col("__refusal")
        gated = _effect(gate, grade)
        columns = [nw.when(_fired(gate, index)).then(gated).otherwise(grade).alias("__grade")]
        if gate.missing == "refuse":
            is_open = nw.col(f"__gate_{index}").is_null() & (gated != grade) & refusal.is_null()
            place = nw.lit(refusals[f"gate:{gate.id}"], dtype=nw.Int64)
            columns.append(nw.when(is_open).then(place).otherwise(refusal).alias("__refusal"))
        frame = frame.with_columns(*columns)
    return frame


def _effect(gate: CompiledGate, grade: nw.Expr) -> nw.Expr:
    target = nw.lit(gate.target, dtype=nw.Int64)
    is_graded = ~grade.is_null()
    match gate.effect:
        case Effect.AT_MOST:
            return nw.when(grade < gate.target).then(target).otherwise(grade)
        case Effect.AT_LEAST:
            return nw.when(grade > gate.target).then(target).otherwise(grade)
        case Effect.SET:
            return nw.when(is_graded).then(target)


def _flags(compiled: CompiledPolicy) -> nw.Expr:
    masks = [
        nw.when(expression(flag.condition)).then(nw.lit(1 << bit, dtype=nw.Int64)).otherwise(nw.lit(0, dtype=nw.Int64))
        for bit, flag in enumerate(compiled.flags)
    ]
    return reduce(add, masks, nw.lit(0, dtype=nw.Int64)) if masks else nw.lit(0, dtype=nw.Int64)


def _stored_reasons(compiled: CompiledPolicy) -> list[nw.Expr]:
    """Return the places of the three best reasons, null where there are fewer."""
    width = len(compiled.reason_codes) + 1
    names = [f"__gate_key_{index}" for index in range(len(compiled.gates))]
    names += ["__own_key"] if isinstance(compiled.method, Table | Shares) else []
    names += [f"__key_{index}" for index in range(len(compiled.criteria))]
    stored = []
    before: nw.Expr | None = None
    for number in (1, 2, 3):
        best = _largest_below(names, before)
        place = width - 1 - best % width
        stored.append(nw.when(best > 0).then(place).alias(f"reason_{number}"))
        before = best
    return stored


def _largest_below(names: Sequence[str], before: nw.Expr | None) -> nw.Expr:
    nothing = nw.lit(0, dtype=nw.Int64)
    if before is None:
        columns = [nw.col(name) for name in names]
    else:
        columns = [nw.when(nw.col(name) < before).then(nw.col(name)).otherwise(nothing) for name in names]
    return nw.max_horizontal(*columns) if len(columns) > 1 else (columns[0] if columns else nothing)


def _evidence(compiled: CompiledPolicy) -> nw.Expr:
    match compiled.method:
        case WeightedScore():
            criteria = list(enumerate(compiled.criteria))
            real = [(nw.col(f"__band_{i}") > 0, criterion.weight) for i, criterion in criteria]
            if all(criterion.applies is None for criterion in compiled.criteria):
                return _per_cent(_weigh(real), nw.lit(sum(c.weight for c in compiled.criteria), dtype=nw.Int64))
            whole = [(nw.col(f"__band_{i}") >= 0, criterion.weight) for i, criterion in criteria]
            return _per_cent(_weigh(real), _weigh(whole))
        case Table():
            names = compiled.table_names
            if not names:
                return nw.lit(0, dtype=nw.Int64)
            present = _weigh([(~nw.col(name).is_null(), 1) for name in names])
            return _per_cent(present, nw.lit(len(names), dtype=nw.Int64))
        case Shares(ranking):
            return _weigh([(~nw.col(ranking.quantity.id).is_null(), 100)])


def _weigh(parts: Sequence[tuple[nw.Expr, int]]) -> nw.Expr:
    return reduce(add, (nw.when(condition).then(nw.lit(weight, dtype=nw.Int64)).otherwise(nw.lit(0, dtype=nw.Int64)) for condition, weight in parts))


def _per_cent(part: nw.Expr, whole: nw.Expr) -> nw.Expr:
    safe = nw.when(whole > 0).then(whole)
    return ((part * 200 + safe) / (safe * 2)).floor().cast(nw.Int64).fill_null(0)
