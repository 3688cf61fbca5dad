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
    Flag,
    Gate,
    MissingPoints,
    Parameter,
    Policy,
    Rule,
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
    yield from _procedures(policy)
    yield from _title(_("Overriding"))
    yield line("  " + _starred(_overriding(policy), policy.override.basis))
    if assumptions(policy):
        yield line("")
        yield line(_("* assumed: the practice does not state it. Put in your own."), "dim")


def _title(text: str) -> Iterator[RenderableType]:
    yield line("")
    yield line(text, "bold cyan underline")


def _grades(policy: Policy) -> Iterator[RenderableType]:
    yield from _title(_starred(_("Grades"), policy.grading.basis))
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


def _parameters(policy: Policy) -> Iterator[RenderableType]:
    if policy.parameters:
        yield from _title(_("Parameters"))
        rows = (
            (_starred(parameter.title or name, parameter.basis), _value(parameter), parameter.because)
            for name, parameter in policy.parameters.items()
        )
        yield grid(("", _("value"), _("because")), rows)


def _value(parameter: Parameter) -> str:
    values = parameter.value if isinstance(parameter.value, tuple) else (parameter.value,)
    return _(", ").join(map(str, values))


def _bands(criterion: Criterion, compiled: CompiledPolicy) -> Iterator[tuple[object, ...]]:
    quantity = compiled.quantities[criterion.measure]
    points = [band.points for band in criterion.bands] or [level.points for level in criterion.levels]
    for number, given in enumerate(points, start=1):
        words = band_words(criterion, number, quantity)
        if number == 1:
            title = _starred(criterion.title, criterion.basis)
            yield title, criterion.weight, words, given, _if_missing(criterion)
        else:
            yield "", "", words, given, ""
    if criterion.applies is not None:
        asked = asked_words(criterion.applies, compiled)
        yield "", "", _("applies only where: {condition}").format(condition=asked), "", ""


def _if_missing(criterion: Criterion) -> str:
    match criterion.missing:
        case "refuse":
            return _("not graded")
        case "worst":
            return _("worst points")
        case "drop":
            return _("left out")
        case MissingPoints(points=points):
            return _("{points} points").format(points=points)


def _asked(part: Rule | Gate | Flag, compiled: CompiledPolicy) -> str:
    return asked_words(part.when, compiled)


def _starred(words: object, basis: Basis) -> str:
    return f"{words} *" if basis is Basis.ASSUMED else str(words)


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
    rows = (
        (title, _starred(words, obligation.basis))
        for title, terms in promised
        for words, obligation in zip(terms_words(terms, policy.roles), terms.obligations(), strict=True)
    )
    yield grid((_("to"), _("promise")), rows)


def _overriding(policy: Policy) -> str:
    rules = policy.override

    def notches(most: int | None) -> str:
        if most is None:
            return _("any number of notches")
        return _("1 notch") if most == 1 else _("{n} notches").format(n=most)

    approvals = {
        Approval.NONE: _("no approval"),
        Approval.ONE: _("one approval"),
        Approval.TWO: _("two approvals"),
    }
    return _("up by {up} ({up_by}), down by {down} ({down_by}), for {span}").format(
        up=notches(rules.max_notches_up),
        up_by=approvals[rules.approval.up],
        down=notches(rules.max_notches_down),
        down_by=approvals[rules.approval.down],
        span=rules.expires_within.text(),
    )


def _procedures(policy: Policy) -> Iterator[RenderableType]:
    for procedure in policy.procedures:
        yield from _title(_("Procedure: {title}").format(title=procedure.title))
        for number, step in enumerate(procedure.steps, start=1):
            yield line(f"  {number}. {step_words(step, policy.roles)}")
        if procedure.records:
            yield line(f"  {records_words(procedure)}")
