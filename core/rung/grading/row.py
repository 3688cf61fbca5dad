"""One customer graded in plain Python: fast for one, and the reference every engine is held to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from rung.grading.calibration import Calibration
from rung.grading.compiled import HELD, PREVIOUS_GRADE, CompiledPolicy
from rung.grading.deciding import decide, evidence
from rung.grading.derive import Row, derive
from rung.grading.hysteresis import code_before, held
from rung.grading.met import Met, meet
from rung.grading.outcome import CONFLICT, Outcome
from rung.policy.binding import truth

__all__ = ["Assessment", "Met", "Outcome", "assess", "meet"]

STORED_REASONS: Final = 3


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
    """The grade before gates, hysteresis done."""
    gates: tuple[bool | None, ...]
    """Which gates fired, in the policy's order; ``None`` where a missing value leaves it open."""
    decided: tuple[str, ...] = ()
    """Ids of the rules that gave the grade, where a decision table did."""
    unheld: str | None = None
    """The grade before hysteresis: the method's own."""
    previous: str | None = None
    """The grade in the run before, where the policy looks back at it and there is one."""


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
    outcome = decide(compiled, calibration, row, met)
    previous = None if compiled.hold is None else code_before(row.get(PREVIOUS_GRADE), compiled.grades)
    kept = _kept(compiled, outcome, previous)
    code, refusal = kept, outcome.refusal
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
        reasons=tuple(_reasons(compiled, fired, outcome, is_held=kept != outcome.grade)),
        evidence=evidence(compiled, row, met),
        not_graded=refusal,
        met=met,
        ungated=None if kept is None else grades[kept],
        gates=tuple(fired),
        decided=outcome.decided,
        unheld=None if outcome.grade is None else grades[outcome.grade],
        previous=None if previous is None else grades[previous],
    )


def _kept(compiled: CompiledPolicy, outcome: Outcome, previous: int | None) -> int | None:
    """Return the code of the method's grade, held by the grade before where the policy looks back."""
    if compiled.hold is None or outcome.grade is None:
        return outcome.grade
    return held(compiled.hold, outcome.grade, previous, outcome.score, compiled.cutoffs)


def _reasons(
    compiled: CompiledPolicy, fired: list[bool | None], outcome: Outcome, *, is_held: bool
) -> Iterator[str]:
    """Yield gates first, then the method's reasons; of a conflict, first the rules that made it."""
    is_conflict = outcome.refusal == CONFLICT
    if is_conflict:
        yield from outcome.reasons
    for gate, is_fired in zip(compiled.gates, fired, strict=True):
        if is_fired or (is_fired is None and gate.missing == "fire"):
            yield f"gate:{gate.id}"
    if is_held:
        yield HELD
    if not is_conflict:
        yield from outcome.reasons
