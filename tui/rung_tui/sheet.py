"""Lines to read beside a table or on a page of their own, laid out for the width there is."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from rung_tui.drawn import Line, strip
from rung_tui.roles import role_style
from rung_tui.scroll_text import ReadingScreen

__all__ = ["Made", "Page", "Sheet"]

Made = Callable[[int], list[Line]]
"""Gives the lines for a width, in the language of now."""


def _nothing(_width: int) -> list[Line]:
    return []


class Sheet(ScrollView, can_focus=True):
    """A pane that shows what it is told to."""

    DEFAULT_CSS = """
    Sheet { padding: 0 1; scrollbar-gutter: stable; scrollbar-size-vertical: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k,ｋ", "scroll_up", show=False),
        Binding("down,j,ｊ", "scroll_down", show=False),
    ]

    def __init__(self, *, widget_id: str | None = None) -> None:
        super().__init__(id=widget_id)
        self._made: Made = _nothing
        self._lines: list[Line] = []

    def tell(self, made: Made = _nothing) -> None:
        """Show other lines, from the first."""
        self._made = made
        self.scroll_to(y=0, animate=False, force=True)
        self.lay_out()

    def on_resize(self) -> None:
        """Lay the lines out anew."""
        self.lay_out()

    def lay_out(self) -> None:
        """Write everything anew, in the language of now."""
        width = self.scrollable_content_region.width
        self._lines = self._made(width) if width > 0 else []
        self.virtual_size = Size(width, len(self._lines))
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        place = self.scroll_offset.y + y
        spans = self._lines[place] if place < len(self._lines) else ()
        return strip(spans, self.size.width, self.rich_style, lambda role: role_style(self.app, role))


class Page(ReadingScreen):
    """A page over the mode."""

    def __init__(self, heading: Callable[[], str], made: Made) -> None:
        super().__init__()
        self._heading, self._made = heading, made

    def heading(self) -> str:
        """Return the title."""
        return self._heading()

    def lines(self, width: int) -> list[Line]:
        """Return the lines for a width."""
        return self._made(width)
