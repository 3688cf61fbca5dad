"""The outcomes a contact can have, each with its letter: pressing it, or a click, logs the contact."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from rung_tui.drawn import Line, Span, line, padded, strip
from rung_tui.language import _, words
from rung_tui.roles import role_style

if TYPE_CHECKING:
    from rung.policy.outcome import OutcomeInEffect

__all__ = ["TALL", "Outcomes"]

_COLUMN: Final = 10
# More outcomes than these stand in several columns; in a tall terminal more than twice as many.
TALL: Final = 34
"""Lines from which a terminal is tall."""


class Outcomes(Widget, can_focus=True):
    """Takes a letter, or the number of a line: an input method lets numbers through."""

    DEFAULT_CSS = """
    Outcomes { width: 2fr; height: auto; background: $surface; }
    Outcomes.-many { width: 4fr; }
    Outcomes:focus { background: $surface; background-tint: $foreground 5%; }
    """
    ALLOW_SELECT = False

    @dataclass
    class Pressed(Message):
        """An outcome was meant."""

        outcome: OutcomeInEffect

    @dataclass
    class Unknown(Message):
        """A key was pressed that no outcome has."""

        key: str

    def __init__(self) -> None:
        super().__init__(id="outcomes")
        self.outcomes: tuple[OutcomeInEffect, ...] = ()
        self.is_telling = False
        """Whether an outcome was meant, and whoever records it has not heard of it yet."""

    def offer(self, outcomes: Sequence[OutcomeInEffect]) -> None:
        """Offer these outcomes."""
        if tuple(outcomes) != self.outcomes:
            self.outcomes = tuple(outcomes)
            self.set_class(self._columns > 1, "-many")
            self.refresh(layout=True)

    @property
    def letters(self) -> str:
        """The letters there are."""
        return " ".join(each.key for each in self.outcomes)

    @property
    def _columns(self) -> int:
        lines = _COLUMN if self.app.size.height < TALL else 2 * _COLUMN
        return max(1, -(-len(self.outcomes) // lines))

    @property
    def _lines(self) -> int:
        return -(-len(self.outcomes) // self._columns)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return a line for what the letters do, and those of the outcomes."""
        del container, viewport, width
        return 1 + self._lines

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        spans = self._drawn(y, self.size.width)
        return strip(spans, self.size.width, self.rich_style, lambda role: role_style(self.app, role))

    def _drawn(self, y: int, width: int) -> Line:
        if y == 0:
            return line(("▸ " if self.has_focus else "  ", "key"), (_("One letter logs it:"), "muted"))
        spans: list[Span] = []
        each_width = width // self._columns
        for place in range(y - 1, len(self.outcomes), self._lines):
            outcome = self.outcomes[place]
            spans += [
                Span("  "),
                Span(f"{outcome.key} ", "key"),
                padded(words(outcome.title), each_width - 4),
            ]
        return tuple(spans)

    def on_resize(self) -> None:
        """Stand in as many columns as the height asks for."""
        self.set_class(self._columns > 1, "-many")

    def on_key(self, event: events.Key) -> None:
        """Take small letters and numbers, in half or full width; all else is for the screen."""
        if event.character is None:
            return
        key = unicodedata.normalize("NFKC", event.character)
        if len(key) != 1 or not (key.isascii() and (key.islower() or key.isdigit())):
            return
        event.stop()
        event.prevent_default()
        found = next((each for each in self.outcomes if each.key == key), None)
        if found is None and key.isdigit() and 0 < int(key) <= len(self.outcomes):
            found = self.outcomes[int(key) - 1]
        self.is_telling = True
        self.post_message(self.Unknown(key) if found is None else self.Pressed(found))

    def on_click(self, event: events.Click) -> None:
        """Take the outcome clicked."""
        place = (
            event.y
            - 1
            + self._lines * min(self._columns - 1, event.x // max(1, self.size.width // self._columns))
        )
        if event.y and place < len(self.outcomes):
            self.post_message(self.Pressed(self.outcomes[place]))

    def on_focus(self) -> None:
        """Show that letters go here."""
        self.refresh()

    def on_blur(self) -> None:
        """Show that they do not."""
        self.refresh()
