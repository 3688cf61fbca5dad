"""The program itself: language, theme, palette, and what every screen shares."""

from __future__ import annotations

import os
import signal
import sys
from asyncio import get_running_loop
from typing import TYPE_CHECKING, ClassVar, Final

from textual import events
from textual.app import App
from textual.binding import BindingType
from textual.geometry import Offset
from textual.screen import Screen
from textual.widgets import Input, TextArea

from rung.errors import RungError
from rung.text import Language, current_language
from rung_tui.acts import Act, bindings_of
from rung_tui.language import _, language_name, other_language, speak
from rung_tui.queue.screen import QueueScreen
from rung_tui.themes import THEMES, fitting_theme

if TYPE_CHECKING:
    from rung_tui.due.desk import DueDesk
    from rung_tui.review import Review

__all__ = ["ReviewApp"]

LEAST: Final = (60, 16)
"""Columns and lines below which nothing useful can be shown."""


class ReviewApp(App[int]):
    """The terminal program over one workspace."""

    TITLE = "Rung"
    ENABLE_COMMAND_PALETTE = False  # our own speaks both languages
    ACTS: ClassVar[tuple[Act, ...]] = (
        Act("app.palette", lambda: _("All actions"), "ctrl+p : ：", short=lambda: _("Actions")),
        Act("app.help", lambda: _("Keys"), "f1 ? ？"),
        Act("app.due", lambda: _("Due"), "d f12", about=lambda: _("what is due to whom; log contacts")),
        Act("app.language", lambda: _("Language"), "f8 L", hint=False, about=language_name),
        Act("app.theme", lambda: _("Theme"), "f7 T", hint=False, about=lambda: _("dark, light, 16 colours")),
        Act("app.quit", lambda: _("Quit"), "q ctrl+q"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(ACTS, everywhere=True)]
    CSS = """
    QueueScreen, CustomerScreen { background: $background; color: $foreground; }
    ToastRack { margin-bottom: 1; }
    """

    def __init__(self, review: Review, language: Language | None = None) -> None:
        self._cursor_set = Offset()
        # Without colours Textual would make greys of them, and black on black of the terminal's own.
        super().__init__(ansi_color=True if "NO_COLOR" in os.environ else None)
        self.review = review
        self.due: DueDesk | None = None
        """What the mode Due works on, once it was opened."""
        speak(language or current_language())
        for theme in THEMES:
            self.register_theme(theme)
        self.failure: RungError | None = None
        """What ended the program before its time."""
        self.ended_by: signal.Signals | None = None
        """The signal that did."""
        self.begun_at_end = 0
        """How many overrides were begun and not recorded then."""
        self.theme = fitting_theme()
        self.animation_level = "none"  # what moves is the reader's eye

    def get_default_screen(self) -> Screen[None]:
        """Return the queue."""
        return QueueScreen(self.review)

    @property
    def cursor_position(self) -> Offset:
        """Where the terminal's cursor stands: in the text being typed, whatever has moved that since.

        An input method opens its window there, before the first letter.
        """
        typed = self.focused if self.is_running and self.screen_stack else None
        return typed.cursor_screen_offset if isinstance(typed, Input | TextArea) else self._cursor_set

    @cursor_position.setter
    def cursor_position(self, place: Offset) -> None:
        self._cursor_set = place

    def on_load(self) -> None:
        """Have a signal to end restore the terminal first."""
        if sys.platform == "win32":
            return
        for number in (signal.SIGTERM, signal.SIGHUP):
            get_running_loop().add_signal_handler(number, self._ended_by, number)

    def _ended_by(self, number: signal.Signals) -> None:
        self.ended_by, self.begun_at_end = number, self.begun
        self.exit(return_code=128 + number)

    def on_unmount(self) -> None:
        """Give the run back."""
        for screen in self.screen_stack:
            if isinstance(screen, QueueScreen):
                screen.review.close()
        if self.due is not None:
            self.due.close()

    def action_language(self) -> None:
        """Switch between Chinese and English; every screen writes itself anew."""
        speak(other_language())
        for screen in self.screen_stack:
            relabel = getattr(screen, "relabel", None)
            if relabel is not None:
                relabel()

    def action_theme(self) -> None:
        """Go on to the next theme."""
        names = [theme.name for theme in THEMES]
        place = names.index(self.theme) if self.theme in names else -1
        self.theme = names[(place + 1) % len(names)]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer a mode only where one is not in it."""
        if action == "due":
            return all(getattr(screen, "MODE", "") != action for screen in self.screen_stack)
        return super().check_action(action, parameters)

    def action_due(self) -> None:
        """Show what is due, and log contacts."""
        from rung_tui.due.opening import open_due

        open_due(self)

    def action_help(self) -> None:
        """Show every key of the screen."""
        from rung_tui.help import HelpScreen

        if self._allows_help:
            self.push_screen(HelpScreen(self.screen))

    def action_palette(self) -> None:
        """Show every action, to choose by typing."""
        from rung_tui.palette import open_palette

        if self._allows_help:
            open_palette(self)

    @property
    def _allows_help(self) -> bool:
        return not self.screen.is_modal or getattr(self.screen, "ALLOWS_HELP", False)

    def action_help_quit(self) -> None:
        """Say how to end: Ctrl+C copies, and is pressed by habit."""
        self.notify(_("^Q ends the program."), markup=False)

    @property
    def crash(self) -> Exception | None:
        """The mistake of ours that ended the program, if one did."""
        return self._exception

    def _print_error_renderables(self) -> None:
        # The verb says it in one line, like every verb; Textual's pages of it are for who asks.
        if self._exception is None or "RUNG_TRACEBACK" in os.environ:
            super()._print_error_renderables()

    def on_queue_screen_given_up(self, message: QueueScreen.GivenUp) -> None:
        """End the program; the error is told once the screen is restored."""
        self.failure = message.error
        self.exit(return_code=2)

    @property
    def begun(self) -> int:
        """How many overrides were begun and not recorded."""
        return sum(not form.is_blank for form in self.review_now.drafts.values())

    @property
    def review_now(self) -> Review:
        """The run on screen, which may be another than the one opened first."""
        queues = [screen for screen in self.screen_stack if isinstance(screen, QueueScreen)]
        return queues[0].review if queues else self.review

    async def action_quit(self) -> None:
        """End the program; where overrides or contacts were begun and not recorded, ask first."""
        from rung_tui.leaving import confirm

        contacts = 0 if self.due is None else self.due.begun
        if self.begun or contacts:
            confirm(self, self.begun, contacts)
        else:
            self.exit(0)

    def on_resize(self, event: events.Resize) -> None:
        """Say so where the terminal is too small to be of use."""
        from rung_tui.too_small import mind_size

        mind_size(self, event.size.width, event.size.height, LEAST)
