"""The method of a policy made ready to grade: points, tables, shares, a matrix, scales combined."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from itertools import pairwise

from rung.errors import did_you_mean
from rung.grading.compile_criteria import SHARE_SCALE
from rung.grading.compile_rules import (
    EXACT,
    compile_stages,
    compile_table,
    scaled_cutoffs,
)
from rung.grading.compiled import (
    POINT_SCALE,
    Combination,
    CompiledCriterion,
    Matrix,
    Method,
    Ranking,
    Shares,
    Ungraded,
    WeightedScore,
)
from rung.grading.findings import Findings
from rung.grading.grade_codes import grade_code
from rung.grading.segments import segment_field
from rung.policy.binding import known
from rung.policy.model import (
    CombineGrading,
    CountGrading,
    Criterion,
    MatrixGrading,
    NoGrading,
    Policy,
    ProcessGrading,
    RulesGrading,
    ScoreGrading,
    ValueGrading,
)
from rung.text import _
from rung.vocabulary import Quantity

__all__ = ["compile_method"]


def compile_method(
    policy: Policy,
    criteria: tuple[CompiledCriterion, ...],
    quantities: Mapping[str, Quantity],
    findings: Findings,
) -> Method | None:
    """Return how the policy finds a grade; ``None`` where findings stand in the way."""
    match policy.grading:
        case ScoreGrading() as grading:
            return _weighted(policy, grading, criteria, findings)
        case RulesGrading() as grading:
            return compile_table(policy, grading, quantities, findings)
        case ProcessGrading() as grading:
            return compile_stages(policy, grading, quantities, findings)
        case CountGrading() | ValueGrading() as grading:
            return _shares(policy, grading, quantities, findings)
        case MatrixGrading() as grading:
            return _matrix(policy, grading, findings)
        case CombineGrading() as grading:
            return _combination(policy, grading, findings)
        case NoGrading():
            return Ungraded()


def _weighted(
    policy: Policy, grading: ScoreGrading, criteria: tuple[CompiledCriterion, ...], findings: Findings
) -> WeightedScore | None:
    cutoffs = scaled_cutoffs(policy, grading.cutoffs, grading.score_decimals, findings)
    _needs_criteria(policy, findings)
    scale = 10**grading.score_decimals
    if _largest_sum(criteria, scale) >= EXACT:
        findings.report(
            "criteria",
            _("Points and weights are too large to be added exactly."),
            _("Use smaller weights or fewer decimals."),
        )
    return None if cutoffs is None else WeightedScore(cutoffs, scale)


def _needs_criteria(policy: Policy, findings: Findings) -> None:
    if not policy.criteria:
        message = _("A policy of mode {mode} needs at least one criterion.")
        findings.report("criteria", message.format(mode=policy.grading.mode))


def _largest_sum(criteria: tuple[CompiledCriterion, ...], scale: int) -> int:
    """Return a bound on every whole number that comes up while a score is computed."""
    sizes = (max(abs(c.best), abs(c.worst), abs(c.missing_points)) for c in criteria)
    largest = max(sizes, default=0)
    return sum(criterion.weight for criterion in criteria) * (6 * largest * scale + 4 * POINT_SCALE)


def _shares(
    policy: Policy,
    grading: CountGrading | ValueGrading,
    quantities: Mapping[str, Quantity],
    findings: Findings,
) -> Shares | None:
    quantity = findings.attempt("grading.by", known, grading.by, quantities)
    if quantity is None:
        return None
    report, shares = findings.report, list(grading.shares.values())
    if not quantity.kind.is_numeric:
        report("grading.by", _("“{name}” is no number and cannot be ranked.").format(name=quantity.id))
    if tuple(grading.shares) != policy.grades:
        grades = ", ".join(policy.grades)
        report("grading.shares", _("Shares name every grade, best first: {grades}.").format(grades=grades))
    elif shares[-1] != Decimal(100) or any(later <= earlier for earlier, later in pairwise(shares)):
        report("grading.shares", _("Shares are cumulative: they rise from grade to grade and end at 100."))
    cuts = tuple(int(share * (SHARE_SCALE // 100)) for share in shares[:-1])
    within = segment_field(grading.within, "grading.within", quantities, findings)
    return Shares(Ranking("grading", quantity, grading.mode, cuts, grading.ties, within), grading.missing)


def _matrix(policy: Policy, grading: MatrixGrading, findings: Findings) -> Matrix | None:
    places = {criterion.id: place for place, criterion in enumerate(policy.criteria)}
    for position, name in enumerate(grading.axes):
        if name not in places:
            findings.report(
                f"grading.axes[{position}]",
                _("There is no criterion “{found}”.").format(found=name),
                did_you_mean(name, list(places)),
            )
    down, across = grading.axes
    if down == across:
        findings.report("grading.axes[1]", _("The two axes are one and the same criterion."))
    if down not in places or across not in places:
        return None
    axes = places[down], places[across]
    for place in axes:
        _axis(policy.criteria[place], f"criteria[{place}]", findings)
    _shape(grading, policy.criteria[axes[0]], policy.criteria[axes[1]], findings)
    cells = tuple(
        tuple(
            grade_code(policy, grade, f"grading.cells[{row}][{column}]", findings)
            for column, grade in enumerate(grades)
        )
        for row, grades in enumerate(grading.cells)
    )
    return Matrix(axes, cells)


def _axis(criterion: Criterion, key: str, findings: Findings) -> None:
    if criterion.missing not in ("refuse", "worst"):
        findings.report(
            f"{key}.missing",
            _("An axis of a matrix cannot be left out or given points where its value is missing."),
            _('Say missing = "refuse", or "worst" for the last band.'),
        )
    if criterion.applies is not None:
        findings.report(
            f"{key}.applies",
            _("An axis of a matrix applies to every customer."),
            _("Take applies out, or let a gate set the grade of the others."),
        )


def _shape(grading: MatrixGrading, down: Criterion, across: Criterion, findings: Findings) -> None:
    rows, columns = (len(each.bands) or len(each.levels) for each in (down, across))
    if len(grading.cells) != rows:
        findings.report(
            "grading.cells",
            _("The matrix has {found} rows, and “{axis}” has {wanted} bands.").format(
                found=len(grading.cells), axis=down.id, wanted=rows
            ),
            _("Write one row of grades for each band, in the same order."),
        )
    for number, row in enumerate(grading.cells):
        if len(row) != columns:
            findings.report(
                f"grading.cells[{number}]",
                _("Row {n} of the matrix has {found} grades, and “{axis}” has {wanted} bands.").format(
                    n=number + 1, found=len(row), axis=across.id, wanted=columns
                ),
                _("Write one grade for each band, in the same order."),
            )


def _combination(policy: Policy, grading: CombineGrading, findings: Findings) -> Combination:
    _needs_criteria(policy, findings)
    if not policy.ordered:
        findings.report(
            "grading.mode",
            _("Scales can be combined only where the grades have an order."),
            _('Take ordered = false out, or use mode = "rules" or "matrix".'),
        )
    return Combination(grading.how, grading.ties, len(policy.grades) - 1)
