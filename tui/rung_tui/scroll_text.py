"""A modal page of lines to read: keys, plugins."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.screen import ModalScreen
from textual.scroll_view import ScrollView
from textual.strip import Strip

from rung_tui.acts import Act, bindings_of
from rung_tui.drawn import Line, strip
from rung_tui.key_hints import KeyHints
from rung_tui.language import _
from rung_tui.roles import role_style

__all__ = ["Reading", "ReadingScreen"]


class Reading(ScrollView, can_focus=True):
    """Lines laid out for the width there is."""

    DEFAULT_CSS = """
    Reading { padding: 0 1; scrollbar-gutter: stable; scrollbar-size-vertical: 1; background: $surface; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k,ｋ", "scroll_up", show=False),
        Binding("down,j,ｊ", "scroll_down", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[Line] = []

    def on_resize(self) -> None:
        """Lay the lines out anew."""
        self.lay_out()

    def lay_out(self) -> None:
        """Ask the screen for its lines."""
        screen = self.screen
        if isinstance(screen, ReadingScreen):
            width = self.scrollable_content_region.width
            self._lines = screen.lines(width)
            self.virtual_size = Size(width, len(self._lines))
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        place = self.scroll_offset.y + y
        spans = self._lines[place] if place < len(self._lines) else ()
        return strip(spans, self.size.width, self.rich_style, lambda role: role_style(self.app, role))


class ReadingScreen(ModalScreen[None]):
    """A page to read; any screen of the kind says what stands in it."""

    ACTS: ClassVar[tuple[Act, ...]] = (Act("leave", lambda: _("Back"), "escape q enter"),)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(ACTS)]
    DEFAULT_CSS = """
    ReadingScreen { align: center middle; background: $background 60%; }
    ReadingScreen Reading {
        width: 90; max-width: 96%; height: auto; max-height: 84%; border: round $primary;
        border-title-color: $primary; border-title-style: bold;
    }
    """

    def heading(self) -> str:
        """Return the title."""
        return ""

    def lines(self, width: int) -> list[Line]:
        """Return the lines for a width."""
        del width
        return []

    def compose(self) -> ComposeResult:
        """Lay the page out."""
        yield Reading()
        yield KeyHints()

    def on_mount(self) -> None:
        """Name the page."""
        self.relabel()

    def relabel(self) -> None:
        """Write everything anew, in the language of now."""
        from rich.text import Text as RichText

        reading = self.query_one(Reading)
        reading.border_title = RichText(self.heading())
        reading.lay_out()

    def action_leave(self) -> None:
        """Close the page."""
        self.dismiss(None)
