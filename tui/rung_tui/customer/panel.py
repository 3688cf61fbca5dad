"""The pane that shows a customer's page: scrolls, follows the language and the width, says when it waits."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from rung_tui.customer.page import page
from rung_tui.customer.told import Told
from rung_tui.drawn import Line, line, strip
from rung_tui.language import _, spoken
from rung_tui.roles import role_style

__all__ = ["CustomerPanel"]


class CustomerPanel(ScrollView, can_focus=True):
    """One customer's page, or a word on why there is none."""

    DEFAULT_CSS = """
    CustomerPanel {
        background: $background;
        color: $foreground;
        overflow-x: hidden;
        scrollbar-size-vertical: 1;
        scrollbar-gutter: stable;
        padding: 0 1;
    }
    CustomerPanel.-beside { border-left: vkey $panel; }
    CustomerPanel.-beside:focus { border-left: vkey $accent; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k,ｋ", "scroll_up", show=False),
        Binding("down,j,ｊ", "scroll_down", show=False),
    ]

    def __init__(self, *, widget_id: str | None = None) -> None:
        super().__init__(id=widget_id)
        self.told: Told | None = None
        self._word = ""
        self._lines: list[Line] = []
        self._made_for: tuple[object, ...] = ()

    def tell(self, told: Told) -> None:
        """Show a customer."""
        is_another = self.told is None or self.told.number != told.number
        self.told, self._word = told, ""
        if is_another:
            self.scroll_to(y=0, animate=False, force=True)
        self._remake()

    def say(self, word: str) -> None:
        """Show a word instead of a customer."""
        self.told, self._word = None, word
        self._remake()

    def relabel(self) -> None:
        """Write everything anew, in the language of now."""
        self._remake()

    def on_resize(self) -> None:
        """Lay the page out for the new width."""
        self._remake()

    def _remake(self) -> None:
        width = self.scrollable_content_region.width
        made_for = (self.told, self._word, width, spoken())
        if made_for == self._made_for or width < 20:
            return
        self._made_for = made_for
        if self.told is not None:
            self._lines = page(self.told, width)
        else:
            self._lines = [line((self._word or _("Reading…"), "muted"))]
        self.virtual_size = Size(width, len(self._lines))
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw one line of the page."""
        place = self.scroll_offset.y + y
        spans = self._lines[place] if place < len(self._lines) else ()
        return strip(spans, self.size.width, self.rich_style, lambda role: role_style(self.app, role))
