"""The line a value is typed in, with what speaks against it told below as one types."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.text import Text as RichText
from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input

from rung_tui.customer.layout import paragraph
from rung_tui.drawn import Line
from rung_tui.language import _
from rung_tui.lines import Lines
from rung_tui.prompt import Prompt
from rung_tui.table.cells import settled

if TYPE_CHECKING:
    from rung.errors import Problem
    from rung.policy.keys import KeyPath

__all__ = ["EditLine"]


class EditLine(Vertical):
    """One value being changed."""

    DEFAULT_CSS = """
    EditLine {
        display: none; height: auto; max-height: 9; padding: 0 1; background: $surface;
        border-top: solid $primary; border-title-color: $primary; border-title-style: bold;
    }
    EditLine.-open { display: block; }
    EditLine Prompt { background: $background; }
    EditLine Lines { background: $surface; }
    """

    @dataclass
    class Typed(Message):
        """Something was typed."""

        text: str

    @dataclass
    class Taken(Message):
        """Enter was pressed."""

        text: str

    def __init__(self) -> None:
        super().__init__(id="edit")
        self.path: KeyPath | None = None
        self._title, self._about = "", ""
        self._problems: tuple[Problem, ...] = ()
        self._followed: tuple[str, ...] = ()
        self._lines: dict[int, list[Line]] = {}

    def compose(self) -> ComposeResult:
        """Lay out the line and what is told below it."""
        yield Prompt(id="value", select_on_focus=True)
        yield Lines(self._told, widget_id="against")

    @property
    def is_open(self) -> bool:
        """Whether a value is being typed."""
        return self.has_class("-open")

    def begin(self, path: KeyPath, title: str, text: str, about: str) -> None:
        """Have a value typed over."""
        self.path, self._title, self._about = path, title, about
        self.border_title = RichText(settled(title))
        prompt = self.query_one(Prompt)
        with prompt.prevent(Input.Changed):
            prompt.value = text
        self.tell((), ())
        self.add_class("-open")
        prompt.focus()

    def end(self) -> None:
        """Put the line away."""
        self.path = None
        self.remove_class("-open")

    def tell(self, problems: Sequence[Problem], followed: Sequence[str]) -> None:
        """Say what speaks against what was typed, and what moves along with it."""
        self._problems, self._followed = tuple(problems), tuple(followed)
        self._lines.clear()
        self.query_one("#against", Lines).refresh(layout=True)

    def relabel(self) -> None:
        """Write everything anew, in the language of now."""
        self._lines.clear()
        self.query_one("#against", Lines).refresh(layout=True)

    def _told(self, width: int) -> list[Line]:
        if width not in self._lines:
            self._lines[width] = self._laid_out(width)
        return self._lines[width]

    def _laid_out(self, width: int) -> list[Line]:
        if width < 2:
            return []
        lines: list[Line] = []
        for problem in self._problems[:4]:
            hint = f" {problem.hint}" if problem.hint else ""
            lines += paragraph([("✗ ", "error"), problem.message, (hint, "muted")], width, 2)
        for each in self._followed:
            told = _("The band beside it moves along: {what}").format(what=each)
            lines += paragraph([("→ ", "key"), (told, "muted")], width, 2)
        if not lines:
            lines += paragraph(
                [(self._about or _("Enter takes it, Esc leaves it as it was."), "muted")], width
            )
        return lines[:6]

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        if self.is_open:
            self.post_message(self.Typed(event.value))

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        self.post_message(self.Taken(event.value))
