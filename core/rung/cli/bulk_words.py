"""Shows what becomes of many proposals at once: from which grades, after what, who is refused and why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from rung.cli.record_words import plain_record
from rung.cli.terminal import grid, line
from rung.text import _
from rung.workspace.batch_figures import causes_of, moves_of
from rung.workspace.record_words import notches_words

if TYPE_CHECKING:
    from rich.console import Console

    from rung.errors import Problem
    from rung.ledger import Batch, InputRecord

__all__ = ["plain_batch", "show_batch"]

_EXAMPLES: Final = 3
_CAUSES: Final = 12


def show_batch(batch: Batch, screen: Console, *, is_done: bool) -> None:
    """Print how many are overruled from which grades, and why the others are not."""
    if batch.records:
        n = f"{len(batch.records):,}"
        words = _("Given {grade}: {n}") if is_done else _("Would be given {grade}: {n}")
        screen.print(line(words.format(n=n, grade=batch.records[0].proposed_grade), "bold"))
        screen.print(_moves(batch.records))
    if batch.refused:
        words = _("Refused: {n}")
        screen.print(line(words.format(n=f"{len(batch.refused):,}"), "bold yellow"))
        screen.print(_refusals(batch.refused))


def _moves(records: Sequence[InputRecord]) -> Any:
    rows = (
        (
            each.grade or _("not graded"),
            notches_words(each.notches),
            f"{each.count:,}",
            _after(each.approvals),
        )
        for each in moves_of(records)
    )
    return grid((_("from"), _("notches"), _("customers"), _("when")), rows, right=(1, 2))


def _after(needed: int) -> str:
    match needed:
        case 0:
            return _("at once")
        case 1:
            return _("after one approval")
    return _("after {n} approvals").format(n=needed)


def _refusals(refused: Sequence[tuple[str, Sequence[Problem]]]) -> Any:
    """Return each cause once, with how many it holds for and a few of them."""
    causes = causes_of(refused)
    rows = [
        (f"{len(each.customers):,}", each.problem.message, _examples(each.customers))
        for each in causes[:_CAUSES]
    ]
    if len(causes) > _CAUSES:
        rows.append(("", _("… and {n} more causes").format(n=f"{len(causes) - _CAUSES:,}"), ""))
    return grid((_("customers"), _("why"), _("such as")), rows, right=(0,))


def _examples(customers: Sequence[str]) -> str:
    shown = ", ".join(customers[:_EXAMPLES])
    return f"{shown} …" if len(customers) > _EXAMPLES else shown


def plain_batch(
    records: Sequence[InputRecord], refused: Sequence[tuple[str, Sequence[Problem]]], today: date
) -> dict[str, Any]:
    """Return what became of many proposals, for JSON."""
    return {
        "overrides": [plain_record(each, today) for each in records],
        "refused": [
            {"customer_id": customer, "problems": [str(problem) for problem in problems]}
            for customer, problems in refused
        ],
    }
