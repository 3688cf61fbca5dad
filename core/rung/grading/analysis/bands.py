"""Criteria one by one: bands nobody falls in, points that turn where the measure goes on, odd weights."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Final

from rung.errors import Severity
from rung.grading.analysis.axis import OrderedAxis, runs_of
from rung.grading.analysis.finding import Finding, FindingKind
from rung.grading.analysis.scales import Alternative, alternatives, band_masks
from rung.grading.analysis.space import Box
from rung.grading.analysis.study import Study
from rung.grading.analysis.words import written_cell
from rung.grading.compiled import Combination, CompiledCriterion, WeightedScore
from rung.policy.binding import Bound
from rung.policy.keys import KeyPath
from rung.text import _

__all__ = ["band_findings", "weight_findings"]

_NEAR: Final = range(80, 121)
# Weights that add up to about 100 were meant as per cents.


def band_findings(study: Study) -> Iterator[Finding]:
    """Yield what is to be said of each criterion's bands."""
    for number, criterion in enumerate(study.compiled.criteria):
        found = alternatives(study, number)
        yield from _unreached(study, number, criterion, found)
        yield from _turning(study, number, criterion, found)


def _path(study: Study, number: int, band: int) -> KeyPath:
    kind = "levels" if study.compiled.policy.criteria[number].levels else "bands"
    return ("criteria", number, kind, band)


def _unreached(
    study: Study, number: int, criterion: CompiledCriterion, found: Sequence[Alternative]
) -> Iterator[Finding]:
    masks = band_masks(study, criterion)
    full = study.space.axes[study.space.places[criterion.quantity.id]]
    for band, mask in enumerate(masks):
        own = next((each for each in found if each.met.band == band + 1), None)
        if mask and own is not None and own.boxes:
            continue
        test = criterion.bands[band].test
        is_taken = test is not None and bool(full.mask(test))
        words = {"n": band + 1, "name": criterion.id}
        if mask:
            message = _(
                "Nobody falls in band {n} of “{name}”: where it applies, the measure has no such value."
            )
        elif is_taken:
            message = _("Nobody falls in band {n} of “{name}”: the bands before it take every value of it.")
        else:
            message = _("Nobody falls in band {n} of “{name}”: the measure has no such value.")
        yield Finding.at(
            FindingKind.UNREACHABLE_BAND,
            Severity.ERROR,
            _path(study, number, band),
            message.format(**words),
            _("Put it before them, narrow them, or take it out.") if is_taken and not mask else "",
        )


def _turning(
    study: Study, number: int, criterion: CompiledCriterion, found: Sequence[Alternative]
) -> Iterator[Finding]:
    """Yield where what the bands are worth turns, along the values of an ordered measure."""
    worth = _worth(study, criterion)
    axis = study.space.axes[study.space.places[criterion.quantity.id]]
    if worth is None or not isinstance(axis, OrderedAxis):
        return
    along = _along(band_masks(study, criterion))
    turns = _turns([worth[band] for band in along])
    if not turns:
        return
    is_peak = len(turns) == 1 and worth[along[turns[0]]] > worth[along[0]]
    at = along[turns[0] if len(turns) == 1 else _offender([worth[band] for band in along])]
    masks = band_masks(study, criterion)
    cell = written_cell(axis.test(masks[at]), criterion.quantity)
    words = {"name": criterion.id, "cell": cell, "measure": criterion.quantity.id}
    if is_peak:
        message = _("“{name}” is worth most in the middle of “{measure}”, at {cell}, and less to both sides.")
    elif len(turns) == 1:
        message = _(
            "“{name}” is worth least in the middle of “{measure}”, at {cell}, and more to both sides."
        )
    else:
        message = _("What “{name}” is worth goes up and down along “{measure}”; it turns at {cell}.")
    yield Finding.at(
        FindingKind.NON_MONOTONE,
        Severity.NOTE if is_peak else Severity.WARNING,
        _path(study, number, at),
        message.format(**words),
        _("If a number was mistyped, this is where.") if not is_peak else "",
        example=study.example(
            (box for each in found if each.met.band == at + 1 for box in each.boxes),
            lambda told: told.met[number].band == at + 1,
        ),
        inside=_inside(study, found, at),
    )


def _worth(study: Study, criterion: CompiledCriterion) -> list[int] | None:
    """Return what each band is worth, more is better; ``None`` where they are worth nothing themselves."""
    match study.compiled.method:
        case WeightedScore():
            return [band.points for band in criterion.bands]
        case Combination():
            return [-(band.grade or 0) for band in criterion.bands]
    return None


def _along(masks: Sequence[int]) -> list[int]:
    """Return the bands met one after another, from the measure's least value to its greatest."""
    runs = sorted((first, band) for band, mask in enumerate(masks) for first, _last in runs_of(mask))
    return [band for _first, band in runs]


def _turns(worth: Sequence[int]) -> list[int]:
    """Return the places at which a sequence stops rising and falls, or the other way round."""
    turns: list[int] = []
    way = 0
    for place, (before, after) in enumerate(pairwise(worth)):
        now = (after > before) - (after < before)
        if now and way and now != way:
            turns.append(place)
        way = now or way
    return turns


def _offender(worth: Sequence[int]) -> int:
    """Return the place after the greatest step against the way the sequence goes as a whole."""
    steps = [after - before for before, after in pairwise(worth)]
    against = min if worth[-1] > worth[0] else max
    return steps.index(against(steps)) + 1


def _inside(study: Study, found: Sequence[Alternative], band: int) -> Bound | None:
    boxes: tuple[Box, ...] = next((each.boxes for each in found if each.met.band == band + 1), ())
    return study.space.condition(boxes[0]) if len(boxes) == 1 else None


def weight_findings(study: Study) -> Iterator[Finding]:
    """Yield that weights which look like per cents do not add up to 100; the score does not mind."""
    policy, method = study.compiled.policy, study.compiled.method
    counts = isinstance(method, WeightedScore) or (
        isinstance(method, Combination) and method.how == "weighted"
    )
    if not counts or len(policy.criteria) < 2:
        return
    total = sum((criterion.weight for criterion in policy.criteria), Decimal(0))
    if total == 100 or int(total) not in _NEAR or any(criterion.weight < 1 for criterion in policy.criteria):
        return
    yield Finding.at(
        FindingKind.WEIGHTS,
        Severity.NOTE,
        ("criteria", 0, "weight"),
        _("The weights add up to {total}, not 100; each counts for its part of {total}.").format(
            total=f"{total.normalize():f}"
        ),
        _("If they are meant as per cents, one is missing or mistyped."),
    )
