"""What would come of overruling many: from which grades, after which approvals, who is refused and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from rung_tui.customer.layout import grade_span, paragraph
from rung_tui.drawn import Line, Span, line
from rung_tui.language import _

if TYPE_CHECKING:
    from rung.ledger import Batch
    from rung.workspace.batch_figures import Cause, Move

__all__ = ["preview"]

_EXAMPLES: Final = 3
_CAUSES: Final = 6


def preview(batch: Batch, grades: tuple[str, ...], width: int) -> list[Line]:
    """Return the lines that tell it."""
    from rung.workspace.batch_figures import causes_of, moves_of

    lines: list[Line] = []
    if batch.records:
        words = _("To be recorded: {n}").format(n=f"{len(batch.records):,}")
        lines += [line((words, "strong")), *_moves(moves_of(batch.records), grades)]
    if batch.refused:
        words = _("Left out, for the rules refuse them: {n}").format(n=f"{len(batch.refused):,}")
        lines += [line((words, "warning")), *_causes(causes_of(batch.refused), width)]
    return lines


def _moves(moves: Iterable[Move], grades: tuple[str, ...]) -> Iterator[Line]:
    for each in moves:
        yield (
            Span(f"{each.count:>9,}  "),
            grade_span(each.grade, grades),
            Span(" → "),
            grade_span(each.to, grades),
            _notches(each.notches),
            Span("  "),
            Span(_when(each.approvals), "pending" if each.approvals else "good"),
        )


def _notches(count: int | None) -> Span:
    if not count:
        return Span("  ◆", "strong")
    return Span(f"  ▲{count}", "up") if count > 0 else Span(f"  ▼{-count}", "down")


def _when(approvals: int) -> str:
    return (_("in effect at once"), _("needs one approval"), _("needs two approvals"))[min(approvals, 2)]


def _causes(causes: Sequence[Cause], width: int) -> Iterator[Line]:
    for each in causes[:_CAUSES]:
        names = ", ".join(each.customers[:_EXAMPLES]) + (" …" if len(each.customers) > _EXAMPLES else "")
        count = f"{len(each.customers):>9,}  "
        yield from paragraph([(count, ""), each.problem.message, (f"  {names}", "muted")], width, 11)
    if len(causes) > _CAUSES:
        more = _("… and {n} more causes").format(n=f"{len(causes) - _CAUSES:,}")
        yield line((" " * 11 + more, "muted"))
