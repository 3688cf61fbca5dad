"""The list of customers who moved from one grade to another, each opened with Enter; a mode says which."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar, Generic, Protocol, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen

from rung.errors import RungError
from rung_tui.acts import Act, bindings_of
from rung_tui.bar import Bar, Piece
from rung_tui.key_hints import KeyHints
from rung_tui.language import _
from rung_tui.modes.customers import CustomerPages
from rung_tui.modes.table import ModeTable
from rung_tui.table import Column, RowSource, VirtualTable
from rung_tui.working import work

if TYPE_CHECKING:
    from rung_tui.review import Review

__all__ = ["Moved", "MovedCustomers"]


class Moved(Protocol):
    """A customer of the list."""

    @property
    def customer_id(self) -> str:
        """Return which one."""
        ...


M = TypeVar("M", bound=Moved)


class _Title(Bar):
    DEFAULT_CSS = """
    _Title { background: $panel; }
    """

    def __init__(self, made: Callable[[], Iterable[Piece]]) -> None:
        super().__init__(widget_id="title")
        self._made = made

    def pieces(self) -> Iterable[Piece]:
        """Return what the list is about."""
        return self._made()


class MovedCustomers(Screen[None], Generic[M]):
    """A list over the mode; subclasses say what is about whom, and in which run one is opened."""

    ACTS: ClassVar[tuple[Act, ...]] = (
        Act("open", lambda: _("Customer"), "enter ctrl+o"),
        Act("leave", lambda: _("Back"), "escape"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(ACTS)]
    DEFAULT_CSS = """
    MovedCustomers { background: $background; color: $foreground; }
    """

    def __init__(
        self,
        review: Review,
        rows: RowSource[M],
        columns: Sequence[Column[M]],
        *,
        empty: Callable[[], str],
    ) -> None:
        super().__init__()
        self.review = review
        self._rows, self._columns, self._empty = rows, columns, empty
        self._pages = CustomerPages(review)

    def heading(self) -> Iterable[Piece]:
        """Return the title, in the language of now."""
        raise NotImplementedError

    def run_of(self, customer: M) -> str:
        """Return the run in which a customer is opened: the one on screen, unless a mode says another."""
        del customer
        return self.review.manifest.run_id

    def compose(self) -> ComposeResult:
        """Lay out the title and the list."""
        yield _Title(self.heading)
        yield ModeTable(self._columns, self._rows, empty=self._empty)
        yield KeyHints()

    @property
    def table(self) -> ModeTable[M]:
        """The list."""
        return self.query_one(ModeTable)

    def on_mount(self) -> None:
        """Have the keys go to the list."""
        self.table.focus()

    def relabel(self) -> None:
        """Write everything anew, in the language of now."""
        self.table.relabel()
        for widget in self.query(Bar):
            widget.refresh()

    @on(VirtualTable.Chosen)
    def action_open(self) -> None:
        """Open the page of the customer under the cursor."""
        customer = self.table.current
        if customer is not None:
            self._open(customer)

    @work(group="open", exclusive=True, opens=True)
    async def _open(self, customer: M) -> None:
        try:
            await self._pages.open(self.app, self.run_of(customer), customer.customer_id)
        except RungError as error:
            self.notify(str(error), severity="error", markup=False, timeout=12)

    def on_unmount(self) -> None:
        """Give the runs back that were opened for a customer's page."""
        self._pages.close()

    def action_leave(self) -> None:
        """Go back to where the list was asked for."""
        self.dismiss(None)
