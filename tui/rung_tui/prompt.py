"""A line to type in that says rightly where its cursor is: there an input method opens its window."""

from __future__ import annotations

from textual import events
from textual.geometry import Offset
from textual.widgets import Input

from rung.text import display_width

__all__ = ["Prompt"]


class Prompt(Input):
    """An input line without a frame; the program keeps the terminal's cursor where the next letter goes."""

    DEFAULT_CSS = """
    Prompt { border: none; height: 1; padding: 0 1; background: $surface; }
    Prompt:focus { border: none; background: $surface; background-tint: $foreground 5%; }
    """

    @property
    def cursor_screen_offset(self) -> Offset:
        """Return where the next letter goes: Textual's own is a cell further at the end of the text."""
        before = display_width(self.value[: self.cursor_position])
        return Offset(self.content_region.x + before - self.scroll_offset.x, self.content_region.y)

    def put(self, text: str) -> None:
        """Have a text stand here, the cursor after it, and tell nobody that it was changed."""
        with self.prevent(Input.Changed):
            self.value = text
        self.cursor_position = len(text)

    def on_focus(self, event: events.Focus) -> None:
        """Bring the terminal's cursor here: it is moved at the end of the next piece of output."""
        del event
        self.call_after_refresh(self.refresh)
