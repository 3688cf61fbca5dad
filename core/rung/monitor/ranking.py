"""Which of two gradings ranked the same customers better: their AUC, and how sure the difference."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate
from math import sqrt
from typing import Final

__all__ = ["Places", "RankingCompared", "Verdict", "auc", "compared"]

Places = tuple[int, int]
"""A customer's place, 0 the best, by one grading and by the other."""

_NORMAL: Final = 1.959963984540054
# 97.5 % of the normal distribution lie below it.


class Verdict(StrEnum):
    """Which grading ranked better."""

    MODEL = "model"
    PEOPLE = "people"
    EVEN = "even"
    """Their difference may be chance."""
    TOO_FEW = "too_few"
    """Too few customers, or all with the same outcome."""


@dataclass(frozen=True, slots=True)
class RankingCompared:
    """How the model and people ranked the same customers."""

    n: int
    feared: int
    """Customers of whom the feared came true, or the hoped for did not."""
    model: float | None
    """AUC of the model's grades; None where all customers have the same outcome."""
    people: float | None
    """AUC of the effective grades."""
    margin: float | None
    """Half the width of the 95 % interval of their difference (DeLong); None where too few tell."""
    verdict: Verdict


def auc(feared: Mapping[int, int], others: Mapping[int, int]) -> float | None:
    """Return the area under the curve, from how many customers stand at each place, 0 the best.

    The chance that of one customer with the feared outcome and one without, the first has the worse
    grade; equal grades count half (Hanley and McNeil 1982). None where there is none of either.
    """
    n, m = sum(feared.values()), sum(others.values())
    if not n or not m:
        return None
    better = _better(others)
    doubled = sum(count * (2 * better(place) + others.get(place, 0)) for place, count in feared.items())
    return doubled / (2 * n * m)


def compared(feared: Mapping[Places, int], others: Mapping[Places, int], minimum: int) -> RankingCompared:
    """Compare two gradings of the same customers, the model's first, by DeLong, DeLong and Clarke-Pearson.

    Biometrics 44 (1988) 837: the difference of two correlated areas, its variance from each customer's
    placement among those of the other outcome.
    """
    n, m = sum(feared.values()), sum(others.values())
    model, people = (auc(_along(feared, side), _along(others, side)) for side in (0, 1))
    margin = _margin(feared, others) if min(n, m) > 1 else None
    verdict = Verdict.TOO_FEW
    if n + m >= minimum and margin is not None and model is not None and people is not None:
        verdict = Verdict.EVEN
        if abs(people - model) > margin:
            verdict = Verdict.PEOPLE if people > model else Verdict.MODEL
    return RankingCompared(n + m, n, model, people, margin, verdict)


def _along(counts: Mapping[Places, int], side: int) -> dict[int, int]:
    found: dict[int, int] = {}
    for places, count in counts.items():
        found[places[side]] = found.get(places[side], 0) + count
    return found


def _better(counts: Mapping[int, int]) -> Callable[[int], int]:
    """Return how many customers stand better than a place."""
    size = max(counts, default=-1) + 1
    sums = (0, *accumulate(counts.get(place, 0) for place in range(size)))
    return lambda place: sums[min(place, size)]


def _margin(feared: Mapping[Places, int], others: Mapping[Places, int]) -> float:
    one = _variance(feared, others)
    other = _variance(others, feared)
    return _NORMAL * sqrt(one / sum(feared.values()) + other / sum(others.values()))


def _variance(counts: Mapping[Places, int], against: Mapping[Places, int]) -> float:
    """Return the variance, over customers, of the difference of their two placements among the others."""
    whole = sum(against.values())
    sides = [_along(against, side) for side in (0, 1)]
    betters = [_better(each) for each in sides]

    def placement(place: int, side: int) -> float:
        return (betters[side](place) + sides[side].get(place, 0) / 2) / whole

    gains = [(placement(people, 1) - placement(model, 0), n) for (model, people), n in counts.items()]
    n = sum(count for _gain, count in gains)
    mean = sum(gain * count for gain, count in gains) / n
    return sum(count * (gain - mean) ** 2 for gain, count in gains) / (n - 1)
