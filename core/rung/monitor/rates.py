"""A rate with what it rests on: how many of how many, how sure that is, whether it is too few to judge."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Self

from rung.monitor.beta import beta_cdf, beta_quantile

__all__ = ["LEVEL", "Rate", "jeffreys_interval", "jeffreys_tail"]

LEVEL: Final = 0.95
"""How much of the distribution an interval holds: custom."""


@dataclass(frozen=True, slots=True)
class Rate:
    """So many of so many."""

    events: int
    n: int
    share: float | None
    """0–1; None where there is nobody."""
    low: float | None
    """Lower end of the Jeffreys interval."""
    high: float | None
    is_small: bool
    """Whether ``n`` is below the minimum that a rate is judged from."""

    @classmethod
    def of(cls, events: int, n: int, minimum: int) -> Self:
        """Return a rate; raises ValueError where there are more events than customers."""
        if not 0 <= events <= n:
            raise ValueError(f"{events} of {n}")
        if not n:
            return cls(0, 0, None, None, None, True)
        low, high = jeffreys_interval(events, n)
        return cls(events, n, events / n, low, high, n < minimum)


@lru_cache(maxsize=4096)
def jeffreys_interval(events: int, n: int, level: float = LEVEL) -> tuple[float, float]:
    """Return the equal-tailed Jeffreys interval of a rate.

    Its ends are quantiles of Beta(D + ½, N − D + ½); at D = 0 the lower end is 0 and at D = N the upper
    is 1 (Brown, Cai and DasGupta 2001, Statistical Science 16(2), 4.1.2).
    """
    a, b = events + 0.5, n - events + 0.5
    tail = (1 - level) / 2
    low = 0.0 if events == 0 else beta_quantile(tail, a, b)
    high = 1.0 if events == n else beta_quantile(1 - tail, a, b)
    return low, high


def jeffreys_tail(expected: float, events: int, n: int) -> float:
    """Return BetaCDF(PD; D + ½, N − D + ½): small where more came about than was expected.

    ECB, Instructions for reporting the validation results of internal models (2019), 2.5.3.1.
    """
    return beta_cdf(expected, events + 0.5, n - events + 0.5)
