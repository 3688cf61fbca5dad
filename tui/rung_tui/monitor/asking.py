"""Asks for the file that tells what became of the customers."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.widgets import Input

from rung_tui.acts import Act, bindings_of
from rung_tui.customer.layout import paragraph
from rung_tui.drawn import Line
from rung_tui.language import _
from rung_tui.one_line import OneLine

__all__ = ["OutcomesScreen"]


class OutcomesScreen(OneLine):
    """Gives the path typed, "" for none; None where one went back."""

    ACTS: ClassVar[tuple[Act, ...]] = (
        Act("take", lambda: _("Read it"), "enter"),
        Act("leave", lambda: _("Back"), "escape"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(ACTS)]

    def __init__(self, typed: str) -> None:
        super().__init__(typed, is_selected=True)

    def heading(self) -> str:
        """Return what is asked."""
        return _("Outcomes: which file?")

    def told(self, width: int) -> list[Line]:
        """Return what the table is to hold."""
        text = _(
            "A table with customer_id, outcome (1 or 0, yes or no) and, if known, outcome_date: CSV, XLSX, "
            "Parquet. Nothing typed: no outcomes."
        )
        return paragraph([(text, "muted")], width, 0)

    @on(Input.Submitted)
    def action_take(self) -> None:
        """Give the path."""
        self.dismiss(self.typed.strip())
