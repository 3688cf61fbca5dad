"""A line to type in that an input method can rely on: the terminal's cursor stands where the text goes."""

from __future__ import annotations

from textual import events
from textual.geometry import Offset
from textual.widgets import Input

from rung.text import display_width

__all__ = ["Prompt"]


class Prompt(Input):
    """An input whose place on screen is told to the terminal from its first focus on.

    Textual tells it when the text or the selection changes; an input method, however, opens its window
    before the first letter, so it must be told on focus, and whenever the layout moves the line.
    """

    DEFAULT_CSS = """
    Prompt { border: none; height: 1; padding: 0 1; background: $surface; }
    Prompt:focus { border: none; background: $surface; background-tint: $foreground 5%; }
    """

    @property
    def cursor_screen_offset(self) -> Offset:
        """Return where the next letter goes: Textual's own is a cell further at the end of the text."""
        before = display_width(self.value[: self.cursor_position])
        return Offset(self.content_region.x + before - self.scroll_offset.x, self.content_region.y)

    def on_focus(self, event: events.Focus) -> None:
        """Bring the terminal's cursor here once the line has its place."""
        del event
        self.call_after_refresh(self._tell_place)

    def on_resize(self, event: events.Resize) -> None:
        """Bring it along when the line moves."""
        del event
        if self.has_focus:
            self.call_after_refresh(self._tell_place)

    def _tell_place(self) -> None:
        if self.has_focus:
            self.app.cursor_position = self.cursor_screen_offset
            self.refresh()  # the cursor is moved at the end of the next piece of output
