"""How much of a value few customers hold: the Pareto curve, the top shares, Gini and Herfindahl."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import Final

import polars as pl

__all__ = ["REACHED", "TOPS", "Holding", "Pareto", "pareto_of"]

TOPS: Final = (1, 5, 10, 20, 50)
"""Per cent of the customers whose share of the value is told."""
REACHED: Final = (50, 80, 95)
"""Per cent of the value that is told how few hold it: half, and where ABC cuts (Dickie 1951: 80, 95)."""
_POINTS: Final = 200


@dataclass(frozen=True, slots=True)
class Holding:
    """So many customers, those with the most, hold so much."""

    customers: int
    customers_share: float
    """Of those with a value, 0–1."""
    value_share: float
    """Of the sum, 0–1."""


@dataclass(frozen=True, slots=True)
class Pareto:
    """How a value is spread over customers."""

    customers: int
    """With a value."""
    missing: int
    """Without one: left out."""
    negative: int
    """Below 0: they count as holding nothing."""
    total: int
    """Scaled; negatives as nothing."""
    tops: tuple[Holding, ...]
    """What the first ⌈n · p⌉ customers hold, for each p of ``TOPS``; nothing where the total is 0."""
    reached: tuple[Holding, ...]
    """The fewest customers who hold at least so much, for each share of ``REACHED``."""
    curve: tuple[tuple[float, float], ...]
    """Share of the customers, largest first, and the share of the value they hold; from (0, 0) to (1, 1)."""
    gini: float | None
    """0 where all hold the same; None where the total is 0."""
    herfindahl: float | None
    """Σ s² of the customers' shares."""

    @property
    def equals(self) -> float | None:
        """How many customers of equal size would be as concentrated: 1 ÷ Σ s²."""
        return None if self.herfindahl is None else 1 / self.herfindahl


def pareto_of(values: pl.Series) -> Pareto:
    """Return how scaled values are spread.

    Gini = 2 Σ i·x_i ÷ (n Σ x) − (n + 1) ÷ n with x ascending (Gini 1912, as Sen, On Economic Inequality,
    1973); the curve is Lorenz' (1905) seen from the largest, as Pareto's is drawn.
    """
    known = values.drop_nulls()
    ordered = known.clip(lower_bound=0).sort(descending=True)
    n = len(ordered)
    held = ordered.cast(pl.Int128).cum_sum()
    total = int(held[-1]) if n else 0
    if not total:
        return Pareto(n, len(values) - n, _below(known), 0, (), (), (), None, None)

    def holding(customers: int) -> Holding:
        return Holding(customers, customers / n, int(held[customers - 1]) / total)

    def fewest(least: int) -> int:
        return bisect_left(range(n), least, key=lambda place: int(held[place])) + 1

    tops = tuple(holding(-(-n * top // 100)) for top in TOPS)
    reached = tuple(holding(fewest(-(-share * total // 100))) for share in REACHED)
    places = sorted({max(1, round(n * step / _POINTS)) for step in range(1, _POINTS + 1)})
    curve = ((0.0, 0.0), *((each.customers_share, each.value_share) for each in map(holding, places)))
    shares = ordered.cast(pl.Float64) / total
    # Counted from the largest, the i-th of n is the (n + 1 − i)-th from the smallest.
    ranks = pl.int_range(n, 0, -1, dtype=pl.Int64, eager=True).cast(pl.Float64)
    weighted = float((shares * ranks).sum())
    gini = max(0.0, 2 * weighted / n - (n + 1) / n)
    return Pareto(
        customers=n,
        missing=len(values) - n,
        negative=_below(known),
        total=total,
        tops=tops,
        reached=reached,
        curve=curve,
        gini=gini,
        herfindahl=float((shares * shares).sum()),
    )


def _below(values: pl.Series) -> int:
    return int((values < 0).sum())
