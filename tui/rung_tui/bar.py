"""One line of the screen: pieces of text, some of which do something when clicked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from textual import events
from textual.strip import Strip
from textual.widget import Widget

from rung.text import display_width
from rung_tui.acts import acts_on, key_name
from rung_tui.drawn import Span, strip
from rung_tui.roles import role_style
from rung_tui.table.cells import fit, settled

__all__ = ["Bar", "Piece"]


class Piece(NamedTuple):
    """A piece of a bar."""

    text: str
    role: str = ""
    action: str = ""
    """Textual's action a click runs, on the screen or the program."""


class Bar(Widget):
    """A line of pieces, as many as fit; subclasses say which."""

    DEFAULT_CSS = """
    Bar { height: 1; width: 1fr; }
    """
    ALLOW_SELECT = False

    def __init__(self, *, widget_id: str | None = None) -> None:
        super().__init__(id=widget_id)
        self._placed: list[tuple[range, str]] = []

    def pieces(self) -> Iterable[Piece]:
        """Return what stands in the bar, left to right."""
        return ()

    def key(self, action: str, act: str = "", *, blank: str = " ") -> Piece:
        """Return the key of an act of the screen, a click on which does it; ``act``: by another name."""
        name = next((each for each in acts_on(self.screen) if each.action == (act or action)), None)
        return Piece(blank + ("" if name is None else key_name(name.first_key)), "key", action)

    def right_pieces(self) -> Iterable[Piece]:
        """Return what stands at the right end; it gives way last."""
        return ()

    def render_line(self, y: int) -> Strip:
        """Draw the pieces."""
        del y
        width, self._placed = self.size.width, []
        right = list(self.right_pieces())
        end = min(width, sum(display_width(settled(piece.text)) for piece in right))
        spans, used = self._fitted(self.pieces(), 0, width - end - (1 if end else 0))
        spans.append(Span(" " * (width - end - used)))
        spans += self._fitted(right, width - end, end)[0]
        return strip(tuple(spans), width, self.rich_style, lambda role: role_style(self.app, role))

    def _fitted(self, pieces: Iterable[Piece], start: int, room: int) -> tuple[list[Span], int]:
        spans: list[Span] = []
        used = 0
        for piece in pieces:
            text = settled(piece.text)
            size = display_width(text)
            if used + size > room:
                if piece.action or room - used < 4:
                    break  # half a button is none
                text, size = fit(text, room - used), room - used
            if piece.action:
                self._placed.append((range(start + used, start + used + size), piece.action))
            spans.append(Span(text, piece.role))
            used += size
        return spans, used

    async def on_click(self, event: events.Click) -> None:
        """Do what the piece clicked says."""
        for cells, action in self._placed:
            if event.x in cells:
                event.stop()
                await self.screen.run_action(action)
                return
