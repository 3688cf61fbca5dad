"""One customer graded in plain Python: fast for one, and the reference every engine is held to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from rung.grading.calibration import Calibration, Cutoffs
from rung.grading.compiled import (
    CompiledCriterion,
    CompiledPolicy,
    CompiledRule,
    Ranking,
    Shares,
    Table,
    WeightedScore,
)
from rung.grading.derive import Row, derive
from rung.policy.binding import truth
from rung.policy.cells import Value, holds
from rung.policy.formula import divide_half_up

__all__ = ["Assessment", "Met", "Outcome", "assess", "meet"]

MISSING: Final = 0
NOT_APPLYING: Final = -1
# Places of a band below 1: no value to judge, and no reason to judge it.

STORED_REASONS: Final = 3


@dataclass(frozen=True, slots=True)
class Met:
    """What one criterion gave one customer."""

    criterion: CompiledCriterion
    value: Value | None
    band: int
    """Number of the band met, from 1; 0 for a missing value, -1 where the criterion does not apply."""
    points: int | None
    """Hundredths; ``None`` where the criterion is left out."""
    lost: int
    """Hundredths short of the criterion's best, times its weight."""

    @property
    def counts(self) -> bool:
        """Whether the criterion is part of the score."""
        return self.points is not None

    @property
    def code(self) -> str:
        """The reason code: the criterion with its band, or with missing."""
        return f"{self.criterion.id}:{self.band if self.band else 'missing'}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """Where the method alone leads, before gates: a grade's code or a cause of refusal."""

    grade: int | None
    refusal: str | None = None
    reason: str | None = None
    score: int | None = None


@dataclass(frozen=True, slots=True)
class Assessment:
    """What the policy says of one customer."""

    grade: str | None
    score: int | None
    """Scaled by the policy's score_scale."""
    flags: tuple[str, ...]
    reasons: tuple[str, ...]
    """Every reason code, gates first, then by points lost; the first three are stored with a run."""
    evidence: int
    """Per cent of the weight, or of the names a table tests, that rests on real values."""
    not_graded: str | None
    """Why there is no grade."""
    met: tuple[Met, ...]
    ungated: str | None
    """The grade before gates."""
    gates: tuple[bool | None, ...]
    """Which gates fired, in the policy's order; ``None`` where a missing value leaves it open."""


def assess(
    compiled: CompiledPolicy, calibration: Calibration, row: Row, supposed: Row | None = None
) -> Assessment:
    """Grade one customer from its measured values.

    ``supposed`` values replace the row's, derived ones included: the grade a customer would have.
    """
    row = derive(compiled, row)
    if supposed:
        row = {**row, **supposed}
    met = tuple(meet(criterion, calibration, row) for criterion in compiled.criteria)
    outcome = _outcome(compiled, calibration, row, met)
    code, refusal = outcome.grade, outcome.refusal
    fired: list[bool | None] = []
    for gate in compiled.gates:
        holds_ = truth(gate.condition, row)
        fired.append(holds_)
        if code is None:
            continue
        gated = gate.effect.apply(code, gate.target)
        if holds_ or (holds_ is None and gate.missing == "fire"):
            code = gated
        elif holds_ is None and gate.missing == "refuse" and gated != code:
            refusal = refusal or f"gate:{gate.id}"
    grades = compiled.grades
    return Assessment(
        grade=None if code is None or refusal else grades[code],
        score=outcome.score,
        flags=tuple(flag.id for flag in compiled.flags if truth(flag.condition, row)),
        reasons=tuple(_reasons(compiled, fired, outcome, met)),
        evidence=_evidence(compiled, row, met),
        not_graded=refusal,
        met=met,
        ungated=None if outcome.grade is None else grades[outcome.grade],
        gates=tuple(fired),
    )


def meet(criterion: CompiledCriterion, calibration: Calibration, row: Row) -> Met:
    """Return the band one criterion puts a customer in."""
    value = row.get(criterion.quantity.id)
    applies = True if criterion.applies is None else truth(criterion.applies, row)
    if applies is False:
        return Met(criterion, value, NOT_APPLYING, None, 0)
    band = MISSING if applies is None or value is None else _band(criterion, calibration, value)
    if band:
        points = criterion.bands[band - 1].points
    elif criterion.missing in {"worst", "points"}:
        points = criterion.missing_points
    else:
        return Met(criterion, value, MISSING, None, 0)
    return Met(criterion, value, band, points, (criterion.best - points) * criterion.weight)


def _band(criterion: CompiledCriterion, calibration: Calibration, value: Value) -> int:
    if criterion.ranking:
        cutoffs = calibration.cutoffs[criterion.ranking.key]
        return MISSING if cutoffs.is_empty else _place(cutoffs, value) + 1
    for number, band in enumerate(criterion.bands, start=1):
        if band.test is not None and holds(band.test, value):
            return number
    return MISSING


def _place(cutoffs: Cutoffs, value: Value) -> int:
    """Return how many shares lie above the value: 0 is the best."""
    for place, least in enumerate(cutoffs.at_least):
        if least is not None and isinstance(value, int) and value >= least:
            return place
    return len(cutoffs.at_least)


def _outcome(compiled: CompiledPolicy, calibration: Calibration, row: Row, met: tuple[Met, ...]) -> Outcome:
    match compiled.method:
        case WeightedScore(cutoffs, scale):
            return _scored(cutoffs, scale, met)
        case Table():
            return _ruled(compiled.method, row)
        case Shares(ranking, missing):
            return _shared(compiled, ranking, missing, calibration, row)


def _scored(cutoffs: tuple[int, ...], scale: int, met: tuple[Met, ...]) -> Outcome:
    for each in met:
        if each.band == MISSING and each.criterion.missing == "refuse":
            return Outcome(None, refusal=f"missing:{each.criterion.id}")
    weight = sum(each.criterion.weight for each in met if each.counts)
    if weight == 0:
        return Outcome(None, refusal="no_evidence")
    points = sum(each.criterion.weight * (each.points or 0) for each in met)
    score = divide_half_up(points * scale, weight * 100)
    code = next((place for place, least in enumerate(cutoffs) if score >= least), len(cutoffs))
    return Outcome(code, score=score)


def _ruled(table: Table, row: Row) -> Outcome:
    """Return the first rule that holds, unless one left open before it would give another grade."""
    found, reason = table.otherwise, "rule:otherwise"
    is_open: list[CompiledRule] = []
    for rule in table.rules:
        held = truth(rule.condition, row)
        if held:
            found, reason = rule.grade, f"rule:{rule.id}"
            break
        if held is None and table.missing == "refuse":
            is_open.append(rule)
    for rule in is_open:
        if rule.grade != found:
            absent = next(name for name in rule.needs if row.get(name) is None)
            return Outcome(None, refusal=f"missing:{absent}")
    return Outcome(None, refusal="no_rule") if found is None else Outcome(found, reason=reason)


def _shared(
    compiled: CompiledPolicy, ranking: Ranking, missing: str, calibration: Calibration, row: Row
) -> Outcome:
    cutoffs = calibration.cutoffs[ranking.key]
    if cutoffs.is_empty:
        return Outcome(None, refusal="no_population")
    value = row.get(ranking.quantity.id)
    if value is None and missing == "refuse":
        return Outcome(None, refusal=f"missing:{ranking.quantity.id}")
    code = len(compiled.grades) - 1 if value is None else _place(cutoffs, value)
    return Outcome(code, reason=f"share:{compiled.grades[code]}")


def _reasons(
    compiled: CompiledPolicy, fired: list[bool | None], outcome: Outcome, met: tuple[Met, ...]
) -> Iterator[str]:
    for gate, is_fired in zip(compiled.gates, fired, strict=True):
        if is_fired or (is_fired is None and gate.missing == "fire"):
            yield f"gate:{gate.id}"
    if outcome.reason:
        yield outcome.reason
    for each in sorted(met, key=lambda each: -each.lost):
        if each.lost > 0:
            yield each.code


def _evidence(compiled: CompiledPolicy, row: Row, met: tuple[Met, ...]) -> int:
    match compiled.method:
        case WeightedScore():
            applying = [each for each in met if each.band != NOT_APPLYING]
            whole = sum(each.criterion.weight for each in applying)
            real = sum(each.criterion.weight for each in applying if each.band != MISSING)
        case Table():
            names = compiled.table_names
            whole, real = len(names), sum(row.get(name) is not None for name in names)
        case Shares(ranking):
            whole, real = 1, int(row.get(ranking.quantity.id) is not None)
    return divide_half_up(100 * real, whole) if whole else 0
