"""Pickers that show every choice at once and are worked by arrows, letters and the mouse."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from rung.text import Text, display_width
from rung_tui.drawn import Line, Span, line, strip
from rung_tui.language import words
from rung_tui.queue.search import folded
from rung_tui.roles import grade_role, role_style
from rung_tui.scale import called
from rung_tui.table.cells import fit

__all__ = ["GradePicker", "Picker", "ReasonPicker"]


class Picker(Widget, can_focus=True):
    """One of several choices, none at first."""

    picked: reactive[int | None] = reactive(None)
    """Place of the choice."""

    @dataclass
    class Picked(Message):
        """Another choice was made."""

        picker: Picker

    def __init__(self, count: int, picked: int | None = None, *, widget_id: str | None = None) -> None:
        super().__init__(id=widget_id)
        self.count = count
        self.set_reactive(Picker.picked, picked)

    def validate_picked(self, value: int | None) -> int | None:
        """Keep to the choices there are."""
        return None if value is None else max(0, min(value, self.count - 1))

    def watch_picked(self) -> None:
        """Tell the dialog."""
        self.post_message(self.Picked(self))

    def action_step(self, by: int) -> None:
        """Go to the next choice."""
        self.picked = (0 if by > 0 else self.count - 1) if self.picked is None else self.picked + by

    def strip_of(self, drawn: Line) -> Strip:
        """Return one line of the picker as the screen takes it."""
        return strip(drawn, self.size.width, self.rich_style, lambda role: role_style(self.app, role))


class GradePicker(Picker):
    """The grades side by side, best first; the model's in brackets."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "step(-1)", show=False),
        Binding("right", "step(1)", show=False),
    ]
    DEFAULT_CSS = """
    GradePicker { height: auto; width: auto; max-width: 70%; background: $surface; }
    GradePicker:focus { background: $surface; background-tint: $foreground 8%; }
    """

    def __init__(
        self, grades: Sequence[str], model: str | None, picked: int | None, *, widget_id: str
    ) -> None:
        super().__init__(len(grades), picked, widget_id=widget_id)
        self._grades, self._model = grades, model

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """Return the cells the grades take."""
        del container, viewport
        return sum(display_width(text) + 1 for text in map(self._named, self._grades)) + 2

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the lines the grades take: thirty of them take several."""
        del container, viewport
        return max(y for y, _x, _place in self._placed(width)) + 1

    def _placed(self, width: int) -> Iterator[tuple[int, range, int]]:
        """Yield line, cells and place of each grade."""
        y, x = 0, 2
        for place, grade in enumerate(self._grades):
            size = display_width(self._named(grade)) + 1
            if x + size > width and x > 2:
                y, x = y + 1, 2
            yield y, range(x, x + size), place
            x += size

    def action_step(self, by: int) -> None:
        """Go to the next grade, from the model's at first."""
        if self.picked is None and self._model in self._grades:
            self.picked = self._grades.index(self._model) + by
        else:
            super().action_step(by)

    def _named(self, grade: str) -> str:
        name = called(grade, self._grades)
        return f"({name})" if grade == self._model else f" {name} "

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        return self.strip_of(self.drawn(y, self.size.width))

    def drawn(self, y: int, width: int) -> Line:
        """Return a line of grades, the picked one reversed."""
        spans = [Span("▸ " if self.has_focus and not y else "  ", "key")]
        for at, _cells, place in self._placed(width):
            if at == y:
                role = "chosen" if place == self.picked else grade_role(place, self.count)
                spans += [Span(self._named(self._grades[place]), role), Span(" ")]
        return tuple(spans)

    def on_click(self, event: events.Click) -> None:
        """Pick what was clicked."""
        for y, cells, place in self._placed(self.size.width):
            if y == event.y and event.x in cells:
                self.picked = place

    def on_key(self, event: events.Key) -> None:
        """Pick a grade by typing it, in half or full width."""
        for place, grade in enumerate(self._grades):
            if event.character and folded(event.character) == folded(grade):
                self.picked = place
                event.stop()


class ReasonPicker(Picker):
    """The reasons below one another."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "step(-1)", show=False),
        Binding("down", "step(1)", show=False),
        Binding("space,enter", "pick", show=False),
    ]
    DEFAULT_CSS = """
    ReasonPicker { background: $surface; }
    ReasonPicker:focus { background: $surface; background-tint: $foreground 8%; }
    """

    def __init__(self, titles: Sequence[Text], picked: int | None, *, widget_id: str) -> None:
        super().__init__(len(titles), picked, widget_id=widget_id)
        self._titles = tuple(titles)
        self.styles.height = len(titles)

    def action_pick(self) -> None:
        """Pick the line marked, where nothing is picked yet."""
        if self.picked is None:
            self.picked = 0

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        return self.strip_of(self.drawn(y, self.size.width))

    def drawn(self, y: int, width: int) -> Line:
        """Return one reason."""
        if y >= self.count:
            return ()
        here = y == self.picked
        # With nothing picked yet the first line shows where the keys go.
        mark = "▸" if self.has_focus and y == (self.picked or 0) else " "
        text = fit(f"{mark} {'(•)' if here else '( )'} {words(self._titles[y])}", width)
        return line((text, "strong" if here else ""))

    def on_click(self, event: events.Click) -> None:
        """Pick what was clicked."""
        self.picked = event.y
