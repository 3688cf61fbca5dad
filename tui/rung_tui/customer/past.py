"""What was: the customer's grades in earlier runs, every human input on record, and the notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rung.moments import day_of
from rung_tui.customer.layout import Part, grade_span, number, paragraph, title
from rung_tui.customer.told import Told
from rung_tui.drawn import Line, padded
from rung_tui.language import _, words

if TYPE_CHECKING:
    from rung.ledger import Decision, InputRecord

__all__ = ["history", "notes", "record"]


def history(told: Told, width: int) -> list[Line]:
    """Return the grade in each run by the policy, newest first, with ▲▼ against the one before."""
    if len(told.history) < 2:
        return []
    lines = [title(_("Model grades over the runs"), width)]
    for place, each in enumerate(told.history):
        older = told.history[place + 1] if place + 1 < len(told.history) else None
        sign = "" if older is None else _move(each.grade, older.grade, told.grades)
        role = "up" if sign == "▲" else "down"
        score = "" if each.score is None else number(each.score)
        grade = grade_span(each.grade, told.grades)
        here = _("  this run") if each.is_this_run else ""
        lines += paragraph(
            [
                (f"{each.as_of}  ", "strong" if each.is_this_run else ""),
                (f"{grade.text} {sign:1}", role if sign else grade.role),
                padded(score, 8, "", right=True),
                (f"  {each.policy_version}", "muted"),
                (here, "key"),
            ],
            width,
            12,
        )
    return lines


def _move(now: str | None, before: str | None, grades: tuple[str, ...]) -> str:
    if now == before or now not in grades or before not in grades:
        return ""
    return "▲" if grades.index(now) < grades.index(before) else "▼"


def record(told: Told, width: int) -> list[Line]:
    """Return every override, judgement and correction on record, open or closed, newest first."""
    if not told.records:
        return []
    lines = [title(_("On record"), width)]
    for each in told.records:
        lines += _input(each, told, width)
    return lines


def _input(made: InputRecord, told: Told, width: int) -> list[Line]:
    head: list[Part] = [
        (f"{made.id}  ", "muted"),
        *_what(made, told),
        *_stands(made, told),
        (
            _("  by {maker} on {day}, until {last}").format(
                maker=told.people.get(made.maker, made.maker),
                day=day_of(made.made_at),
                last=made.expires_at,
            ),
            "",
        ),
    ]
    lines = paragraph(head, width, 4)
    if made.reason:
        title_ = told.reasons.get(made.kind.value, {}).get(made.reason)
        lines += paragraph([f"    {words(title_) or made.reason}"], width, 4)
    if made.narrative:
        lines += paragraph([("    " + " ".join(made.narrative.split()), "muted")], width, 4)
    if made.evidence:
        evidence = _("Evidence: {where}").format(where=" ".join(made.evidence.split()))
        lines += paragraph([(f"    {evidence}", "muted")], width, 4)
    for decision in made.decisions:
        lines += paragraph([f"    {_decided(decision, told)}"], width, 6)
    if made.superseded_by:
        taken = _("superseded by {id}").format(id=made.superseded_by)
        lines += paragraph([f"    {taken}"], width, 6)
    return lines


def _stands(made: InputRecord, told: Told) -> list[Part]:
    """Return where an input stands, and what is in doubt of it."""
    status, standing, given = made.status(told.today), told.standing, told.given.get(made.id)
    role = "pending" if status.value in ("proposed", "returned") else "good" if status.is_open else "muted"
    found: list[Part] = [(f"  {words(status.words)}", role)]
    if standing is not None and standing.suspended is not None and standing.override == made:
        words_ = _("  suspended: {cause}").format(cause=words(standing.suspended.words))
        found = [(words_, "warning")]
    if status.is_open and given is not None and given.doubt is not None:
        found.append((f"  {words(given.doubt.words)}", "warning"))
    return found


def _what(made: InputRecord, told: Told) -> list[Part]:
    """Return the value given, if it is one, and the grade before and after."""
    grades: list[Part] = [
        grade_span(made.model_grade, told.grades),
        " → ",
        grade_span(made.proposed_grade, told.grades),
    ]
    given = told.given.get(made.id)
    if given is None:
        return grades
    return [
        (f"{words(made.kind.words)} ", "muted"),
        f"{words(given.title)} ",
        (words(given.was), "muted"),
        " → ",
        (words(given.value), "strong"),
        "  ",
        *grades,
    ]


def _decided(decision: Decision, told: Told) -> str:
    told_in = _("{act}: {who}, {moment}: {note}") if decision.note else _("{act}: {who}, {moment}")
    return told_in.format(
        act=words(decision.act.words),
        who=told.people.get(decision.by, decision.by),
        moment=day_of(decision.at).isoformat(),
        note=" ".join(decision.note.split()),
    )


def notes(told: Told, width: int) -> list[Line]:
    """Return the notes about the customer that are for whoever is at the screen."""
    if not told.notes:
        return []
    lines = [title(_("Notes"), width)]
    for note in told.notes:
        by = _("  by {maker} on {day}").format(
            maker=told.people.get(note.maker, note.maker), day=day_of(note.made_at)
        )
        audience = "" if note.visible_to.value == "all" else f"  {words(note.visible_to.words)}"
        lines += paragraph([(f"N{note.number}", "muted"), by, (audience, "cut")], width, 4)
        lines += paragraph(["    " + " ".join(note.text.split())], width, 4)
    return lines
