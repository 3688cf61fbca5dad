"""Matrix and combined scales as columns: the grade that the bands met on several criteria name."""

from __future__ import annotations

from collections.abc import Iterable
from operator import add, and_

import narwhals.stable.v2 as nw

from rung.grading.cases import Frame, case_of, joined, narrowest, whole
from rung.grading.compiled import Combination, CompiledCriterion, CompiledPolicy, Matrix
from rung.grading.reason_keys import code_type

__all__ = ["with_cell", "with_joint"]


def with_cell(compiled: CompiledPolicy, matrix: Matrix, frame: Frame) -> Frame:
    """Return the frame with the outcome of the cell that each customer's two bands name."""
    dtype = code_type(compiled)
    frame = frame.with_columns(case_of(_missing(compiled, matrix.axes), None, dtype).alias("__refused"))
    down, across = (_place(compiled.criteria[axis], axis) for axis in matrix.axes)
    cells = [
        ((down == row) & (across == column), grade)
        for row, grades in enumerate(matrix.cells)
        for column, grade in enumerate(grades)
    ]
    return _settled(compiled, frame, case_of(cells, None, dtype))


def with_joint(compiled: CompiledPolicy, combination: Combination, frame: Frame) -> Frame:
    """Return the frame with the one grade that each customer's grades on single criteria make."""
    dtype = code_type(compiled)
    scales = [_scale(criterion, index) for index, criterion in enumerate(compiled.criteria)]
    frame = frame.with_columns(*(scale.alias(f"__scale_{n}") for n, scale in enumerate(scales)))
    none_counts = [nw.col(f"__scale_{n}").is_null() for n in range(len(scales))]
    nothing = joined(and_, none_counts)
    refusals = {code: place for place, code in enumerate(compiled.refusal_codes)}
    causes = [*_missing(compiled, range(len(scales))), (nothing, refusals["no_evidence"])]
    frame = frame.with_columns(case_of(causes, None, dtype).alias("__refused"))
    return _settled(compiled, frame, _joint(compiled, combination).cast(dtype))


def _missing(compiled: CompiledPolicy, asked: Iterable[int]) -> list[tuple[nw.Expr | None, int]]:
    """Return the refusals for missing values of the criteria at these places, in this order."""
    refusals = {code: place for place, code in enumerate(compiled.refusal_codes)}
    return [
        (nw.col(f"__band_{index}") == 0, refusals[f"missing:{compiled.criteria[index].id}"])
        for index in asked
        if compiled.criteria[index].missing == "refuse"
    ]


def _settled(compiled: CompiledPolicy, frame: Frame, code: nw.Expr) -> Frame:
    return frame.with_columns(
        nw.when(nw.col("__refused").is_null()).then(code).alias("__code"),
        whole(None, code_type(compiled)).alias("__reason"),
        whole(None, nw.Int32).alias("__score"),
    )


def _place(criterion: CompiledCriterion, index: int) -> nw.Expr:
    """Return the place of the band counted, from 0; the last one for a missing value."""
    last = len(criterion.bands) - 1
    band = nw.col(f"__band_{index}")
    return nw.when(band > 0).then(band - 1).otherwise(whole(last, narrowest(last + 1)))


def _scale(criterion: CompiledCriterion, index: int) -> nw.Expr:
    """Return the code of the grade one criterion gives, null where it is left out."""
    band = nw.col(f"__band_{index}")
    cases = [(band == number, each.grade or 0) for number, each in enumerate(criterion.bands, start=1)]
    if criterion.fills_in:
        cases.append((band == 0, criterion.worst_grade))
    return case_of(cases, None, nw.Int16)


def _joint(compiled: CompiledPolicy, combination: Combination) -> nw.Expr:
    scales = [nw.col(f"__scale_{index}") for index in range(len(compiled.criteria))]
    last = combination.last
    match combination.how:
        case "worst":
            return _largest([scale.fill_null(-1) for scale in scales])
        case "best":
            return _largest([(scale * -1 + last).fill_null(-1) for scale in scales]) * -1 + last
        case "weighted":
            return _mean(compiled, combination, scales)


def _largest(scales: list[nw.Expr]) -> nw.Expr:
    return nw.max_horizontal(*scales) if len(scales) > 1 else scales[0]


def _mean(compiled: CompiledPolicy, combination: Combination, scales: list[nw.Expr]) -> nw.Expr:
    """Return the weighted mean of the places, rounded to the nearest; half goes as ties go."""
    weights = [criterion.weight for criterion in compiled.criteria]
    dtype = narrowest(2 * sum(weights) * (combination.last + 2))
    dtype = nw.Int32 if dtype in (nw.Int8, nw.Int16) else dtype
    places = joined(
        add, (scale.fill_null(0).cast(dtype) * weight for scale, weight in zip(scales, weights, strict=True))
    )
    in_force = joined(
        add,
        (
            case_of([(~scale.is_null(), weight)], 0, dtype)
            for scale, weight in zip(scales, weights, strict=True)
        ),
    )
    safe = nw.when(in_force > 0).then(in_force)
    return (places * 2 + in_force - int(combination.ties == "up")) // (safe * 2)
