"""What an override rests on, taken from a run: a customer's grade, the gates that fired, the values used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rung.ledger.desk import inputs_hash
from rung.ledger.overrides import Ground

if TYPE_CHECKING:
    from rung.grading.derive import Row
    from rung.grading.scorecard import Scorecard
    from rung.runs.run import Run

__all__ = ["fired_gates", "ground_of"]


def ground_of(run: Run, customer: str, scorecard: Scorecard) -> Ground:
    """Return what an override of a customer, by id or name, rests on.

    ``scorecard`` is what graded the run. Raises RungError for a customer that is not in the run.
    """
    found = run.find(customer)
    return Ground(
        customer_id=found.id,
        policy=scorecard.compiled.policy,
        policy_hash=run.manifest.policy.sha256,
        run_id=run.manifest.run_id,
        model_grade=found.result["model_grade"],
        gates=fired_gates(scorecard, found.measured),
        inputs_hash=inputs_hash(found.measured),
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
