"""The clients of the sample: drawn with the correlations it promises, or built to stand at a bound."""

from __future__ import annotations

from bisect import bisect
from dataclasses import dataclass, replace
from itertools import accumulate
from math import exp
from random import Random
from typing import Final

__all__ = ["EVERY", "Client", "at_a_bound", "drawn"]

EVERY: Final = 12
"""One client in so many is built to stand at a bound."""


@dataclass(frozen=True, slots=True)
class Client:
    """One client as it truly is, before its table is written down with gaps and dirt."""

    nature: str
    importance: str
    worth: float
    """What nature and luck add up to: about 0 on average, deviation about 1."""
    contracts: int
    """Contracts in the last 24 months."""
    value: int
    """What they are worth together, in fen."""
    years: int
    """Tenths of a year of cooperation."""
    payments: int
    late: int
    """How many of the payments came late."""
    satisfaction: int
    """Tenths of a point; below 0 where no survey was held."""
    share: int = 0
    """Hundredths of a per cent of our income."""
    is_built: bool = False
    """Built to stand at a bound, so written down without dirt."""


_NATURES: Final = {
    "government": 22,
    "institution": 15,
    "state_owned": 20,
    "private": 33,
    "foreign": 4,
    "other": 6,
}
_NATURE_IDS: Final = tuple(_NATURES)
_NATURE_SHARES: Final = tuple(accumulate(each / 100 for each in _NATURES.values()))[:-1]
_PULL: Final = {
    "government": 0.2,
    "institution": 0.0,
    "state_owned": 0.4,
    "private": -0.2,
    "foreign": 0.1,
    "other": -0.6,
}
_LATE: Final = {
    "government": 0.22,
    "institution": 0.18,
    "state_owned": 0.15,
    "private": 0.25,
    "foreign": 0.05,
    "other": 0.3,
}
_YEARLY_INCOME: Final = 10_000_000_000
# Fen: a branch that takes in 100 million yuan a year.


def drawn(rng: Random) -> Client:
    """Return a client drawn at random."""
    nature = _NATURE_IDS[bisect(_NATURE_SHARES, rng.random())]
    worth = _PULL[nature] + rng.gauss(0, 0.95)
    loyalty = 0.6 * worth + rng.gauss(0, 0.8)
    contracts = 0 if worth < -1.6 else 1 + int(exp(0.35 + 0.5 * worth) * rng.random() * 1.6)
    value = round(exp(14.7 + 1.3 * worth)) * 100 if contracts else 0
    payments = 2 + int(rng.random() * 4)
    late_odds = max(0.01, _LATE[nature] - 0.08 * loyalty)
    is_surveyed = rng.random() < 0.7
    return Client(
        nature=nature,
        importance=_importance(worth + rng.gauss(0, 0.5)),
        worth=worth,
        contracts=contracts,
        value=value,
        years=max(1, round(10 * (3.2 + 1.8 * loyalty + rng.gauss(0, 0.6)))),
        payments=payments,
        late=sum(rng.random() < late_odds for _ in range(payments)),
        satisfaction=round(min(1000, max(0, 780 + 60 * loyalty + rng.gauss(0, 70)))) if is_surveyed else -1,
        share=min(6_000, value * 10_000 // (2 * _YEARLY_INCOME)),
    )


def _importance(value: float) -> str:
    if value >= 1.1:
        return "vital"
    return "important" if value >= -0.1 else "ordinary"


_BEST: Final = Client(
    "government", "vital", 1.5, 4, 2_000_000_000, 50, 20, 1, 900, share=1_000, is_built=True
)
# Every criterion exactly on the bound of its best band: 20 million yuan, 10 %, 5 years, 95 %, 90 points.
_BUILT: Final = (
    # The cut-off 75: 75.50, 75.00 and 74.50 points.
    replace(_BEST, value=100_000_000, years=40, nature="other"),
    replace(_BEST, payments=5, late=3, satisfaction=590),
    replace(_BEST, value=100_000_000, years=10),
    # The cut-off 45: 45.50, 45.00 and 44.50 points.
    replace(_BEST, value=50_000_000, share=500, payments=5, late=3, satisfaction=590),
    replace(_BEST, value=50_000_000, years=40, payments=5, late=3, satisfaction=590),
    replace(_BEST, value=50_000_000, payments=5, late=3, satisfaction=800, importance="ordinary"),
    # The bands of each criterion.
    _BEST,
    *(replace(_BEST, value=value) for value in (1_999_999_999, 2_000_000_001)),
    *(replace(_BEST, value=value) for value in (499_999_999, 500_000_000, 500_000_001)),
    *(replace(_BEST, value=value) for value in (99_999_999, 100_000_000, 100_000_001)),
    *(replace(_BEST, share=share) for share in (999, 1_001, 299, 300, 301)),
    *(replace(_BEST, years=years) for years in (49, 51, 29, 30, 31, 9, 10, 11)),
    *(replace(_BEST, payments=5, late=late) for late in (0, 1, 2, 3)),
    *(replace(_BEST, satisfaction=mark) for mark in (899, 901, 749, 750, 751, 599, 600, 601)),
)


def at_a_bound(number: int) -> Client:
    """Return the built client of that number; the set comes round again and again."""
    return _BUILT[number % len(_BUILT)]
