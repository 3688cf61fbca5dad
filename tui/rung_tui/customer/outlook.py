"""What follows from the grade: what would change it, and what was promised with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rung_tui.customer.layout import Part, grade_span, number, paragraph, title
from rung_tui.customer.told import Told
from rung_tui.drawn import Line, line
from rung_tui.language import _, spoken, words
from rung_tui.promises import promises, standing, waiting

if TYPE_CHECKING:
    from rung.grading.explanation import Suggestion
    from rung.service.due_list import DueRow

__all__ = ["change", "cutoffs", "owed", "service"]

_MOST: Final = 12
# Lines of what is owed: more than that to one customer is for the list of what is due.


def change(told: Told, width: int) -> list[Line]:
    """Return the smallest changes that reach a better grade, and that cost the one there is."""
    lines: list[Line] = []
    better, worse = told.explanation.suggestion, told.besides.worse if told.besides else None
    for found, heading, role in (
        (better, _("Smallest change that reaches a better grade"), "good"),
        (worse, _("Smallest change that costs the grade"), "bad"),
    ):
        if found is not None:
            lines += [(), *_change(found, heading, role, told, width)]
    return lines[1:]


def _change(found: Suggestion, heading: str, role: str, told: Told, width: int) -> list[Line]:
    lines = [title(heading, width)]
    for value in found.values:
        lines += paragraph(
            [words(value.title), (f"  {words(value.old)}", "muted"), " → ", (words(value.new), role)], width
        )
    reached = line(("⇒ ", "muted"), (_("grade "), "muted"), grade_span(found.grade, told.grades))
    score = [] if found.score is None else [(_("  score {score}").format(score=number(found.score)), "muted")]
    return [*lines, *paragraph([*reached, *score], width)]


def cutoffs(told: Told, width: int) -> list[Line]:
    """Return where the grades begin, where no stairs show it."""
    why = told.explanation
    if not why.cutoffs or why.criteria:
        return []
    lines = [title(_("Where the grades begin"), width)]
    for cut in why.cutoffs:
        lines += paragraph([grade_span(cut.grade, told.grades), f"  ≥ {words(cut.at_least)}"], width)
    if why.population is not None:
        found = _("found among {count} customers").format(count=f"{why.population:,}")
        lines += paragraph([(found, "muted")], width)
    return lines


def owed(told: Told, width: int) -> list[Line]:
    """Return what is next due to the customer, and what is late."""
    if told.besides is None:
        return []
    lines, found = [title(_("Owed next"), width)], told.besides.owed
    if found is None:
        return [*lines, line((_("Reading what is due…"), "muted"))]
    if found.problem:
        return [*lines, *paragraph([("! ", "warning"), (found.problem, "muted")], width, 2)]
    for each in found.rows[:_MOST]:
        lines += paragraph(_due(each, told), width, 4)
    if len(found.rows) > _MOST:
        more = _("and {count} more").format(count=len(found.rows) - _MOST)
        lines.append(line((more, "muted")))
    if not found.rows:
        lines.append(line((_("Nothing comes due within a year."), "muted")))
    return lines


def _due(each: DueRow, told: Told) -> list[Part]:
    from rung.service.due_words import late_words, what_words

    spoken()
    days = (each.due - told.today).days
    if days > 0:
        when = _("in {count} days").format(count=days) if days > 1 else _("tomorrow")
    else:
        when = _("today") if not days else _("due since {count} days").format(count=-days)
    late = late_words(each, told.today) if days <= 0 or each.is_late else ""
    parts: list[Part] = [
        ("! " if each.is_late else "  ", "warning"),
        (f"{each.due}  ", "strong"),
        what_words(each, has_kind=True),
        (f"  {when}", "muted"),
        (f"  {late}" if late else "", "warning" if each.is_late else "muted"),
    ]
    if each.by_title is not None or each.by:
        parts.append((f"  {words(each.by_title) or each.by}", "muted"))
    return parts


def service(told: Told, width: int) -> list[Line]:
    """Return what was promised, in words."""
    if not told.explanation.service:
        return []
    lines = [title(_("Service promised"), width)]
    for each in told.explanation.service:
        role = "strong" if each.terms.is_in_force and each.is_started else "muted"
        lines += paragraph([(words(each.source), role), (f"  {standing(each.terms)}", "muted")], width)
        for words_on_it in waiting(each):
            lines += paragraph([("  ", "muted"), (words_on_it, "open")], width, 2)
        for promise in promises(each.terms, told.roles):
            lines += paragraph([("  · ", "muted"), promise], width, 4)
    return lines
