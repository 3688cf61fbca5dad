"""Sets of whole numbers as sorted, disjoint closed ranges: the algebra behind cells over ordered values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["EVERYTHING", "Range", "complement", "contains", "intersection", "union"]


@dataclass(frozen=True, slots=True)
class Range:
    """All whole numbers from ``low`` to ``high``, both included; ``None`` is without end."""

    low: int | None
    high: int | None

    def __contains__(self, value: int) -> bool:
        return (self.low is None or value >= self.low) and (self.high is None or value <= self.high)

    @property
    def is_empty(self) -> bool:
        """Whether no number lies inside."""
        return self.low is not None and self.high is not None and self.low > self.high


EVERYTHING = (Range(None, None),)


def contains(ranges: Iterable[Range], value: int) -> bool:
    """Return whether ``value`` lies in one of the ranges."""
    return any(value in each for each in ranges)


def union(ranges: Iterable[Range]) -> tuple[Range, ...]:
    """Return the ranges sorted, without empty ones, touching and overlapping ones joined."""
    joined: list[Range] = []
    for item in sorted((r for r in ranges if not r.is_empty), key=_order):
        if joined and _touches(joined[-1], item):
            joined[-1] = Range(joined[-1].low, _later(joined[-1].high, item.high))
        else:
            joined.append(item)
    return tuple(joined)


def complement(ranges: Iterable[Range]) -> tuple[Range, ...]:
    """Return every number outside the ranges."""
    outside: list[Range] = []
    low: int | None = None
    for item in union(ranges):
        if item.low is not None:
            outside.append(Range(low, item.low - 1))
        if item.high is None:
            return union(outside)
        low = item.high + 1
    return union([*outside, Range(low, None)])


def intersection(first: Iterable[Range], second: Iterable[Range]) -> tuple[Range, ...]:
    """Return the numbers in both."""
    others = tuple(second)
    return union(Range(_greater(a.low, b.low), _lesser(a.high, b.high)) for a in first for b in others)


def _order(item: Range) -> tuple[int, int]:
    return (0, 0) if item.low is None else (1, item.low)


def _touches(left: Range, right: Range) -> bool:
    return left.high is None or right.low is None or right.low <= left.high + 1


def _later(first: int | None, second: int | None) -> int | None:
    return None if first is None or second is None else max(first, second)


def _greater(first: int | None, second: int | None) -> int | None:
    return second if first is None else first if second is None else max(first, second)


def _lesser(first: int | None, second: int | None) -> int | None:
    return second if first is None else first if second is None else min(first, second)
