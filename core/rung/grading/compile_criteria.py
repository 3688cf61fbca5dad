"""Criteria made ready to grade: their cells read, their points and weights whole numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from functools import reduce
from itertools import pairwise
from math import gcd
from typing import Final, TypeAlias

from rung.grading.compiled import POINT_SCALE, CompiledBand, CompiledCriterion, Ranking
from rung.grading.coverage import uncovered
from rung.grading.expiry import compiled_expiry
from rung.grading.findings import Findings
from rung.grading.grade_codes import grade_code
from rung.grading.segments import segment_field
from rung.policy.binding import bind, known
from rung.policy.cells import IsMissing, read_cell
from rung.policy.conditions import RawCell
from rung.policy.model import Band, CombineGrading, Criterion, Level, MissingPoints, Policy, ScoreGrading
from rung.text import _
from rung.vocabulary import Quantity

__all__ = ["SHARE_SCALE", "compile_criterion", "in_lowest_terms"]

SHARE_SCALE: Final = 1_000_000
"""Shares of a population are kept in millionths."""

_WEIGHT_SCALE: Final = 10_000

_Worth: TypeAlias = tuple[int, int | None]
# Points in hundredths, and the code of a grade.


def compile_criterion(
    criterion: Criterion, key: str, policy: Policy, quantities: Mapping[str, Quantity], findings: Findings
) -> CompiledCriterion | None:
    """Return the criterion with names bound and numbers scaled; ``None`` where findings stand in the way.

    What a band must be worth, points or a grade, is the mode's matter.
    """
    before = len(findings.problems)
    quantity = findings.attempt(f"{key}.measure", known, criterion.measure, quantities)
    applies = None
    if criterion.applies is not None:
        place = f"{key}.applies"
        applies = findings.attempt(place, bind, criterion.applies, quantities, place)
    if quantity is None:
        return None
    if criterion.rank is None and criterion.within is not None:
        findings.report(
            f"{key}.within",
            _('“within” is for ranked criteria (rank = "count" or "value").'),
            _("Take it out, or rank the criterion."),
        )
    ranking = _ranking(criterion, quantity, key, quantities, findings) if criterion.rank else None
    expiry = compiled_expiry(criterion, key, quantities, criterion.measure not in policy.derived, findings)
    worths = _worths(criterion, key, policy, findings)
    if criterion.rank:
        bands = _ranked_bands(criterion, worths)
    else:
        bands = _bands(criterion, worths, quantity, key, findings)
    if len(findings.problems) > before:
        return None
    worst = min(band.points for band in bands)
    missing = criterion.missing
    return CompiledCriterion(
        id=criterion.id,
        quantity=quantity,
        weight=int(criterion.weight * _WEIGHT_SCALE),
        bands=bands,
        ranking=ranking,
        missing="points" if isinstance(missing, MissingPoints) else missing,
        missing_points=_hundredths(missing.points) if isinstance(missing, MissingPoints) else worst,
        applies=applies,
        expiry=expiry,
    )


def in_lowest_terms(criteria: tuple[CompiledCriterion, ...]) -> tuple[CompiledCriterion, ...]:
    """Divide the weights by their greatest common divisor: the score is a ratio and stays the same."""
    divisor = reduce(gcd, (criterion.weight for criterion in criteria), 0) or 1
    return tuple(replace(criterion, weight=criterion.weight // divisor) for criterion in criteria)


def _bands(
    criterion: Criterion, worths: list[_Worth], quantity: Quantity, key: str, findings: Findings
) -> tuple[CompiledBand, ...]:
    bands: list[CompiledBand] = []
    written = _written(criterion, key)
    for (place, cell), worth in zip(written, worths, strict=True):
        test = findings.attempt(place, read_cell, cell, quantity)
        if isinstance(test, IsMissing):
            findings.report(
                place,
                _("A band cannot select missing values."),
                _('Say missing = "worst", "drop", "refuse" or { points = 50 }.'),
            )
        elif test is not None:
            bands.append(CompiledBand(test, None, *worth))
    if len(bands) == len(written) and not criterion.levels:
        gaps = uncovered([band.test for band in bands if band.test], quantity)
        if gaps:
            findings.report(
                f"{key}.bands",
                _("No band selects {values}.").format(values="; ".join(gaps[:3])),
                _('Let the bands meet, or end with when = "-".'),
            )
    return tuple(bands)


def _written(criterion: Criterion, key: str) -> list[tuple[str, RawCell]]:
    """Return each band's key and cell; a level is the cell of its own name."""
    if criterion.levels:
        return [(f"{key}.levels[{n}].level", each.level) for n, each in enumerate(criterion.levels)]
    return [
        (f"{key}.bands[{n}].when", each.when)
        for n, each in enumerate(criterion.bands)
        if each.when is not None
    ]


def _worths(criterion: Criterion, key: str, policy: Policy, findings: Findings) -> list[_Worth]:
    """Return what each band gives: points where they are added up, a grade where scales are combined."""
    written: list[tuple[str, Band | Level]] = [
        *((f"{key}.bands[{n}]", band) for n, band in enumerate(criterion.bands)),
        *((f"{key}.levels[{n}]", level) for n, level in enumerate(criterion.levels)),
    ]
    return [_worth(band, place, policy, findings) for place, band in written]


def _worth(band: Band | Level, key: str, policy: Policy, findings: Findings) -> _Worth:
    points = 0 if band.points is None else _hundredths(band.points)
    match policy.grading:
        case ScoreGrading() if band.points is None:
            findings.report(key, _("No points are given here."), _("Add points = 50, or what it is worth."))
        case CombineGrading() if band.grade is None:
            findings.report(
                key,
                _("No grade is given here."),
                _('Add grade = "{grade}", or what this criterion alone would give.').format(
                    grade=policy.grades[0] if policy.grades else "A"
                ),
            )
        case CombineGrading() if band.grade is not None:
            return points, grade_code(policy, band.grade, f"{key}.grade", findings)
    return points, None


def _ranked_bands(criterion: Criterion, worths: list[_Worth]) -> tuple[CompiledBand, ...]:
    return tuple(
        CompiledBand(None, None if band.top is None else int(band.top * (SHARE_SCALE // 100)), *worth)
        for band, worth in zip(criterion.bands, worths, strict=True)
    )


def _ranking(
    criterion: Criterion,
    quantity: Quantity,
    key: str,
    quantities: Mapping[str, Quantity],
    findings: Findings,
) -> Ranking:
    tops = [band.top for band in criterion.bands]
    cuts = [top for top in tops[:-1] if top is not None]
    if not quantity.kind.is_numeric:
        findings.report(
            f"{key}.measure", _("“{name}” is no number and cannot be ranked.").format(name=quantity.id)
        )
    if tops[-1] not in (None, Decimal(100)):
        findings.report(
            f"{key}.bands",
            _('The last band of a ranked criterion takes the rest: top = 100 or when = "-".'),
        )
    if len(cuts) < len(tops) - 1 or any(later <= earlier for earlier, later in pairwise(cuts)):
        findings.report(
            f"{key}.bands", _("The shares of a ranked criterion are cumulative and rise from band to band.")
        )
    shares = tuple(int(cut * (SHARE_SCALE // 100)) for cut in cuts)
    within = segment_field(criterion.within, f"{key}.within", quantities, findings)
    by = criterion.rank or "count"
    return Ranking(f"criteria.{criterion.id}", quantity, by, shares, criterion.ties, within)


def _hundredths(points: Decimal) -> int:
    return int(points * POINT_SCALE)
