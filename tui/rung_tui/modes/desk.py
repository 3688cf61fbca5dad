"""What a mode works on beside the screen, kept while the program runs; one thread for all of it."""

from __future__ import annotations

from asyncio import get_running_loop
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from rung.moments import now
from rung_tui.language import spoken

if TYPE_CHECKING:
    from rung.workspace import Workspace

__all__ = ["Desk", "ListDesk", "doors_of"]

_Result = TypeVar("_Result")


@dataclass
class Desk:
    """A mode's side beside the screen: whatever reads or records is for ``work``."""

    workspace: Workspace
    """With doors of its own, see ``doors_of``."""
    has_changed: bool = field(default=False, init=False)
    """Whether something was recorded that the queue has not read yet."""
    _thread: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(1, thread_name_prefix="desk"), init=False, repr=False
    )

    async def work(self, work: Callable[[], _Result]) -> _Result:
        """Do work beside the screen, one after the other, with the core's words in the screen's language."""
        return await get_running_loop().run_in_executor(self._thread, lambda: (spoken(), work())[1])

    def close(self) -> None:
        """End what is under way and give back what is held open."""
        self._thread.submit(self.give_back)
        self._thread.shutdown(wait=True)

    def give_back(self) -> None:
        """Let go of runs and ledgers held open; done last, as work is."""

    def begun(self) -> str:
        """Return what was typed and not recorded, in words; nothing where that is nothing."""
        return ""

    @staticmethod
    def now() -> datetime:
        """Return the moment it is."""
        return now()


class ListDesk(Desk):
    """The side beside a screen that has a list."""

    wish: Any
    """Which list is wanted."""
    listing: Any
    """The one shown, with the ``wish`` it was read by; None before the first."""


def doors_of(workspace: Workspace) -> Workspace:
    """Return the workspace anew, reading nothing yet: a desk's ledger is used by no thread but its own."""
    return replace(workspace)
