"""Who it is and which grade: the first lines of a customer's page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rung.moments import day_of
from rung_tui.acts import key_of
from rung_tui.customer.layout import Part, grade_span, paragraph
from rung_tui.customer.page_acts import PAGE_ACTS
from rung_tui.customer.told import Told
from rung_tui.drawn import Line
from rung_tui.language import _, words
from rung_tui.scale import called

if TYPE_CHECKING:
    from rung.ledger import InputRecord
    from rung.workspace.given_values import GivenValue

__all__ = ["head"]


def head(told: Told, width: int) -> list[Line]:
    """Return name, policy, grade and how sure it is."""
    why = told.explanation
    lines = paragraph(
        [(why.customer_name or why.customer_id, "strong"), (f"  {why.customer_id}", "muted")], width
    )
    policy = _("{title} {version}, as of {day}").format(
        title=words(why.policy_title), version=why.policy_version, day=told.as_of
    )
    lines += paragraph([(policy, "muted")], width)
    lines += paragraph(_grade(told), width)
    lines += _given(told, width)
    lines += _laid_over(told, width)
    if told.notice:
        lines += paragraph([(told.notice, "warning")], width)
    if told.covered:
        named = " · ".join(words(each) for each in told.covered.values())
        said = _("Covered: {values}; {key} shows one, and that is put on record.").format(
            values=named, key=key_of(PAGE_ACTS, "uncover")
        )
        lines += paragraph([(said, "open")], width)
    return lines


def _grade(told: Told) -> list[Part]:
    why = told.explanation
    if why.not_graded is not None:
        cause = words(why.not_graded.text)
        return [
            (_("Not graded: {cause}").format(cause=cause), "warning"),
        ]
    label = _("Computed grade") + " " if told.in_effect else _("Model grade ")
    parts: list[Part] = [(label, "muted"), grade_span(why.grade, told.grades)]
    if told.in_effect and told.standing is not None:
        beside = "  " + _("model grade") + " "
        parts += [(beside, "muted"), grade_span(told.standing.model_grade, told.grades)]
    name = words(why.grade_title)
    if name and why.grade is not None and called(why.grade, told.grades) == why.grade != name:
        parts.append(f" {name}")
    if why.service_class is not None:
        parts += [(_("  served as "), "muted"), (words(why.service_class), "cut")]
    if why.ungated != why.grade:
        parts += [(_("  before gates "), "muted"), grade_span(why.ungated, told.grades)]
    if why.score is not None:
        parts += [(_("  score "), "muted"), (f"{why.score:.2f}", "strong")]
    if why.measure is not None:
        parts += [(_("  ranked by "), "muted"), (words(why.measure), "strong")]
    sure = "warning" if why.evidence < 60 else ""
    parts += [(_("  evidence "), "muted"), (f"{why.evidence}%", sure)]
    return parts


def _named(grade: str | None, told: Told) -> str:
    return _("none") if grade is None else called(grade, told.grades)


def _given(told: Told, width: int) -> list[Line]:
    """Return the values people gave, each beside the source's."""
    lines: list[Line] = []
    for each in told.in_effect:
        record = each.record
        facts = _("{id} by {maker}, {day}").format(
            id=record.id,
            maker=told.people.get(record.maker, record.maker),
            day=day_of(record.made_at).isoformat(),
        )
        parts: list[Part] = [
            (f"{words(record.kind.words)} ", "muted"),
            f"{words(each.title)} ",
            (words(each.source), "muted"),
            " → ",
            (words(each.value), "strong"),
            (f"  {facts}", "muted"),
        ]
        if each.doubt is not None:
            parts.append((f"  {words(each.doubt.words)}", "warning"))
        lines += paragraph(parts, width)
    return lines


def _laid_over(told: Told, width: int) -> list[Line]:
    standing = told.standing
    if standing is None:
        return []
    lines: list[Line] = []
    if standing.override is not None:
        parts: list[Part] = [(_("Effective grade "), "muted"), grade_span(standing.grade, told.grades)]
        if standing.suspended is not None:
            parts.append(
                (_("  override suspended: {cause}").format(cause=words(standing.suspended.words)), "warning")
            )
        else:
            old, new = standing.override.model_grade, standing.override.proposed_grade
            parts.append(_("  overridden {old} → {new}").format(old=_named(old, told), new=_named(new, told)))
        if standing.is_stale:
            parts.append((_("  stale: the computed grade changed since"), "warning"))
        lines += paragraph(parts, width)
    if standing.pending is not None:
        wanted = grade_span(standing.pending.proposed_grade, told.grades)
        lines += paragraph([(_("Proposed grade "), "muted"), wanted, _awaits(standing.pending)], width)
    for each in standing.pending_data:
        parts = [
            (f"{words(each.kind.words)} ", "muted"),
            *_value(told.given.get(each.id)),
            _("{id} by {maker}, {day}").format(
                id=each.id,
                maker=told.people.get(each.maker, each.maker),
                day=day_of(each.made_at).isoformat(),
            ),
            _awaits(each),
        ]
        lines += paragraph(parts, width)
    return lines


def _value(given: GivenValue | None) -> list[Part]:
    """Return what an input would have in place of the source's value."""
    if given is None:
        return []
    return [f"{words(given.title)} ", (words(given.source), "muted"), f" → {words(given.value)}  "]


def _awaits(made: InputRecord) -> Part:
    if made.state.value == "returned":
        return (_("  returned to its maker for more information"), "warning")
    return (_("  awaits approval ({count} needed)").format(count=made.approvals_needed), "pending")
