"""What was: the customer's grades in earlier runs, every override on record, and the notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rung_tui.customer.layout import Part, grade_span, number, paragraph, title
from rung_tui.customer.told import Told
from rung_tui.drawn import Line, padded
from rung_tui.language import _, words

if TYPE_CHECKING:
    from rung.ledger import Decision, Override

__all__ = ["history", "notes", "record"]


def history(told: Told, width: int) -> list[Line]:
    """Return the grade in each run by the policy, newest first, with ▲▼ against the one before."""
    if len(told.history) < 2:
        return []
    lines = [title(_("Grades over the runs"), width)]
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
    """Return the overrides on record, newest first."""
    if not told.overrides:
        return []
    lines = [title(_("Overrides on record"), width)]
    for override in told.overrides:
        lines += _override(override, told, width)
    return lines


def _override(override: Override, told: Told, width: int) -> list[Line]:
    status = override.status(told.today)
    role = "pending" if status.value == "proposed" else "good" if status.is_open else "muted"
    made = override.made_at.astimezone().date()
    head: list[Part] = [
        (f"{override.id}  ", "muted"),
        grade_span(override.model_grade, told.grades),
        " → ",
        grade_span(override.proposed_grade, told.grades),
        (f"  {words(status.words)}", role),
        (
            _("  by {maker} on {day}, until {last}").format(
                maker=told.people.get(override.maker, override.maker), day=made, last=override.expires_at
            ),
            "",
        ),
    ]
    reason = told.reasons.get(override.reason)
    lines = paragraph(head, width, 4)
    lines += paragraph([f"    {words(reason) or override.reason}"], width, 4)
    if override.narrative:
        lines += paragraph([("    " + " ".join(override.narrative.split()), "muted")], width, 4)
    if override.evidence:
        evidence = _("Evidence: {where}").format(where=" ".join(override.evidence.split()))
        lines += paragraph([(f"    {evidence}", "muted")], width, 4)
    for decision in override.decisions:
        lines += paragraph([f"    {_decided(decision, told)}"], width, 6)
    return lines


def _decided(decision: Decision, told: Told) -> str:
    told_in = _("{act}: {who}, {moment}: {note}") if decision.note else _("{act}: {who}, {moment}")
    return told_in.format(
        act=words(decision.act.words),
        who=told.people.get(decision.by, decision.by),
        moment=decision.at.astimezone().date().isoformat(),
        note=" ".join(decision.note.split()),
    )


def notes(told: Told, width: int) -> list[Line]:
    """Return the notes about the customer that are for whoever is at the screen."""
    if not told.notes:
        return []
    lines = [title(_("Notes"), width)]
    for note in told.notes:
        by = _("  by {maker} on {day}").format(
            maker=told.people.get(note.maker, note.maker), day=note.made_at.astimezone().date()
        )
        audience = "" if note.visible_to.value == "all" else f"  {words(note.visible_to.words)}"
        lines += paragraph([(f"N{note.number}", "muted"), by, (audience, "cut")], width, 4)
        lines += paragraph(["    " + " ".join(note.text.split())], width, 4)
    return lines
