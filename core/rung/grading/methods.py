"""Where a policy's method alone leads, before gates: scored, by rules or by shares, as columns."""

from __future__ import annotations

from operator import add

import narwhals.stable.v2 as nw

from rung.grading.calibration import Calibration
from rung.grading.cases import (
    Frame,
    WholeType,
    case_of,
    floor_half_up,
    joined,
    lowest_terms,
    narrowest,
    whole,
)
from rung.grading.compiled import (
    POINT_SCALE,
    Combination,
    CompiledCriterion,
    CompiledPolicy,
    Matrix,
    Shares,
    Table,
    Ungraded,
    WeightedScore,
)
from rung.grading.method_scales import with_cell, with_joint
from rung.grading.method_tables import with_ruling
from rung.grading.reason_keys import code_type
from rung.grading.segment_columns import reached_in_segment, segment_place

__all__ = ["with_outcome"]


def with_outcome(compiled: CompiledPolicy, calibration: Calibration, frame: Frame) -> Frame:
    """Return the frame with ``__code``, ``__refused``, ``__reason`` and ``__score``."""
    match compiled.method:
        case WeightedScore():
            return _scored(compiled, compiled.method, frame)
        case Table():
            return with_ruling(compiled, compiled.method, frame)
        case Shares():
            return _shared(compiled, compiled.method, calibration, frame)
        case Matrix():
            return with_cell(compiled, compiled.method, frame)
        case Combination():
            return with_joint(compiled, compiled.method, frame)
        case Ungraded():
            return _nobody(compiled, frame)


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
    multiplier, divisor = lowest_terms(scale, POINT_SCALE)
    largest = max(max(abs(c.best), abs(c.worst), abs(c.missing_points)) for c in criteria)
    lowest = min(min(c.worst, c.missing_points) for c in criteria)
    lift = -(-max(0, -lowest) * multiplier // divisor) if lowest < 0 else 0
    weight = sum(criterion.weight for criterion in criteria)
    # Twice the sum, the half added for rounding and the lift, all at once, must fit.
    dtype = narrowest(weight * (2 * largest * multiplier + divisor * (3 + 2 * lift)))
    dtype = nw.Int32 if dtype in (nw.Int8, nw.Int16) else dtype
    points = joined(add, (_weighted(criterion, multiplier, dtype) for criterion in criteria))
    if all(_always_counts(criterion) for criterion in criteria):
        return frame.with_columns(floor_half_up(points, divisor * weight, lift).alias("__sum"))
    in_force = joined(
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


def _always_counts(criterion: CompiledCriterion) -> bool:
    """Return whether a graded customer always has this criterion's weight in force."""
    return criterion.applies is None and criterion.missing != "drop"


def _shared(compiled: CompiledPolicy, method: Shares, calibration: Calibration, frame: Frame) -> Frame:
    """Find the first share whose cut-off is reached, unless a missing value or no population refuses."""
    refusals = {code: place for place, code in enumerate(compiled.refusal_codes)}
    ranking, dtype = method.ranking, code_type(compiled)
    causes: list[tuple[nw.Expr | None, int]] = []
    if ranking.within is not None:
        causes.append((nw.col(ranking.within.id).is_null(), refusals[f"missing:{ranking.within.id}"]))
        causes.append((segment_place(ranking).is_null(), refusals["no_population"]))
        reached = list(enumerate(reached_in_segment(ranking)))
    else:
        cutoffs, column = calibration.cutoffs[ranking.key], nw.col(ranking.quantity.id)
        causes += [(None, refusals["no_population"])] if cutoffs.is_empty else []
        reached = [
            (place, column >= least) for place, least in enumerate(cutoffs.at_least) if least is not None
        ]
    if method.missing == "refuse":
        causes.append((nw.col(ranking.quantity.id).is_null(), refusals[f"missing:{ranking.quantity.id}"]))
    frame = frame.with_columns(
        case_of(causes, None, dtype).alias("__refused"), whole(None, nw.Int32).alias("__score")
    )
    code = case_of([(holds, place) for place, holds in reached], len(compiled.grades) - 1, dtype)
    frame = frame.with_columns(nw.when(nw.col("__refused").is_null()).then(code).alias("__code"))
    first = compiled.reason_codes.index(f"share:{compiled.grades[0]}")
    return frame.with_columns((nw.col("__code") + first).alias("__reason"))


def _nobody(compiled: CompiledPolicy, frame: Frame) -> Frame:
    """Return the frame with nobody graded: the policy only raises alarms."""
    dtype = code_type(compiled)
    return frame.with_columns(
        whole(None, dtype).alias("__code"),
        whole(compiled.refusal_codes.index("no_rule"), dtype).alias("__refused"),
        whole(None, dtype).alias("__reason"),
        whole(None, nw.Int32).alias("__score"),
    )
