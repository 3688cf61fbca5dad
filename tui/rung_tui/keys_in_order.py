"""Keys typed ahead of a busy program, or sent at once by a slow line, reach whom they were typed for."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterable
from typing import Any, Final, TypeVar

from textual import events
from textual.app import App
from textual.dom import DOMNode
from textual.screen import Screen
from textual.worker import Worker

__all__ = ["KeysInOrder"]

T = TypeVar("T")

_PATIENCE: Final = 2.0
# Seconds a key may take; none takes as long.
_HELD: Final = 10.0
# Seconds a key waits for a dialog, or for what is recorded: what hangs must not take Ctrl+Q along.
_AGAIN: Final = 0.002
# Seconds until those waiting are looked at again.


class KeysInOrder(App[T]):
    """Gives a key out once the one before has done its work.

    Textual hands a key to the widget that has the focus, and looks for its action once it has come back from
    there. Of two keys read at once, ``Tab`` and a letter, the letter would go to the field being left; of
    ``o`` and a letter, the letter would go to the list below a dialog that is not up yet. Keys wait for a
    screen to be laid out, for a worker that opens one (``opens=True`` of ``rung_tui.working.work``), and
    while the screen says by ``holds_keys`` that they are for what comes next.
    """

    def __init__(self, *, ansi_color: bool | None = None) -> None:
        super().__init__(ansi_color=ansi_color)
        self._waiting: Final[deque[events.Key | events.Paste]] = deque()
        self._under_way: events.Event | None = None
        self._holder: DOMNode | None = None
        # Whom it was given to; one that is gone gives nothing back.
        self._since = 0.0
        self._laid_out: Screen[Any] | None = None
        # The screen last found laid out.
        self._opening: tuple[Worker[Any], Screen[Any]] | None = None
        # What is about to open a screen, and over which.
        self._looks_again = False

    @property
    def has_keys_waiting(self) -> bool:
        """Whether a key was typed that nobody has taken yet."""
        return bool(self._waiting) or self._is_under_way()

    def hold_for(self, opening: Worker[Any]) -> None:
        """Have keys wait until a worker has put another screen over the one shown, or has ended."""
        self._opening = opening, self.screen

    def give_again(self, keys: Iterable[events.Key]) -> None:
        """Give out keys somebody kept meanwhile, before those typed since."""
        self._waiting.extendleft(reversed([events.Key(each.key, each.character) for each in keys]))
        self.call_later(self._give_out)

    def forget_keys(self) -> None:
        """Drop what was typed ahead: it was typed for something that did not come."""
        self._waiting.clear()

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
        while self._waiting and not (self._is_under_way() or self._is_held()):
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

    def _is_under_way(self) -> bool:
        given = self._under_way
        if given is None or given._stop_propagation:  # noqa: SLF001 - Textual tells in no other way
            return False
        is_there = self._holder is not None and self._holder.is_attached
        return is_there and time.monotonic() < self._since + _PATIENCE

    def _is_held(self) -> bool:
        """Return whether keys wait for what comes."""
        is_held = self._is_laying_out() or self._is_opening() or getattr(self.screen, "holds_keys", False)
        return is_held and time.monotonic() < self._waiting[0].time + _HELD

    def _is_laying_out(self) -> bool:
        """Return whether the screen was put up just now: its focus is set by what it has posted meanwhile."""
        if self.screen is self._laid_out:
            return False
        if self.screen.stack_updates:
            self._laid_out = self.screen
        return True

    def _is_opening(self) -> bool:
        if self._opening is None:
            return False
        worker, below = self._opening
        if worker.is_finished or self.screen is not below:
            self._opening = None
        return self._opening is not None
