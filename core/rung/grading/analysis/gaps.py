"""Customers for whom no rule of a table holds, gathered into regions as wide as they can be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from rung.errors import Severity
from rung.grading.analysis.finding import MORE, Finding, FindingKind
from rung.grading.analysis.index import Index
from rung.grading.analysis.search import OutOfBudgetError, Search
from rung.grading.analysis.space import Box
from rung.grading.analysis.study import Conditions, Study
from rung.grading.analysis.words import written_condition
from rung.grading.compiled import Table
from rung.grading.row import Assessment
from rung.policy.binding import tests_in
from rung.text import _

__all__ = ["gap_findings"]

_SHOWN: Final = 3
# Regions left unsearched that are told in words.


def gap_findings(study: Study, table: Table, rules: Sequence[Conditions | None]) -> Iterator[Finding]:
    """Yield the regions in which no rule holds, the search going on until its budget is used up.

    With an ``otherwise``, be it "not graded", there is no gap. Gaps that only missing values make are told
    apart, as notes; where a rule left open refuses the customer, that is no gap.
    """
    if table.otherwise is not None or table.is_closed or any(each is None for each in rules):
        return
    space = study.space
    named = {test.quantity.id for rule in table.rules for test in tests_in(rule.condition)}
    present = tuple(
        there if axis.quantity.id in named else full
        for axis, there, full in zip(space.axes, space.present, space.full, strict=True)
    )
    refuses = table.missing == "refuse"
    holding = [box for each in rules if each for box in each.holds]
    possible = [box for each in rules if each for box in each.may]
    found: list[Box] = []
    try:
        yield from _gaps(study, present, Severity.WARNING, holding, found)
        yield from _gaps(study, space.full, Severity.NOTE, possible if refuses else holding, found)
    except OutOfBudgetError as error:
        yield _unsearched(study, error.left)


def _gaps(
    study: Study, within: Box, severity: Severity, covers: list[Box], found: list[Box]
) -> Iterator[Finding]:
    told = 0
    only = Search(Index(study.space, covers))
    search = Search(Index(study.space, [*covers, *found]))
    while True:
        gap = search.outside(within, study.budget)
        if gap is None:
            return
        if told == MORE:
            message = _("There are more gaps than the {n} listed.").format(n=MORE)
            hint = _("Close these first, or say otherwise = … in [grading].")
            yield Finding.at(FindingKind.NOT_SEARCHED, Severity.NOTE, ("rules",), message, hint)
            return
        wide = only.widened(gap, within)
        search.index.add(wide)
        found.append(wide)
        told += 1
        yield _gap(study, wide, gap, severity)


def _gap(study: Study, wide: Box, gap: Box, severity: Severity) -> Finding:
    def is_so(told: Assessment) -> bool:
        return told.not_graded == "no_rule"

    bound = study.space.condition(wide)
    shown = written_condition(study.space.condition(_without_presence(study, wide)))
    message = _("No rule holds for the customers {region}: they are not graded.").format(region=shown)
    if shown == "{}":
        message = _("No rule holds for any customer: nobody is graded.")
    return Finding.at(
        FindingKind.GAP,
        severity,
        ("rules",),
        message,
        _('Add a rule for them, or say otherwise in [grading]: a grade, or "not graded" if that is meant.'),
        example=study.example([gap, wide], is_so),
        inside=bound,
    )


def _without_presence(study: Study, box: Box) -> Box:
    """Return the box with axes free again where all it asks is that a value is there."""
    return tuple(
        full if mask == present else mask
        for mask, present, full in zip(box, study.space.present, study.space.full, strict=True)
    )


def _unsearched(study: Study, left: tuple[Box, ...]) -> Finding:
    space = study.space
    bounds = (space.condition(_without_presence(study, box)) for box in left[:_SHOWN])
    shown = [words if (words := written_condition(bound)) != "{}" else _("all customers") for bound in bounds]
    more = _(", and {n} more regions").format(n=len(left) - _SHOWN) if len(left) > _SHOWN else ""
    return Finding.at(
        FindingKind.NOT_SEARCHED,
        Severity.NOTE,
        ("rules",),
        _("The search for gaps stopped at its limit. Not looked into: {regions}{more}.").format(
            regions="; ".join(shown), more=more
        ),
        _("All overlaps were looked at. With otherwise = … there can be no gap."),
    )
