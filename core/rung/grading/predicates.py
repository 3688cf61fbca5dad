"""Bound conditions as narwhals expressions; Kleene logic comes from the engines' own null handling."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from operator import and_, or_

import narwhals.stable.v2 as nw

from rung.grading.cases import joined
from rung.policy.binding import All, Any, Bound, Inverse, Tested
from rung.policy.cells import Always, InRanges, InValues, IsMissing, Test
from rung.policy.ranges import Range, intersection
from rung.vocabulary import Kind, Quantity

__all__ = ["expression", "test_expression", "within"]


def expression(bound: Bound) -> nw.Expr:
    """Return a Boolean expression: null where missing values leave the condition open."""
    match bound:
        case Tested(quantity, test):
            return test_expression(quantity, test)
        case Inverse(part):
            return ~expression(part)
        case All(parts):
            return joined(and_, map(expression, parts)) if parts else nw.lit(True)
        case Any(parts):
            return joined(or_, map(expression, parts))


def test_expression(quantity: Quantity, test: Test) -> nw.Expr:
    """Return one cell's expression over the column of its quantity."""
    column = nw.col(quantity.id)
    match test:
        case Always():
            return nw.lit(True)
        case IsMissing(negated):
            return ~column.is_null() if negated else column.is_null()
        case InRanges(ranges):
            return joined(or_, (_in_range(column, each, quantity.kind) for each in ranges))
        case InValues(values, negated):
            found = joined(or_, (_equals(column, value) for value in sorted(values, key=str)))
            return ~found if negated else found


def _equals(column: nw.Expr, value: str | bool) -> nw.Expr:
    if isinstance(value, bool):
        return column if value else ~column
    return column == value


def _in_range(column: nw.Expr, bounds: Range, kind: Kind) -> nw.Expr:
    low, high = _literal(bounds.low, kind), _literal(bounds.high, kind)
    if low is not None and high is not None:
        return column == low if low == high else (column >= low) & (column <= high)
    if low is not None:
        return column >= low
    if high is not None:
        return column <= high
    return ~column.is_null() | column.is_null()


def _literal(bound: int | None, kind: Kind) -> int | date | None:
    if bound is None or kind is not Kind.DATE:
        return bound
    return date.fromordinal(bound)


def within(quantity: Quantity, wanted: Sequence[Range], left: Sequence[Range]) -> nw.Expr | None:
    """Return the cheapest test that tells ``wanted`` apart among the values still ``left``.

    ``None``: every value left is wanted. Values are known not to be missing and to lie in ``left``.
    """
    inside = intersection(wanted, left)
    if inside == tuple(left):
        return None
    column = nw.col(quantity.id)
    if inside and inside == intersection(left, [Range(inside[0].low, None)]):
        return column >= _literal(inside[0].low, quantity.kind)
    if inside and inside == intersection(left, [Range(None, inside[-1].high)]):
        return column <= _literal(inside[-1].high, quantity.kind)
    if not inside:
        return nw.lit(False)
    return test_expression(quantity, InRanges(inside))
