"""The values a grade rests on, one a line: what each is now, where that came from, and what is tried."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from rung.text import display_width
from rung_tui.customer.told import Trial
from rung_tui.drawn import Line, Span, padded, strip
from rung_tui.language import words
from rung_tui.roles import role_style

if TYPE_CHECKING:
    from rung.workspace.what_if import ValueToTry

__all__ = ["ValueList"]

_MARK: Final = 2
_LEAST: Final = 6


class ValueList(ScrollView, can_focus=False):
    """Shows the values; the keys go to the line in which one is typed."""

    DEFAULT_CSS = """
    ValueList { height: 1fr; background: $surface; scrollbar-size-vertical: 1; overflow-x: hidden; }
    """
    ALLOW_SELECT = False

    @dataclass
    class Picked(Message):
        """A value was clicked."""

        place: int

    def __init__(self) -> None:
        super().__init__(id="values")
        self.values: Sequence[ValueToTry] = ()
        self.written: Mapping[str, str] = {}
        self.trial: Trial | None = None
        self._cursor = 0

    @property
    def cursor(self) -> int:
        """The place of the value that is typed."""
        return self._cursor

    @cursor.setter
    def cursor(self, place: int) -> None:
        self._cursor = max(0, min(place, len(self.values) - 1))
        top, height = self.scroll_offset.y, self.size.height
        if not top <= self._cursor < top + height:
            y = self._cursor if self._cursor < top else self._cursor - height + 1
            self.scroll_to(y=y, animate=False, force=True)
        self.refresh()

    def show(self, values: Sequence[ValueToTry], written: Mapping[str, str], trial: Trial | None) -> None:
        """Show values and what is tried of them."""
        self.values, self.written, self.trial = values, written, trial
        self._cursor = max(0, min(self._cursor, len(values) - 1))
        self.virtual_size = Size(self.size.width, len(values))
        self.styles.max_height = max(1, len(values))
        self.refresh()

    def on_resize(self) -> None:
        """Keep the value that is typed in sight."""
        self.virtual_size = Size(self.size.width, len(self.values))
        self.cursor = self._cursor

    def render_line(self, y: int) -> Strip:
        """Draw one value."""
        place, width = self.scroll_offset.y + y, self.size.width
        spans = self._drawn(place, width) if place < len(self.values) else ()
        return strip(spans, width, self.rich_style, lambda role: role_style(self.app, role))

    def _drawn(self, place: int, width: int) -> Line:
        value = self.values[place]
        is_here = place == self._cursor
        room = max(3 * _LEAST, width - _MARK - 5)
        widest = max(display_width(words(each.title)) for each in self.values)
        title = min(widest, room * 2 // 5)
        now = min(max(display_width(words(each.now)) for each in self.values), (room - title) // 2)
        rest = room - title - now
        return (
            Span("▸ " if is_here else "  ", "key"),
            padded(words(value.title), title, "strong" if is_here else ""),
            Span(" "),
            padded(words(value.now), now, "", right=True),
            Span(" "),
            self._becomes(value, rest + 3),
        )

    def _becomes(self, value: ValueToTry, width: int) -> Span:
        trial, typed = self.trial, self.written.get(value.id, "")
        if typed.strip():
            if trial is not None and value.id in trial.then.problems:
                return padded(f"✗ {typed}", width, "error")
            read = trial.then.values.get(value.id) if trial is not None else None
            return padded(f"→ {words(read) or typed}", width, "pending")
        if trial is not None and value.id in trial.then.follows:
            return padded(f"⇒ {words(trial.then.follows[value.id])}", width, "cut")
        by = f" {value.record.id}" if value.record is not None else ""
        return padded(f"  {words(value.origin.words)}{by}", width, "muted")

    def on_click(self, event: events.Click) -> None:
        """Have the value clicked typed."""
        place = self.scroll_offset.y + event.y
        if place < len(self.values):
            self.post_message(self.Picked(place))
