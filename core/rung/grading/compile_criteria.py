"""Criteria made ready to grade: their cells read, their points and weights whole numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from functools import reduce
from itertools import pairwise
from math import gcd
from typing import Final

from rung.grading.compiled import POINT_SCALE, CompiledBand, CompiledCriterion, Ranking
from rung.grading.coverage import uncovered
from rung.grading.findings import Findings
from rung.policy.binding import bind, known
from rung.policy.cells import IsMissing, read_cell
from rung.policy.conditions import RawCell
from rung.policy.model import Criterion, MissingPoints
from rung.text import _
from rung.vocabulary import Quantity

__all__ = ["SHARE_SCALE", "compile_criterion", "in_lowest_terms"]

SHARE_SCALE: Final = 1_000_000
"""Shares of a population are kept in millionths."""

_WEIGHT_SCALE: Final = 10_000


def compile_criterion(
    criterion: Criterion, key: str, quantities: Mapping[str, Quantity], findings: Findings
) -> CompiledCriterion | None:
    """Return the criterion with names bound and numbers scaled; ``None`` where findings stand in the way."""
    before = len(findings.problems)
    quantity = findings.attempt(f"{key}.measure", known, criterion.measure, quantities)
    applies = None
    if criterion.applies is not None:
        place = f"{key}.applies"
        applies = findings.attempt(place, bind, criterion.applies, quantities, place)
    if quantity is None:
        return None
    ranking = _ranking(criterion, quantity, key, findings) if criterion.rank else None
    bands = _ranked_bands(criterion) if criterion.rank else _bands(criterion, quantity, key, findings)
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
    )


def in_lowest_terms(criteria: tuple[CompiledCriterion, ...]) -> tuple[CompiledCriterion, ...]:
    """Divide the weights by their greatest common divisor: the score is a ratio and stays the same."""
    divisor = reduce(gcd, (criterion.weight for criterion in criteria), 0) or 1
    return tuple(replace(criterion, weight=criterion.weight // divisor) for criterion in criteria)


def _bands(
    criterion: Criterion, quantity: Quantity, key: str, findings: Findings
) -> tuple[CompiledBand, ...]:
    bands: list[CompiledBand] = []
    written = _written(criterion, key)
    for place, cell, points in written:
        test = findings.attempt(place, read_cell, cell, quantity)
        if isinstance(test, IsMissing):
            findings.report(
                place,
                _("A band cannot select missing values."),
                _('Say missing = "worst", "drop", "refuse" or { points = 50 }.'),
            )
        elif test is not None:
            bands.append(CompiledBand(test, None, _hundredths(points)))
    if len(bands) == len(written) and not criterion.levels:
        gaps = uncovered([band.test for band in bands if band.test], quantity)
        if gaps:
            findings.report(
                f"{key}.bands",
                _("No band selects {values}.").format(values="; ".join(gaps[:3])),
                _('Let the bands meet, or end with when = "-".'),
            )
    return tuple(bands)


def _written(criterion: Criterion, key: str) -> list[tuple[str, RawCell, Decimal]]:
    """Return each band's key, cell and points; a level is the cell of its own name."""
    if criterion.levels:
        return [
            (f"{key}.levels[{n}].level", each.level, each.points) for n, each in enumerate(criterion.levels)
        ]
    return [
        (f"{key}.bands[{n}].when", each.when, each.points)
        for n, each in enumerate(criterion.bands)
        if each.when is not None
    ]


def _ranked_bands(criterion: Criterion) -> tuple[CompiledBand, ...]:
    return tuple(
        CompiledBand(
            None, None if band.top is None else int(band.top * (SHARE_SCALE // 100)), _hundredths(band.points)
        )
        for band in criterion.bands
    )


def _ranking(criterion: Criterion, quantity: Quantity, key: str, findings: Findings) -> Ranking:
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
    return Ranking(f"criteria.{criterion.id}", quantity, criterion.rank or "count", shares, criterion.ties)


def _hundredths(points: Decimal) -> int:
    return int(points * POINT_SCALE)
