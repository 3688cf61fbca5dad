"""Keys typed ahead of a busy program, or sent at once by a slow line, reach whom they were typed for."""

from __future__ import annotations

import time
from collections import deque
from typing import Final, TypeVar

from textual import events
from textual.app import App
from textual.dom import DOMNode

__all__ = ["KeysInOrder"]

T = TypeVar("T")

_PATIENCE: Final = 2.0
# Seconds a key may take; none takes as long.
_AGAIN: Final = 0.002
# Seconds until those waiting are looked at again.


class KeysInOrder(App[T]):
    """Gives a key out once the one before has done its work.

    Textual hands a key to the widget that has the focus, and looks for its action once it has come back from
    there. Of two keys read at once, ``Tab`` and a letter, the letter would go to the field being left.
    """

    def __init__(self, *, ansi_color: bool | None = None) -> None:
        super().__init__(ansi_color=ansi_color)
        self._waiting: Final[deque[events.Key | events.Paste]] = deque()
        self._under_way: events.Event | None = None
        self._holder: DOMNode | None = None
        # Whom it was given to; one that is gone gives nothing back.
        self._since = 0.0
        self._looks_again = False

    async def on_event(self, event: events.Event) -> None:
        """Queue what was typed; all other events go their way."""
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            self._waiting.append(event)
            await self._give_out()
            return
        await super().on_event(event)
        if event is self._under_way:  # it came back: nobody on its way kept it
            self._under_way = None

    async def _give_out(self) -> None:
        while self._waiting and not self._is_busy():
            event, holder = self._waiting.popleft(), self.focused or self.screen
            await super().on_event(event)
            if event.is_forwarded:
                self._under_way, self._holder, self._since = event, holder, time.monotonic()
        if self._waiting and not self._looks_again:
            self._looks_again = True
            self.set_timer(_AGAIN, self._look_again)

    async def _look_again(self) -> None:
        self._looks_again = False
        await self._give_out()

    def _is_busy(self) -> bool:
        given = self._under_way
        if given is None or given._stop_propagation:  # noqa: SLF001 - Textual tells in no other way
            return False
        is_there = self._holder is not None and self._holder.is_attached
        return is_there and time.monotonic() < self._since + _PATIENCE
