"""What a human input rests on, taken from a run: grade, gates that fired, values used, what may be given."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING

from rung.grading.derive import derive
from rung.ledger.grades.value_texts import written_value
from rung.ledger.kinds import InputKind
from rung.ledger.records import DataInput, InputRecord, Status
from rung.ledger.rules.customer_ground import Ground, Regraded, Subject
from rung.ledger.rules.lifting import lift_of
from rung.ledger.rules.on_record import inputs_hash
from rung.policy.binding import truth

if TYPE_CHECKING:
    from rung.grading.compiled import CompiledPolicy
    from rung.grading.derive import Row
    from rung.grading.scorecard import Scorecard
    from rung.ledger.rules.customer_ground import Levels
    from rung.runs.run import Customer, Run
    from rung.values import Value

__all__ = ["Subjects", "fired_gates", "ground_in", "ground_of", "levels_met"]


def ground_of(
    run: Run,
    customer: str,
    scorecard: Scorecard,
    inputs: Iterable[InputRecord] = (),
    today: date | None = None,
    *,
    portfolio: str | None = None,
) -> Ground:
    """Return what a human input about a customer, by id or name, rests on.

    ``scorecard`` is what graded the run. ``inputs`` are those on record for the customer under the policy:
    the judgements and corrections in effect on the day ``today`` are laid in. ``portfolio`` is the field
    that says whose customer it is. Raises RungError for a customer that is not in the run.
    """
    return ground_in(run, run.find(customer), scorecard, inputs, today, portfolio=portfolio)


def ground_in(
    run: Run,
    found: Customer,
    scorecard: Scorecard,
    inputs: Iterable[InputRecord] = (),
    today: date | None = None,
    *,
    portfolio: str | None = None,
) -> Ground:
    """Return what ``ground_of`` does, for a customer found in the run."""
    from rung.ledger.grades.correcting import corrected
    from rung.ledger.grades.regrading import fault_of, in_effect, regraded, values_of

    compiled = scorecard.compiled
    theirs = [each for each in inputs if (each.customer_id, each.policy_id) == (found.id, compiled.policy.id)]
    given = {} if today is None else values_of(theirs, compiled, today)
    counted = () if today is None else in_effect(theirs, today)
    unapproved = {each.subject for each in counted if not each.approvals}
    measured = _corrected(compiled, found.measured, given)
    machine_grade = found.result["model_grade"]
    is_failed = fault_of(run) is not None

    def regrade(subject: str, value: Value | None) -> Regraded:
        values = {**given, subject: value}
        levels = levels_met(compiled, corrected(compiled, found.measured, values))
        if is_failed:
            return Regraded(None, levels)
        grade = regraded(scorecard, found.measured, values).grade
        lift = lift_of(scorecard, found.measured, given, (subject, value))
        if lift is not None and subject in unapproved:
            # What nobody approved is no ground to stand on: else one renews it for good, lift and all.
            rest = {name: each for name, each in given.items() if name != subject}
            lift = max(lift, lift_of(scorecard, found.measured, rest, (subject, value)) or 0)
        return Regraded(grade, levels, lift)

    computed = regraded(scorecard, found.measured, given).grade if given and not is_failed else machine_grade

    return Ground(
        customer_id=found.id,
        policy=compiled.policy,
        policy_hash=run.manifest.policy.sha256,
        run_id=run.manifest.run_id,
        model_grade=computed,
        machine_grade=machine_grade,
        gates=fired_gates(scorecard, measured),
        inputs_hash=inputs_hash(measured),
        measured=measured,
        levels=_levels(scorecard, found.measured, theirs, measured, today),
        laid_in=None if today is None else frozenset(each.id for each in theirs if _counts(each, today)),
        subjects=Subjects(compiled, found.measured),
        regrade=regrade,
        portfolio=_whose(found.measured, portfolio),
    )


def fired_gates(scorecard: Scorecard, measured: Row) -> tuple[str, ...]:
    """Return the ids of the gates that fired for a customer with these values, stored with a run or not."""
    compiled = scorecard.compiled
    fired = scorecard.assess(measured).gates
    return tuple(
        gate.id
        for gate, held in zip(compiled.gates, fired, strict=True)
        if held or (held is None and gate.missing == "fire")
    )


def levels_met(compiled: CompiledPolicy, measured: Row) -> Levels:
    """Return whether the condition of each approval level holds for a customer with these values."""
    row = derive(compiled, measured)
    return {
        kind: tuple(
            True if condition is None else truth(condition, row)
            for condition in compiled.approval_levels[kind.value]
        )
        for kind in InputKind
    }


def _levels(
    scorecard: Scorecard, source: Row, inputs: Iterable[InputRecord], measured: Row, today: date | None
) -> Levels:
    """Return which approval levels hold: none is left behind by a value that nobody approved."""
    from rung.ledger.grades.regrading import values_of

    compiled = scorecard.compiled
    found = levels_met(compiled, measured)
    if today is None:
        return found
    approved = values_of((each for each in inputs if each.approvals), compiled, today)
    without = levels_met(compiled, _corrected(compiled, source, approved))
    return {
        kind: tuple(
            one if one == other else (None if False in (one, other) and None in (one, other) else True)
            for one, other in zip(found[kind], without[kind], strict=True)
        )
        for kind in InputKind
    }


def _corrected(compiled: CompiledPolicy, measured: Row, given: Row) -> Row:
    from rung.ledger.grades.correcting import MeasureFaultError, corrected

    try:
        return corrected(compiled, measured, given)
    except MeasureFaultError:
        # The customer is not graded then; what else there is to know of them stays known.
        return {**measured, **{name: value for name, value in given.items() if name in measured}}


def _counts(record: InputRecord, today: date) -> bool:
    return isinstance(record, DataInput) and record.status(today) is Status.APPROVED


def _whose(measured: Row, portfolio: str | None) -> str | None:
    owner = None if portfolio is None else measured.get(portfolio)
    return None if owner is None else str(owner)


class Subjects(Mapping[str, Subject]):
    """What judgements and corrections may be about, in the order of the run's columns; made when asked."""

    def __init__(self, compiled: CompiledPolicy, measured: Row) -> None:
        self._compiled = compiled
        self._measured = measured
        self._judged = {each.measure: each for each in reversed(compiled.policy.criteria) if each.levels}

    def __getitem__(self, name: str) -> Subject:
        from rung.ledger.grades.correcting import why_not

        quantity = self._compiled.quantities[name]
        criterion = self._judged.get(name)
        refusal = why_not(name, self._compiled, self._measured.keys())
        was = written_value(self._measured.get(name), quantity)
        return Subject(quantity, was, criterion, refusal)

    def __iter__(self) -> Iterator[str]:
        known = self._compiled.quantities
        return iter(dict.fromkeys([*(name for name in self._measured if name in known), *known]))

    def __len__(self) -> int:
        return len(list(iter(self)))
