"""Derived values: a small arithmetic language over numeric fields, read once, exact in whole numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

from rung.errors import RungError
from rung.policy.binding import known
from rung.policy.cells import Value
from rung.text import _
from rung.vocabulary import LIMIT, Quantity

__all__ = ["Amount", "Binary", "Constant", "Formula", "Node", "read_formula"]

CEILING: Final = 10**36
# Intermediate results stay below this: every engine's 128-bit integers hold them.


@dataclass(frozen=True, slots=True)
class Constant:
    """A number written in the formula."""

    value: int
    decimals: int


@dataclass(frozen=True, slots=True)
class Amount:
    """The value of a field or another derived value."""

    quantity: Quantity

    @property
    def decimals(self) -> int:
        """Digits kept after the point."""
        return len(str(self.quantity.scale)) - 1


@dataclass(frozen=True, slots=True)
class Binary:
    """Two parts joined by a sign; ``decimals`` are those of the result."""

    sign: Literal["+", "-", "*", "/"]
    left: Node
    right: Node
    decimals: int


Node = Constant | Amount | Binary


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula and the quantity it gives; the result is rounded half up to the quantity's decimals."""

    result: Quantity
    node: Node

    def names(self) -> tuple[str, ...]:
        """Return the names the formula reads, each once."""
        return tuple(dict.fromkeys(_names(self.node)))

    def value(self, row: Mapping[str, Value | None]) -> int | None:
        """Return the scaled result for one customer.

        Missing where an operand is missing, a divisor is zero, or the result is beyond what a value
        may be (vocabulary.LIMIT).
        """
        exact = _value(self.node, row)
        if exact is None:
            return None
        scaled = _rescale(exact, self.node.decimals, len(str(self.result.scale)) - 1)
        return scaled if abs(scaled) <= LIMIT else None


def divide_half_up(numerator: int, divisor: int) -> int:
    """Return the quotient rounded half up (towards plus infinity); the divisor is not zero."""
    if divisor < 0:
        numerator, divisor = -numerator, -divisor
    return (2 * numerator + divisor) // (2 * divisor)


def _value(node: Node, row: Mapping[str, Value | None]) -> int | None:
    match node:
        case Constant(value, _decimals):
            return value
        case Amount(quantity):
            found = row.get(quantity.id)
            return found if isinstance(found, int) else None
        case Binary(sign, left, right, decimals):
            first, second = _value(left, row), _value(right, row)
            if first is None or second is None:
                return None
            if sign == "*":
                return first * second
            if sign == "/":
                shifted = first * int(10 ** (decimals + right.decimals - left.decimals))
                return None if second == 0 else divide_half_up(shifted, second)
            first *= int(10 ** (decimals - left.decimals))
            second *= int(10 ** (decimals - right.decimals))
            return first + second if sign == "+" else first - second


def _rescale(value: int, have: int, want: int) -> int:
    return value * 10 ** (want - have) if want >= have else divide_half_up(value, 10 ** (have - want))


def _names(node: Node) -> Iterator[str]:
    match node:
        case Amount(quantity):
            yield quantity.id
        case Binary(_, left, right, _):
            yield from _names(left)
            yield from _names(right)


def bound_of(node: Node) -> int:
    """Return the largest size the node's scaled value can have."""
    match node:
        case Constant(value, _decimals):
            return abs(value)
        case Amount(quantity):
            ends = [end for end in (quantity.low, quantity.high) if end is not None]
            return max(abs(end) * quantity.scale for end in ends) if len(ends) == 2 else LIMIT
        case Binary(sign, left, right, decimals):
            first, second = bound_of(left), bound_of(right)
            if sign == "*":
                return first * second
            if sign == "/":
                return first * int(10 ** (decimals + right.decimals - left.decimals)) + 1
            return first * int(10 ** (decimals - left.decimals)) + second * int(
                10 ** (decimals - right.decimals)
            )


_TOKEN: Final = re.compile(r"\s*(?:(?P<number>\d[\d_]*(?:\.\d+)?)|(?P<name>[A-Za-z_]\w*)|(?P<sign>[-+*/()]))")
_DIVIDED_DECIMALS: Final = 8
# Digits a quotient carries inside a formula, before the result is rounded to its own decimals.


_SHOWN: Final = 60
# Characters of a formula that a message shows; the rest is found at the place it names.
_LONGEST: Final = 200
# Operands a formula may have: more is no small formula, and nesting stays within Python's stack.


def read_formula(written: str, result: Quantity, quantities: Mapping[str, Quantity]) -> Formula:
    """Read ``+ - * /``, parentheses, numbers and names of numeric fields.

    Raises RungError with one problem for a formula that cannot be read, names something unknown or
    not numeric, or could grow beyond what every engine computes exactly.
    """
    reader = _Reader(written, quantities)
    node = reader.sum()
    if reader.rest():
        raise reader.unexpected()
    if bound_of(node) * 10 ** max(0, len(str(result.scale)) - 1 - node.decimals) * 4 > CEILING:
        raise RungError.of(
            _("The formula “{formula}” could grow beyond what can be computed exactly.").format(
                formula=_shown(written)
            ),
            _("Split it, or give its fields narrower low and high bounds."),
        )
    return Formula(result, node)


def _shown(written: str) -> str:
    return written if len(written) <= _SHOWN else f"{written[:_SHOWN]}…"


class _Reader:
    """Reads one formula from left to right."""

    def __init__(self, written: str, quantities: Mapping[str, Quantity]) -> None:
        self._written = written
        self._quantities = quantities
        self._at = 0
        self._operands = 0

    def rest(self) -> str:
        return self._written[self._at :].strip()

    def unexpected(self) -> RungError:
        found = self.rest()[:20] or _("its end")
        return RungError.of(
            _("The formula “{formula}” cannot be read at “{found}”.").format(
                formula=_shown(self._written), found=found
            ),
            _("Right would be: (income - costs) / income * 100."),
        )

    def sum(self) -> Node:
        left = self._product()
        while sign := self._take("+-"):
            right = self._product()
            left = Binary("+" if sign == "+" else "-", left, right, max(left.decimals, right.decimals))
        return left

    def _product(self) -> Node:
        left = self._single()
        while sign := self._take("*/"):
            right = self._single()
            if sign == "*":
                left = Binary("*", left, right, left.decimals + right.decimals)
            else:
                left = Binary("/", left, right, max(_DIVIDED_DECIMALS, left.decimals - right.decimals))
        return left

    def _single(self) -> Node:
        self._operands += 1
        if self._operands > _LONGEST:
            raise self.unexpected()
        if self._take("-"):
            inner = self._single()
            return Binary("-", Constant(0, inner.decimals), inner, inner.decimals)
        if self._take("("):
            node = self.sum()
            if not self._take(")"):
                raise self.unexpected()
            return node
        token = _TOKEN.match(self._written, self._at)
        if token is None or token["sign"]:
            raise self.unexpected()
        self._at = token.end()
        return self._amount(token["name"]) if token["name"] else self._constant(token["number"])

    def _constant(self, written: str) -> Constant:
        number = Decimal(written.replace("_", ""))
        decimals = max(0, -int(number.as_tuple().exponent))
        return Constant(int(number.scaleb(decimals)), decimals)

    def _amount(self, name: str) -> Amount:
        quantity = known(name, self._quantities)
        if not quantity.kind.is_numeric:
            raise RungError.of(
                _("The formula “{formula}” reckons with “{name}”, which is no number but {kind}.").format(
                    formula=_shown(self._written), name=name, kind=quantity.kind.value
                )
            )
        return Amount(quantity)

    def _take(self, signs: str) -> str:
        token = _TOKEN.match(self._written, self._at)
        if token is None or not token["sign"] or token["sign"] not in signs:
            return ""
        self._at = token.end()
        return token["sign"]
