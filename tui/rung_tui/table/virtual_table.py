"""The widget: a table whose cursor goes from row to row by keys and the mouse, and opens what it is on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, TypeVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message

from rung_tui.table import vim
from rung_tui.table.columns import SortSign
from rung_tui.table.drawn_rows import HEADER, DrawnRows
from rung_tui.table.painter import GUTTER
from rung_tui.table.source import RowSource

__all__ = ["VirtualTable"]

Row = TypeVar("Row")


class VirtualTable(DrawnRows[Row], can_focus=True):
    """A table over a RowSource; a million rows open as fast as ten."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("k,ｋ", "vim_move(-1)", show=False),
        Binding("j,ｊ", "vim_move(1)", show=False),
        Binding("g,ｇ", "vim_end(-1)", show=False),
        Binding("G,Ｇ", "vim_end(1)", show=False),
        Binding("ctrl+d", "vim_half(1)", show=False),
        Binding("ctrl+u", "vim_half(-1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("home,ctrl+home", "end(-1)", show=False),
        Binding("end,ctrl+end", "end(1)", show=False),
        Binding("enter", "choose", show=False),
    ]

    HAS_MARKS: ClassVar[bool] = False
    """Whether rows can be marked, in the cells before them."""

    @dataclass
    class Moved(Message):
        """The cursor came to another row, or other rows came under it."""

        table: VirtualTable[Any]

    @dataclass
    class Chosen(Message):
        """A row was opened, by Enter or a double click."""

        table: VirtualTable[Any]
        place: int

    @dataclass
    class HeaderPressed(Message):
        """A column's header was clicked."""

        table: VirtualTable[Any]
        column: str

    @dataclass
    class MarkPressed(Message):
        """The place before a row was clicked, where its mark stands."""

        table: VirtualTable[Any]
        place: int
        to_here: bool
        """Whether it is meant for every row since the last one marked."""

    @property
    def current(self) -> Row | None:
        """The row under the cursor, None where there is none or it is not read yet."""
        if not len(self.source):
            return None
        self._pages.want(self.cursor, 1)
        return self._pages.row(self.cursor)

    def show(
        self, source: RowSource[Row], *, cursor: int = 0, sorted_by: tuple[str, SortSign] | None = None
    ) -> None:
        """Show other rows, or the same in another order, with the cursor at one of them."""
        self._pages = self._pages_of(source)
        self._painter.sorted_by = sorted_by
        self._painter.forget()
        self._told = False
        self._resize()
        self.set_reactive(VirtualTable.cursor, max(0, min(cursor, len(source) - 1)))
        self._reveal(centre=True)
        self.refresh()
        self.post_message(self.Moved(self))

    def watch_cursor(self, before: int, now: int) -> None:
        """Redraw the two rows and tell whoever follows the cursor."""
        self.refresh_lines(before + HEADER, 1)
        self.refresh_lines(now + HEADER, 1)
        self._reveal()
        self.cursor_came()
        self.post_message(self.Moved(self))

    def cursor_came(self) -> None:
        """Have whatever shows the cursor's place drawn together with it; for subclasses."""

    def validate_cursor(self, value: int) -> int:
        """Keep the cursor on a row."""
        return max(0, min(value, len(self.source) - 1))

    def action_move(self, by: int) -> None:
        """Move the cursor by rows."""
        self.cursor += by

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave vim's keys to others where they are not wished for."""
        return vim.allows(action) if action.startswith("vim_") else super().check_action(action, parameters)

    def action_vim_move(self, by: int) -> None:
        """Move the cursor by rows."""
        self.action_move(by)

    def action_vim_end(self, direction: int) -> None:
        """Move the cursor to the first or the last row."""
        self.action_end(direction)

    def action_vim_half(self, direction: int) -> None:
        """Move the cursor by half a screenful."""
        self.cursor += direction * max(1, self._body_height // 2)

    def action_page(self, direction: int) -> None:
        """Move the cursor, and what is in sight, by a screenful."""
        height = self._body_height
        top = max(0, min(self.scroll_offset.y + direction * height, len(self.source) - height))
        self.scroll_to(y=top, animate=False, force=True)
        self.cursor += direction * height

    def action_end(self, direction: int) -> None:
        """Move the cursor to the first or the last row."""
        self.cursor = 0 if direction < 0 else len(self.source) - 1

    def action_choose(self) -> None:
        """Open the row under the cursor."""
        if len(self.source):
            self.post_message(self.Chosen(self, self.cursor))

    def on_click(self, event: events.Click) -> None:
        """Put the cursor where the mouse points; open on a double click; headers sort."""
        if event.y < HEADER:
            column = self._painter.column_at(event.x)
            if column is not None:
                self.post_message(self.HeaderPressed(self, column))
            return
        row_place = self.scroll_offset.y + event.y - HEADER
        if row_place < len(self.source) and event.x < self._width:
            if event.x < GUTTER and self.HAS_MARKS:
                self.post_message(self.MarkPressed(self, row_place, to_here=event.shift))
                return
            self.cursor = row_place
            if event.chain == 2:
                self.action_choose()

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Take hold of the scroll bar."""
        if event.x >= self._width and event.y >= HEADER and self._look.thumb:
            self.capture_mouse()
            self._scroll_to_line(event.y - HEADER)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Drag it along."""
        if self.app.mouse_captured is self:
            self._scroll_to_line(event.y - HEADER)

    def on_mouse_up(self) -> None:
        """Let go of it."""
        if self.app.mouse_captured is self:
            self.release_mouse()

    def on_focus(self) -> None:
        """Show the cursor as the keys' own."""
        self.refresh()

    def on_blur(self) -> None:
        """Show the cursor as another's."""
        self.refresh()
