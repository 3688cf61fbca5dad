"""Asks why a contact is taken back: the ledger wants a reason; Enter takes the usual one."""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from typing import Any, ClassVar

from textual import on
from textual.binding import BindingType
from textual.widgets import Input

from rung_tui.acts import Act, bindings_of
from rung_tui.language import _
from rung_tui.one_line import OneLine

__all__ = ["ReasonScreen"]


class ReasonScreen(OneLine):
    """Gives the reason, None where the contact stays."""

    ACTS: ClassVar[tuple[Act, ...]] = (
        Act("take", lambda: _("Take back"), "enter"),
        Act("leave", lambda: _("Back"), "escape"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(ACTS)]

    def __init__(
        self, question: Callable[[], str], usual: str, typed: MutableMapping[Any, str], about: Any
    ) -> None:
        """Keep what is ``typed`` by what it is ``about``; whoever records it takes it out again."""
        super().__init__(typed.get(about, usual), is_selected=True)
        self._question, self._usual, self._kept, self._about = question, usual, typed, about

    def heading(self) -> str:
        """Return the question."""
        return self._question()

    @on(Input.Changed)
    def _keep(self, event: Input.Changed) -> None:
        if event.value.strip() and event.value != self._usual:
            self._kept[self._about] = event.value
        else:
            self._kept.pop(self._about, None)

    @on(Input.Submitted)
    def action_take(self) -> None:
        """Give the reason."""
        self.dismiss(self.typed)
