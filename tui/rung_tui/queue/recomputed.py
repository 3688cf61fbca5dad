"""What the policy gives the customers whose data people corrected or judged: their rows of results, anew."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import polars as pl

__all__ = ["Recomputed"]


class Recomputed:
    """The results computed anew of some customers, by their place in the run."""

    def __init__(self, results: pl.DataFrame | None, columns: Sequence[str]) -> None:
        """Take results with ``row``, which rises; of them the columns named are handed out."""
        self._places = None if results is None else results["row"]
        self._results = None if results is None else results.select(columns)

    def __bool__(self) -> bool:
        return self._places is not None and len(self._places) > 0

    def at(self, number: int) -> tuple[Any, ...] | None:
        """Return the columns of the customer at a place in the run; None where the machine's stand."""
        if self._places is None or self._results is None:
            return None
        place = self._places.search_sorted(number)
        if place == len(self._places) or self._places[place] != number:
            return None
        return self._results.row(place)
