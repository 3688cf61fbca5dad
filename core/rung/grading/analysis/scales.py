"""What each criterion can come to for the customers of a box: its bands, missing, or not applying at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rung.grading.analysis.axis import MISSING
from rung.grading.analysis.space import Box, meet
from rung.grading.analysis.study import Study
from rung.grading.analysis.supposed import ranked_tests
from rung.grading.compiled import CompiledCriterion
from rung.grading.met import MISSING as NO_VALUE
from rung.grading.met import NOT_APPLYING, Met

__all__ = ["Alternative", "alternatives", "band_masks"]


@dataclass(frozen=True, slots=True)
class Alternative:
    """One thing a criterion can come to."""

    met: Met
    boxes: tuple[Box, ...]
    """Whose it is; empty for nobody's."""


def band_masks(study: Study, criterion: CompiledCriterion) -> list[int]:
    """Return the values each band selects, those taken out that a band before it has."""
    name = criterion.quantity.id
    tests = ranked_tests(criterion.ranking) if criterion.ranking else [band.test for band in criterion.bands]
    left = study.space.axes[study.space.places[name]].full & ~MISSING
    masks: list[int] = []
    for test in tests:
        mask = study.space.tested(name, test) & left if test is not None else 0
        left &= ~mask
        masks.append(mask)
    return masks


def alternatives(study: Study, number: int) -> list[Alternative]:
    """Return all a criterion, known by its place, can come to; customers it refuses are in none."""
    criterion = study.compiled.criteria[number]
    space, name = study.space, criterion.quantity.id
    applying: tuple[Box, ...] = (space.full,)
    failing: tuple[Box, ...] = ()
    unknown: tuple[Box, ...] = ()
    if criterion.applies is not None:
        read = study.conditions(("criteria", number, "applies"), criterion.applies)
        if read is not None:
            applying, failing = read.holds, read.fails
            unknown = tuple(both for a in read.may for b in read.may_fail if (both := meet(a, b)))
    found = [
        Alternative(_met(criterion, place), tuple(_narrowed(applying, space.where(name, mask))))
        for place, mask in enumerate(band_masks(study, criterion), start=1)
    ]
    if criterion.missing != "refuse":
        absent = (*_narrowed(applying, space.where(name, MISSING)), *unknown)
        found.append(Alternative(_met(criterion, NO_VALUE), absent))
    if failing:
        found.append(Alternative(_met(criterion, NOT_APPLYING), failing))
    return found


def _narrowed(boxes: Iterable[Box], to: Box) -> Iterator[Box]:
    for box in boxes:
        both = meet(box, to)
        if both is not None:
            yield both


def _met(criterion: CompiledCriterion, band: int) -> Met:
    points: int | None = None
    if band > 0:
        points = criterion.bands[band - 1].points
    elif band == NO_VALUE and criterion.fills_in:
        points = criterion.missing_points
    return Met(criterion, None, band, points, 0)
