"""The program itself: language, theme, palette, and what every screen shares."""

from __future__ import annotations

import os
import signal
import sys
from asyncio import get_running_loop, to_thread
from datetime import tzinfo
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from textual import events
from textual.await_complete import AwaitComplete
from textual.binding import BindingType
from textual.geometry import Offset
from textual.screen import Screen
from textual.widgets import Input, TextArea
from textual.worker import active_worker

from rung.errors import RungError
from rung.moments import set_zone
from rung.text import Language, current_language
from rung_tui.acts import Act, bindings_of, key_name, keymap, remap
from rung_tui.language import _, language_name, other_language, speak, spoken
from rung_tui.modes.mode import MODES, QUEUE
from rung_tui.notifying import Notifying
from rung_tui.plain_signs import QUESTION, PlainSigns, draws_wide, wished
from rung_tui.preferences.settings import Settings
from rung_tui.queue.screen import QueueScreen
from rung_tui.resizing import take_sizes_in_order
from rung_tui.table.vim import set_vim
from rung_tui.themes import THEMES, fitting_theme

if TYPE_CHECKING:
    from rung.workspace import Workspace
    from rung_tui.drafts.keeper import Keeper
    from rung_tui.modes.desk import Desk
    from rung_tui.review import Review

__all__ = ["ReviewApp"]

LEAST: Final = (60, 16)
"""Columns and lines below which nothing useful can be shown."""


def _zone_of(workspace: Workspace) -> tzinfo | None:
    """Return the zone of the workspace's calendar; None where it names none, or none there is."""
    try:
        return workspace.zone
    except RungError:
        return None  # said where the calendar is read


class ReviewApp(Notifying[int]):
    """The terminal program over one workspace."""

    TITLE = "Rung"
    ENABLE_COMMAND_PALETTE = False  # our own speaks both languages
    ACTS: ClassVar[tuple[Act, ...]] = (
        Act("app.palette", lambda: _("All actions"), "ctrl+p : ：", short=lambda: _("Actions")),
        Act("app.help", lambda: _("Keys"), "f1 ? ？"),
        Act("app.modes", lambda: _("Modes"), "f12", about=lambda: _("where to go: what is due, and more")),
        *(Act(mode.action, mode.title, mode.keys, hint=False, about=mode.about) for mode in MODES),
        Act("app.language", lambda: _("Language"), "f8 L", hint=False, about=language_name),
        Act("app.theme", lambda: _("Theme"), "f7 T", hint=False, about=lambda: _("dark, light, 16 colours")),
        Act(
            "app.jump",
            lambda: _("Jump"),
            "alt+g",
            hint=False,
            about=lambda: _("to a row or pane by letter"),
        ),
        Act(
            "app.notices",
            lambda: _("Notices"),
            "alt+l",
            hint=False,
            about=lambda: _("everything the program has said"),
        ),
        Act("app.quit", lambda: _("Quit"), "q ctrl+q"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(ACTS, everywhere=True)]
    CSS = """
    QueueScreen, CustomerScreen { background: $background; color: $foreground; }
    ToastRack { display: none !important; }
    .-tall ModeBar { display: block; }
    """

    def __init__(
        self,
        review: Review,
        language: Language | None = None,
        keeper: Keeper | None = None,
        settings: Settings | None = None,
    ) -> None:
        self.settings = settings or Settings()
        """What the person prefers, and what is remembered of them."""
        self._cursor_set = Offset()
        # Without colours Textual would make greys of them, and black on black of the terminal's own.
        super().__init__(ansi_color=True if "NO_COLOR" in os.environ else None)
        self.plain_signs = PlainSigns(enabled=bool(wished()))
        self._filters.append(self.plain_signs)
        self.review, self.keeper = review, keeper
        set_zone(partial(_zone_of, review.workspace))
        self.desks: dict[str, Desk] = {}
        """What the modes work on, by their ids, once they were opened."""
        speak(language or current_language())
        for theme in THEMES:
            self.register_theme(theme)
        self.failure: RungError | None = None
        """What ended the program before its time."""
        self.ended_by: signal.Signals | None = None
        """The signal that did."""
        self.begun_at_end = 0
        """How many overrides were begun and not recorded then."""
        self.theme = fitting_theme(self.settings.theme, is_wish=self.settings.wishes.theme is not None)
        set_vim(self.settings.wishes.vim)
        remap(self.settings.wishes.keys)
        self.set_keymap(keymap())
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

    async def on_mount(self) -> None:
        """Ask the terminal how wide its signs are; put back what was typed before a crash."""
        take_sizes_in_order(self)
        if wished() is None and self._driver is not None and not (self.is_headless or self.is_web):
            self._driver.write(QUESTION)
        if self.settings.wishes.problems or self.settings.wishes.keys:
            self.run_worker(self._tell_wishes(), group="say")
        if self.keeper is not None:
            self.run_worker(self.keeper.begin(self), group="say")

    def on_cursor_position(self, event: events.CursorPosition) -> None:
        """Draw in plain signs where the terminal has said that others are two cells wide."""
        if draws_wide(event.y, event.x):
            self.plain_signs.enabled = True
            for screen in self.screen_stack:
                for widget in screen.walk_children(with_self=True):
                    widget.refresh()

    def _ended_by(self, number: signal.Signals) -> None:
        self.ended_by, self.begun_at_end = number, self.begun
        self.exit(return_code=128 + number)

    def on_unmount(self) -> None:
        """Give the run back."""
        for screen in self.screen_stack:
            if isinstance(screen, QueueScreen):
                screen.review.close()
        for desk in self.desks.values():
            desk.close()

    def pop_screen(self) -> AwaitComplete:
        """Give up what a screen reads before it is taken down: what it would be shown in goes first."""
        for each in self.workers:
            if each.node is self.screen and each is not active_worker.get(None):
                each.cancel()
        return super().pop_screen()

    def action_language(self) -> None:
        """Switch between Chinese and English; every screen writes itself anew."""
        speak(other_language())
        self.settings.memory.put("language", spoken())
        for screen in self.screen_stack:
            relabel = getattr(screen, "relabel", None)
            if relabel is not None:
                relabel()

    def action_theme(self) -> None:
        """Go on to the next theme."""
        names = [theme.name for theme in THEMES]
        place = names.index(self.theme) if self.theme in names else -1
        self.theme = names[(place + 1) % len(names)]
        self.settings.memory.put("theme", self.theme.removeprefix("rung-"))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer a mode only where one is not in it."""
        if action == "mode":
            if self.screen.check_action("app.mode", parameters) is False:
                return False
            shown = [getattr(screen, "MODE", "") for screen in self.screen_stack]
            return parameters[0] not in (shown if any(shown) else [QUEUE.id])
        return super().check_action(action, parameters)

    def action_mode(self, mode_id: str) -> None:
        """Go to a mode."""
        from rung_tui.modes.opening import go_to

        try:
            go_to(self, mode_id)
        except RungError as error:
            self.notify(str(error), severity="error", markup=False, timeout=12)

    def action_modes(self) -> None:
        """Ask which mode to go to."""
        from rung_tui.modes.opening import choose_mode

        if not self.screen.is_modal:
            choose_mode(self)

    def show_customer(self, number: int) -> None:
        """Go to the queue, and there to the customer at a place in the run."""
        from rung_tui.modes.opening import go_to

        if not isinstance(self.screen, QueueScreen):
            go_to(self, QUEUE.id)
        for screen in self.screen_stack:
            if isinstance(screen, QueueScreen):
                screen.go_to_customer(number)

    def action_help(self) -> None:
        """Show every key of the screen."""
        from rung_tui.help import HelpScreen

        if self._allows_help:
            self.push_screen(HelpScreen(self.screen))

    async def _tell_wishes(self) -> None:
        """Say what is wrong with the person's preferences; they hold as far as they can be read."""
        from rung_tui.preferences.telling import problems_of

        wishes = self.settings.wishes
        for problem in await to_thread(problems_of, wishes, self):
            self.notify(str(problem), severity="warning", markup=False, timeout=10)

    def action_jump(self) -> None:
        """Show letters to go to rows and panes by."""
        from rung_tui.panes.jump import Jump, Target, targets

        def go(target: Target | None) -> None:
            if target is not None:
                target.go()

        if not self.screen.is_modal:
            self.push_screen(Jump(targets(self.screen)), go)

    def action_notices(self) -> None:
        """Show every notice there was."""
        from rung_tui.notices import NoticesScreen

        if self._allows_help:
            self.push_screen(NoticesScreen(self.notices))

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
        self.notify(_("{key} ends the program.").format(key=key_name("ctrl+q")), markup=False)

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

        begun = [each for each in (desk.begun() for desk in self.desks.values()) if each]
        if self.begun or begun:
            confirm(self, self.begun, begun)
        else:
            self.exit(0)

    def on_resize(self, event: events.Resize) -> None:
        """Say so where the terminal is too small to be of use."""
        from rung_tui.too_small import mind_size

        mind_size(self, event.size.width, event.size.height, LEAST)
