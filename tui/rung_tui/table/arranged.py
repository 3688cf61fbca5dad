"""Rows in another order, or some of them only: a compact list of row numbers laid over a source."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, Protocol, TypeVar

__all__ = ["Arranged", "ByNumber"]

Row = TypeVar("Row")
_Row_co = TypeVar("_Row_co", covariant=True)


class ByNumber(Protocol[_Row_co]):
    """A source that can give rows by their numbers."""

    def rows(self, numbers: Sequence[int]) -> Sequence[_Row_co]:
        """Return the rows of these numbers, in their order."""
        ...


class Arranged(Generic[Row]):
    """The rows of ``base`` whose numbers ``order`` lists, in its order: four bytes a row."""

    def __init__(self, base: ByNumber[Row], order: Sequence[int]) -> None:
        self._base = base
        self._order = order

    def __len__(self) -> int:
        return len(self._order)

    def page(self, start: int, count: int) -> Sequence[Row]:
        """Return ``count`` rows from ``start`` of the arrangement."""
        return self._base.rows(self._order[start : start + count])

    def place_of(self, number: int) -> int | None:
        """Return where the row of that number stands, None where it is left out."""
        try:
            return self._order.index(number)
        except ValueError:
            return None
