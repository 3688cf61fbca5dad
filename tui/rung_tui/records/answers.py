"""What takes an answer: a line, several lines, or one of several choices; by keys, letters and the mouse."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import TextArea

from rung.text import display_width
from rung_tui.chooser import Choice, Chooser
from rung_tui.drawn import Line, Span, strip
from rung_tui.queue.search import folded
from rung_tui.roles import role_style
from rung_tui.table.cells import fit, settled

__all__ = ["ChoiceBox", "Option", "TextBox"]


@dataclass(frozen=True, slots=True)
class Option:
    """One choice."""

    id: str
    title: Callable[[], str]
    """In the language of now."""
    role: str = ""


class TextBox(TextArea):
    """Several lines of text; it grows with what is typed."""

    DEFAULT_CSS = """
    TextBox { height: auto; min-height: 1; max-height: 6; border: none; padding: 0 1; width: 1fr;
              background: $background; scrollbar-size-vertical: 1; }
    TextBox:focus { border: none; background-tint: $foreground 5%; }
    """

    def __init__(self, text: str, *, widget_id: str) -> None:
        super().__init__(
            text, id=widget_id, soft_wrap=True, tab_behavior="focus", highlight_cursor_line=False
        )

    def on_focus(self, event: events.Focus) -> None:
        """Bring the terminal's cursor here: it is moved at the end of the next piece of output."""
        del event
        self.call_after_refresh(self.refresh)


class ChoiceBox(Widget, can_focus=True):
    """Choices side by side, each with its number, the one picked in brackets; Enter finds one by typing."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "step(-1)", show=False),
        Binding("right", "step(1)", show=False),
        Binding("backspace,delete", "pick('')", show=False),
        Binding("enter", "find", show=False),
        Binding("space", "step(1)", show=False),
    ]
    DEFAULT_CSS = """
    ChoiceBox { height: auto; width: 1fr; background: $background; }
    ChoiceBox:focus { background-tint: $foreground 5%; }
    """
    ALLOW_SELECT = False

    @dataclass
    class Picked(Message):
        """Another choice was made."""

        box: ChoiceBox

    def __init__(
        self, options: Sequence[Option], picked: str, *, title: Callable[[], str], widget_id: str
    ) -> None:
        super().__init__(id=widget_id)
        self._options, self._title = tuple(options), title
        self.picked = picked
        """The id of the choice, "" while there is none."""

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the lines the choices take."""
        del container, viewport
        return max((y for y, _cells, _place in self._placed(width)), default=0) + 1

    def _named(self, place: int) -> str:
        option = self._options[place]
        number = f"{place + 1} " if place < 9 else ""
        title = settled(option.title())
        return f"[{number}{title}]" if option.id == self.picked else f" {number}{title} "

    def _placed(self, width: int) -> Iterator[tuple[int, range, int]]:
        """Yield line, cells and place of each choice."""
        y, x = 0, 2
        for place in range(len(self._options)):
            size = min(display_width(self._named(place)), max(1, width - 2))
            if x + size > width and x > 2:
                y, x = y + 1, 2
            yield y, range(x, x + size), place
            x += size + 1

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        spans = self.drawn(y, self.size.width)
        return strip(spans, self.size.width, self.rich_style, lambda role: role_style(self.app, role))

    def drawn(self, y: int, width: int) -> Line:
        """Return a line of choices."""
        spans = [Span("▸ " if self.has_focus and not y else "  ", "key")]
        for at, cells, place in self._placed(width):
            if at == y:
                option = self._options[place]
                role = "chosen" if option.id == self.picked else option.role
                spans += [Span(fit(self._named(place), len(cells)), role), Span(" ")]
        return tuple(spans)

    def action_step(self, by: int) -> None:
        """Go to the next choice."""
        ids = [each.id for each in self._options]
        if not ids:
            return
        at = ids.index(self.picked) + by if self.picked in ids else (0 if by > 0 else -1)
        self.action_pick(ids[at % len(ids)])

    def action_pick(self, option: str) -> None:
        """Pick a choice by its id, none for an empty one."""
        if option != self.picked:
            self.picked = option
            self.refresh(layout=True)
            self.post_message(self.Picked(self))

    def action_find(self) -> None:
        """Find a choice by typing."""

        def choices() -> list[Choice]:
            return [Choice(each.id, each.title()) for each in self._options]

        def chosen(option: str | None) -> None:
            if option is not None:
                self.action_pick(option)

        self.app.push_screen(Chooser(self._title, choices, self.picked), chosen)

    def on_key(self, event: events.Key) -> None:
        """Pick by number, or the next choice that begins with a letter."""
        if event.character is None or not (typed := folded(event.character).strip()):
            return
        if typed.isdecimal():
            if 0 < int(typed) <= min(9, len(self._options)):
                self._take(event, self._options[int(typed) - 1].id)
            return
        fitting = [
            each.id for each in self._options if folded(each.title()).startswith(typed) or each.id == typed
        ]
        if fitting:
            place = fitting.index(self.picked) + 1 if self.picked in fitting else 0
            self._take(event, fitting[place % len(fitting)])

    def _take(self, event: events.Key, option: str) -> None:
        event.stop()
        event.prevent_default()
        self.action_pick(option)

    def on_click(self, event: events.Click) -> None:
        """Pick what was clicked; what is picked already is let go."""
        for y, cells, place in self._placed(self.size.width):
            if y == event.y and event.x in cells:
                option = self._options[place].id
                self.action_pick("" if option == self.picked else option)
                return

    def on_focus(self) -> None:
        """Show that keys go here."""
        self.refresh()

    def on_blur(self) -> None:
        """Show that they do not."""
        self.refresh()
