"""One quantity's values cut into pieces no test tells apart, so that a set of values is a whole number.

Piece 0 is the missing value. A set of pieces is a *mask*: bit ``n`` stands for piece ``n``. Union,
intersection and complement of sets of values are then ``|``, ``&`` and ``^`` of whole numbers, whatever
the kind of the quantity.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from rung.policy.cells import Always, InRanges, InValues, IsMissing, Test, Value
from rung.policy.ranges import Range, intersection, union
from rung.vocabulary import LIMIT, Aggregate, Feature, Kind, Quantity

__all__ = ["MISSING", "Axis", "ListedAxis", "OrderedAxis", "axis_of", "is_run", "pieces_in", "runs_of"]

MISSING: Final = 1
"""The mask of the missing value alone."""

_COUNTED: Final = frozenset(
    {Aggregate.COUNT, Aggregate.DISTINCT, Aggregate.SHARE, Aggregate.DAYS_SINCE, Aggregate.MONTHS_SINCE}
)
# Nothing is counted below zero, whatever a feature's own bounds leave open.


class Axis(ABC):
    """One quantity's pieces."""

    def __init__(self, quantity: Quantity, size: int) -> None:
        self.quantity: Final = quantity
        self.full: Final = (1 << size) - 1
        """Every piece, the missing value among them."""
        self._masks: dict[Test, int] = {}

    def mask(self, test: Test, *, wanted: bool = True, may: bool = False) -> int:
        """Return the values for which a test holds, or fails if that is what is wanted.

        ``may`` adds the missing value where it leaves the test open.
        """
        match test:
            case Always():
                return self.full if wanted else 0
            case IsMissing(negated):
                return MISSING if negated is not wanted else self.full & ~MISSING
        if test not in self._masks:
            self._masks[test] = self._present(test)
        inside = self._masks[test]
        present = inside if wanted else self.full & ~MISSING & ~inside
        return present | MISSING if may else present

    @abstractmethod
    def _present(self, test: Test) -> int:
        """Return the values, none of them missing, for which a test holds."""

    @abstractmethod
    def value(self, piece: int) -> Value | None:
        """Return a value of a piece, as it is kept; the plainest there is."""

    @abstractmethod
    def test(self, mask: int) -> Test:
        """Return the test that holds for exactly the values of a mask without the missing one."""


class OrderedAxis(Axis):
    """A number or a date: pieces are ranges, in order."""

    def __init__(self, quantity: Quantity, starts: Iterable[int]) -> None:
        low, high = _bounds(quantity)
        inner = sorted({start for start in starts if low < start <= high})
        self._starts: Final = [low, *inner]
        self._high: Final = high
        super().__init__(quantity, len(self._starts) + 1)

    def _present(self, test: Test) -> int:
        assert isinstance(test, InRanges)
        mask = 0
        for each in intersection(test.ranges, [Range(self._starts[0], self._high)]):
            assert each.low is not None and each.high is not None
            first = bisect_left(self._starts, each.low)
            last = bisect_right(self._starts, each.high) - 1
            mask |= (1 << (last + 2)) - (1 << (first + 1))
        return mask

    def range(self, piece: int) -> Range:
        """Return the whole numbers, or day ordinals, of a piece."""
        last = self._starts[piece] - 1 if piece < len(self._starts) else self._high
        return Range(self._starts[piece - 1], last)

    def ranges(self, mask: int) -> tuple[Range, ...]:
        """Return the whole numbers, or day ordinals, of a mask; without end where the quantity has none."""
        joined = union(self.range(piece) for piece in pieces_in(mask & ~MISSING))
        low, high = self._starts[0], self._high
        return tuple(
            Range(None if each.low == low else each.low, None if each.high == high else each.high)
            for each in joined
        )

    def value(self, piece: int) -> Value | None:
        """Return 0 where it lies within, else the bound that is written."""
        if piece == 0:
            return None
        within = self.range(piece)
        assert within.low is not None and within.high is not None
        is_first, is_last = piece == 1, piece == len(self._starts)
        if self.quantity.kind is Kind.DATE:
            return date.fromordinal(within.high if is_first and not is_last else within.low)
        if 0 in within:
            return 0
        return within.high if is_first else within.low

    def test(self, mask: int) -> Test:
        """Return the ranges of a mask as a test."""
        return InRanges(self.ranges(mask))


class ListedAxis(Axis):
    """A truth, a choice or a text: pieces are the values named, and for texts every other one."""

    def __init__(self, quantity: Quantity, values: Iterable[str | bool], *, is_open: bool) -> None:
        self._values: Final = tuple(values)
        self._is_open: Final = is_open
        super().__init__(quantity, len(self._values) + 1 + is_open)

    def _present(self, test: Test) -> int:
        assert isinstance(test, InValues)
        mask = sum(1 << n for n, value in enumerate(self._values, start=1) if value in test.values)
        return self.full & ~MISSING & ~mask if test.negated else mask

    def value(self, piece: int) -> Value | None:
        """Return the value named, or a text nobody named."""
        if piece == 0:
            return None
        if piece <= len(self._values):
            return self._values[piece - 1]
        other = "…"
        while other in self._values:
            other += "…"
        return other

    def test(self, mask: int) -> Test:
        """Return the values of a mask as a test; with any other text among them, all but those left out."""
        inside = frozenset(value for n, value in enumerate(self._values, start=1) if mask >> n & 1)
        if self._is_open and mask >> len(self._values) + 1 & 1:
            return InValues(frozenset(self._values) - inside, negated=True)
        return InValues(inside)


def axis_of(quantity: Quantity, tests: Iterable[Test]) -> Axis:
    """Return a quantity's values, cut wherever one of the tests tells two apart."""
    if quantity.kind.is_numeric or quantity.kind is Kind.DATE:
        starts: set[int] = set()
        for test in tests:
            if isinstance(test, InRanges):
                for each in test.ranges:
                    starts |= {end for end in (each.low, _after(each.high)) if end is not None}
        return OrderedAxis(quantity, starts)
    if quantity.kind is Kind.BOOLEAN:
        return ListedAxis(quantity, (False, True), is_open=False)
    if quantity.choices:
        return ListedAxis(quantity, (choice.id for choice in quantity.choices), is_open=False)
    named = {
        str(value): None
        for test in tests
        if isinstance(test, InValues)
        for value in sorted(test.values, key=str)
    }
    return ListedAxis(quantity, named, is_open=True)


def pieces_in(mask: int) -> Iterator[int]:
    """Yield the pieces of a mask, in order."""
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest


def is_run(mask: int) -> bool:
    """Return whether the pieces of a mask, of which there is one at least, are an unbroken run."""
    return not (mask + (mask & -mask)) & mask


def runs_of(mask: int) -> Iterator[tuple[int, int]]:
    """Yield the first and last piece of each unbroken run of a mask."""
    while mask:
        first = (mask & -mask).bit_length() - 1
        mask >>= first
        length = (~mask & (mask + 1)).bit_length() - 1
        yield first, first + length - 1
        mask = mask >> length << (first + length)


def _after(high: int | None) -> int | None:
    return None if high is None else high + 1


def _bounds(quantity: Quantity) -> tuple[int, int]:
    """Return the least and greatest value intake lets through, scaled, or as day ordinals."""
    if quantity.kind is Kind.DATE:
        return 1, date.max.toordinal()
    low = -LIMIT if quantity.low is None else max(quantity.low * quantity.scale, -LIMIT)
    high = LIMIT if quantity.high is None else min(quantity.high * quantity.scale, LIMIT)
    if isinstance(quantity, Feature) and quantity.aggregate in _COUNTED:
        low = max(low, 0)
        if quantity.aggregate is Aggregate.SHARE:
            high = min(high, 100 * quantity.scale)
    return low, high
