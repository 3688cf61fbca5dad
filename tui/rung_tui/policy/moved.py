"""The customers whom a change moves: who, from which grade to which, and why; one is opened with Enter."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rung.text import Text
from rung_tui.bar import Piece
from rung_tui.language import _, spoken, words
from rung_tui.modes.moved import MovedCustomers
from rung_tui.policy.effect import Effect, headline
from rung_tui.queue.columns import grade_cell
from rung_tui.scale import scale_of_policy
from rung_tui.table import Cell, Column

if TYPE_CHECKING:
    import polars as pl

    from rung.simulation import Simulation
    from rung_tui.review import Review

__all__ = ["MovedScreen", "Movers"]


@dataclass(frozen=True, slots=True)
class Mover:
    """One customer who moves."""

    customer_id: str
    name: str
    before: str | None
    after: str | None
    movement: str
    cause: Text


class Movers:
    """A RowSource over those who move, the ones who fall first."""

    def __init__(self, found: Simulation) -> None:
        self.found = found
        self._frame = _ordered(found.movers)
        self._causes: dict[str, Text] = {}

    def __len__(self) -> int:
        return int(self._frame.height)

    def page(self, start: int, count: int) -> Sequence[Mover]:
        """Return ``count`` customers from ``start``."""
        spoken()
        columns = ("customer_id", "customer_name", "before_grade", "after_grade", "movement", "cause")
        rows = self._frame.slice(start, count).select(columns).iter_rows()
        return [
            Mover(str(one), name or "", before, after, str(movement), self._cause(str(cause)))
            for one, name, before, after, movement, cause in rows
        ]

    def _cause(self, code: str) -> Text:
        from rung.simulation.causes import cause_text

        if code not in self._causes:
            self._causes[code] = cause_text(code, self.found.before.compiled, self.found.after.compiled)
        return self._causes[code]


def _ordered(movers: pl.DataFrame) -> pl.DataFrame:
    return movers.sort("movement", maintain_order=True)  # “down” comes first of all movements


class MovedScreen(MovedCustomers[Mover]):
    """The list; from a sample only those of the sample stand in it, and the title says so."""

    def __init__(self, effect: Effect, movers: Movers, review: Review) -> None:
        super().__init__(review, movers, _columns(movers.found), empty=lambda: _("Nobody moves."))
        self._effect = effect

    def heading(self) -> list[Piece]:
        """Return how many move."""
        return [
            Piece(" " + _("Whom it moves"), "strong"),
            Piece("  " + headline(self._effect), "muted"),
        ]


def _columns(found: Simulation) -> tuple[Column[Mover], ...]:
    before, after = (scale_of_policy(each.compiled.policy) for each in (found.before, found.after))
    return (
        Column("id", lambda: _("Customer"), lambda each: Cell(each.customer_id, "muted"), 6, 20, rank=2),
        Column("name", lambda: _("Name"), lambda each: Cell(each.name), 8, 40, rank=3),
        Column("before", lambda: _("before"), lambda each: _grade(each.before, before), 4, 14),
        Column("after", lambda: _("after"), _after(after), 4, 14),
        Column("cause", lambda: _("Cause"), lambda each: Cell(words(each.cause)), 12, 60, rank=1),
    )


def _after(grades: Sequence[str]) -> Callable[[Mover], Cell]:
    signs = {"up": "▲", "down": "▼"}

    def cell(mover: Mover) -> Cell:
        found = _grade(mover.after, grades)
        return Cell(f"{signs.get(mover.movement, '')}{found.text}", found.role)

    return cell


def _grade(grade: str | None, grades: Sequence[str]) -> Cell:
    return Cell(_("not graded"), "muted") if grade is None else grade_cell(grade, None, grades)
