"""Which values no band of a criterion selects: a customer in such a gap could not be graded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from rung.policy.cells import Always, InRanges, InValues, Test
from rung.policy.ranges import EVERYTHING, Range, complement, union
from rung.text import _
from rung.vocabulary import Kind, Quantity

__all__ = ["uncovered"]


def uncovered(tests: Sequence[Test], quantity: Quantity) -> tuple[str, ...]:
    """Return the values no test selects, in words; empty where every value intake lets through is."""
    if any(isinstance(test, Always) for test in tests):
        return ()
    if quantity.kind.is_numeric or quantity.kind is Kind.DATE:
        covered = union(each for test in tests if isinstance(test, InRanges) for each in test.ranges)
        gaps = [gap for gap in complement(covered) if not _is_outside(gap, quantity)]
        return tuple(_words(gap, quantity) for gap in gaps)
    values = [test for test in tests if isinstance(test, InValues)]
    if any(test.negated for test in values):
        return ()
    listed = {value for test in values for value in test.values}
    if quantity.kind is Kind.BOOLEAN:
        return tuple(name for value, name in ((True, "true"), (False, "false")) if value not in listed)
    if quantity.kind is Kind.CATEGORY and quantity.choices:
        return tuple(choice.id for choice in quantity.choices if choice.id not in listed)
    return (_("every other text"),)


def _is_outside(gap: Range, quantity: Quantity) -> bool:
    """Return whether intake lets no value of the gap through."""
    low = None if quantity.low is None else quantity.low * quantity.scale
    high = None if quantity.high is None else quantity.high * quantity.scale
    is_below = low is not None and gap.high is not None and gap.high < low
    return is_below or (high is not None and gap.low is not None and gap.low > high)


def _words(gap: Range, quantity: Quantity) -> str:
    if gap == EVERYTHING[0]:
        return _("any value")
    low, high = ("" if end is None else _units(end, quantity) for end in (gap.low, gap.high))
    if not low:
        return f"<= {high}"
    if not high:
        return f">= {low}"
    return low if low == high else f"[{low}..{high}]"


def _units(scaled: int, quantity: Quantity) -> str:
    if quantity.kind is Kind.DATE:
        return date.fromordinal(scaled).isoformat()
    return f"{Decimal(scaled) / quantity.scale}"
