"""Criteria as columns: the band each customer meets, its points, and how much of it is real evidence."""

from __future__ import annotations

from operator import add

import narwhals.stable.v2 as nw

from rung.grading.calibration import Calibration
from rung.grading.cases import Cases, case_of, floor_half_up, joined, narrowest, whole
from rung.grading.compiled import (
    Combination,
    CompiledCriterion,
    CompiledPolicy,
    Matrix,
    Shares,
    Table,
    Ungraded,
    WeightedScore,
)
from rung.grading.predicates import expression, test_expression, within
from rung.grading.segment_columns import reached_in_segment, segment_place
from rung.policy.cells import Always, InRanges, Test
from rung.policy.ranges import EVERYTHING, Range, complement, intersection
from rung.vocabulary import Kind

__all__ = ["band_columns", "evidence_column", "points_columns"]


def band_columns(compiled: CompiledPolicy, calibration: Calibration) -> list[nw.Expr]:
    """Return ``__band_<n>`` for each criterion: the band's number, 0 for a missing value, -1 not applying."""
    return [_band(each, calibration).alias(f"__band_{n}") for n, each in enumerate(compiled.criteria)]


def _band(criterion: CompiledCriterion, calibration: Calibration) -> nw.Expr:
    cases: list[tuple[nw.Expr | None, int]] = []
    if criterion.applies:
        applies = expression(criterion.applies)
        cases += [(~applies, -1), (applies.is_null(), 0)]
    cases.append((nw.col(criterion.quantity.id).is_null(), 0))
    cases += _ranked(criterion, calibration) if criterion.ranking else _tested(criterion)
    return case_of(cases, 0, narrowest(len(criterion.bands)))


def _ranked(criterion: CompiledCriterion, calibration: Calibration) -> Cases:
    ranking = criterion.ranking
    assert ranking is not None
    if ranking.within is not None:
        in_segment = enumerate(reached_in_segment(ranking), start=1)
        unknown = segment_place(ranking).is_null()
        return [(unknown, 0), *((reached, n) for n, reached in in_segment), (None, len(criterion.bands))]
    cutoffs = calibration.cutoffs[ranking.key]
    if cutoffs.is_empty:
        return [(None, 0)]
    column = nw.col(criterion.quantity.id)
    reached = [(column >= least, n) for n, least in enumerate(cutoffs.at_least, start=1) if least is not None]
    return [*reached, (None, len(criterion.bands))]


def _tested(criterion: CompiledCriterion) -> Cases:
    """Return the bands' tests, each made as cheap as what the bands before it leave over allows."""
    quantity = criterion.quantity
    is_ordered = quantity.kind.is_numeric or quantity.kind is Kind.DATE
    left: tuple[Range, ...] = EVERYTHING
    cases: list[tuple[nw.Expr | None, int]] = []
    for number, band in enumerate(criterion.bands, start=1):
        test: Test = band.test or Always()
        if isinstance(test, Always):
            return [*cases, (None, number)]
        if is_ordered and isinstance(test, InRanges):
            cases.append((within(quantity, test.ranges, left), number))
            left = intersection(left, complement(test.ranges))
            if not left:
                break
        else:
            cases.append((test_expression(quantity, test), number))
    return cases


def points_columns(compiled: CompiledPolicy) -> list[nw.Expr]:
    """Return ``points_<criterion>``, in hundredths, where points are added; null where one is left out."""
    made = []
    for index, criterion in enumerate(compiled.pointed):
        band = nw.col(f"__band_{index}")
        cases = [(band == number, each.points) for number, each in enumerate(criterion.bands, start=1)]
        if criterion.fills_in:
            cases.append((band == 0, criterion.missing_points))
        made.append(case_of(cases, None, nw.Int32).alias(f"points_{criterion.id}"))
    return made


def evidence_column(compiled: CompiledPolicy) -> nw.Expr:
    """Return how much rests on real values, in per cent: of the weight, or of the names a table tests."""
    match compiled.method:
        case WeightedScore() | Combination() | Matrix():
            weights = [criterion.weight for criterion in compiled.criteria]
            real = _weigh([(nw.col(f"__band_{n}") > 0, weight) for n, weight in enumerate(weights)])
            if all(criterion.applies is None for criterion in compiled.criteria):
                return floor_half_up(real * 100, sum(weights), 0).cast(nw.Int16)
            whole_ = _weigh([(nw.col(f"__band_{n}") >= 0, weight) for n, weight in enumerate(weights)])
            safe = nw.when(whole_ > 0).then(whole_)
            return floor_half_up(real * 100, safe, 0).fill_null(0).cast(nw.Int16)
        case Table():
            names = compiled.table_names
            if not names:
                return whole(0, nw.Int16)
            present = _weigh([(~nw.col(name).is_null(), 1) for name in names])
            return floor_half_up(present * 100, len(names), 0).cast(nw.Int16)
        case Shares(ranking):
            return _weigh([(~nw.col(ranking.quantity.id).is_null(), 100)]).cast(nw.Int16)
        case Ungraded():
            return whole(0, nw.Int16)


def _weigh(parts: list[tuple[nw.Expr, int]]) -> nw.Expr:
    dtype = narrowest(400 * sum(weight for _part, weight in parts))
    dtype = nw.Int32 if dtype in (nw.Int8, nw.Int16) else dtype
    return joined(add, (case_of([part], 0, dtype) for part in parts))
