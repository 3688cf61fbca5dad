"""The line above the key hints that says what was said last: it lies over the status line and no row."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, Final

from textual.strip import Strip
from textual.widget import Widget

from rung.text import display_width
from rung_tui.acts import acts_on, key_of
from rung_tui.drawn import Line, line, plain, strip, wrap
from rung_tui.language import _
from rung_tui.roles import role_style
from rung_tui.table import VirtualTable
from rung_tui.table.cells import fit

if TYPE_CHECKING:
    from rung_tui.notices import Notice

__all__ = ["NoticeLine"]

_ROWS: Final = 3
# Rows an error may take where it lies over no row being worked on.
_READ: Final = 1.0
# Seconds an error stays whatever is pressed: who types on must see that there was one.
_SIGNS: Final = {"error": ("✗ ", "error"), "warning": ("! ", "warning")}


class NoticeLine(Widget):
    """What was said last, until a key is pressed; what is no error goes by itself."""

    DEFAULT_CSS = """
    NoticeLine {
        layer: _toastrack; dock: bottom; margin-bottom: 1; width: 100%; height: 1; background: $panel;
        display: none;
    }
    """
    DEFAULT_CLASSES = "-textual-system"  # stays where a screen is composed anew
    ALLOW_SELECT = False

    def __init__(self) -> None:
        super().__init__()
        self._notice: Notice | None = None
        self._lines: list[Line] = []
        self._since = 0.0

    def say(self, notice: Notice, seconds: float) -> None:
        """Show a notice; one that is no error for so many seconds."""
        self._notice, self._since = notice, monotonic()
        self._lay_out()
        self.display = True
        if notice.severity != "error":
            self.set_timer(seconds, lambda: self._gone(notice))

    def key_pressed(self) -> bool:
        """Go, for a key was pressed; return whether it stays: what was not read yet does."""
        notice = self._notice
        stays = notice is not None and notice.severity == "error" and monotonic() - self._since < _READ
        if notice is not None and not stays:
            self._gone(notice)
        return stays

    def _gone(self, notice: Notice) -> None:
        if self._notice is notice:
            self._notice = None
            self.display = False

    def on_resize(self) -> None:
        """Lay the words out for the width there is."""
        self._lay_out()

    def _lay_out(self) -> None:
        notice, width = self._notice, self.screen.size.width
        if notice is None or width < 2:
            return
        sign = _SIGNS.get(notice.severity, ("", ""))
        spans = line(" ", sign, (" ".join(notice.text.split()), "strong" if not sign[1] else ""))
        lines = wrap(spans, width - 1, 3)
        rows = 1 if notice.severity == "information" else min(_ROWS, len(lines), self._free())
        self._lines = (
            lines if len(lines) <= rows else [*lines[: rows - 1], self._cut(lines[rows - 1 :], width)]
        )
        self.styles.height = rows
        self.refresh(layout=True)

    def _cut(self, rest: list[Line], width: int) -> Line:
        """Return what is left as one line, with the key by which all of it is read."""
        more = _("  {key}: all of it").format(key=key_of(acts_on(self.app), "app.notices"))
        room = max(8, width - 1 - display_width(more))
        text = " ".join(plain(each).strip() for each in rest)
        return line((fit(f" {text}", room), "strong"), (more, "muted"))

    def _free(self) -> int:
        """Return how many rows at the bottom may be covered: not the one a list's cursor is on."""
        table = self.screen.focused
        if not isinstance(table, VirtualTable) or not len(table.source):
            return _ROWS
        row = table.region.y + 1 + table.cursor - table.scroll_offset.y
        return max(1, self.screen.size.height - 2 - row)

    def render_line(self, y: int) -> Strip:
        """Draw one line of it."""
        spans = self._lines[y] if y < len(self._lines) else ()
        return strip(spans, self.size.width, self.rich_style, lambda role: role_style(self.app, role))
