"""The pane that shows a customer's page or sections of it: scrolls, follows language and width."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from rung_tui.customer.page import LaidOut, laid_out
from rung_tui.customer.told import Told
from rung_tui.drawn import line, strip, wrap
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
        Binding("enter", "whole", show=False),
        Binding("w,ｗ,f2", "whole(True)", show=False),
    ]

    def __init__(self, *, widget_id: str | None = None) -> None:
        super().__init__(id=widget_id)
        self.told: Told | None = None
        self.sections: frozenset[str] | None = None
        """Which sections are shown; None: all."""
        self._word = ""
        self._laid = LaidOut([], {})
        self._made_for: tuple[object, ...] = ()
        self._sought = ""
        # The section gone to last.

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Open the page from beside a queue; on the page itself one is there already."""
        return self.has_class("-beside") if action == "whole" else super().check_action(action, parameters)

    def action_whole(self, is_trying: bool = False) -> None:
        """Open the whole page of the customer beside the queue; or have other values tried there."""
        from rung_tui.customer.screen import CustomerScreen
        from rung_tui.queue.screen import QueueScreen

        queue = self.screen
        if isinstance(queue, QueueScreen):
            self.app.push_screen(CustomerScreen(queue.review, queue, is_trying=is_trying))

    def tell(self, told: Told) -> None:
        """Show a customer."""
        is_another = self.told is None or self.told.number != told.number
        is_another |= self.told is not None and (self.told.tried is None) != (told.tried is None)
        self.told, self._word = told, ""
        if is_another:
            self._sought = ""
            self.scroll_to(y=0, animate=False, force=True)
        self._remake()

    def say(self, word: str) -> None:
        """Show a word instead of a customer."""
        self.told, self._word = None, word
        self._remake()

    def show_sections(self, sections: frozenset[str] | None) -> None:
        """Show these sections, all for None."""
        self.sections = sections
        self._remake()

    @property
    def begun(self) -> frozenset[str]:
        """The sections that have something to say."""
        return frozenset(self._laid.begins)

    def go_to(self, section: str) -> bool:
        """Bring a section to the top; return whether it is here."""
        if section not in self._laid.begins:
            return False
        self._sought = section
        self.scroll_to(y=self._laid.begins[section], animate=False, force=True, immediate=True)
        return True

    def relabel(self) -> None:
        """Write everything anew, in the language of now."""
        self._remake()

    def on_resize(self) -> None:
        """Lay the page out for the new width."""
        self._remake()

    def _remake(self) -> None:
        width = self.scrollable_content_region.width
        made_for = (self.told, self._word, self.sections, width, spoken())
        if made_for == self._made_for or width < 20:
            return
        self._made_for = made_for
        stays = self._is_at(self._sought)
        if self.told is not None:
            self._laid = laid_out(self.told, width, self.sections)
        else:
            told = wrap(line((self._word or _("Reading…"), "muted")), width)
            self._laid = LaidOut(told, {})
        self.virtual_size = Size(width, len(self._laid.lines))
        if stays:  # more was read, above it or below: whoever went to a section is there still
            self.go_to(self._sought)
        self.refresh()

    def _is_at(self, section: str) -> bool:
        begins = self._laid.begins.get(section)
        return begins is not None and self.scroll_offset.y == min(begins, self.max_scroll_y)

    def render_line(self, y: int) -> Strip:
        """Draw one line of the page."""
        place = self.scroll_offset.y + y
        lines = self._laid.lines
        spans = lines[place] if place < len(lines) else ()
        return strip(spans, self.size.width, self.rich_style, lambda role: role_style(self.app, role))
