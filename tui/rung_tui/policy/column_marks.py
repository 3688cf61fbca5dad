"""Pickers of the dialog that begins a policy: the columns to grade by, and one of several in one line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from rung_tui.drawn import Line, line, strip
from rung_tui.language import _
from rung_tui.override.pickers import Picker
from rung_tui.roles import role_style
from rung_tui.table.cells import fit

if TYPE_CHECKING:
    from rung.adopting.columns import OwnColumn

__all__ = ["ColumnMarks", "LinePicker"]

_LINES: Final = 7
# Lines of columns in sight: with the fields above them they fit into 24.


class LinePicker(Picker):
    """One of several, the picked one shown between arrows."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "step(-1)", show=False),
        Binding("right,space", "step(1)", show=False),
    ]
    DEFAULT_CSS = """
    LinePicker { height: 1; width: 1fr; background: $surface; }
    LinePicker:focus { background: $surface; background-tint: $foreground 8%; }
    """

    def __init__(self, words: Callable[[], Sequence[str]], picked: int, *, widget_id: str) -> None:
        super().__init__(len(words()), picked, widget_id=widget_id)
        self._words = words

    def offer(self, picked: int) -> None:
        """Take over that there is something else to pick from."""
        self.count = len(self._words())
        self.picked = picked
        self.refresh()

    def action_step(self, by: int) -> None:
        """Go to the next, from the last to the first."""
        self.picked = ((self.picked or 0) + by) % self.count

    def render_line(self, y: int) -> Strip:
        """Draw the one picked."""
        if y:
            return self.strip_of(())
        word = self._words()[self.picked or 0]
        place = f"  {(self.picked or 0) + 1}/{self.count}"
        sign = "key" if self.has_focus else "muted"
        return self.strip_of(line((" < ", sign), (word, "strong"), (" >", sign), (place, "muted")))

    def on_click(self, event: events.Click) -> None:
        """Go back by the left arrow, else on."""
        self.action_step(-1 if event.x < 3 else 1)


class ColumnMarks(Widget, can_focus=True):
    """The columns of a table below one another: which are graded by, and of which less is better."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("pageup", "move(-7)", show=False),
        Binding("pagedown", "move(7)", show=False),
        Binding("space", "mark", show=False),
        Binding("left,right", "turn", show=False),
    ]
    DEFAULT_CSS = """
    ColumnMarks { background: $surface; height: 1; }
    ColumnMarks:focus { background: $surface; background-tint: $foreground 8%; }
    """

    @dataclass
    class Marked(Message):
        """What is graded by has changed."""

    def __init__(self, *, widget_id: str) -> None:
        super().__init__(id=widget_id)
        self.columns: tuple[OwnColumn, ...] = ()
        self.chosen: frozenset[str] = frozenset()
        self.less: frozenset[str] = frozenset()
        self.is_single = False
        """Whether one column alone is graded by."""
        self.cursor = 0

    def show(self, columns: Sequence[OwnColumn], chosen: frozenset[str], less: frozenset[str]) -> None:
        """Show columns, some of them marked."""
        self.columns, self.chosen, self.less = tuple(columns), chosen, less
        self.cursor = min(self.cursor, max(0, len(self.columns) - 1))
        self.styles.height = max(1, min(_LINES, len(self.columns)))
        self.refresh(layout=True)

    def action_move(self, by: int) -> None:
        """Go to another column."""
        self.cursor = max(0, min(len(self.columns) - 1, self.cursor + by))
        self.refresh()

    def action_mark(self) -> None:
        """Grade by the column, or no more."""
        if not self.columns:
            return
        column = self.columns[self.cursor].id
        self.chosen = frozenset({column}) if self.is_single else self.chosen ^ {column}
        self._marked()

    def action_turn(self) -> None:
        """Have less of it better, or more again."""
        if self.columns:
            self.less ^= {self.columns[self.cursor].id}
            self._marked()

    def _marked(self) -> None:
        self.refresh()
        self.post_message(self.Marked())

    @property
    def _first(self) -> int:
        height = max(1, min(_LINES, len(self.columns)))
        return max(0, min(self.cursor - height // 2, len(self.columns) - height))

    def render_line(self, y: int) -> Strip:
        """Draw one column."""
        return strip(
            self._drawn(self._first + y, self.size.width),
            self.size.width,
            self.rich_style,
            lambda role: role_style(self.app, role),
        )

    def _drawn(self, place: int, width: int) -> Line:
        if place >= len(self.columns):
            return line((_("The columns stand here once the table is read."), "muted")) if not place else ()
        column = self.columns[place]
        is_chosen, is_here = column.id in self.chosen, place == self.cursor
        sign = "▸ " if is_here and self.has_focus else "  "
        way = _("less is better") if column.id in self.less else _("more is better")
        about = _("{count} different").format(count=f"{len(set(column.values)):,}")
        told = f"{way if is_chosen and column.kind.is_numeric else ''}"
        name = fit(f"{'[x]' if is_chosen else '[ ]'} {column.header}", max(12, width - 46))
        return line(
            (sign, "key"), (name, "strong" if is_chosen else ""), f"  {fit(about, 20)}", (told, "key")
        )

    def on_click(self, event: events.Click) -> None:
        """Mark what was clicked."""
        place = self._first + event.y
        if place < len(self.columns):
            self.cursor = place
            self.action_mark()
