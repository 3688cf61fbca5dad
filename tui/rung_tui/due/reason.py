"""Asks why a contact is taken back: the ledger wants a reason; Enter takes the usual one."""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from typing import Any, ClassVar

from rich.text import Text as RichText
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input

from rung_tui.acts import Act, bindings_of
from rung_tui.key_hints import KeyHints
from rung_tui.language import _
from rung_tui.prompt import Prompt
from rung_tui.table.cells import settled

__all__ = ["ReasonScreen"]


class ReasonScreen(ModalScreen[str | None]):
    """Gives the reason, None where the contact stays."""

    ACTS: ClassVar[tuple[Act, ...]] = (
        Act("take", lambda: _("Take back"), "enter"),
        Act("leave", lambda: _("Back"), "escape"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(ACTS)]
    DEFAULT_CSS = """
    ReasonScreen { align: center middle; background: $background 60%; }
    ReasonScreen Vertical {
        width: 76; max-width: 96%; height: auto; border: round $primary; background: $surface;
        border-title-color: $primary; border-title-style: bold;
    }
    """

    def __init__(
        self, question: Callable[[], str], usual: str, typed: MutableMapping[Any, str], about: Any
    ) -> None:
        """Keep what is ``typed`` by what it is ``about``; whoever records it takes it out again."""
        super().__init__()
        self._question, self._usual, self._typed, self._about = question, usual, typed, about

    def compose(self) -> ComposeResult:
        """Lay out the line to type in."""
        with Vertical() as box:
            box.border_title = RichText(settled(self._question()))
            yield Prompt(self._typed.get(self._about, self._usual), id="reason", select_on_focus=True)
        yield KeyHints()

    def on_mount(self) -> None:
        """Have the reason typed over, or taken as it is."""
        self.query_one(Prompt).focus()

    def relabel(self) -> None:
        """Write everything anew, in the language of now."""
        self.query_one(Vertical).border_title = RichText(settled(self._question()))
        self.query_one(KeyHints).refresh()

    @on(Input.Changed)
    def _keep(self, event: Input.Changed) -> None:
        if event.value.strip() and event.value != self._usual:
            self._typed[self._about] = event.value
        else:
            self._typed.pop(self._about, None)

    @on(Input.Submitted)
    def action_take(self) -> None:
        """Give the reason."""
        self.dismiss(self.query_one(Prompt).value)

    def action_leave(self) -> None:
        """Leave the contact as it is."""
        self.dismiss(None)
