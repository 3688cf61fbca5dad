"""The guests of the sample as they truly are, before their tables are written down with gaps and dirt."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp
from random import Random
from typing import Final

__all__ = ["Guest", "drawn"]

_WINDOW: Final = 760
# Days back that stays are drawn from: two years, and a little that no window of a feature counts.


@dataclass(frozen=True, slots=True)
class Guest:
    """One guest as drawn."""

    days: tuple[int, ...]
    """How many days ago each stay ended, the latest first."""
    rate: int
    """Yuan a night, all told."""
    directness: float
    """Odds that a stay is booked directly."""
    content: float
    """About which rating the guest gives."""
    purpose: int
    """0 business, 1 leisure, 2 both."""
    wants_no_contact: bool
    contacted: int | None
    """Days since somebody last called or wrote."""


def drawn(rng: Random) -> Guest:
    """Return a guest drawn at random."""
    loyalty = rng.gauss(0, 1)
    return Guest(
        days=tuple(sorted(_days(rng, loyalty))),
        rate=round(exp(6.7 + rng.gauss(0, 0.35))),
        directness=min(0.95, max(0.05, 0.5 + 0.2 * loyalty)),
        content=4.2 + rng.gauss(0, 0.8),
        purpose=rng.choice((0, 0, 1, 2)),
        wants_no_contact=rng.random() < 0.12,
        contacted=rng.randrange(400) if rng.random() < 0.4 else None,
    )


def _days(rng: Random, loyalty: float) -> list[int]:
    if rng.random() < 0.04:
        return []
    latest = int(_WINDOW * rng.random() ** (2 + max(0.0, loyalty)))
    # The more loyal, the nearer to today the latest stay.
    more = int(exp(1.4 + 0.9 * loyalty) * (0.5 + rng.random()))
    return [latest, *(rng.randrange(latest, _WINDOW) for _ in range(min(more, 120)))]
