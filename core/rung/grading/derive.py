"""One customer's derived values, computed in plain Python from the measured ones."""

from __future__ import annotations

from collections.abc import Mapping

from rung.grading.compiled import CompiledPolicy
from rung.policy.cells import Value

__all__ = ["Row", "derive"]

Row = Mapping[str, Value | None]
"""One customer's measured values by quantity id; see vocabulary.Quantity for their scales."""


def derive(compiled: CompiledPolicy, row: Row) -> Row:
    """Return the row with the policy's derived values in place."""
    if not compiled.derived:
        return row
    full = dict(row)
    for formula in compiled.derived:
        full[formula.result.id] = formula.value(full)
    return full
