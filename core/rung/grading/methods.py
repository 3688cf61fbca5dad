"""Where a policy's method alone leads, before gates: scored, by rules or by shares, as columns."""

from __future__ import annotations

from functools import reduce
from math import gcd
from operator import add

import narwhals.stable.v2 as nw

from rung.grading.calibration import Calibration
from rung.grading.cases import Cases, Frame, WholeType, case_of, floor_half_up, narrowest, whole
from rung.grading.compiled import (
    POINT_SCALE,
    CompiledCriterion,
    CompiledPolicy,
    Shares,
    Table,
    WeightedScore,
)
from rung.grading.predicates import expression

__all__ = ["code_type", "with_outcome"]


def code_type(compiled: CompiledPolicy) -> WholeType:
    """Return the type of grades', reasons' and refusals' places."""
    most = max(len(compiled.grades), len(compiled.reason_codes), len(compiled.refusal_codes))
    return narrowest(most)


def with_outcome(compiled: CompiledPolicy, calibration: Calibration, frame: Frame) -> Frame:
    """Return the frame with ``__code``, ``__refused``, ``__reason`` and ``__score``."""
    match compiled.method:
        case WeightedScore():
            return _scored(compiled, compiled.method, frame)
        case Table():
            return _ruled(compiled, compiled.method, frame)
        case Shares():
            return _shared(compiled, compiled.method, calibration, frame)


def _scored(compiled: CompiledPolicy, method: WeightedScore, frame: Frame) -> Frame:
    refusals = {code: place for place, code in enumerate(compiled.refusal_codes)}
    dtype = code_type(compiled)
    frame = _with_score(compiled, method.score_scale, frame)
    score, refused = nw.col("__sum"), nw.col("__refused")
    causes: list[tuple[nw.Expr | None, int]] = [
        (nw.col(f"__band_{index}") == 0, refusals[f"missing:{criterion.id}"])
        for index, criterion in enumerate(compiled.criteria)
        if criterion.missing == "refuse"
    ]
    causes.append((score.is_null(), refusals["no_evidence"]))
    frame = frame.with_columns(case_of(causes, None, dtype).alias("__refused"))
    places = [(score >= least, place) for place, least in enumerate(method.cutoffs)]
    return frame.with_columns(
        nw.when(refused.is_null()).then(case_of(places, len(method.cutoffs), dtype)).alias("__code"),
        nw.when(refused.is_null()).then(score).alias("__score"),
        whole(None, dtype).alias("__reason"),
    )


def _with_score(compiled: CompiledPolicy, scale: int, frame: Frame) -> Frame:
    """Add ``__sum``: the weighted mean of the points in force, scaled and rounded half up; else null."""
    criteria = compiled.criteria
    multiplier, divisor = _lowest_terms(scale, POINT_SCALE)
    largest = max(max(abs(c.best), abs(c.worst), abs(c.missing_points)) for c in criteria)
    lowest = min(min(c.worst, c.missing_points) for c in criteria)
    lift = -(-max(0, -lowest) * multiplier // divisor) if lowest < 0 else 0
    weight = sum(criterion.weight for criterion in criteria)
    # Twice the sum, the half added for rounding and the lift, all at once, must fit.
    dtype = narrowest(weight * (2 * largest * multiplier + divisor * (3 + 2 * lift)))
    dtype = nw.Int32 if dtype in (nw.Int8, nw.Int16) else dtype
    points = reduce(add, (_weighted(criterion, multiplier, dtype) for criterion in criteria))
    if all(_always_counts(criterion) for criterion in criteria):
        return frame.with_columns(floor_half_up(points, divisor * weight, lift).alias("__sum"))
    in_force = reduce(
        add,
        (case_of([(~nw.col(f"points_{c.id}").is_null(), c.weight * divisor)], 0, dtype) for c in criteria),
    )
    frame = frame.with_columns(points.alias("__points"), in_force.alias("__weight"))
    safe = nw.when(nw.col("__weight") > 0).then(nw.col("__weight"))
    return frame.with_columns(floor_half_up(nw.col("__points"), safe, lift).alias("__sum"))


def _weighted(criterion: CompiledCriterion, multiplier: int, dtype: WholeType) -> nw.Expr:
    points = nw.col(f"points_{criterion.id}").fill_null(0)
    points = points if dtype is nw.Int32 else points.cast(dtype)
    return points * (criterion.weight * multiplier)


def _lowest_terms(numerator: int, denominator: int) -> tuple[int, int]:
    common = gcd(numerator, denominator)
    return numerator // common, denominator // common


def _always_counts(criterion: CompiledCriterion) -> bool:
    """Return whether a graded customer always has this criterion's weight in force."""
    return criterion.applies is None and criterion.missing != "drop"


def _ruled(compiled: CompiledPolicy, table: Table, frame: Frame) -> Frame:
    """Find the first rule that holds and, where missing values refuse, the first open one that matters."""
    reasons = {code: place for place, code in enumerate(compiled.reason_codes)}
    dtype = code_type(compiled)
    frame = frame.with_columns(
        *(expression(rule.condition).alias(f"__rule_{n}") for n, rule in enumerate(table.rules))
    )
    last = len(table.rules)
    held = [(nw.col(f"__rule_{n}"), n) for n in range(last)]
    frame = frame.with_columns(case_of(held, last, narrowest(last)).alias("__rule"))
    rule = nw.col("__rule")
    grades = [(rule == n, each.grade) for n, each in enumerate(table.rules)]
    named = [(rule == n, reasons[f"rule:{each.id}"]) for n, each in enumerate(table.rules)]
    if table.otherwise is not None:
        grades.append((rule == last, table.otherwise))
        named.append((rule == last, reasons["rule:otherwise"]))
    frame = frame.with_columns(case_of(grades, None, dtype).alias("__found"))
    frame = frame.with_columns(case_of(_refusals(compiled, table), None, dtype).alias("__refused"))
    is_graded = nw.col("__refused").is_null()
    return frame.with_columns(
        nw.when(is_graded).then(nw.col("__found")).alias("__code"),
        nw.when(is_graded).then(case_of(named, None, dtype)).alias("__reason"),
        whole(None, nw.Int32).alias("__score"),
    )


def _refusals(compiled: CompiledPolicy, table: Table) -> Cases:
    """Return why a table gives no grade: an open rule that would give another one, or no rule at all."""
    refusals = {code: place for place, code in enumerate(compiled.refusal_codes)}
    rule, found = nw.col("__rule"), nw.col("__found")
    causes: list[tuple[nw.Expr | None, int]] = []
    if table.missing == "refuse":
        for number, each in enumerate(table.rules):
            differs = found.is_null() | (found != each.grade)
            is_open = nw.col(f"__rule_{number}").is_null() & (rule > number) & differs
            causes += [(is_open & nw.col(name).is_null(), refusals[f"missing:{name}"]) for name in each.needs]
    if table.otherwise is None:
        causes.append((rule == len(table.rules), refusals["no_rule"]))
    return causes


def _shared(compiled: CompiledPolicy, method: Shares, calibration: Calibration, frame: Frame) -> Frame:
    refusals = {code: place for place, code in enumerate(compiled.refusal_codes)}
    reasons = {code: place for place, code in enumerate(compiled.reason_codes)}
    cutoffs = calibration.cutoffs[method.ranking.key]
    column = nw.col(method.ranking.quantity.id)
    dtype = code_type(compiled)
    code, refused = whole(None, dtype), whole(refusals["no_population"], dtype)
    if not cutoffs.is_empty:
        reached = [
            (column >= least, place) for place, least in enumerate(cutoffs.at_least) if least is not None
        ]
        code, refused = case_of(reached, len(compiled.grades) - 1, dtype), whole(None, dtype)
        if method.missing == "refuse":
            cause = refusals[f"missing:{method.ranking.quantity.id}"]
            code = nw.when(~column.is_null()).then(code)
            refused = case_of([(column.is_null(), cause)], None, dtype)
    frame = frame.with_columns(
        code.alias("__code"), refused.alias("__refused"), whole(None, nw.Int32).alias("__score")
    )
    first = reasons[f"share:{compiled.grades[0]}"]
    return frame.with_columns((nw.col("__code") + first).alias("__reason"))
