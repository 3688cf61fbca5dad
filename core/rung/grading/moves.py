"""Which values would have to change for a condition to hold, or not to hold any longer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import islice, product

from rung.grading.derive import Row
from rung.policy.binding import All, Any, Bound, Inverse, Tested, truth
from rung.policy.cells import InRanges, InValues, Test, Value
from rung.policy.ranges import Range, complement
from rung.vocabulary import Kind, Quantity

__all__ = ["Move", "nearest", "ways"]

Move = Mapping[str, Value]
"""New values by quantity id."""

_MOST_WAYS = 16
# Alternatives followed for one condition; an any of anys could otherwise multiply without end.


def ways(condition: Bound, row: Row, *, wanted: bool = True) -> tuple[Move, ...]:
    """Return sets of changes, each of which makes the condition true (or false, if not wanted).

    Empty where it cannot be made so; one empty move where it already is so.
    """
    if truth(condition, row) is wanted:
        return ({},)
    match condition:
        case Tested(quantity, test):
            found = nearest(test if wanted else _opposite(test), quantity, row.get(quantity.id))
            return () if found is None else ({quantity.id: found},)
        case Inverse(part):
            return ways(part, row, wanted=not wanted)
        case All(parts) | Any(parts):
            needs_every = isinstance(condition, All) is wanted
            each = [ways(part, row, wanted=wanted) for part in parts]
            if not needs_every:
                return tuple(islice((move for moves in each for move in moves), _MOST_WAYS))
            return tuple(islice(_merged(each), _MOST_WAYS))


def _merged(each: list[tuple[Move, ...]]) -> Iterator[Move]:
    for moves in product(*each):
        joined: dict[str, Value] = {}
        for move in moves:
            if any(joined.get(name, value) != value for name, value in move.items()):
                break
            joined.update(move)
        else:
            yield joined


def nearest(test: Test | None, quantity: Quantity, value: Value | None) -> Value | None:
    """Return the value nearest to ``value`` that meets the test; ``None`` where none can be proposed."""
    match test:
        case InRanges(ranges):
            return _nearest_in(ranges, quantity, value)
        case InValues(values, negated):
            choices = [choice.id for choice in quantity.choices] or sorted(map(str, values))
            known: list[Value] = [False, True] if quantity.kind is Kind.BOOLEAN else list(choices)
            return next((each for each in known if (each in values) is not negated), None)
    return None


def _nearest_in(ranges: tuple[Range, ...], quantity: Quantity, value: Value | None) -> Value | None:
    ends = [end for each in ranges for end in (each.low, each.high) if end is not None]
    allowed = [end for end in ends if _is_allowed(end, quantity)]
    if not allowed:
        return None
    if value is None or isinstance(value, str):
        chosen = allowed[0]
    else:
        here = value.toordinal() if isinstance(value, date) else int(value)
        chosen = min(allowed, key=lambda end: abs(end - here))
    return date.fromordinal(chosen) if quantity.kind is Kind.DATE else chosen


def _is_allowed(end: int, quantity: Quantity) -> bool:
    if quantity.kind is Kind.DATE:
        return 1 <= end <= date.max.toordinal()
    low = None if quantity.low is None else quantity.low * quantity.scale
    high = None if quantity.high is None else quantity.high * quantity.scale
    return (low is None or end >= low) and (high is None or end <= high)


def _opposite(test: Test) -> Test | None:
    match test:
        case InRanges(ranges):
            return InRanges(complement(ranges))
        case InValues(values, negated):
            return InValues(values, not negated)
    return None
