"""The pane the figures stand in: scrolls, and follows the width there is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from rung_tui.drawn import Line, strip
from rung_tui.roles import role_style

__all__ = ["MonitorPane"]


class MonitorPane(ScrollView, can_focus=True):
    """Draws what a function gives for a width and a height."""

    DEFAULT_CSS = """
    MonitorPane {
        background: $background; color: $foreground; overflow-x: hidden; padding: 0 1;
        scrollbar-size-vertical: 1; scrollbar-gutter: stable; height: 1fr;
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k,ｋ", "move(0, -1)", show=False),
        Binding("down,j,ｊ", "move(0, 1)", show=False),
        Binding("left,h,ｈ", "move(-1, 0)", show=False),
        Binding("right,l,ｌ", "move(1, 0)", show=False),
    ]
    ALLOW_SELECT = False

    @dataclass
    class Moved(Message):
        """An arrow key was pressed."""

        across: int
        down: int

    @dataclass
    class Pressed(Message):
        """A place was clicked, once or twice."""

        x: int
        y: int
        is_twice: bool

    def __init__(self, made: Callable[[int, int], list[Line]]) -> None:
        super().__init__()
        self._made = made
        self._lines: list[Line] = []

    def on_resize(self) -> None:
        """Lay the lines out anew."""
        self.lay_out()

    def lay_out(self, *, anew: bool = False) -> None:
        """Ask for the lines; ``anew``: from the top."""
        region = self.scrollable_content_region
        if region.width < 1 or region.height < 1:
            return
        self._lines = self._made(region.width, region.height)
        self.virtual_size = Size(region.width, len(self._lines))
        if anew:
            self.scroll_to(y=0, animate=False, force=True)
        self.refresh()

    def reveal(self, line: int) -> None:
        """Scroll so that a line is in sight."""
        self.scroll_to_region(Region(0, line, 1, 1), animate=False, force=True)

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        place = self.scroll_offset.y + y
        spans = self._lines[place] if place < len(self._lines) else ()
        return strip(spans, self.size.width, self.rich_style, lambda role: role_style(self.app, role))

    def action_move(self, across: int, down: int) -> None:
        """Hand an arrow key on."""
        self.post_message(self.Moved(across, down))

    def on_click(self, event: events.Click) -> None:
        """Hand a click on."""
        place = event.get_content_offset(self)
        if place is not None:
            self.post_message(self.Pressed(place.x, place.y + self.scroll_offset.y, event.chain > 1))
