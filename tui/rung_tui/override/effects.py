"""What an override would change: notches, approvals, and the service the customer is promised."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from rung_tui.customer.layout import grade_span, paragraph
from rung_tui.drawn import Line, Span, line
from rung_tui.language import _, words
from rung_tui.promises import promises, standing
from rung_tui.scale import scale_of_policy

if TYPE_CHECKING:
    from rung.grading.explanation import ServiceLine
    from rung.ledger import Ground
    from rung.ledger.rules.approvals import Asked

__all__ = ["agreement", "before_and_after", "notches"]


def notches(ground: Ground, grade: str | None, asked: Callable[[str], Asked]) -> Line:
    """Return how far a grade is from the model's, and who must agree; ``asked`` gives that for a grade."""
    if grade is None or grade == ground.model_grade:
        return line((_("pick another grade"), "muted"))
    count = ground.notches(grade)
    if count is None:
        move = Span("◆", "strong")
    else:
        far = _("1 notch") if abs(count) == 1 else _("{count} notches").format(count=abs(count))
        move = Span(f"▲ {far}" if count > 0 else f"▼ {far}", "up" if count > 0 else "down")
    needed = asked(grade)
    return line(move, agreement(needed.how_many, needed.role.value))


def agreement(how_many: int, role: str) -> tuple[str, str]:
    """Return who must agree before something is in effect, and how that is drawn."""
    agree = (_("in effect at once"), _("needs one approval"), _("needs two approvals"))[how_many]
    if how_many and role == "owner":
        agree = _("{approvals}, one by an owner").format(approvals=agree)
    return f"  {agree}", "pending" if how_many else "good"


def before_and_after(
    ground: Ground, grade: str | None, service: Callable[[str | None], Sequence[ServiceLine]], width: int
) -> list[Line]:
    """Return the service promised now and then, where it differs; ``service`` gives it for a grade."""
    if grade is None or service(ground.model_grade) == service(grade):
        return []
    lines: list[Line] = []
    grades = scale_of_policy(ground.policy)
    for name in (ground.model_grade, grade):
        role = "" if name == grade else "muted"
        found = service(name)
        if not found:
            lines += paragraph([grade_span(name, grades), (_(" nothing promised"), "muted")], width)
        for each in found:
            head = grade_span(name, grades)
            source = f" {words(each.source)} {standing(each.terms)}"
            lines += paragraph([head, (source, "muted")], width)
            for promise in promises(each.terms, ground.policy.roles):
                lines += paragraph([("  · ", "muted"), (promise, role)], width, 4)
    return lines
