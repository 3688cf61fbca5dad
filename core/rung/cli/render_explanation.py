"""Lays an explanation out for a terminal: the grade, why, what would change it, what was promised."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from rung.cli.condition_words import found_words
from rung.cli.service_words import Roles, terms_words
from rung.cli.terminal import grid, line
from rung.policy.model import Basis
from rung.text import _

if TYPE_CHECKING:
    from rich.console import RenderableType

    from rung.grading.explanation import (
        CriterionLine,
        Explanation,
        FlagLine,
        GateLine,
        RuleLine,
        Suggestion,
    )
    from rung.policy.conditions import Condition
    from rung.policy.model import Flag, Gate, Policy, Rule

__all__ = ["render_example", "render_explanation"]


def render_explanation(
    explanation: Explanation, policy: Policy, human: Iterable[str] = ()
) -> Iterator[RenderableType]:
    """Yield the parts of an explanation by ``policy`` to print, in the current language.

    ``human`` says what people laid over the grade.
    """
    yield from _head(explanation)
    for words in human:
        yield line(words, "bold yellow")
    if explanation.reasons:
        yield _title(_("Reasons"))
        for number, reason in enumerate(explanation.reasons, start=1):
            yield line(f"  {number}. {reason.text}  [{reason.code}]")
    if explanation.criteria:
        yield _title(_("Criteria"))
        yield _criteria(explanation.criteria)
        yield from _ranked_cutoffs(explanation.criteria)
    if explanation.rules:
        yield _title(_("Rules"))
        yield _rules(explanation.rules, _conditions(policy.rules))
    if explanation.gates:
        yield _title(_("Gates"))
        yield _gates(explanation.gates, _conditions(policy.gates))
    if explanation.flags:
        yield _title(_("Flags"))
        yield _flags(explanation.flags, _conditions(policy.flags))
    yield from _cutoffs(explanation)
    yield from _change(explanation.suggestion)
    yield from _service(explanation, policy.roles)


def render_example(explanation: Explanation) -> Iterator[RenderableType]:
    """Yield an explanation in short: the grade, its reasons and the smallest change."""
    yield from _head(explanation)
    for reason in explanation.reasons[:3]:
        yield line(f"  {reason.text}")
    change = explanation.suggestion
    if change is not None:
        values = _("; ").join(f"{each.title} {each.old} → {each.new}" for each in change.values)
        yield line(_("  to reach {grade}: {values}").format(grade=change.grade, values=values))


def _title(text: str) -> RenderableType:
    return line(text, "bold cyan underline")


def _head(explanation: Explanation) -> Iterator[RenderableType]:
    who = f"{explanation.customer_id}  {explanation.customer_name}".strip()
    yield line(who, "bold")
    yield line(f"{explanation.policy_title}  ({explanation.policy_id} {explanation.policy_version})", "dim")
    if explanation.not_graded is not None:
        refusal = explanation.not_graded
        yield line(_("Not graded: {cause}").format(cause=f"{refusal.text}  [{refusal.code}]"), "bold yellow")
        return
    facts = [_("Grade {grade}").format(grade=explanation.grade)]
    if str(explanation.grade_title) != explanation.grade:
        facts.append(str(explanation.grade_title))
    if explanation.service_class is not None:
        facts.append(_("served as {name}").format(name=explanation.service_class))
    if explanation.score is not None:
        facts.append(_("score {score}").format(score=explanation.score))
    if explanation.measure is not None:
        facts.append(str(explanation.measure))
    if explanation.ungated != explanation.grade:
        facts.append(_("before gates {grade}").format(grade=explanation.ungated))
    facts.append(_("{share} % of the weight rests on real values").format(share=explanation.evidence))
    yield line("  ·  ".join(facts), "bold green")


def _criteria(lines: Iterable[CriterionLine]) -> RenderableType:
    headers = (
        _("criterion"),
        _("value"),
        _("band met"),
        _("next better"),
        _("next worse"),
        _("points"),
        _("weight"),
        _("gives"),
        _("loses"),
    )
    rows = (
        (
            _assumed(each.title, each.basis),
            each.value,
            each.band,
            each.better or "",
            each.worse or "",
            "" if each.points is None else f"{_plain(each.points)}/{_plain(each.best_points)}",
            f"{_plain(each.weight_share)}%",
            "" if each.contribution is None else _plain(each.contribution),
            _plain(each.lost) if each.lost else "",
        )
        for each in lines
    )
    return grid(headers, rows, right=(5, 6, 7, 8))


def _assumed(title: object, basis: Basis) -> str:
    return f"{title} *" if basis is Basis.ASSUMED else str(title)


def _ranked_cutoffs(lines: Iterable[CriterionLine]) -> Iterator[RenderableType]:
    every = list(lines)
    for each in every:
        if each.cutoffs:
            found = " · ".join(f"≥ {least}" for least in each.cutoffs)
            yield line(_("  {criterion}: cut-offs {found}").format(criterion=each.title, found=found), "dim")
    if any(each.basis is Basis.ASSUMED for each in every):
        yield line(_("  * bands and weight are assumed; the practice does not state them."), "dim")


def _rules(lines: Iterable[RuleLine], asked: Mapping[str, Condition]) -> RenderableType:
    rows = (
        (
            "→" if each.decided else "",
            each.id,
            each.grade,
            _held(each.held),
            each.reason,
            found_words(asked[each.id], each.conditions),
        )
        for each in lines
    )
    return grid(("", _("rule"), _("grade"), _("holds"), _("reason"), _("conditions")), rows)


def _gates(lines: Iterable[GateLine], asked: Mapping[str, Condition]) -> RenderableType:
    rows = (
        (_held(each.fired), _effect(each), each.reason, found_words(asked[each.id], each.conditions))
        for each in lines
    )
    return grid((_("fired"), _("effect"), _("reason"), _("conditions")), rows)


def _effect(gate: GateLine) -> str:
    words = {
        "at_most": _("at most {grade}"),
        "at_least": _("at least {grade}"),
        "set": _("always {grade}"),
    }
    return words[gate.effect].format(grade=gate.grade)


def _flags(lines: Iterable[FlagLine], asked: Mapping[str, Condition]) -> RenderableType:
    rows = ((_held(each.held), each.title, found_words(asked[each.id], each.conditions)) for each in lines)
    return grid((_("stands"), _("flag"), _("conditions")), rows)


def _held(held: bool | None) -> str:
    return _("open") if held is None else _("yes") if held else _("no")


def _conditions(parts: Iterable[Rule | Gate | Flag]) -> Mapping[str, Condition]:
    return {part.id: part.when for part in parts}


def _cutoffs(explanation: Explanation) -> Iterator[RenderableType]:
    if not explanation.cutoffs:
        return
    yield _title(_("Where the grades begin"))
    found = " · ".join(f"{each.grade} ≥ {each.at_least}" for each in explanation.cutoffs)
    yield line(f"  {found}")
    if explanation.population is not None:
        yield line(_("  found among {n} customers").format(n=f"{explanation.population:,}"), "dim")


def _change(suggestion: Suggestion | None) -> Iterator[RenderableType]:
    if suggestion is None:
        return
    yield _title(_("Smallest change that reaches the next grade"))
    for value in suggestion.values:
        yield line(f"  {value.title}: {value.old} → {value.new}")
    reached = _("grade {grade}").format(grade=suggestion.grade)
    if suggestion.score is not None:
        reached += _(", ") + _("score {score}").format(score=suggestion.score)
    yield line(f"  ⇒ {reached}")


def _service(explanation: Explanation, roles: Roles) -> Iterator[RenderableType]:
    if not explanation.service:
        return
    yield _title(_("Service promised"))
    for each in explanation.service:
        for words in terms_words(each.terms, roles):
            yield line(f"  {each.source}: {words}")


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"
