"""What mode screens with a list share: it is read beside them, by a wish that may change meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from rung.errors import RungError
from rung_tui.modes.bars import ListStatus
from rung_tui.modes.desk import ListDesk
from rung_tui.modes.screen import ModeScreen
from rung_tui.modes.table import ModeTable

if TYPE_CHECKING:
    from rung_tui.review import Review

__all__ = ["ReadsList"]

D = TypeVar("D", bound=ListDesk)
L = TypeVar("L")


class ReadsList(ModeScreen[D]):
    """A screen with a ``ModeTable`` above a ``ListStatus``; subclasses say what is read, and show it."""

    def __init__(self, desk: D, review: Review) -> None:
        super().__init__(desk, review)
        self._failed: RungError | None = None
        """Why there is no other list than the one shown."""

    @property
    def table(self) -> ModeTable[Any]:
        """The list."""
        return self.query_one(ModeTable)

    @property
    def status(self) -> ListStatus[Any]:
        """The line below."""
        return self.query_one(ListStatus)

    async def _bring_list(self, wish: object, read: Callable[[], L], show: Callable[[L], None]) -> None:
        """Read the list by a wish and show it, unless another wish came before it was."""
        desk = self.desk
        try:
            listing = await desk.work(lambda: read() if desk.wish is wish else None)
        except RungError as error:
            if desk.wish is wish:
                self._not_read(error)
            return
        if listing is None:
            return
        if desk.wish is not wish or not self.is_attached:
            await self._give_back(listing)
            return
        old, desk.listing, self._failed = desk.listing, listing, None
        desk.wish = desk.listing.wish  # a wish may leave open what the reading settles
        show(listing)
        self._say_work("")
        if old is not None:
            await self._give_back(old)

    async def _give_back(self, listing: Any) -> None:
        """Let go of a list that is not shown, or no more."""

    def _not_read(self, error: RungError) -> None:
        """Stay with the list there is, and say why there is no other."""
        self._failed = error
        if self.desk.listing is not None:
            self.desk.wish = self.desk.listing.wish
        self.refuse(error)
        self._say_work("")
        self.table.relabel()

    def _say_work(self, work: str) -> None:
        """Say what is being worked at; "" for nothing."""
        self.status.work = work
        for bar in self.query("Bar"):
            bar.refresh()
