"""One customer's outcome by the policy's method: points, a table, shares, a matrix, scales combined."""

from __future__ import annotations

from rung.grading.calibration import Calibration
from rung.grading.compiled import (
    POINT_SCALE,
    Combination,
    CompiledPolicy,
    Matrix,
    Shares,
    Table,
    Ungraded,
    WeightedScore,
)
from rung.grading.derive import Row
from rung.grading.met import MISSING, NOT_APPLYING, Met, place_of
from rung.grading.outcome import Outcome
from rung.grading.ruling import ruled
from rung.policy.formula import divide_half_up

__all__ = ["decide", "evidence"]


def decide(compiled: CompiledPolicy, calibration: Calibration, row: Row, met: tuple[Met, ...]) -> Outcome:
    """Return where the method leads a customer who met these bands, before gates."""
    match compiled.method:
        case WeightedScore() as method:
            return _scored(method, met)
        case Table() as table:
            return ruled(table, row)
        case Shares() as shares:
            return _shared(compiled, shares, calibration, row)
        case Matrix() as matrix:
            return _placed(matrix, met)
        case Combination() as combination:
            return _combined(combination, met)
        case Ungraded():
            return Outcome(None, refusal="no_rule")


def _refusal(met: tuple[Met, ...]) -> str | None:
    """Return the first criterion whose missing value the policy refuses, or that none counts."""
    absent = next((each.criterion.id for each in met if each.is_refused), None)
    if absent is not None:
        return f"missing:{absent}"
    return None if any(each.counts for each in met) else "no_evidence"


def _scored(method: WeightedScore, met: tuple[Met, ...]) -> Outcome:
    lost = sorted((each for each in met if each.lost > 0), key=lambda each: -each.lost)
    reasons = tuple(each.code for each in lost)
    refusal = _refusal(met)
    if refusal:
        return Outcome(None, refusal, reasons)
    weight = sum(each.criterion.weight for each in met if each.counts)
    points = sum(each.criterion.weight * (each.points or 0) for each in met)
    score = divide_half_up(points * method.score_scale, weight * POINT_SCALE)
    code = next((n for n, least in enumerate(method.cutoffs) if score >= least), len(method.cutoffs))
    return Outcome(code, reasons=reasons, score=score)


def _shared(compiled: CompiledPolicy, shares: Shares, calibration: Calibration, row: Row) -> Outcome:
    name, within = shares.ranking.quantity.id, shares.ranking.within
    if within is not None and row.get(within.id) is None:
        return Outcome(None, refusal=f"missing:{within.id}")
    cutoffs = calibration.of(shares.ranking, row)
    if cutoffs.is_empty:
        return Outcome(None, refusal="no_population")
    value = row.get(name)
    if value is None and shares.missing == "refuse":
        return Outcome(None, refusal=f"missing:{name}")
    code = len(compiled.grades) - 1 if value is None else place_of(cutoffs, value)
    return Outcome(code, reasons=(f"share:{compiled.grades[code]}",))


def _placed(matrix: Matrix, met: tuple[Met, ...]) -> Outcome:
    axes = tuple(met[place] for place in matrix.axes)
    refusal = _refusal(axes)
    if refusal:
        return Outcome(None, refusal)
    down, across = axes
    return Outcome(matrix.cells[down.place][across.place], reasons=(down.code, across.code))


def _combined(combination: Combination, met: tuple[Met, ...]) -> Outcome:
    refusal = _refusal(met)
    if refusal:
        return Outcome(None, refusal)
    counted = [each for each in met if each.counts]
    pulls = [(combination.pull(each.grade, each.criterion.weight), each.code) for each in counted]
    reasons = sorted((each for each in pulls if each[0]), key=lambda each: -each[0])
    return Outcome(_joint(combination, counted), reasons=tuple(code for _pull, code in reasons))


def _joint(combination: Combination, counted: list[Met]) -> int:
    codes = [each.grade for each in counted]
    match combination.how:
        case "worst":
            return max(codes)
        case "best":
            return min(codes)
        case "weighted":
            weight = sum(each.criterion.weight for each in counted)
            places = sum(each.grade * each.criterion.weight for each in counted)
            # Half lies with the worse grade, the larger place, unless ties go up.
            return (2 * places + weight - (combination.ties == "up")) // (2 * weight)


def evidence(compiled: CompiledPolicy, row: Row, met: tuple[Met, ...]) -> int:
    """Return how much rests on real values, in per cent: of the weight, or of the names a table tests."""
    match compiled.method:
        case WeightedScore() | Combination() | Matrix():
            applying = [each for each in met if each.band != NOT_APPLYING]
            whole = sum(each.criterion.weight for each in applying)
            real = sum(each.criterion.weight for each in applying if each.band != MISSING)
        case Table():
            names = compiled.table_names
            whole, real = len(names), sum(row.get(name) is not None for name in names)
        case Shares(ranking):
            whole, real = 1, int(row.get(ranking.quantity.id) is not None)
        case Ungraded():
            whole = real = 0
    return divide_half_up(100 * real, whole) if whole else 0
