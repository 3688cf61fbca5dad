"""The page of one record or alarm over the list: read beside the screen, and again once it was worked on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from rung_tui.records.desk import RecordsDesk
from rung_tui.records.leaf import Leaf
from rung_tui.working import work

if TYPE_CHECKING:
    from rung_tui.records.screen import RecordsScreen

__all__ = ["AtHandPage"]

H = TypeVar("H")


class AtHandPage(Leaf, Generic[H]):
    """One of those listed; subclasses say how it is found, what it says and what is done with it."""

    def __init__(self, desk: RecordsDesk, number: str, over: RecordsScreen) -> None:
        super().__init__(desk)
        self.number = number
        self.at_hand: H | None = None
        self._over = over

    def on_mount(self) -> None:
        """Read it."""
        super().on_mount()
        self._read()

    def find(self) -> H:
        """Return what there is to show, for the desk's thread; raises what speaks against reading it."""
        raise NotImplementedError

    @work(group="read", exclusive=True)
    async def _read(self) -> None:
        self.is_busy = True
        try:
            self.at_hand = await self.desk.work(self.find)
        except Exception as error:
            self.refuse(error)
        self.has_read()

    def read_all(self) -> None:
        """Read it and the list below it anew, for something was done with it."""
        self._over.reread()
        self._read()

    def action_again(self) -> None:
        """Read it anew."""
        self._read()
