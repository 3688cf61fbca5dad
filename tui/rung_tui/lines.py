"""A widget as high as the lines it draws, which are asked for at each width."""

from __future__ import annotations

from collections.abc import Callable

from textual.geometry import Region, Size
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
        self._painted: list[Line] = []

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return how many lines there are."""
        del container, viewport
        return len(self._made(width))

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw the lines; they are asked for once, not for each."""
        self._painted = self._made(self.size.width)
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """Draw one line of those asked for."""
        spans = self._painted[y] if y < len(self._painted) else ()
        return strip(spans, self.size.width, self.rich_style, lambda role: role_style(self.app, role))
