"""The customers of one cell of the migration, to be paged through and opened."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rung_tui.bar import Piece
from rung_tui.language import _
from rung_tui.modes.moved import MovedCustomers
from rung_tui.queue.columns import grade_cell
from rung_tui.table import Cell, Column

if TYPE_CHECKING:
    import polars as pl

    from rung_tui.review import Review

__all__ = ["MovedScreen"]


@dataclass(frozen=True, slots=True)
class _Customer:
    customer_id: str
    name: str
    before: str | None
    after: str | None
    was_in: bool
    is_in: bool


class _Customers:
    """A RowSource over the customers of a cell."""

    def __init__(self, frame: pl.DataFrame) -> None:
        self._frame = frame.select("customer_id", "customer_name", "before", "after", "was_in", "is_in")

    def __len__(self) -> int:
        return self._frame.height

    def page(self, start: int, count: int) -> Sequence[_Customer]:
        """Return ``count`` rows from ``start``."""
        rows = self._frame.slice(start, count).iter_rows()
        return [_Customer(number, name or "", *rest) for number, name, *rest in rows]


class MovedScreen(MovedCustomers[_Customer]):
    """The list; a customer opened shows the page of the later run, of the earlier one where lost."""

    def __init__(
        self,
        review: Review,
        runs: tuple[str, str],
        frame: pl.DataFrame,
        grades: Sequence[str],
        told: Callable[[], str],
    ) -> None:
        super().__init__(review, _Customers(frame), _columns(grades), empty=lambda: _("Nobody moved so."))
        self._runs, self._told = runs, told

    def heading(self) -> list[Piece]:
        """Return which cell it is."""
        return [Piece(" " + _("Monitor"), "title"), Piece(f"  {self._told()}", "strong")]

    def run_of(self, customer: _Customer) -> str:
        """Return the later run, the earlier one where the customer is no more in that."""
        return self._runs[1 if customer.is_in else 0]


def _columns(grades: Sequence[str]) -> tuple[Column[_Customer], ...]:
    def cell(grade: str | None, *, is_there: bool) -> Cell:
        if grade is None:
            return Cell(_("not graded") if is_there else "–", "muted")
        return grade_cell(grade, None, grades)

    return (
        Column("id", lambda: _("Customer"), lambda each: Cell(each.customer_id, "muted"), 8, 24, rank=1),
        Column("name", lambda: _("Name"), lambda each: Cell(each.name), 8, 60, rank=2),
        Column("before", lambda: _("Before"), lambda each: cell(each.before, is_there=each.was_in), 6, 14),
        Column("after", lambda: _("Now"), lambda each: cell(each.after, is_there=each.is_in), 6, 14),
    )
