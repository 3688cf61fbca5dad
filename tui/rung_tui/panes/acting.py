"""Makes the customer beside the queue wider or narrower, by keys or the mouse, or the only thing shown."""

from __future__ import annotations

from typing import ClassVar, Final

from textual import events

from rung_tui.language import _
from rung_tui.views.acting import ViewActing

__all__ = ["PaneActing"]

_WIDTH: Final = "beside"
_USUAL, _LEAST, _MOST, _STEP = 46, 20, 80, 4
# Per cent of the screen's width.
_ONLY_PANE: Final = "-only-beside"
_ONLY_TABLE: Final = "-only-table"


class PaneActing(ViewActing):
    """A screen with the pane ``#beside`` at its right, there while it has the class ``-beside``."""

    DEFAULT_CSS: ClassVar[str] = """
    PaneActing.-only-beside QueueTable { display: none; }
    PaneActing.-only-beside #beside { width: 1fr !important; }
    PaneActing.-only-table #beside { display: none !important; }
    """
    _is_dragging = False

    @property
    def pane_width(self) -> int:
        """Per cent of the screen the pane has."""
        kept = self.settings.memory.get(_WIDTH)
        return max(_LEAST, min(_MOST, kept)) if isinstance(kept, int) else _USUAL

    def lay_panes(self, width: int | None = None) -> None:
        """Give the pane its width, as remembered or another from now on."""
        if width is not None:
            self.settings.memory.put(_WIDTH, max(_LEAST, min(_MOST, width)))
        if self.pane_width != _USUAL or width is not None:
            self.query_one("#beside").styles.width = f"{self.pane_width}%"

    def action_resize(self, direction: int) -> None:
        """Make the pane wider or narrower."""
        if self.has_class("-beside"):
            self.lay_panes(self.pane_width + direction * _STEP)
        else:
            self.notify(
                _("No customer is beside the list: Enter shows one, where there is room."), markup=False
            )

    def action_zoom(self) -> None:
        """Have the pane in focus alone on the screen, or both again; without a pane, the customer's page."""
        if self.has_class(_ONLY_PANE) or self.has_class(_ONLY_TABLE):
            self.remove_class(_ONLY_PANE, _ONLY_TABLE)
        elif not self.has_class("-beside"):
            self.open_whole()
        elif self.query_one("#beside").has_focus:
            self.add_class(_ONLY_PANE)
        else:
            self.add_class(_ONLY_TABLE)

    def open_whole(self) -> None:
        """Open the page of the customer under the cursor over the whole screen; subclasses do."""

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Take hold of the line between list and pane."""
        region = self.query_one("#beside").region
        is_there = event.screen_x == region.x and region.y <= event.screen_y < region.bottom
        if self.has_class("-beside") and is_there:
            self._is_dragging = True
            self.capture_mouse()
            event.stop()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Drag it along."""
        if self._is_dragging and self.size.width:
            width = round(100 * (self.size.width - event.screen_x) / self.size.width)
            self.query_one("#beside").styles.width = f"{max(_LEAST, min(_MOST, width))}%"

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Let go of it where it is, and remember that."""
        if self._is_dragging:
            self._is_dragging = False
            self.release_mouse()
            self.lay_panes(round(100 * (self.size.width - event.screen_x) / self.size.width))
