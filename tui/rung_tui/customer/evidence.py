"""What the grade rests on and how old that is: real values, answers with their days, what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rung_tui.customer.layout import Part, paragraph, title
from rung_tui.customer.told import Told
from rung_tui.drawn import Line
from rung_tui.language import _, words

if TYPE_CHECKING:
    from rung.grading.explanation import CriterionLine

__all__ = ["evidence"]


def evidence(told: Told, width: int) -> list[Line]:
    """Return how much of the weight rests on real values, and of what age these are."""
    why = told.explanation
    lines = [title(_("Evidence and its age"), width)]
    known = [each for each in why.criteria if each.is_evidence]
    share: list[Part] = [(f"{why.evidence}%", "warning" if why.evidence < 60 else "strong")]
    share.append((_("  of what counts rests on real values"), "muted"))
    lines += paragraph(share, width)
    age = (told.today - told.as_of).days
    data = _("The data are of {day}, {count} days ago.").format(day=told.as_of, count=age)
    lines += paragraph([(data, "muted")], width)
    for each in why.criteria:
        if each not in known:
            lines += paragraph(
                [("? ", "open"), words(each.title), (f"  {words(each.band)}", "open")], width, 2
            )
    for each in known:
        lines += _answer(each, told, width)
    return lines


def _answer(each: CriterionLine, told: Told, width: int) -> list[Line]:
    day = told.besides.answered.get(each.quantity) if told.besides else None
    if day is None:
        return []
    said = _("answered on {day}, {count} days ago").format(day=day, count=(told.today - day).days)
    return paragraph([("✓ ", "good"), words(each.title), (f"  {said}", "muted")], width, 2)
