"""The field for what a person knows, in their own words."""

from __future__ import annotations

from textual import events
from textual.widgets import TextArea

__all__ = ["Narrative"]


class Narrative(TextArea):
    """Several lines of text."""

    DEFAULT_CSS = """
    Narrative { height: 4; border: none; padding: 0 1; background: $background; }
    Narrative:focus { border: none; background-tint: $foreground 5%; }
    """

    def on_focus(self, event: events.Focus) -> None:
        """Bring the terminal's cursor here: it is moved at the end of the next piece of output."""
        del event
        self.call_after_refresh(self.refresh)
