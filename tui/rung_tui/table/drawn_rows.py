"""What a table draws: the rows in sight, one under the cursor, read from a source behind the scenes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, ClassVar, Final, Generic, NamedTuple, TypeVar

from rich.segment import Segment
from rich.style import Style
from textual.cache import LRUCache
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from rung_tui.table.cells import fit
from rung_tui.table.columns import Column
from rung_tui.table.pages import Pages
from rung_tui.table.painter import Painter
from rung_tui.table.source import RowSource
from rung_tui.table.thumb import THUMB, TRACK, thumb, top_at

__all__ = ["HEADER", "DrawnRows"]

Row = TypeVar("Row")

HEADER: Final = 1
"""Lines above the rows."""
_REMEMBERED: Final = 256
# Rows kept as drawn: scrolling by one then draws one.


class _Look(NamedTuple):
    """What every row of one drawing shares; asked for once, not once a row."""

    width: int
    top: int
    thumb: range
    base: Style
    has_focus: bool


class DrawnRows(ScrollView, Generic[Row]):
    """The rows of a RowSource, as far as they are in sight; a million are drawn as fast as ten."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "table--header",
        "table--header-sorted",
        "table--cursor",
        "table--cursor-blurred",
        "table--empty",
        "table--thumb",
    }
    DEFAULT_CSS = """
    DrawnRows {
        background: $background;
        color: $foreground;
        overflow-x: hidden;
        scrollbar-size: 0 0;
        .table--header { text-style: bold; color: $text-muted; background: $surface; }
        .table--header-sorted { text-style: bold; color: $text-accent; background: $surface; }
        .table--cursor {
            color: $block-cursor-foreground;
            background: $block-cursor-background;
            text-style: $block-cursor-text-style;
        }
        .table--cursor-blurred { background: $surface-lighten-1; text-style: bold; }
        .table--empty { color: $text-muted; text-style: italic; }
        .table--thumb { color: $primary; background: $background; }
    }
    """
    cursor: reactive[int] = reactive(0, init=False, repaint=False)
    """Place of the row under the cursor."""

    @dataclass
    class Failed(Message, namespace="virtual_table"):
        """The source could not be read."""

        table: DrawnRows[Any]
        error: Exception

    @dataclass
    class Late(Message, namespace="virtual_table"):
        """Rows that were drawn blank can be drawn."""

    def __init__(
        self,
        columns: Sequence[Column[Row]],
        source: RowSource[Row],
        *,
        empty: Callable[[], str] = str,
        widget_id: str | None = None,
    ) -> None:
        super().__init__(id=widget_id)
        self._painter = Painter(columns)
        self._empty = empty
        self._readers = ThreadPoolExecutor(max_workers=1, thread_name_prefix="rows")
        self._strips: LRUCache[tuple[int, bool, bool, _Look], Strip] = LRUCache(_REMEMBERED)
        self._pages = self._pages_of(source)
        self._look = _Look(0, 0, range(0), Style.null(), has_focus=False)
        self._told = False
        self._seen = range(0)
        # Places of the rows the columns were last made to fit.

    @property
    def source(self) -> RowSource[Row]:
        """The rows shown."""
        return self._pages.source

    @property
    def rows_in_sight(self) -> range:
        """The places of the rows drawn now."""
        top = self.scroll_offset.y
        return range(top, min(top + self._body_height, len(self.source)))

    def set_columns(self, columns: Sequence[Column[Row]]) -> None:
        """Show other columns of the rows."""
        self._painter.columns = tuple(columns)
        self.relabel()

    def reload(self) -> None:
        """Read the rows in sight anew: what the source says of them has changed."""
        self._pages = self._pages_of(self.source)
        self.relabel()

    def relabel(self) -> None:
        """Write headers and cells anew, in the language of now."""
        self._painter.forget()
        self._strips.clear()
        self.refresh()

    def on_mount(self) -> None:
        """Take the source's length for the scroll bar."""
        self._resize()

    def on_unmount(self) -> None:
        """Stop reading."""
        self._readers.shutdown(wait=False, cancel_futures=True)

    def on_resize(self) -> None:
        """Lay the columns out for the new width."""
        self._painter.forget()
        self._resize()
        self._reveal()

    def _pages_of(self, source: RowSource[Row]) -> Pages[Row]:
        self._strips.clear()
        self._seen = range(0)
        return Pages(source, self._readers, self._on_late)

    def _on_late(self) -> None:
        self.post_message(self.Late())

    def _resize(self) -> None:
        self.virtual_size = Size(self._width, len(self.source) + HEADER)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw the lines in sight, once their rows were asked for together."""
        top = self.scroll_offset.y
        here = self._pages.want(top, self._body_height)
        if self._pages.error is not None and not self._told:
            self._told = True
            self.call_later(self._tell, self._pages.error)
        is_anew = self._painter.lay_out(self._width, lambda: self._in_sight(top), is_whole=here)
        if is_anew or (here and self._widen(top)):
            self._strips.clear()
        self._pages.expect(top + self._body_height, self._body_height)
        bar = thumb(len(self.source), self._body_height, top)
        self._look = _Look(self._width, top, bar, self.rich_style, self.has_focus)
        return super().render_lines(crop)

    def _widen(self, top: int) -> bool:
        """Have columns fit the rows that came into sight; return whether one became wider."""
        before, self._seen = self._seen, range(top, top + self._body_height)
        rows = (self._pages.row(place) for place in self._seen if place not in before)
        return self._painter.widen(self._width, [each for each in rows if each is not None])

    def _tell(self, error: Exception) -> None:
        # Made here and not while drawing: a message stops at whoever was active when it was made.
        self.post_message(self.Failed(self, error))

    def _in_sight(self, top: int) -> list[Row]:
        return self._pages.rows(top, 2 * self._body_height)

    def render_line(self, y: int) -> Strip:
        """Draw one line: the header, a row, or what is said where there are none."""
        width = self._look.width
        if not len(self.source):
            return self._told_empty(y, width + 1)
        if y < HEADER:
            return self._header(width + 1)
        row_place = self._look.top + y - HEADER
        if row_place < len(self.source):
            return self._with_thumb(self._row(row_place), y - HEADER)
        return Strip.blank(width + 1, self._look.base)

    def _told_empty(self, y: int, width: int) -> Strip:
        """Draw a line of why there is nothing: no headers, which would stand over nothing."""
        from rung_tui.drawn import line, plain, wrap  # which draws by the cells of this room

        told = wrap(line(self._empty()), max(2, width - 4)) if y > 0 else []
        if not 0 < y <= len(told):
            return Strip.blank(width, self._look.base)
        style = self._look.base + self.get_component_rich_style("table--empty", partial=True)
        return Strip([Segment(fit("  " + plain(told[y - 1]), width), style)], width)

    @property
    def _width(self) -> int:
        """Cells there are for rows, the scroll bar's left out."""
        return max(0, self.size.width - 1)

    @property
    def _body_height(self) -> int:
        return max(1, self.size.height - HEADER)

    def _header(self, width: int) -> Strip:
        plain = self.get_component_rich_style("table--header")
        return self._painter.header(width, plain, self.get_component_rich_style("table--header-sorted"))

    def _with_thumb(self, row: Strip, line: int) -> Strip:
        look = self._look
        if not look.thumb:
            return row.adjust_cell_length(look.width + 1, look.base)
        end = Segment(TRACK, look.base)
        if line in look.thumb:
            end = Segment(THUMB, self.get_component_rich_style("table--thumb"))
        return Strip([*row, end], look.width + 1)

    def _row(self, row_place: int) -> Strip:
        at_cursor = row_place == self.cursor
        row = self._pages.row(row_place)
        is_marked = row is not None and self.is_marked(row)
        key = (row_place, at_cursor, is_marked, self._look._replace(top=0, thumb=range(0)))
        strip = self._strips.get(key)
        if strip is None:
            strip = self._drawn(row, at_cursor=at_cursor, is_marked=is_marked)
            if row is not None:
                self._strips[key] = strip
        return strip

    def _drawn(self, row: Row | None, *, at_cursor: bool, is_marked: bool) -> Strip:
        look, base = self._look, self._look.base
        style_of: Callable[[str], Style] = self.role_style
        if at_cursor and look.has_focus:
            base = base + self.get_component_rich_style("table--cursor", partial=True)
            style_of = _plain  # one colour on the cursor's own: others could not be read there
        elif at_cursor:
            base = base + self.get_component_rich_style("table--cursor-blurred", partial=True)
        return self._painter.row(row, look.width, base, style_of, at_cursor=at_cursor, is_marked=is_marked)

    def is_marked(self, row: Row) -> bool:
        """Whether a row bears a mark; here none does."""
        del row
        return False

    def role_style(self, role: str) -> Style:
        """Return how a cell's role is drawn; here every role is plain."""
        del role
        return Style.null()

    def _reveal(self, *, centre: bool = False) -> None:
        top, height = self.scroll_offset.y, self._body_height
        if top <= self.cursor < top + height and top <= max(0, len(self.source) - height):
            return
        if centre:
            wanted = self.cursor - height // 2
        else:
            wanted = self.cursor if self.cursor < top else self.cursor - height + 1
        wanted = max(0, min(wanted, len(self.source) - height))
        self.scroll_to(y=wanted, animate=False, force=True)

    def _scroll_to_line(self, line: int) -> None:
        top = top_at(len(self.source), self._body_height, line)
        self.scroll_to(y=top, animate=False, force=True)

    def on_virtual_table_late(self) -> None:
        """Draw what has come; the screen hears of it too, for what it shows of the row under the cursor."""
        self.refresh()


def _plain(_role: str) -> Style:
    return Style.null()
