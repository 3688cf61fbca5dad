"""Asks for the file that tells what became of the customers."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text as RichText
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input

from rung_tui.acts import Act, bindings_of
from rung_tui.customer.layout import paragraph
from rung_tui.drawn import Line
from rung_tui.key_hints import KeyHints
from rung_tui.language import _
from rung_tui.lines import Lines
from rung_tui.prompt import Prompt
from rung_tui.table.cells import settled

__all__ = ["OutcomesScreen"]


class OutcomesScreen(ModalScreen[str | None]):
    """Gives the path typed, "" for none; None where one went back."""

    ACTS: ClassVar[tuple[Act, ...]] = (
        Act("take", lambda: _("Read it"), "enter"),
        Act("leave", lambda: _("Back"), "escape"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(ACTS)]
    DEFAULT_CSS = """
    OutcomesScreen { align: center middle; background: $background 60%; }
    OutcomesScreen Vertical {
        width: 76; max-width: 96%; height: auto; border: round $primary; background: $surface;
        border-title-color: $primary; border-title-style: bold;
    }
    """

    def __init__(self, typed: str) -> None:
        super().__init__()
        self._before = typed

    def compose(self) -> ComposeResult:
        """Lay out the line to type in, and what the table is to hold."""
        with Vertical() as box:
            box.border_title = RichText(settled(_("Outcomes: which file?")))
            yield Prompt(self._before, id="path", select_on_focus=True)
            yield Lines(self._about)
        yield KeyHints()

    def on_mount(self) -> None:
        """Have the path typed."""
        self.query_one(Prompt).focus()

    def relabel(self) -> None:
        """Write everything anew, in the language of now."""
        self.query_one(Vertical).border_title = RichText(settled(_("Outcomes: which file?")))
        for widget in self.query("Bar, Lines"):
            widget.refresh(layout=True)

    @staticmethod
    def _about(width: int) -> list[Line]:
        told = _(
            "A table with customer_id, outcome (1 or 0, yes or no) and, if known, outcome_date: CSV, XLSX, "
            "Parquet. Nothing typed: no outcomes."
        )
        return paragraph([(told, "muted")], width, 0)

    @property
    def typed(self) -> str:
        """What was typed."""
        return self.query_one(Prompt).value

    @on(Input.Submitted)
    def action_take(self) -> None:
        """Give the path."""
        self.dismiss(self.typed.strip())

    def action_leave(self) -> None:
        """Leave things as they are."""
        self.dismiss(None)
