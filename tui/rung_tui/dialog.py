"""What dialogs over a screen share: a box in the middle of it, with a title in the language of now."""

from __future__ import annotations

from typing import TypeVar

from rich.text import Text as RichText
from textual.containers import Vertical
from textual.screen import ModalScreen

from rung_tui.table.cells import settled

__all__ = ["Dialog"]

R = TypeVar("R")


class Dialog(ModalScreen[R]):
    """Subclasses lay out ``box()`` with what is in it, and say how wide it is."""

    DEFAULT_CSS = """
    Dialog { align: center middle; background: $background 60%; }
    Dialog > Vertical {
        max-width: 100%; height: auto; border: round $primary; background: $surface;
        border-title-color: $primary; border-title-style: bold;
    }
    """

    def heading(self) -> str:
        """Return the title, in the language of now."""
        raise NotImplementedError

    def box(self) -> Vertical:
        """Return the box, with its title."""
        box = Vertical(id="box")
        box.border_title = RichText(settled(self.heading()))
        return box

    def relabel(self) -> None:
        """Write everything anew, in the language of now."""
        self.query_one("#box").border_title = RichText(settled(self.heading()))
        for widget in self.query("Lines, Picker, Outcomes, Bar"):
            widget.refresh(layout=True)
