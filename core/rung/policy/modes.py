"""Checks that a policy's parts have a use in its mode: criteria, rules, points, cut-offs, order."""

from __future__ import annotations

from collections.abc import Iterator

from rung.errors import Problem, Severity
from rung.policy.found import found_at
from rung.policy.model import (
    CombineGrading,
    MatrixGrading,
    NoGrading,
    Policy,
    ProcessGrading,
    RulesGrading,
    ScoreGrading,
)
from rung.text import _

__all__ = ["mode_problems"]


def mode_problems(policy: Policy) -> Iterator[Problem]:
    """Yield the parts of a policy that count for nothing in its mode, and orders it cannot do without."""
    yield from _criteria(policy)
    yield from _undated(policy)
    yield from _rules(policy)
    match policy.grading:
        case RulesGrading() as grading:
            yield from _hits(policy, grading)
        case ProcessGrading() if policy.ordered:
            yield found_at(
                ("grading", "mode"),
                _("The stages of a process are listed as ranks."),
                _("Write ordered = false: a later stage is no worse grade."),
                Severity.WARNING,
            )
        case NoGrading():
            yield from _alarms_alone(policy)


def _criteria(policy: Policy) -> Iterator[Problem]:
    mode = policy.grading.mode
    match policy.grading:
        case ScoreGrading() | CombineGrading(how="weighted"):
            yield from _weights(policy)
        case CombineGrading():
            return
        case MatrixGrading(axes=axes):
            for number, criterion in enumerate(policy.criteria):
                if criterion.id not in axes:
                    yield found_at(
                        ("criteria", number),
                        _("Criterion “{name}” is no axis of the matrix and counts for nothing.").format(
                            name=criterion.id
                        ),
                        _("Take it out, or name it in axes."),
                    )
        case _ if policy.criteria:
            yield found_at(
                ("criteria", 0),
                _("Criteria count for nothing in mode “{mode}”.").format(mode=mode),
                _('Take them out, or set mode = "score".'),
            )


def _undated(policy: Policy) -> Iterator[Problem]:
    for number, criterion in enumerate(policy.criteria):
        if criterion.expires_after is not None and criterion.dated_by is None:
            yield found_at(
                ("criteria", number, "expires_after"),
                _("Answers from a table do not expire: nothing says when they were given."),
                _("Name the date field with dated_by."),
                Severity.WARNING,
            )


def _weights(policy: Policy) -> Iterator[Problem]:
    weighted = [criterion for criterion in policy.criteria if "weight" in criterion.model_fields_set]
    for number, criterion in enumerate(policy.criteria):
        if weighted and criterion not in weighted:
            yield found_at(
                ("criteria", number),
                _("Criterion “{name}” has no weight beside others that have one; it counts 1.").format(
                    name=criterion.id
                ),
                _("Write weight = 1 if that is meant."),
                Severity.WARNING,
            )


def _rules(policy: Policy) -> Iterator[Problem]:
    if policy.rules and not isinstance(policy.grading, RulesGrading | ProcessGrading):
        yield found_at(
            ("rules", 0),
            _("Rules count for nothing in mode “{mode}”.").format(mode=policy.grading.mode),
            _('Take them out, or set mode = "rules".'),
        )


def _hits(policy: Policy, grading: RulesGrading) -> Iterator[Problem]:
    collects = grading.hit == "collect"
    if grading.hit == "priority" and not policy.ordered:
        yield found_at(
            ("grading", "hit"),
            _("Grades without an order have no best one."),
            _('Take ordered = false out, or set hit = "first" and write the rules in order.'),
        )
    if not collects:
        for key in ("collect", "cutoffs"):
            if getattr(grading, key) is not None:
                yield found_at(
                    ("grading", key),
                    _('“{key}” counts for nothing without hit = "collect".').format(key=key),
                    _('Take it out, or set hit = "collect".'),
                )
    for number, rule in enumerate(policy.rules):
        if collects and rule.grade is not None:
            yield found_at(
                ("rules", number, "grade"),
                _("A rule's grade counts for nothing where points are collected."),
                _("Take it out: the cut-offs make the grade."),
            )
        if not collects and rule.points is not None:
            yield found_at(
                ("rules", number, "points"),
                _('A rule\'s points count for nothing without hit = "collect".'),
                _('Take them out, or set hit = "collect".'),
            )


def _alarms_alone(policy: Policy) -> Iterator[Problem]:
    for table in ("gates", "flags", "hysteresis", "service"):
        if getattr(policy, table):
            yield found_at(
                (table,),
                _("“{table}” counts for nothing where nobody is graded.").format(table=table),
                _("Take it out, or say under [grading] how customers are graded."),
            )
