"""What comes of values being tried: the grade, the score and the promises, each beside what there is now."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from rung_tui.customer.layout import Part, grade_span, number, paragraph, title
from rung_tui.customer.told import Told, Trial
from rung_tui.drawn import Line, Span
from rung_tui.language import _, words
from rung_tui.promises import promises, standing
from rung_tui.scale import called

if TYPE_CHECKING:
    from rung.grading.explanation import Explanation
    from rung.text import Text

__all__ = ["answer", "trial"]


def answer(tried: Trial, grades: tuple[str, ...]) -> list[Part]:
    """Return the grade and the score now and then, on a line."""
    now, then = tried.now, tried.then.explanation
    parts: list[Part] = [
        (_("Grade") + " ", "muted"),
        grade_span(now.grade, grades),
        " → ",
        grade_span(then.grade, grades),
        _move(now.grade, then.grade, grades),
    ]
    if now.score is not None or then.score is not None:
        parts += [(_("  score "), "muted"), f"{_score(now.score)} → ", (_score(then.score), "strong")]
        if now.score is not None and then.score is not None:
            gain = then.score - now.score
            role = "up" if gain > 0 else "down" if gain < 0 else "muted"
            parts.append((f"  {number(gain, signed=True)}", role))
    if then.not_graded is not None:
        parts.append((f"  {words(then.not_graded.text)}", "warning"))
    return parts


def _move(now: str | None, then: str | None, grades: tuple[str, ...]) -> Span:
    if now == then:
        return Span(_("  the same grade"), "muted")
    if now not in grades or then not in grades:
        return Span("")
    far = grades.index(now) - grades.index(then)
    told = _("1 notch") if abs(far) == 1 else _("{count} notches").format(count=abs(far))
    return Span(f"  ▲ {told}" if far > 0 else f"  ▼ {told}", "up" if far > 0 else "down")


def _score(score: Decimal | None) -> str:
    return "–" if score is None else f"{score:.2f}"


def trial(told: Told, width: int) -> list[Line]:
    """Return where the points differ, and what would be promised then; the grade stands in the pane."""
    tried = told.tried
    if tried is None:
        return []
    lines = [title(_("With the values being tried"), width)]
    if told.standing is not None and told.standing.is_overridden:
        stays = _("An override is in force: the customer keeps {grade} until it ends.")
        kept = "–" if told.standing.grade is None else called(told.standing.grade, told.grades)
        lines += paragraph([("! ", "warning"), (stays.format(grade=kept), "muted")], width, 2)
    lines += _points(tried, width)
    lines += _promised(tried, told.roles, width)
    return lines


def _points(tried: Trial, width: int) -> list[Line]:
    before = {each.id: each for each in tried.now.criteria}
    lines: list[Line] = []
    for each in tried.then.explanation.criteria:
        old = before.get(each.id)
        if old is None or (old.contribution, old.grade, old.band) == (
            each.contribution,
            each.grade,
            each.band,
        ):
            continue
        parts: list[Part] = [("Δ ", "key"), words(each.title), (f"  {words(old.band)}", "muted")]
        parts += [" → ", words(each.band)]
        gain = (each.contribution or Decimal(0)) - (old.contribution or Decimal(0))
        if gain:
            parts.append((f"  {number(gain, signed=True)}", "up" if gain > 0 else "down"))
        lines += paragraph(parts, width, 2)
    return lines


def _promised(tried: Trial, roles: Mapping[str, Text], width: int) -> list[Line]:
    now, then = (_promises(each, roles) for each in (tried.now, tried.then.explanation))
    if now == then:
        return paragraph([(_("The service promised stays as it is."), "muted")], width)
    lines: list[Line] = []
    for sign, role, found, other in (("− ", "down", now, then), ("+ ", "up", then, now)):
        for promise in found:
            if promise not in other:
                lines += paragraph([(sign, role), promise], width, 2)
    return lines


def _promises(why: Explanation, roles: Mapping[str, Text]) -> list[str]:
    return [
        f"{each}  {standing(line.terms)}".rstrip()
        for line in why.service
        for each in promises(line.terms, roles)
    ]
