"""One proposal as a page to read: whether one may decide, what it changes, why, and by whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from rung.errors import Problem
from rung_tui.approvals.listing import Told
from rung_tui.approvals.words import approvals_words, decision_words, made_words
from rung_tui.customer.layout import Part, grade_span, number, paragraph
from rung_tui.drawn import Line
from rung_tui.language import _, words
from rung_tui.promises import promises, standing

if TYPE_CHECKING:
    from decimal import Decimal

    from rung.workspace.proposal_effects import Effects, Side

__all__ = ["objection_parts", "problem_parts", "sheet_lines"]

_ARROW: Final = " → "
_MOST: Final = 4_000
# Characters of a narrative that are looked at here: the ledger keeps up to ten thousand.

Paragraph = list[Part]


def sheet_lines(told: Told, width: int, besides: Sequence[Problem] = ()) -> list[Line]:
    """Return the whole page: what decides first. ``besides``: problems that stand above it already."""
    lines: list[Line] = []
    for each in _may(told, besides):
        lines += paragraph(each, width, 2)
    for part in (_difference, _why, _who, _service):
        for each in part(told):
            lines += paragraph(each, width, 2)
    return lines


def problem_parts(problem: Problem, sign: str = "✗ ", role: str = "error") -> Paragraph:
    """Return a problem with its hint."""
    hint = f" {problem.hint}" if problem.hint else ""
    return [(sign, role), problem.message, (hint, "muted")]


def objection_parts(told: Told | None, problem: Problem) -> Paragraph:
    """Return what speaks against deciding; that it is approved already is no refusal."""
    is_approved = told is not None and told.record.status(told.now.date()).value == "approved"
    if told is not None and is_approved and any(problem in found for found in told.against.values()):
        return problem_parts(problem, "✓ ", "good")
    return problem_parts(problem)


def _may(told: Told, besides: Sequence[Problem]) -> Iterator[Paragraph]:
    against = {act.value: problems for act, problems in told.against.items()}
    if told.listed.has_lifted:
        yield [("! ", "warning"), _("Given without approval, for it lifted nothing then; by now it does.")]
        hint = _("Look at the customer; have it given anew, with approval, or withdraw it.")
        yield [("  ", ""), (hint, "muted")]
        return
    if not against["approved"]:
        free = _("You may decide.")
        if told.in_place_of:
            free = _("You may decide in the place of {name}.").format(name=told.in_place_of)
        yield [("● ", "open"), free]
        return
    yield from (objection_parts(told, each) for each in against["approved"] if each not in besides)
    if not against["returned"]:
        yield [("  ", ""), (_("You may return it for more information."), "muted")]
    if not against["resubmitted"]:
        yield [("  ", ""), (_("You may resubmit it with what was asked for."), "muted")]
    elif not against["withdrawn"]:
        yield [("  ", ""), (_("You may withdraw it."), "muted")]


def _difference(told: Told) -> Iterator[Paragraph]:
    record, grades = told.record, told.grades
    notches = record.notches or 0
    move = f" {'▲' if notches > 0 else '▼'}{abs(notches)}" if notches else ""
    yield [
        (_("Grade") + " ", "muted"),
        grade_span(record.model_grade, grades),
        _ARROW,
        grade_span(record.proposed_grade, grades),
        (move, "up" if notches > 0 else "down"),
        (_("  as it was proposed"), "muted"),
    ]
    effects = told.effects
    if effects is None:
        for each in told.problems:
            yield problem_parts(each, "! ", "warning")
        return
    yield from _by_now(told, effects)
    yield from _value(effects)
    yield from _score(effects)
    if effects.notice:
        yield [("! ", "warning"), effects.notice]


def _by_now(told: Told, effects: Effects) -> Iterator[Paragraph]:
    before, after = effects.before, effects.after
    same = before.grade == after.grade
    yield [
        (_("By now") + " ", "muted"),
        grade_span(before.grade, told.grades),
        _ARROW,
        grade_span(after.grade, told.grades),
        (_("  no other grade") if same else "", "muted"),
        (_("  computed {grade}").format(grade=grade_span(before.computed, told.grades).text), "muted"),
    ]
    if effects.is_stale and effects.value is None:
        stale = _("Stale: the grade overruled was {was}, the computed one is {now} by now.")
        overruled, computed = told.record.model_grade, before.computed
        facts = {
            "was": grade_span(overruled, told.grades).text,
            "now": grade_span(computed, told.grades).text,
        }
        yield [("! ", "warning"), stale.format(**facts)]
    if after.suspended is not None:
        suspended = _("It would be suspended at once: {cause}.").format(cause=words(after.suspended.words))
        yield [("! ", "warning"), suspended]


def _value(effects: Effects) -> Iterator[Paragraph]:
    value = effects.value
    if value is None:
        return
    yield [
        (f"{words(value.title)} ", "muted"),
        words(value.was) or _("not known"),
        _ARROW,
        (words(value.value) or _("not known"), "strong"),
    ]
    if value.doubt is not None:
        doubt = _("{doubt}: the source has {value}")
        facts = {"doubt": words(value.doubt.words), "value": words(value.source) or _("not known")}
        yield [("! ", "warning"), doubt.format(**facts)]


def _score(effects: Effects) -> Iterator[Paragraph]:
    before, after = effects.before.score, effects.after.score
    if before is None and after is None:
        return
    if before == after:
        yield [(_("Score") + " ", "muted"), _number(before)]
    else:
        yield [(_("Score") + " ", "muted"), _number(before), _ARROW, (_number(after), "strong")]
    for each in effects.moved:
        points = _("{before} → {after} points").format(before=_number(each.before), after=_number(each.after))
        yield [("  · ", "muted"), f"{words(each.title)} ", points]


def _number(found: Decimal | None) -> str:
    return "–" if found is None else number(found)


def _why(told: Told) -> Iterator[Paragraph]:
    record, reason = told.record, words(told.listed.reason)
    if reason:
        yield [(_("Reason") + " ", "muted"), reason]
    if record.narrative:
        text = " ".join(record.narrative[:_MOST].split())
        yield [(_("Narrative") + " ", "muted"), text]
    if record.evidence:
        yield [(_("Evidence") + " ", "muted"), record.evidence]


def _who(told: Told) -> Iterator[Paragraph]:
    record = told.record
    yield [made_words(record, told.people, told.now)]
    for each in record.decisions:
        yield [("· ", "muted"), decision_words(each, told.people)]
    if record.approvals_needed:
        yield [approvals_words(record)]
    left = (record.expires_at - told.now.date()).days
    last = _("Last day: {day}").format(day=record.expires_at.isoformat())
    yield [last, (" · " + _("{n} days left").format(n=left), "muted")]
    if record.supersedes:
        yield [_("It takes the place of {ids}.").format(ids=_(", ").join(record.supersedes))]
    origin = _("Policy: {policy}, run {run}").format(
        policy=f"{record.policy_id} {record.policy_version}", run=record.run_id
    )
    yield [(origin, "muted")]


def _service(told: Told) -> Iterator[Paragraph]:
    effects = told.effects
    if effects is None or effects.before.service == effects.after.service:
        if effects is not None:
            yield [(_("The service promised stays as it is."), "muted")]
        return
    yield [(_("Service"), "title")]
    for side, role in ((effects.before, "muted"), (effects.after, "")):
        yield from _promised(told, side, role)


def _promised(told: Told, side: Side, role: str) -> Iterable[Paragraph]:
    if not side.service:
        yield [grade_span(side.grade, told.grades), (_(" nothing promised"), "muted")]
    for each in side.service:
        source = f" {words(each.source)} {standing(each.terms)}"
        yield [grade_span(side.grade, told.grades), (source, "muted")]
        for promise in promises(each.terms, told.roles):
            yield [("  · ", "muted"), (promise, role)]
