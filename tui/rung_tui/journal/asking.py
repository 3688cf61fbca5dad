"""Asks for one line: what speaks against it is said below, and what was typed stays."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.widgets import Input

from rung.errors import RungError
from rung_tui.acts import Act, bindings_of
from rung_tui.drawn import Line, line, wrap
from rung_tui.language import _
from rung_tui.lines import Lines
from rung_tui.one_line import OneLine
from rung_tui.working import work

__all__ = ["AskScreen"]


class AskScreen(OneLine):
    """Gives the line typed once nothing speaks against it, None where it is left."""

    ACTS: ClassVar[tuple[Act, ...]] = (
        Act("take", lambda: _("Go on"), "enter"),
        Act("leave", lambda: _("Back"), "escape"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(ACTS)]
    DEFAULT_CSS = """
    AskScreen > Vertical { width: 78; }
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
        super().__init__(typed)
        self._question, self._about = question, about
        self._checked, self._keep = checked, keep
        self._said: list[tuple[str, str]] = []
        self._confirmed = ""
        """What was typed when something was said that Enter confirms."""

    def heading(self) -> str:
        """Return the question."""
        return self._question()

    def told(self, width: int) -> list[Line]:
        """Return what is asked for, and what was said to what was typed."""
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
        self._check(self.typed)

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
