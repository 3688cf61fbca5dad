"""Cut-offs supposed for ranked measures where no population is at hand, to analyse and show a policy by."""

from __future__ import annotations

from itertools import pairwise

from rung.grading.calibration import Calibration, Cutoffs
from rung.grading.compiled import CompiledPolicy, Ranking
from rung.grading.derive import Row
from rung.policy.cells import InRanges
from rung.policy.ranges import Range
from rung.vocabulary import LIMIT

__all__ = ["calibration_for", "ranked_tests", "supposed_cutoffs"]


def supposed_cutoffs(ranking: Ranking) -> tuple[int, ...]:
    """Return cut-offs evenly spread over what the measure's values may be, best first."""
    quantity, count = ranking.quantity, len(ranking.shares)
    low = 0 if quantity.low is None else quantity.low
    high = low + 10 * (count + 1) if quantity.high is None else quantity.high
    step = max((high - low) * quantity.scale // (count + 1), 1)
    return tuple(min(low * quantity.scale + step * place, LIMIT) for place in range(count, 0, -1))


def ranked_tests(ranking: Ranking) -> tuple[InRanges, ...]:
    """Return the values of each share, best first, by the supposed cut-offs."""
    edges = [None, *supposed_cutoffs(ranking), None]
    return tuple(
        InRanges((Range(low, None if above is None else above - 1),)) for above, low in pairwise(edges)
    )


def calibration_for(compiled: CompiledPolicy, row: Row) -> Calibration:
    """Return the supposed cut-offs as a calibration, for whatever segment a customer is in."""
    whole: dict[str, Cutoffs] = {}
    parts: dict[str, dict[str | int | bool, Cutoffs]] = {}
    for ranking in compiled.rankings:
        cutoffs = Cutoffs(supposed_cutoffs(ranking), 1, 1)
        if ranking.within is None:
            whole[ranking.key] = cutoffs
        else:
            segment = row.get(ranking.within.id)
            parts[ranking.key] = {segment: cutoffs} if isinstance(segment, str | int | bool) else {}
    return Calibration(whole, parts)
