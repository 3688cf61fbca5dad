"""Where a virtual table's rows come from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeVar

__all__ = ["RowSource"]

_Row_co = TypeVar("_Row_co", covariant=True)


class RowSource(Protocol[_Row_co]):
    """Rows in a fixed order, given page by page; both calls may come from any thread."""

    def __len__(self) -> int:
        """Return how many rows there are, without reading them."""
        ...

    def page(self, start: int, count: int) -> Sequence[_Row_co]:
        """Return ``count`` rows from ``start``, fewer at the end.

        Raises RungError where what is at rest is damaged.
        """
        ...
