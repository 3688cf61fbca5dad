"""A program that says things on the line above the key hints, on whichever screen one is, and keeps them."""

from __future__ import annotations

from time import monotonic
from typing import TypeVar

from textual import events
from textual.notifications import SeverityLevel

from rung_tui.keys_in_order import KeysInOrder
from rung_tui.notice_line import NoticeLine
from rung_tui.notices import KEPT, Notice

__all__ = ["Notifying"]

T = TypeVar("T")


class Notifying(KeysInOrder[T]):
    """Says one thing at a time: until its time is over or a key is pressed, an error until it was read."""

    def __init__(self, *, ansi_color: bool | None = None) -> None:
        super().__init__(ansi_color=ansi_color)
        self.notices: list[Notice] = []
        """Every notice since the program began, oldest first."""
        self._said: tuple[Notice, float] | None = None
        # What was said last and until when it is shown; None once a key was pressed.

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = True,
    ) -> None:
        """Say something on the line above the key hints, and keep it for the list of notices."""
        notice = Notice(message, severity)
        self.notices.append(notice)
        del self.notices[:-KEPT]
        super().notify(message, title=title, severity=severity, timeout=timeout, markup=markup)
        self._said = notice, monotonic() + (self.NOTIFICATION_TIMEOUT if timeout is None else timeout)
        self.call_later(self._show_notice)

    def _show_notice(self) -> None:
        """Show what was said last, on the screen of now."""
        if self._said is None or not self.is_running:
            return
        notice, until = self._said
        if notice.severity != "error" and monotonic() >= until:
            return
        shown = self.screen.query_children(NoticeLine)
        if not shown:
            self.screen.mount(NoticeLine())
            self.call_later(self._show_notice)
        else:
            shown.first().say(notice, max(0.1, until - monotonic()))

    def _refresh_notifications(self) -> None:
        # A screen that comes to the top shows what was said meanwhile.
        self.call_later(self._show_notice)

    async def on_event(self, event: events.Event) -> None:
        """Take away what was said before a key is pressed, and do what the key is for."""
        if isinstance(event, events.Key) and self._said is not None and self.is_running:
            stays = [each.key_pressed() for each in self.screen.query_children(NoticeLine)]
            self._said = self._said if any(stays) else None
        await super().on_event(event)
