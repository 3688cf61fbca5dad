"""The shops of the sample: drawn with the correlations the sample promises, or built to stand at a bound."""

from __future__ import annotations

from bisect import bisect
from dataclasses import dataclass, replace
from itertools import accumulate
from math import exp
from random import Random
from typing import Final

__all__ = ["EVERY", "Shop", "at_a_bound", "drawn"]

EVERY: Final = 16
"""One shop in so many is built to stand at a bound."""


@dataclass(frozen=True, slots=True)
class Shop:
    """One shop as it truly is, before its table is written down with gaps and dirt."""

    market_type: str
    retail_format: str
    location: str
    scale: str
    brand_awareness: str
    potential: str
    standing: float
    """What market, format and luck add up to: about 0 on average, deviation about 1."""
    volume: int
    """Cartons in the last three months."""
    hardship: str = "none"
    is_built: bool = False
    """Built to stand at a bound, so written down without dirt."""


@dataclass(frozen=True, slots=True)
class _Draw:
    """Ids with their cumulative shares."""

    ids: tuple[str, ...]
    shares: tuple[float, ...]

    @classmethod
    def of(cls, **weights: float) -> _Draw:
        sums = list(accumulate(weights.values()))
        return cls(tuple(weights), tuple(each / sums[-1] for each in sums[:-1]))

    def one(self, rng: Random) -> str:
        return self.ids[bisect(self.shares, rng.random())]


_MARKETS: Final = _Draw.of(city=50, township=30, rural=20)
_FORMATS: Final = {
    "city": _Draw.of(
        mall=3, supermarket=15, tobacco_liquor=22, convenience=30, grocery=20, leisure=6, other=4
    ),
    "township": _Draw.of(
        mall=1, supermarket=15, tobacco_liquor=18, convenience=24, grocery=36, leisure=3, other=3
    ),
    "rural": _Draw.of(supermarket=6, tobacco_liquor=4, convenience=12, grocery=72, other=6),
}
_LOCATIONS: Final = {
    "city": _Draw.of(good=45, fair=52, remote=3),
    "township": _Draw.of(good=32, fair=62, remote=6),
    "rural": _Draw.of(good=15, fair=50, remote=35),
}
_POTENTIALS: Final = _Draw.of(high=25, some=50, low=25)
_HARDSHIPS: Final = _Draw.of(old=40, ill=25, disabled=20, weak=15)
_MARKET_PULL: Final = {"city": 0.35, "township": 0.1, "rural": -0.5}
_FORMAT_PULL: Final = {
    "mall": 0.9,
    "supermarket": 0.6,
    "tobacco_liquor": 0.6,
    "convenience": 0.1,
    "grocery": -0.3,
    "leisure": 0.0,
    "other": -0.4,
}


def drawn(rng: Random) -> Shop:
    """Return a shop drawn at random."""
    market = _MARKETS.one(rng)
    retail_format = _FORMATS[market].one(rng)
    standing = _MARKET_PULL[market] + _FORMAT_PULL[retail_format] + rng.gauss(0, 0.8)
    in_hardship = rng.random() < (0.10 if standing < -0.8 else 0.02)
    return Shop(
        market_type=market,
        retail_format=retail_format,
        location=_LOCATIONS[market].one(rng),
        scale=_cut(standing + rng.gauss(0, 0.4), ("large", 0.9), ("medium", -0.2), "small"),
        brand_awareness=_cut(0.8 * standing + rng.gauss(0, 0.6), ("strong", 0.8), ("fair", -1.0), "weak"),
        potential=_POTENTIALS.one(rng),
        standing=standing,
        volume=round(exp(6.15 + 0.7 * standing)),
        hardship=_HARDSHIPS.one(rng) if in_hardship else "none",
    )


def _cut(value: float, best: tuple[str, float], next_best: tuple[str, float], rest: str) -> str:
    if value >= best[1]:
        return best[0]
    return next_best[0] if value >= next_best[1] else rest


_PREMIUM: Final = Shop("city", "supermarket", "good", "large", "strong", "some", 1.5, 900, is_built=True)
_STANDARD: Final = Shop("township", "convenience", "fair", "medium", "fair", "some", 0.0, 300, is_built=True)
_PROMISING: Final = replace(_STANDARD, retail_format="grocery", potential="high", volume=180)
_BUILT: Final = (
    replace(_PREMIUM, volume=899),
    _PREMIUM,
    replace(_PREMIUM, volume=901),
    replace(_STANDARD, volume=299),
    _STANDARD,
    replace(_STANDARD, volume=301),
    replace(_PROMISING, volume=179),
    _PROMISING,
    replace(_PROMISING, volume=181),
    replace(_PREMIUM, hardship="ill"),
    replace(_STANDARD, hardship="disabled", retail_format="grocery"),
    replace(_STANDARD, brand_awareness=""),
)
# The bounds 900, 300 and 180 of tobacco.service-classes, care beside a class, and a shop left open.


def at_a_bound(number: int) -> Shop:
    """Return the built shop of that number; the dozen comes round again and again."""
    return _BUILT[number % len(_BUILT)]
