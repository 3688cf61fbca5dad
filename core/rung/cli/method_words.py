"""What bounds the way to a grade, in sentences: segments, ties, missing values, the grade before, expiry."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rung.grading.condition_words import asked_words
from rung.policy.model import (
    CombineGrading,
    CountGrading,
    Criterion,
    Hysteresis,
    ProcessGrading,
    RulesGrading,
    ScoreGrading,
    ValueGrading,
)
from rung.text import _

if TYPE_CHECKING:
    from rung.grading.compiled import CompiledPolicy

__all__ = ["criterion_words", "limits_words"]


def limits_words(compiled: CompiledPolicy) -> list[str]:
    """Return what else bears on the grade, in the current language."""
    policy = compiled.policy
    told = list(_grading(compiled))
    if policy.hysteresis is not None:
        told += _hysteresis(policy.hysteresis)
    return told


def _grading(compiled: CompiledPolicy) -> Iterator[str]:
    match compiled.policy.grading:
        case CountGrading() | ValueGrading() as grading:
            ranked = compiled.quantities[grading.by].title
            yield _("Customers are ranked by: {name}, largest first.").format(name=ranked)
            yield from _shared(grading, compiled)
            yield {
                "refuse": _("Who has no value is not graded."),
                "worst": _("Who has no value gets the last grade."),
            }[grading.missing]
        case RulesGrading(missing=missing) | ProcessGrading(missing=missing):
            yield {
                "refuse": _(
                    "Where a missing value leaves open which rule holds, the customer is not graded."
                ),
                "no_match": _("A rule that a missing value leaves open does not hold."),
            }[missing]
        case CombineGrading(how="weighted", ties=ties):
            yield {
                "up": _("Halfway between two grades, the better one."),
                "down": _("Halfway between two grades, the worse one."),
            }[ties]
        case ScoreGrading(score_decimals=digits):
            yield _(
                "The score is the weighted mean of the points, rounded half up to {n} digits after the point."
            ).format(n=digits)


def _shared(part: CountGrading | ValueGrading | Criterion, compiled: CompiledPolicy) -> Iterator[str]:
    if part.within is not None:
        segment = compiled.quantities[part.within].title
        yield _("Shares are taken within each value of: {name}.").format(name=segment)
    yield {
        "up": _("Customers with the same value get the same, the better where they do not all fit."),
        "down": _("Customers with the same value get the same, the worse where they do not all fit."),
    }[part.ties]


def _hysteresis(held: Hysteresis) -> Iterator[str]:
    if held.margin is not None:
        yield _("The grade of the run before stands until the score is {margin} past a cut-off.").format(
            margin=held.margin
        )
    if held.max_up is not None:
        yield _("In one run a grade rises by at most {n}.").format(n=held.max_up)
    if held.max_down is not None:
        yield _("In one run a grade falls by at most {n}.").format(n=held.max_down)


def criterion_words(criterion: Criterion, compiled: CompiledPolicy) -> list[str]:
    """Return whom a criterion is for, how it ranks, and how long an answer stands."""
    told: list[str] = []
    if criterion.applies is not None:
        asked = asked_words(criterion.applies, compiled.quantities)
        told.append(_("applies only where: {condition}").format(condition=asked))
    if criterion.rank is not None:
        told += _shared(criterion, compiled)
    if criterion.expires_after is not None:
        span = criterion.expires_after.text()
        told.append(_("An answer stands for {span}; then it counts as missing.").format(span=span))
    if criterion.dated_by is not None:
        dated = compiled.quantities[criterion.dated_by].title
        told.append(_("The answer's date: {name}.").format(name=dated))
    return told
