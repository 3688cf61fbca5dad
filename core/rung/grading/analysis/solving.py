"""Finds inputs from which derived values come out as wanted: tries plain values, and solves for one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import islice, product
from typing import Final

from rung.grading.analysis.axis import MISSING, OrderedAxis, pieces_in
from rung.grading.analysis.space import Box, Space
from rung.policy.cells import InRanges, Value, holds
from rung.policy.formula import Amount, Binary, Constant, Formula, Node
from rung.vocabulary import LIMIT, Quantity

__all__ = ["solved"]

_MOST_TRIES: Final = 300
_PLAIN: Final = (1, 100, 10, 1_000, 0, 10_000, 2)
# Values tried for an input nothing else settles, in units; the simplest ratios come first.


def solved(formulas: tuple[Formula, ...], space: Space, box: Box) -> Mapping[str, Value | None] | None:
    """Return a customer of the box whose derived values follow from the others; ``None`` if none was found.

    ``box`` has an axis for every name the formulas read. Not finding one proves nothing.
    """
    derived = {formula.result.id for formula in formulas}
    inputs = sorted({name for formula in formulas for name in formula.names()} - derived)
    choices = [list(_candidates(space, box, name)) for name in inputs]
    plain = space.row(box)
    for values in islice(product(*choices), _MOST_TRIES):
        row = {**plain, **dict(zip(inputs, values, strict=True))}
        if _settle(formulas, space, box, row):
            return row
    return None


def _candidates(space: Space, box: Box, name: str) -> Iterator[Value | None]:
    """Yield values to try for an input: the ends of its ranges, plain ones, missing; only allowed ones."""
    place = space.places[name]
    axis, mask = space.axes[place], box[place]
    if not isinstance(axis, OrderedAxis):
        return
    scale, inside = axis.quantity.scale, axis.ranges(mask)
    test = InRanges(inside)
    ends = [end for each in inside for end in (each.low, each.high) if end is not None]
    tried: dict[int, None] = dict.fromkeys([*ends[:4], *(value * scale for value in _PLAIN)])
    yield from (value for value in tried if holds(test, value))
    if mask & MISSING:
        yield None


def _settle(formulas: tuple[Formula, ...], space: Space, box: Box, row: dict[str, Value | None]) -> bool:
    """Move inputs so that every formula lands where it should; return whether all did."""
    pinned: set[str] = set()
    for formula in formulas:
        name = formula.result.id
        row[name] = formula.value(row)
        if not _lies(space, box, name, row[name]):
            for target in _targets(space, box, name):
                if _moved(formula, target, space, box, row, pinned):
                    break
        pinned.update(formula.names())
    for formula in formulas:
        row[formula.result.id] = formula.value(row)
    return all(_lies(space, box, name, row[name]) for name in space.places)


def _moved(
    formula: Formula, target: int, space: Space, box: Box, row: dict[str, Value | None], pinned: set[str]
) -> bool:
    for name in formula.names():
        quantity = space.axes[space.places[name]].quantity
        if name in pinned:
            continue
        exact = _inverse(formula.node, name, Fraction(target, formula.result.scale), row, quantity)
        if exact is None:
            continue
        low = exact.numerator // exact.denominator
        for value in (low, low + 1):
            before = row[name]
            row[name] = value
            result = formula.value(row)
            if (
                abs(value) <= LIMIT
                and _lies(space, box, name, value)
                and _lies(space, box, formula.result.id, result)
            ):
                row[formula.result.id] = result
                return True
            row[name] = before
    return False


def _targets(space: Space, box: Box, name: str) -> Iterator[int]:
    place = space.places[name]
    axis = space.axes[place]
    assert isinstance(axis, OrderedAxis)
    for piece in pieces_in(box[place] & ~MISSING):
        value = axis.value(piece)
        within = axis.range(piece)
        ends = (value, within.low, within.high)
        yield from dict.fromkeys(end for end in ends if isinstance(end, int) and abs(end) < LIMIT)


def _lies(space: Space, box: Box, name: str, value: Value | None) -> bool:
    place = space.places[name]
    if value is None:
        return bool(box[place] & MISSING)
    present = box[place] & ~MISSING
    return bool(present) and holds(space.axes[place].test(present), value) is True


def _inverse(
    node: Node, name: str, target: Fraction, row: Mapping[str, Value | None], quantity: Quantity
) -> Fraction | None:
    """Return the scaled value of ``name`` at which a formula gives the target, in exact arithmetic."""
    match node:
        case Amount(found):
            return target * quantity.scale if found.id == name else None
        case Constant():
            return None
        case Binary(sign, left, right, _decimals):
            is_left, is_right = _mentions(left, name), _mentions(right, name)
            if is_left is is_right:
                return None
            known = _exact(right if is_left else left, row)
            if known is None:
                return None
            wanted = _undone(sign, target, known, is_left=is_left)
            return (
                None if wanted is None else _inverse(left if is_left else right, name, wanted, row, quantity)
            )


def _undone(sign: str, target: Fraction, known: Fraction, *, is_left: bool) -> Fraction | None:
    """Return what the unknown side of ``left sign right`` must be, the other side known."""
    match sign:
        case "+":
            return target - known
        case "-":
            return target + known if is_left else known - target
        case "*":
            return target / known if known else None
    if is_left:
        return target * known
    return known / target if target else None


def _exact(node: Node, row: Mapping[str, Value | None]) -> Fraction | None:
    match node:
        case Constant(value, decimals):
            return Fraction(value, 10**decimals)
        case Amount(quantity):
            found = row.get(quantity.id)
            return Fraction(found, quantity.scale) if isinstance(found, int) else None
        case Binary(sign, left, right, _decimals):
            first, second = _exact(left, row), _exact(right, row)
            if first is None or second is None:
                return None
            if sign == "/":
                return first / second if second else None
            return first + second if sign == "+" else first - second if sign == "-" else first * second


def _mentions(node: Node, name: str) -> bool:
    match node:
        case Amount(quantity):
            return quantity.id == name
        case Binary(_sign, left, right, _decimals):
            return _mentions(left, name) or _mentions(right, name)
    return False
