"""The investors of the sample: drawn with the correlations it promises, or built to stand at a bound."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import exp
from random import Random
from typing import Final

__all__ = ["EVERY", "NEVER", "Investor", "at_a_bound", "drawn"]


@dataclass(frozen=True, slots=True)
class Investor:
    """One investor as it truly is, before its table is written down with gaps and dirt."""

    purchases: int
    """In the last 12 months; so are sales, volume, income, services, minutes and cost."""
    sales: int
    volume: int
    """Fen, purchases and sales together."""
    income: int
    """Fen the trades brought in."""
    months: int
    """Whole months since the last trade, ``NEVER`` where there was none."""
    services: int
    cost: int
    """Fen."""
    assets: int
    """Fen under management."""
    risk: int
    """0 cautious to 4 bold."""
    is_built: bool = False
    """Built to stand at a bound, so written down without dirt."""


NEVER: Final = 99


def drawn(rng: Random) -> Investor:
    """Return an investor drawn at random."""
    wealth = rng.gauss(0, 1)
    activity = 0.5 * wealth + rng.gauss(0, 0.8)
    assets = round(exp(12.2 + 1.2 * wealth)) * 100
    risk = max(0, min(4, round(1.8 + 0.5 * activity + rng.gauss(0, 0.9))))
    purchases = _purchases(rng, activity)
    sales = int(purchases * rng.random() * 0.8)
    trades = purchases + sales
    volume = round(trades * exp(10.3 + 0.9 * wealth + rng.gauss(0, 0.5))) * 100
    services = int(rng.random() * (4 + 2 * max(0.0, wealth) + 0.3 * purchases))
    return Investor(
        purchases=purchases,
        sales=sales,
        volume=volume,
        income=round(volume * (0.001 + 0.009 * rng.random() * rng.random()) / 100) * 100,
        months=int(rng.random() * 12 / trades) if trades else rng.choice((NEVER, 13, 20)),
        services=services,
        cost=sum(round(exp(4.6 + rng.gauss(0, 0.9))) for _ in range(services)) * 100,
        assets=assets,
        risk=risk,
    )


def _purchases(rng: Random, activity: float) -> int:
    if rng.random() < 0.08:
        return 0
    return 1 + int(exp(1.4 + 0.8 * activity) * (0.5 + rng.random()))


EVERY: Final = 12
"""One investor in so many is built to stand at a bound."""

_BEST: Final = Investor(
    purchases=24,
    sales=2,
    volume=500_000_000,
    income=3_000_000,
    months=0,
    services=12,
    cost=400_000,
    assets=800_000_000,
    risk=3,
    is_built=True,
)
_TIERS: Final = (
    _BEST,
    replace(_BEST, purchases=12, volume=100_000_000),
    replace(_BEST, purchases=4, volume=20_000_000),
    replace(_BEST, purchases=2, sales=1, volume=5_000_000, services=8),
)
# One of each tier, at the bounds of the junk flag: contribution and cost to serve.

_BUILT: Final = (
    _BEST,
    *(replace(_BEST, volume=fen) for fen in (499_999_999, 500_000_001)),
    *(replace(_BEST, volume=fen) for fen in (99_999_999, 100_000_000, 100_000_001)),
    *(replace(_BEST, volume=fen) for fen in (19_999_999, 20_000_000, 20_000_001)),
    *(replace(_BEST, purchases=number) for number in (25, 23, 13, 12, 11, 5, 4, 3)),
    *(
        replace(each, income=income, cost=cost)
        for each in _TIERS
        for income, cost in (
            (49_999, 100_000),
            (50_000, 100_000),
            (50_001, 100_000),
            (49_999, 99_999),
            (49_999, 100_001),
        )
    ),
    replace(_BEST, purchases=0, sales=0, volume=0, income=0, months=NEVER),
)


def at_a_bound(number: int) -> Investor:
    """Return the built investor of that number; the set comes round again and again."""
    return _BUILT[number % len(_BUILT)]
