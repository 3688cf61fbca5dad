"""The customers of one cell of the migration, to be paged through and opened."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from rich.style import Style
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen

from rung.errors import RungError
from rung_tui.acts import Act, bindings_of
from rung_tui.bar import Bar, Piece
from rung_tui.key_hints import KeyHints
from rung_tui.language import _
from rung_tui.roles import grade_role, role_style
from rung_tui.scale import called
from rung_tui.table import Cell, Column, VirtualTable
from rung_tui.working import work

if TYPE_CHECKING:
    import polars as pl

    from rung_tui.review import Review

__all__ = ["MovedScreen", "MovedTable"]


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


class MovedTable(VirtualTable[_Customer]):
    """Who moved."""

    DEFAULT_CSS = """
    MovedTable { width: 1fr; height: 1fr; }
    """

    def role_style(self, role: str) -> Style:
        """Return how the theme draws a role."""
        return role_style(self.app, role)


class _Head(Bar):
    DEFAULT_CSS = """
    _Head { background: $panel; }
    """

    def pieces(self) -> Iterable[Piece]:
        """Return which cell it is."""
        screen = self.screen
        yield Piece(" " + _("Monitor"), "title")
        if isinstance(screen, MovedScreen):
            yield Piece(f"  {screen.told()}", "strong")


class MovedScreen(Screen[None]):
    """The list; a customer opened shows the page of the later run, of the earlier one where lost."""

    ACTS: ClassVar[tuple[Act, ...]] = (
        Act("open", lambda: _("Customer"), "enter ctrl+o"),
        Act("leave", lambda: _("Back"), "escape"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(ACTS)]
    DEFAULT_CSS = """
    MovedScreen { background: $background; color: $foreground; }
    """

    def __init__(
        self, review: Review, runs: tuple[str, str], frame: pl.DataFrame, grades: Sequence[str], told: Any
    ) -> None:
        super().__init__()
        self.review, self._runs, self._grades = review, runs, grades
        self._rows, self.told = _Customers(frame), told
        self._kept: dict[str, Review] = {}

    def compose(self) -> ComposeResult:
        """Lay out the list."""
        yield _Head()
        yield MovedTable(self._columns(), self._rows, empty=lambda: _("Nobody moved so."))
        yield KeyHints()

    def on_mount(self) -> None:
        """Have the keys go to the list."""
        self.query_one(MovedTable).focus()

    def relabel(self) -> None:
        """Write everything anew, in the language of now."""
        self.query_one(MovedTable).relabel()
        for widget in self.query("Bar"):
            widget.refresh()

    def _columns(self) -> tuple[Column[_Customer], ...]:
        def cell(grade: str | None, *, is_there: bool) -> Cell:
            if grade is None:
                return Cell(_("not graded") if is_there else "–", "muted")
            known = self._grades
            role = grade_role(known.index(grade), len(known)) if grade in known else ""
            return Cell(called(grade, known), role)

        return (
            Column("id", lambda: _("Customer"), lambda each: Cell(each.customer_id, "muted"), 8, 24, rank=1),
            Column("name", lambda: _("Name"), lambda each: Cell(each.name), 8, 60, rank=2),
            Column(
                "before", lambda: _("Before"), lambda each: cell(each.before, is_there=each.was_in), 6, 14
            ),
            Column("after", lambda: _("Now"), lambda each: cell(each.after, is_there=each.is_in), 6, 14),
        )

    @on(VirtualTable.Chosen)
    def action_open(self) -> None:
        """Open the page of the customer under the cursor."""
        found: _Customer | None = self.query_one(MovedTable).current
        if found is not None:
            self._open(found)

    @work(group="open", exclusive=True)
    async def _open(self, customer: _Customer) -> None:
        from rung_tui.due.customer import DueCustomer
        from rung_tui.due.reviewing import reread, review_of, row_of

        try:
            review = await review_of(self.review, self._kept, self._runs[1 if customer.is_in else 0])
            row = await review.telling(lambda: row_of(review, customer.customer_id))
        except RungError as error:
            self.notify(str(error), severity="error", markup=False, timeout=12)
            return
        if row is not None:
            self.app.push_screen(DueCustomer(review, row, lambda: reread(self.app, review)))

    def on_unmount(self) -> None:
        """Give the runs back that were opened for a customer's page."""
        for review in self._kept.values():
            review.close()

    def action_leave(self) -> None:
        """Go back to the migration."""
        self.dismiss(None)
