"""A widget as high as the lines it draws, which are asked for at each width."""

from __future__ import annotations

from collections.abc import Callable

from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

from rung_tui.drawn import Line, strip
from rung_tui.roles import role_style

__all__ = ["Lines"]


class Lines(Widget):
    """Draws what a function gives for its width."""

    DEFAULT_CSS = """
    Lines { height: auto; width: 1fr; }
    """
    ALLOW_SELECT = False

    def __init__(
        self, made: Callable[[int], list[Line]], *, widget_id: str | None = None, classes: str | None = None
    ) -> None:
        super().__init__(id=widget_id, classes=classes)
        self._made = made

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return how many lines there are."""
        del container, viewport
        return len(self._made(width))

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        width = self.size.width
        lines = self._made(width)
        spans = lines[y] if y < len(lines) else ()
        return strip(spans, width, self.rich_style, lambda role: role_style(self.app, role))
