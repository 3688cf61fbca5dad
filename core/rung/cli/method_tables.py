"""How a policy finds a grade, as tables: where grades begin, what counts, which rules or cells decide."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rung.cli.tables import Table, starred, table
from rung.grading.condition_words import asked_words
from rung.grading.reasons import band_words
from rung.policy.model import (
    Band,
    CombineGrading,
    CountGrading,
    Criterion,
    Level,
    MatrixGrading,
    MissingPoints,
    NoGrading,
    Policy,
    ProcessGrading,
    RulesGrading,
    ScoreGrading,
    ValueGrading,
)
from rung.text import _

if TYPE_CHECKING:
    from rung.grading.compiled import CompiledPolicy

__all__ = [
    "criteria_table",
    "grades_table",
    "how_words",
    "if_missing_words",
    "matrix_table",
    "rules_table",
    "worth_columns",
]


def grades_table(policy: Policy) -> Table:
    """Return the grades: name, where each begins, whom it stands for."""
    starts = _starts(policy)
    rows = []
    classes = {flag.service_class: flag.title for flag in policy.flags if flag.service_class is not None}
    while_flagged = _("the flag “{flag}”, beside the grade")
    starts = {name: while_flagged.format(flag=title) for name, title in classes.items()} | starts
    for grade in dict.fromkeys((*policy.grades, *policy.meaning)):
        meaning = policy.meaning.get(grade)
        essence = meaning.essence if meaning and meaning.essence else ""
        rows.append((grade, meaning.title if meaning else "", starts.get(grade, ""), essence))
    return table((_("grade"), _("name"), _("given for"), _("whom it stands for")), rows)


def _starts(policy: Policy) -> dict[str, str]:
    match policy.grading:
        case ScoreGrading(cutoffs=cutoffs):
            return {grade: f"≥ {cutoff}" for grade, cutoff in cutoffs.items()}
        case CountGrading(shares=shares):
            return {g: _("best {share} % of customers").format(share=share) for g, share in shares.items()}
        case ValueGrading(shares=shares):
            return {g: _("best {share} % of the total").format(share=share) for g, share in shares.items()}
        case RulesGrading(otherwise=otherwise) | ProcessGrading(otherwise=otherwise):
            cut = policy.grading.cutoffs or {} if isinstance(policy.grading, RulesGrading) else {}
            starts = {grade: f"≥ {cutoff}" for grade, cutoff in cut.items()}
            return starts if otherwise is None else starts | {otherwise: _("otherwise")}
    return {}


def how_words(policy: Policy) -> str:
    """Return how the method makes a grade, where a table does not show it."""
    match policy.grading:
        case RulesGrading(hit="collect", collect=how):
            return {
                "sum": _("The points of every rule that holds are added up; the cut-offs make the grade."),
                "min": _("The fewest points of the rules that hold count; the cut-offs make the grade."),
                "max": _("The most points of the rules that hold count; the cut-offs make the grade."),
                "count": _("The rules that hold are counted; the cut-offs make the grade."),
            }.get(how or "", "")
        case RulesGrading(hit=hit):
            return {
                "first": _("The first rule that holds gives the grade."),
                "unique": _("Only one rule may hold; where two do, the customer is not graded."),
                "any": _("Several rules may hold if they agree; else the customer is not graded."),
                "priority": _("The best grade of the rules that hold counts."),
                "rule_order": _("The first rule that holds gives the grade; every one is a reason."),
            }.get(hit, "")
        case ProcessGrading():
            return _("Stages, in the order they are gone through; the furthest whose rule holds counts.")
        case CombineGrading(how=how):
            return {
                "worst": _("Each criterion gives a grade; the worst of them counts."),
                "best": _("Each criterion gives a grade; the best of them counts."),
                "weighted": _("Each criterion gives a grade; their mean place by weight counts."),
            }[how]
        case NoGrading():
            return _("Nobody is graded; the policy raises alarms.")
    return ""


def criteria_table(compiled: CompiledPolicy) -> Table:
    """Return every criterion with its bands."""
    weight, worth = worth_columns(compiled.policy)
    headers = [_("criterion"), _("band"), _("if missing")]
    if worth:
        headers.insert(2, _("points") if worth == "points" else _("grade"))
    if weight:
        headers.insert(1, _("weight"))
    rows = (row for criterion in compiled.policy.criteria for row in _bands(criterion, compiled))
    numbers = (1, 3) if worth == "points" else (1,) if weight else ()
    return table(headers, rows, right=numbers)


def worth_columns(policy: Policy) -> tuple[str, str]:
    """Return what stands beside a band: a weight where it counts, and what the band is worth."""
    match policy.grading:
        case ScoreGrading():
            return "weight", "points"
        case CombineGrading(how="weighted"):
            return "weight", "grade"
        case CombineGrading():
            return "", "grade"
    return "", ""


def _bands(criterion: Criterion, compiled: CompiledPolicy) -> Iterator[tuple[object, ...]]:
    quantity = compiled.quantities[criterion.measure]
    written: tuple[Band | Level, ...] = criterion.bands or criterion.levels
    weight, worth = worth_columns(compiled.policy)

    def row(title: str, weighs: object, words: object, gives: object, missing: str) -> tuple[object, ...]:
        return (title, *((weighs,) if weight else ()), words, *((gives,) if worth else ()), missing)

    for number, band in enumerate(written, start=1):
        words = band_words(criterion, number, quantity)
        gives = band.points if worth == "points" else band.grade
        if number == 1:
            title = starred(criterion.title, criterion.basis)
            yield row(title, criterion.weight, words, gives, if_missing_words(criterion, compiled.policy))
        else:
            yield row("", "", words, gives, "")
    if criterion.applies is not None:
        asked = asked_words(criterion.applies, compiled.quantities)
        yield row("", "", _("applies only where: {condition}").format(condition=asked), "", "")


def if_missing_words(criterion: Criterion, policy: Policy) -> str:
    """Return what a missing value of a criterion means."""
    match criterion.missing:
        case "refuse":
            return _("not graded")
        case "worst":
            mode = policy.grading.mode
            worst = {"matrix": _("the last band"), "combine": _("the worst grade")}
            return worst.get(mode, _("worst points"))
        case "drop":
            return _("left out")
        case MissingPoints(points=points):
            return _("{points} points").format(points=points)


def matrix_table(compiled: CompiledPolicy, grading: MatrixGrading) -> Table:
    """Return the cells of a matrix, the first axis down."""
    criteria = {criterion.id: criterion for criterion in compiled.policy.criteria}
    down, across = (criteria[axis] for axis in grading.axes)

    def bands(criterion: Criterion) -> list[object]:
        quantity, count = compiled.quantities[criterion.measure], len(criterion.bands or criterion.levels)
        return [band_words(criterion, number, quantity) for number in range(1, count + 1)]

    corner = f"{down.title} ＼ {across.title}"
    rows = ((title, *cells) for title, cells in zip(bands(down), grading.cells, strict=True))
    return table((corner, *map(str, bands(across))), rows)


def rules_table(compiled: CompiledPolicy) -> Table:
    """Return the decision table."""
    grading = compiled.policy.grading
    collects = isinstance(grading, RulesGrading) and grading.hit == "collect"
    rows = (
        (
            rule.points if collects else rule.grade,
            starred(asked_words(rule.when, compiled.quantities), rule.basis),
            rule.reason,
        )
        for rule in compiled.policy.rules
    )
    return table((_("points") if collects else _("grade"), _("condition"), _("reason")), rows)
