"""The band each criterion puts one customer in, and what it gives there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from rung.grading.calibration import Calibration, Cutoffs
from rung.grading.compiled import CompiledCriterion
from rung.grading.derive import Row
from rung.policy.binding import truth
from rung.policy.cells import Value, holds

__all__ = ["MISSING", "NOT_APPLYING", "Met", "meet", "place_of"]

MISSING: Final = 0
NOT_APPLYING: Final = -1
# Places of a band below 1: no value to judge, and no reason to judge it.


@dataclass(frozen=True, slots=True)
class Met:
    """What one criterion gave one customer."""

    criterion: CompiledCriterion
    value: Value | None
    band: int
    """Number of the band met, from 1; 0 for a missing value, -1 where the criterion does not apply."""
    points: int | None
    """Hundredths; ``None`` where the criterion is left out."""
    lost: int
    """Hundredths short of the criterion's best, times its weight."""

    @property
    def counts(self) -> bool:
        """Whether the criterion has a part in the outcome."""
        return self.points is not None

    @property
    def is_refused(self) -> bool:
        """Whether the value is missing and the policy grades nobody without it."""
        return self.band == MISSING and self.criterion.missing == "refuse"

    @property
    def place(self) -> int:
        """Place of the band counted, from 0; the last one for a missing value that counts as the worst."""
        return self.band - 1 if self.band > 0 else len(self.criterion.bands) - 1

    @property
    def grade(self) -> int:
        """Code of the grade this criterion alone gives, where scales are combined and it counts."""
        if self.band > 0:
            return self.criterion.bands[self.band - 1].grade or 0
        return self.criterion.worst_grade

    @property
    def code(self) -> str:
        """The reason code: the criterion with its band, or with missing."""
        return f"{self.criterion.id}:{self.band if self.band else 'missing'}"


def meet(criterion: CompiledCriterion, calibration: Calibration, row: Row) -> Met:
    """Return the band one criterion puts a customer in."""
    value = row.get(criterion.quantity.id)
    applies = True if criterion.applies is None else truth(criterion.applies, row)
    if applies is False:
        return Met(criterion, value, NOT_APPLYING, None, 0)
    band = MISSING if applies is None or value is None else _band(criterion, calibration, value, row)
    if band:
        points = criterion.bands[band - 1].points
    elif criterion.fills_in:
        points = criterion.missing_points
    else:
        return Met(criterion, value, MISSING, None, 0)
    return Met(criterion, value, band, points, (criterion.best - points) * criterion.weight)


def _band(criterion: CompiledCriterion, calibration: Calibration, value: Value, row: Row) -> int:
    if criterion.ranking:
        cutoffs = calibration.of(criterion.ranking, row)
        return MISSING if cutoffs.is_empty else place_of(cutoffs, value) + 1
    for number, band in enumerate(criterion.bands, start=1):
        if band.test is not None and holds(band.test, value):
            return number
    return MISSING


def place_of(cutoffs: Cutoffs, value: Value) -> int:
    """Return how many shares lie above the value: 0 is the best."""
    for place, least in enumerate(cutoffs.at_least):
        if least is not None and isinstance(value, int) and value >= least:
            return place
    return len(cutoffs.at_least)
