"""Decision tables made ready to grade: rules bound, hit policies and collected points checked."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from itertools import pairwise
from typing import Final

from rung.grading.compiled import POINT_SCALE, Collecting, CompiledRule, Table
from rung.grading.findings import Findings
from rung.grading.grade_codes import grade_code
from rung.policy import outcomes
from rung.policy.binding import bind
from rung.policy.model import Policy, ProcessGrading, Rule, RulesGrading
from rung.text import _
from rung.vocabulary import Quantity

__all__ = ["EXACT", "compile_stages", "compile_table", "scaled_cutoffs"]

EXACT: Final = 2**53
"""Whole numbers below this are carried exactly by every engine, doubles included."""


def scaled_cutoffs(
    policy: Policy, cutoffs: Mapping[str, Decimal], decimals: int, findings: Findings
) -> tuple[int, ...] | None:
    """Return the least score of each grade but the last, scaled; ``None`` where they name other grades."""
    key, wanted = "grading.cutoffs", policy.grades[:-1]
    if tuple(cutoffs) != wanted:
        grades = ", ".join(wanted)
        findings.report(
            key, _("Cut-offs name every grade but the last, best first: {grades}.").format(grades=grades)
        )
        return None
    scaled = [cutoff * 10**decimals for cutoff in cutoffs.values()]
    if any(cutoff != int(cutoff) for cutoff in scaled):
        message = _("A cut-off has more decimals than the score, which keeps {n}.")
        findings.report(key, message.format(n=decimals))
    if any(later >= earlier for earlier, later in pairwise(scaled)):
        findings.report(key, _("Cut-offs fall from grade to grade."))
    return tuple(int(cutoff) for cutoff in scaled)


def compile_table(
    policy: Policy, grading: RulesGrading, quantities: Mapping[str, Quantity], findings: Findings
) -> Table:
    """Return the decision table with every rule bound."""
    collecting = _collecting(policy, grading, findings)
    rules = _rules(policy, quantities, findings, collects=grading.hit == "collect")
    last, is_closed = _otherwise(policy, grading, findings)
    return Table(rules, last, grading.missing, grading.hit, collecting, is_closed)


def compile_stages(
    policy: Policy, grading: ProcessGrading, quantities: Mapping[str, Quantity], findings: Findings
) -> Table:
    """Return the stages as a table whose furthest rule that holds gives the grade."""
    last, is_closed = _otherwise(policy, grading, findings)
    rules = _rules(policy, quantities, findings, collects=False)
    return Table(rules, last, grading.missing, "furthest", is_closed=is_closed)


def _otherwise(
    policy: Policy, grading: RulesGrading | ProcessGrading, findings: Findings
) -> tuple[int | None, bool]:
    """Return the grade's code where no rule holds, and whether there is none on purpose."""
    match grading.otherwise:
        case None:
            return None, False
        case outcomes.NOT_GRADED:
            return None, True
    return grade_code(policy, grading.otherwise, "grading.otherwise", findings), False


def _rules(
    policy: Policy, quantities: Mapping[str, Quantity], findings: Findings, *, collects: bool
) -> tuple[CompiledRule, ...]:
    if not policy.rules:
        message = _("A policy of mode {mode} needs at least one rule.")
        findings.report("rules", message.format(mode=policy.grading.mode))
    made = (
        _rule(policy, rule, f"rules[{n}]", quantities, findings, collects=collects)
        for n, rule in enumerate(policy.rules)
    )
    return tuple(rule for rule in made if rule)


def _rule(
    policy: Policy,
    rule: Rule,
    key: str,
    quantities: Mapping[str, Quantity],
    findings: Findings,
    *,
    collects: bool,
) -> CompiledRule | None:
    condition = findings.attempt(key, bind, rule.when, quantities, f"{key}.when")
    grade: int | None = None
    if collects and _needs_points(policy) and rule.points is None:
        findings.report(
            key,
            _("Rule “{name}” gives no points to collect.").format(name=rule.id),
            _("Add points = 10, or what it is worth."),
        )
    elif not collects and rule.grade is None:
        findings.report(
            key,
            _("Rule “{name}” gives no grade.").format(name=rule.id),
            _('Add grade = "{grade}", or set hit = "collect".').format(grade=policy.grades[0]),
        )
    elif not collects and rule.grade is not None:
        grade = grade_code(policy, rule.grade, f"{key}.grade", findings)
    points = int((rule.points or 0) * POINT_SCALE)
    return None if condition is None else CompiledRule(rule.id, condition, grade, points)


def _needs_points(policy: Policy) -> bool:
    return isinstance(policy.grading, RulesGrading) and policy.grading.collect != "count"


def _collecting(policy: Policy, grading: RulesGrading, findings: Findings) -> Collecting | None:
    if grading.hit != "collect":
        return None
    if grading.collect is None:
        findings.report(
            "grading.hit",
            _('Under hit = "collect" it must be said how.'),
            _('Add collect = "sum", "min", "max" or "count".'),
        )
    if grading.cutoffs is None:
        findings.report(
            "grading.hit",
            _('Under hit = "collect" cut-offs make a grade of the points.'),
            _("Add cutoffs: the least score of each grade but the last."),
        )
        return None
    cutoffs = scaled_cutoffs(policy, grading.cutoffs, grading.score_decimals, findings)
    scale: int = 10**grading.score_decimals
    most = sum((abs(rule.points or Decimal(1)) for rule in policy.rules), Decimal(1)) * POINT_SCALE
    if 6 * most * scale >= EXACT:
        findings.report(
            "rules",
            _("The points are too large to be added exactly."),
            _("Use smaller points or fewer decimals."),
        )
    if cutoffs is None or grading.collect is None:
        return None
    return Collecting(grading.collect, cutoffs, scale)
