"""The clients of the sample: drawn with the correlations it promises, or built to stand at a bound."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import exp
from random import Random
from typing import Final

from rung_channel.names import KINDS

__all__ = ["EVERY", "Client", "at_a_bound", "drawn"]


@dataclass(frozen=True, slots=True)
class Client:
    """One client as it truly is, before its table is written down with gaps and dirt."""

    kind: str
    years: int
    """Tenths of a year."""
    outlets: int
    influence: str
    reps: int
    quality: str
    budget: int
    """Fen."""
    partners: int
    fit: tuple[bool, ...]
    """General taxpayer, stock control, money, delivery, back office."""
    price_gap: int
    """Hundredths of a per cent."""
    cost_gap: int
    cases: int
    """Supplied in 12 months."""
    is_built: bool = False
    """Built to stand at a bound, so written down without dirt."""


_SIZE: Final = {"cinema": 0.5, "internet_cafe": 0.3, "karaoke": 0.2, "school": 0.0, "hospital": -0.3}


def drawn(rng: Random) -> Client:
    """Return a client drawn at random."""
    kind = rng.choice(tuple(KINDS))
    size = _SIZE.get(kind, -0.2) + rng.gauss(0, 0.9)
    outlets = max(1, round(exp(1.6 + 0.9 * size)))
    partners = min(4, 1 + int(rng.random() * (1 + outlets / 6)))
    return Client(
        kind=kind,
        years=max(0, round(10 * (3.2 + 1.2 * size + rng.gauss(0, 1.4)))),
        outlets=outlets,
        influence=_answer(("large", "some", "little"), size + rng.gauss(0, 0.6)),
        reps=max(0, round(1.4 + 1.1 * size + rng.gauss(0, 0.5))),
        quality=_answer(("good", "fair", "poor"), rng.gauss(0.2, 0.8)),
        budget=round(exp(11.2 + 0.9 * size + rng.gauss(0, 0.4)) / 100) * 10_000,
        partners=partners,
        fit=tuple(rng.random() >= odds for odds in (0.04, 0.08, 0.04, 0.06, 0.08)),
        price_gap=int(rng.random() ** 2 * 700) if partners > 1 else 0,
        cost_gap=int(rng.random() ** 2 * 600) if partners > 1 else 0,
        cases=round(outlets * exp(4.5 + rng.gauss(0, 0.5))),
    )


def _answer(answers: tuple[str, str, str], value: float) -> str:
    return answers[sum(value < bound for bound in (0.6, -0.6))]


EVERY: Final = 10
"""One client in so many is built to stand at a bound."""

_FULL: Final = Client(
    kind="cinema",
    years=30,
    outlets=10,
    influence="some",
    reps=2,
    quality="fair",
    budget=10_000_000,
    partners=2,
    fit=(True,) * 5,
    price_gap=0,
    cost_gap=0,
    cases=1_200,
    is_built=True,
)
# Every one of the four marks exactly at its bound.

_THREE: Final = (
    replace(_FULL, years=29),
    replace(_FULL, outlets=9),
    replace(_FULL, reps=1),
    replace(_FULL, budget=9_999_999),
)
# One mark just short: three of the four hold.

_BUILT: Final = (
    _FULL,
    *_THREE,
    *(replace(each, budget=9_999_999) for each in _THREE[:3]),
    *(replace(_FULL, years=31), replace(_FULL, outlets=11), replace(_FULL, reps=3)),
    replace(_FULL, budget=10_000_001),
    *(replace(_FULL, influence=answer) for answer in ("large", "little")),
    *(replace(_FULL, quality=answer) for answer in ("good", "poor")),
    replace(_FULL, years=0, outlets=1, influence="little", reps=0, quality="poor", budget=0),
    *(replace(_FULL, price_gap=gap) for gap in (299, 300, 301)),
    *(replace(_FULL, cost_gap=gap) for gap in (299, 300, 301)),
    *(replace(_FULL, fit=tuple(place != lacks for place in range(5))) for lacks in range(5)),
)


def at_a_bound(number: int) -> Client:
    """Return the built client of that number; the set comes round again and again."""
    return _BUILT[number % len(_BUILT)]
