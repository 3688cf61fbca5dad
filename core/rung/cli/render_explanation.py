"""Lays an explanation out for a terminal: the grade, why, what would change it, what was promised."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from rung.cli.render_decision import conditions_of, held_word, part_title, render_decision
from rung.cli.terminal import grid, line
from rung.grading.condition_words import effect_words, found_words
from rung.grading.held_words import held_words, of_segment
from rung.grading.waiting_words import waiting_words
from rung.policy.service_words import Roles, terms_words
from rung.text import _

if TYPE_CHECKING:
    from rich.console import RenderableType

    from rung.grading.explanation import Explanation, FlagLine, GateLine, Suggestion
    from rung.policy.conditions import Condition
    from rung.policy.model import Policy

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
        yield part_title(_("Reasons"))
        for number, reason in enumerate(explanation.reasons, start=1):
            yield line(f"  {number}. {reason.text}  [{reason.code}]")
    yield from render_decision(explanation, policy)
    if explanation.gates:
        yield part_title(_("Gates"))
        yield _gates(explanation.gates, conditions_of(policy.gates))
    if explanation.flags:
        yield part_title(_("Flags"))
        yield _flags(explanation.flags, conditions_of(policy.flags))
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
    held = held_words(explanation.held)
    if held is not None:
        yield line(held, "yellow")


def _gates(lines: Iterable[GateLine], asked: Mapping[str, Condition]) -> RenderableType:
    rows = (
        (held_word(each.fired), effect_words(each), each.reason, found_words(asked[each.id], each.conditions))
        for each in lines
    )
    return grid((_("fired"), _("effect"), _("reason"), _("conditions")), rows)


def _flags(lines: Iterable[FlagLine], asked: Mapping[str, Condition]) -> RenderableType:
    rows = (
        (held_word(each.held), each.title, found_words(asked[each.id], each.conditions)) for each in lines
    )
    return grid((_("stands"), _("flag"), _("conditions")), rows)


def _cutoffs(explanation: Explanation) -> Iterator[RenderableType]:
    if not explanation.cutoffs:
        return
    yield part_title(_("Where the grades begin"))
    found = " · ".join(f"{each.grade} ≥ {each.at_least}" for each in explanation.cutoffs)
    yield line(f"  {found}")
    if explanation.population is not None:
        words = _("  found among {n} customers").format(n=f"{explanation.population:,}")
        yield line(f"{words}{of_segment(explanation.segment)}", "dim")


def _change(suggestion: Suggestion | None) -> Iterator[RenderableType]:
    if suggestion is None:
        return
    yield part_title(_("Smallest change that reaches the next grade"))
    for value in suggestion.values:
        yield line(f"  {value.title}: {value.old} → {value.new}")
    reached = _("grade {grade}").format(grade=suggestion.grade)
    if suggestion.score is not None:
        reached += _(", ") + _("score {score}").format(score=suggestion.score)
    yield line(f"  ⇒ {reached}")


def _service(explanation: Explanation, roles: Roles) -> Iterator[RenderableType]:
    if not explanation.service:
        return
    yield part_title(_("Service promised"))
    for each in explanation.service:
        for words in (*waiting_words(each), *terms_words(each.terms, roles)):
            yield line(f"  {each.source}: {words}")
