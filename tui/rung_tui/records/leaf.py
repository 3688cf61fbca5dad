"""A page of the mode about one thing: a title, lines to read, and what may be done with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.screen import Screen

from rung_tui.acts import acts_on, key_of
from rung_tui.bar import Piece
from rung_tui.customer.layout import paragraph
from rung_tui.drawn import Line
from rung_tui.key_hints import KeyHints
from rung_tui.language import _
from rung_tui.lines import Lines
from rung_tui.modes.bar import TALL, ModeBar
from rung_tui.modes.bars import ModeTitle
from rung_tui.records.asks import Work
from rung_tui.records.desk import RecordsDesk
from rung_tui.records.sheet import Sheet

__all__ = ["Leaf", "LeafTitle"]


class LeafTitle(ModeTitle[RecordsDesk]):
    """Which record or alarm it is."""

    def __init__(self, desk: RecordsDesk, named: Callable[[], str]) -> None:
        super().__init__(desk)
        self._named = named

    def pieces(self) -> Iterable[Piece]:
        """Return mode and title."""
        yield Piece(" Rung ", "title")
        yield Piece(" " + _("Records") + "  ", "strong", "leave")
        yield Piece(self._named())


class Leaf(Screen[None]):
    """Is read beside the screen, and anew after everything done with it."""

    MODE: ClassVar[str] = "records"
    VERTICAL_BREAKPOINTS = TALL
    DEFAULT_CSS = """
    Leaf { background: $background; color: $foreground; }
    Leaf VerticalScroll { height: 1fr; padding: 0 1; scrollbar-size-vertical: 1; }
    """

    def __init__(self, desk: RecordsDesk) -> None:
        super().__init__()
        self.desk = desk
        self.is_busy = True
        """Whether it is being read, or something is being recorded."""
        self._laid: tuple[int, list[Line]] | None = None
        # A line is asked for by each it is drawn on: all are laid out once a width.

    def compose(self) -> ComposeResult:
        """Lay out the page."""
        yield ModeBar()
        yield LeafTitle(self.desk, self.named)
        with VerticalScroll():
            yield Lines(self._lines, widget_id="whole")
        yield KeyHints()

    def on_mount(self) -> None:
        """Have keys scroll."""
        self.query_one(VerticalScroll).focus()

    def relabel(self) -> None:
        """Write everything anew, in the language of now."""
        self._laid = None
        for widget in self.query("Bar, Lines"):
            widget.refresh(layout=True)

    def named(self) -> str:
        """Return which one it is."""
        return ""

    def lines(self, width: int) -> list[Line] | None:
        """Return what there is to read, None while it is not here."""
        del width
        return None

    def _unread(self) -> str:
        return _("It could not be read; {key} reads it again.").format(key=key_of(acts_on(self), "again"))

    def _lines(self, width: int) -> list[Line]:
        if self._laid is None or self._laid[0] != width:
            lines = self.lines(width)
            if lines is None:
                if self.is_busy:
                    return paragraph([(_("Reading…"), "pending")], width)
                return paragraph([(self._unread(), "warning")], width)
            self._laid = (width, lines)
        return self._laid[1]

    def refuse(self, error: Exception) -> None:
        """Say what went wrong, in a notice that takes no focus."""
        self.notify(str(error) or type(error).__name__, severity="error", markup=False, timeout=12)

    def has_read(self) -> None:
        """Show what came."""
        self.is_busy = False
        self.relabel()

    def fill_in(self, asked: Work, done: Callable[[Any], None]) -> None:
        """Have a form filled in; ``done`` takes what was recorded."""

        def left(recorded: Any) -> None:
            if recorded is not None:
                done(recorded)

        self.app.push_screen(Sheet(self.desk, asked), left)

    def help_lines(self) -> list[tuple[str, str]]:
        """Return what the signs mean, for the page of keys."""
        return [
            ("[2 …] 3 …", _("the state of now in brackets; the number of another moves the record there")),
            ("■", _("beside a state: the record is closed by it")),
            ("● ·", _("opened; changed")),
        ]

    def action_leave(self) -> None:
        """Go back to the list."""
        self.dismiss(None)
