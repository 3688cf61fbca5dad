"""Asks for one line: what speaks against it is said below, and what was typed stays."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import ClassVar

from rich.text import Text as RichText
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input

from rung.errors import RungError
from rung_tui.acts import Act, bindings_of
from rung_tui.drawn import Line, line, wrap
from rung_tui.key_hints import KeyHints
from rung_tui.language import _
from rung_tui.lines import Lines
from rung_tui.prompt import Prompt
from rung_tui.table.cells import settled
from rung_tui.working import work

__all__ = ["AskScreen"]


class AskScreen(ModalScreen[str | None]):
    """Gives the line typed once nothing speaks against it, None where it is left."""

    ACTS: ClassVar[tuple[Act, ...]] = (
        Act("take", lambda: _("Go on"), "enter"),
        Act("leave", lambda: _("Back"), "escape"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(ACTS)]
    DEFAULT_CSS = """
    AskScreen { align: center middle; background: $background 60%; }
    AskScreen Vertical {
        width: 78; max-width: 96%; height: auto; border: round $primary; background: $surface;
        border-title-color: $primary; border-title-style: bold;
    }
    AskScreen Lines { padding: 0 1; }
    """

    def __init__(
        self,
        question: Callable[[], str],
        about: Callable[[], str],
        typed: str,
        checked: Callable[[str], Awaitable[str]],
        keep: Callable[[str], None],
    ) -> None:
        """``checked`` raises RungError, or returns what a second Enter confirms; ``keep`` has each letter."""
        super().__init__()
        self._question, self._about, self._typed = question, about, typed
        self._checked, self._keep = checked, keep
        self._said: list[tuple[str, str]] = []
        self._confirmed = ""
        """What was typed when something was said that Enter confirms."""

    def compose(self) -> ComposeResult:
        """Lay out the line to type in."""
        with Vertical() as box:
            box.border_title = RichText(settled(self._question()))
            yield Prompt(self._typed, id="asked", select_on_focus=False)
            yield Lines(self._lines)
        yield KeyHints()

    def on_mount(self) -> None:
        """Have the line typed in."""
        self.query_one(Prompt).focus()

    def relabel(self) -> None:
        """Write everything anew, in the language of now."""
        self.query_one(Vertical).border_title = RichText(settled(self._question()))
        for widget in self.query("Lines, Bar"):
            widget.refresh(layout=True)

    def _lines(self, width: int) -> list[Line]:
        lines = wrap(line((self._about(), "muted")), max(1, width))
        for said, role in self._said:
            lines += wrap(line(("✗ " if role == "error" else "! ", role), said), max(1, width), 2)
        return lines

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        self._keep(event.value)

    @on(Input.Submitted)
    def action_take(self) -> None:
        """Take the line, if nothing speaks against it."""
        self._check(self.query_one(Prompt).value)

    @work(exclusive=True, group="check")
    async def _check(self, typed: str) -> None:
        try:
            warning = await self._checked(typed)
        except RungError as error:
            self._say([(str(problem), "error") for problem in error.problems])
            return
        if warning and self._confirmed != typed:
            self._confirmed = typed
            self._say([(warning, "warning")])
            return
        self.dismiss(typed)

    def _say(self, said: list[tuple[str, str]]) -> None:
        self._said = said
        self.query_one(Lines).refresh(layout=True)

    def action_leave(self) -> None:
        """Leave it; what was typed is there the next time."""
        self.dismiss(None)
