"""What cells, conditions, spans and formulas mean, whatever their spelling: equal senses, equal meanings."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from decimal import Decimal
from functools import reduce
from typing import Final

from rung.durations import Duration, Unit
from rung.errors import RungError
from rung.policy.binding import All, Any, Bound, Inverse, Tested, bind
from rung.policy.cells import Always, InRanges, InValues, IsMissing, Test, read_cell
from rung.policy.conditions import Condition, RawCell
from rung.policy.formula import Amount, Binary, Constant, Node, read_formula
from rung.policy.ranges import complement, intersection, union
from rung.vocabulary import Kind, Quantity

__all__ = ["cell_sense", "condition_sense", "formula_sense", "span_sense"]

_NEVER: Final = "never"
_ALWAYS: Final = "always"
_SAME: Final = {Unit.WEEK: (7, Unit.DAY), Unit.YEAR: (12, Unit.MONTH)}
# An hour is no part of a day here: a promise within 24 hours is kept by the hour, one within a day is not.


def span_sense(span: Duration) -> Hashable:
    """Return how long a span is: a week is seven days, a year twelve months."""
    times, unit = _SAME.get(span.unit, (1, span.unit))
    return span.count * times, unit


def cell_sense(raw: RawCell, quantity: Quantity | None) -> Hashable:
    """Return which values a cell holds for; as it is written, where no quantity is known."""
    if quantity is None:
        return raw
    try:
        return _test(read_cell(raw, quantity), quantity)
    except RungError:
        return raw


def condition_sense(condition: Condition, quantities: Mapping[str, Quantity]) -> Hashable:
    """Return what a condition asks: the order of its parts and double negations do not count."""
    try:
        return _bound(bind(condition, quantities), is_negated=False)
    except RungError:
        return repr(condition)


def formula_sense(formula: str, result: Quantity | None, quantities: Mapping[str, Quantity]) -> Hashable:
    """Return what a formula computes; spaces and brackets that change nothing do not count."""
    if result is None:
        return formula
    try:
        return _node(read_formula(formula, result, quantities).node)
    except RungError:
        return formula


def _node(node: Node) -> Hashable:
    match node:
        case Constant(value, decimals):
            return Decimal(value).scaleb(-decimals)
        case Amount(quantity):
            return quantity.id
        case Binary(sign, left, right, decimals):
            # A quotient's decimals are part of what it means: they say where it is rounded.
            return sign, _node(left), _node(right), decimals if sign == "/" else None


def _test(test: Test, quantity: Quantity) -> Hashable:
    match test:
        case Always():
            return _ALWAYS
        case InValues(values, True) if quantity.kind is Kind.BOOLEAN:
            return InValues(frozenset({True, False}) - values)
    return test


def _bound(bound: Bound, *, is_negated: bool) -> Hashable:
    """Return the sense; negations are carried down to the cells, as Kleene's logic allows."""
    match bound:
        case Tested(quantity, test):
            sense = _negated(test, quantity) if is_negated else _test(test, quantity)
            return sense if sense in (_ALWAYS, _NEVER) else (quantity.id, sense)
        case Inverse(part):
            return _bound(part, is_negated=not is_negated)
        case All(parts) | Any(parts):
            inner = (_bound(part, is_negated=is_negated) for part in parts)
            return _joined(inner, is_all=isinstance(bound, All) is not is_negated)


def _negated(test: Test, quantity: Quantity) -> Hashable:
    match test:
        case Always():
            return _NEVER
        case IsMissing(negated):
            return IsMissing(not negated)
        case InRanges(ranges):
            return InRanges(complement(ranges))
        case InValues(values, negated):
            return _test(InValues(values, not negated), quantity)


def _joined(senses: Iterable[Hashable], *, is_all: bool) -> Hashable:
    """Return all, or any, of the senses as one: nested joins flattened, ranges of one quantity merged."""
    join = "all" if is_all else "any"
    neutral, decisive = (_ALWAYS, _NEVER) if is_all else (_NEVER, _ALWAYS)
    parts: set[Hashable] = set()
    ranges: dict[str, list[InRanges]] = {}
    for sense in senses:
        for part in sense[1] if isinstance(sense, tuple) and sense[0] == join else (sense,):
            match part:
                case (str(name), InRanges() as test):
                    ranges.setdefault(name, []).append(test)
                case _:
                    parts.add(part)
    if decisive in parts:
        return decisive
    parts.discard(neutral)
    for name, tests in ranges.items():
        merge = intersection if is_all else lambda one, other: union((*one, *other))
        parts.add((name, InRanges(union(reduce(merge, (test.ranges for test in tests))))))
    if not parts:
        return neutral
    return next(iter(parts)) if len(parts) == 1 else (join, frozenset(parts))
