"""Puts the customers of a policy's tests through the policy: what each got, was promised and set off."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rung.grading.alarms import raised
from rung.grading.calibration import calibrate_rows
from rung.grading.compiled import CompiledPolicy
from rung.grading.derive import Row, derive
from rung.grading.promised import promised
from rung.grading.row import Assessment
from rung.grading.scorecard import Scorecard
from rung.policy.model import EventCase, PolicyTest
from rung.values import Value, parse_value
from rung.vocabulary import Quantity

__all__ = ["Tried", "tried"]


@dataclass(frozen=True, slots=True)
class Tried:
    """What one customer of a test came to."""

    row: Row
    """Measured and derived values, scaled; everything the test does not name is missing."""
    found: Assessment
    service: tuple[str, ...]
    """Codes of everything promised: the grade's obligations, then each flag's."""
    event: Row | None
    """The values of the event that arrived, scaled; ``None`` where the test has none."""
    alarms: tuple[str, ...]
    """Alarms the event raised."""


def tried(test: PolicyTest, compiled: CompiledPolicy) -> tuple[Tried, ...]:
    """Grade the customers of a test, who are one population, and let its event arrive.

    Raises ValueError for a value that cannot be read as its field's kind; see ``value_problems``.
    """
    rows = [derive(compiled, read_row(each, compiled.quantities)) for each in test.population()]
    card = Scorecard(compiled, calibrate_rows(compiled, rows))
    return tuple(_tried(row, card, test.event) for row in rows)


def _tried(row: Row, card: Scorecard, arrived: EventCase | None) -> Tried:
    compiled = card.compiled
    found = card.assess(row)
    lines = promised(compiled, found.grade, found.flags, row)
    service = tuple(code for line in lines for code in line.codes)
    if arrived is None:
        return Tried(row, found, service, None, ())
    table = compiled.vocabulary.events.get(arrived.table)
    event = read_row(arrived.values, {column.id: column for column in table.columns} if table else {})
    return Tried(row, found, service, event, raised(compiled, arrived.table, event, row))


def read_row(written: Mapping[str, object], quantities: Mapping[str, Quantity]) -> Row:
    """Return values in units as a scaled row; what is not written is missing."""
    read: dict[str, Value | None] = {
        name: parse_value(value, quantities[name]) for name, value in written.items() if name in quantities
    }
    return dict.fromkeys(quantities) | read
