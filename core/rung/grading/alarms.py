"""Which alarms one event raises: a pure function of the event and of the customer it belongs to."""

from __future__ import annotations

from rung.grading.compiled import CompiledPolicy
from rung.grading.derive import Row, derive
from rung.policy.binding import Bound, truth

__all__ = ["raised"]


def raised(compiled: CompiledPolicy, event_table: str, event: Row, customer: Row) -> tuple[str, ...]:
    """Return the ids of the alarms that an event of a table raises, in the policy's order.

    ``event`` holds the event's values by column, ``customer`` the measured values of the customer it
    belongs to, both scaled (see vocabulary.Quantity). A condition that a missing value leaves open
    does not hold: what nobody said raises no alarm.
    """
    listening = [alarm for alarm in compiled.alarms if alarm.on == event_table]
    if not listening:
        return ()
    row = derive(compiled, customer)
    return tuple(
        alarm.id for alarm in listening if _holds(alarm.event, event) and _holds(alarm.customers, row)
    )


def _holds(condition: Bound | None, row: Row) -> bool:
    return condition is None or truth(condition, row) is True
