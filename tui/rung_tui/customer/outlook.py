"""What follows from the grade: what would change it, and what was promised with it."""

from __future__ import annotations

from rung_tui.customer.layout import grade_span, number, paragraph, title
from rung_tui.customer.told import Told
from rung_tui.drawn import Line, line
from rung_tui.language import _, words
from rung_tui.promises import promises, standing, waiting

__all__ = ["change", "cutoffs", "service"]


def change(told: Told, width: int) -> list[Line]:
    """Return the smallest change that reaches a better grade."""
    found = told.explanation.suggestion
    if found is None:
        return []
    lines = [title(_("Smallest change that reaches a better grade"), width)]
    for value in found.values:
        lines += paragraph(
            [words(value.title), (f"  {words(value.old)}", "muted"), " → ", (words(value.new), "good")], width
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
