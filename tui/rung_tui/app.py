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
from textual.screen import Screen

from rung.errors import RungError
from rung.text import Language, current_language
from rung_tui.acts import Act, bindings_of
from rung_tui.language import _, language_name, other_language, speak
from rung_tui.queue.screen import QueueScreen
from rung_tui.themes import THEMES, fitting_theme

if TYPE_CHECKING:
    from rung_tui.review import Review

__all__ = ["ReviewApp"]

LEAST: Final = (60, 16)
"""Columns and lines below which nothing useful can be shown."""


class ReviewApp(App[int]):
    """The terminal program over one workspace."""

    TITLE = "Rung"
    ENABLE_COMMAND_PALETTE = False  # our own speaks both languages
    ACTS: ClassVar[tuple[Act, ...]] = (
        Act("app.palette", lambda: _("All actions"), "ctrl+p : ："),
        Act("app.help", lambda: _("Keys"), "f1 ? ？"),
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
        super().__init__()
        self.review = review
        speak(language or current_language())
        for theme in THEMES:
            self.register_theme(theme)
        self.failure: RungError | None = None
        """What ended the program before its time."""
        self.theme = fitting_theme()
        self.animation_level = "none"  # what moves is the reader's eye

    def get_default_screen(self) -> Screen[None]:
        """Return the queue."""
        return QueueScreen(self.review)

    def on_mount(self) -> None:
        """Have a signal to end restore the terminal first."""
        if sys.platform == "win32":
            return
        for number in (signal.SIGTERM, signal.SIGHUP):
            get_running_loop().add_signal_handler(number, self.exit, None, 128 + number)

    def on_unmount(self) -> None:
        """Give the run back."""
        for screen in self.screen_stack:
            if isinstance(screen, QueueScreen):
                screen.review.close()

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

    def action_help(self) -> None:
        """Show every key of the screen."""
        from rung_tui.help import HelpScreen

        if not self.screen.is_modal:
            self.push_screen(HelpScreen(self.screen))

    def action_palette(self) -> None:
        """Show every action, to choose by typing."""
        from rung_tui.palette import open_palette

        if not self.screen.is_modal:
            open_palette(self)

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

    async def action_quit(self) -> None:
        """End the program."""
        self.exit(0)

    def on_resize(self, event: events.Resize) -> None:
        """Say so where the terminal is too small to be of use."""
        from rung_tui.too_small import mind_size

        mind_size(self, event.size.width, event.size.height, LEAST)
