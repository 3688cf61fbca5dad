"""Lays a policy out for a terminal: its grades, what counts for them, and what was promised with each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rung.cli.condition_words import asked_words
from rung.cli.procedure_words import records_words, step_words
from rung.cli.service_words import terms_words
from rung.cli.terminal import grid, line
from rung.grading.reasons import band_words
from rung.policy.assumed import assumptions
from rung.policy.model import (
    Approval,
    Basis,
    CountGrading,
    Criterion,
    Gate,
    Parameter,
    Policy,
    RulesGrading,
    ScoreGrading,
    ValueGrading,
)
from rung.text import _

if TYPE_CHECKING:
    from rich.console import RenderableType

    from rung.grading.compiled import CompiledPolicy

__all__ = ["render_policy"]


def render_policy(compiled: CompiledPolicy) -> Iterator[RenderableType]:
    """Yield the parts of a policy to print, in the current language."""
    policy = compiled.policy
    yield line(f"{policy.title}  ({policy.id} {policy.version})", "bold")
    if policy.purpose is not None:
        yield line(policy.purpose)
    yield from _parameters(policy)
    yield from _grades(policy)
    if policy.criteria:
        yield from _title(_("Criteria"))
        yield grid(
            (_("criterion"), _("weight"), _("band"), _("points"), _("if missing")),
            (row for criterion in policy.criteria for row in _bands(criterion, compiled)),
            right=(1, 3),
        )
    for title, rows in (
        (_("Rules"), [(r.grade, _starred(_asked(r, compiled), r.basis), r.reason) for r in policy.rules]),
        (_("Gates"), [(_effect(g), _starred(_asked(g, compiled), g.basis), g.reason) for g in policy.gates]),
        (_("Flags"), [(f.title, _starred(_asked(f, compiled), f.basis), f.reason) for f in policy.flags]),
    ):
        if rows:
            yield from _title(title)
            yield grid(("", _("condition"), _("reason")), rows)
    yield from _service(policy)
    yield from _title(_("Overriding"))
    yield line("  " + _overriding(policy))


def _title(text: str) -> Iterator[RenderableType]:
    yield line("")
    yield line(text, "bold cyan underline")


def _grades(policy: Policy) -> Iterator[RenderableType]:
    yield from _title(_("Grades"))
    starts = _starts(policy)
    rows = []
    for grade in policy.grades:
        meaning = policy.meaning.get(grade)
        essence = meaning.essence if meaning and meaning.essence else ""
        rows.append((grade, meaning.title if meaning else "", starts.get(grade, ""), essence))
    yield grid((_("grade"), _("name"), _("given for"), _("whom it stands for")), rows)


def _starts(policy: Policy) -> dict[str, str]:
    match policy.grading:
        case ScoreGrading(cutoffs=cutoffs):
            return {grade: f"≥ {cutoff}" for grade, cutoff in cutoffs.items()}
        case CountGrading(shares=shares):
            return {g: _("best {share} % of customers").format(share=share) for g, share in shares.items()}
        case ValueGrading(shares=shares):
            return {g: _("best {share} % of the total").format(share=share) for g, share in shares.items()}
        case RulesGrading(otherwise=otherwise):
            return {} if otherwise is None else {otherwise: _("otherwise")}


def _bands(criterion: Criterion, compiled: CompiledPolicy) -> Iterator[tuple[object, ...]]:
    quantity = compiled.quantities[criterion.measure]
    mark = " *" if criterion.basis is Basis.ASSUMED else ""
    missing = criterion.missing if isinstance(criterion.missing, str) else str(criterion.missing.points)
    points = [band.points for band in criterion.bands] or [level.points for level in criterion.levels]
    for number, given in enumerate(points, start=1):
        words = band_words(criterion, number, quantity)
        if number == 1:
            yield f"{criterion.title}{mark}", criterion.weight, words, given, missing
        else:
            yield "", "", words, given, ""


def _asked(condition: Condition, compiled: CompiledPolicy) -> str:
    from rung.policy.conditions import conditions_in

    return "; ".join(
        f"{compiled.quantities[cell.name].title} {cell_words(cell.raw, compiled.quantities[cell.name])}"
        for cell in conditions_in(condition)
    )


def _effect(gate: Gate) -> str:
    for words, grade in (
        (_("at most {grade}"), gate.at_most),
        (_("at least {grade}"), gate.at_least),
        (_("always {grade}"), gate.set),
    ):
        if grade is not None:
            return words.format(grade=grade)
    return ""


def _service(policy: Policy) -> Iterator[RenderableType]:
    promised = [
        (policy.grade_title(grade), policy.service[grade])
        for grade in policy.grades
        if grade in policy.service
    ]
    promised += [(flag.title, flag.service) for flag in policy.flags if flag.service is not None]
    if not promised:
        return
    yield from _title(_("Service promised"))
    rows = ((title, words) for title, terms in promised for words in terms_words(terms, policy.roles))
    yield grid((_("to"), _("promise")), rows)


def _overriding(policy: Policy) -> str:
    rules = policy.override

    def notches(most: int | None) -> str:
        return _("any number of") if most is None else str(most)

    return _(
        "up by {up} notches (approvals: {up_by}), down by {down} (approvals: {down_by}), for {span}"
    ).format(
        up=notches(rules.max_notches_up),
        up_by=rules.approval.up.value,
        down=notches(rules.max_notches_down),
        down_by=rules.approval.down.value,
        span=rules.expires_within.text(),
    )
