"""The customers whom a change moves: who, from which grade to which, and why; one is opened with Enter."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.style import Style
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen

from rung.errors import RungError
from rung.text import Text
from rung_tui.acts import Act, bindings_of
from rung_tui.bar import Bar, Piece
from rung_tui.key_hints import KeyHints
from rung_tui.language import _, spoken, words
from rung_tui.policy.effect import Effect, headline
from rung_tui.roles import grade_role, role_style
from rung_tui.scale import called, scale_of_policy
from rung_tui.table import Cell, Column, VirtualTable
from rung_tui.working import work

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


class MoverTable(VirtualTable[Mover]):
    """Those who move."""

    DEFAULT_CSS = """
    MoverTable { width: 1fr; height: 1fr; min-height: 4; }
    """

    def role_style(self, role: str) -> Style:
        """Return how the theme draws a role."""
        return role_style(self.app, role)


class _Title(Bar):
    """How many move."""

    DEFAULT_CSS = """
    _Title { background: $panel; }
    """

    def __init__(self, effect: Effect) -> None:
        super().__init__(widget_id="title")
        self._effect = effect

    def pieces(self) -> list[Piece]:
        """Return the headline."""
        return [
            Piece(" " + _("Whom it moves"), "strong"),
            Piece("  " + headline(self._effect), "muted"),
        ]


class MovedScreen(Screen[None]):
    """The list; from a sample only those of the sample stand in it, and the title says so."""

    ACTS: ClassVar[tuple[Act, ...]] = (
        Act("open", lambda: _("Customer"), "enter ctrl+o"),
        Act("leave", lambda: _("Back"), "escape"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(ACTS)]
    DEFAULT_CSS = """
    MovedScreen { background: $background; color: $foreground; }
    """

    def __init__(self, effect: Effect, movers: Movers, review: Review) -> None:
        super().__init__()
        self._effect, self._movers, self._review = effect, movers, review

    def compose(self) -> ComposeResult:
        """Lay out the title and the list."""
        yield _Title(self._effect)
        columns = _columns(self._movers.found)
        yield MoverTable(columns, self._movers, empty=lambda: _("Nobody moves."))
        yield KeyHints()

    def on_mount(self) -> None:
        """Have the keys go to the list."""
        self.query_one(MoverTable).focus()

    def relabel(self) -> None:
        """Write everything anew, in the language of now."""
        self.query_one(MoverTable).relabel()
        for widget in self.query(Bar):
            widget.refresh()

    @on(VirtualTable.Chosen)
    def action_open(self) -> None:
        """Open the page of the customer."""
        mover = self.query_one(MoverTable).current
        if mover is not None:
            self._open(mover.customer_id)

    @work(group="open", exclusive=True)
    async def _open(self, customer: str) -> None:
        from rung_tui.due.customer import DueCustomer
        from rung_tui.due.reviewing import reread, row_of

        review = self._review
        try:
            row = await review.telling(lambda: row_of(review, customer))
        except RungError as error:
            self.notify(str(error), severity="error", markup=False, timeout=12)
            return
        if row is not None:
            self.app.push_screen(DueCustomer(review, row, lambda: reread(self.app, review)))

    def action_leave(self) -> None:
        """Go back to the policy."""
        self.dismiss(None)


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
    if grade is None:
        return Cell(_("not graded"), "muted")
    role = grade_role(grades.index(grade), len(grades)) if grade in grades else ""
    return Cell(called(grade, grades), role)
