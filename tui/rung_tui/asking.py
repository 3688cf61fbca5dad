"""Asks for a line of text: a file to write, a name for a view; what speaks against it stands below it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Input

from rung.errors import Problem
from rung_tui.acts import Act, bindings_of
from rung_tui.customer.layout import paragraph
from rung_tui.dialog import Dialog
from rung_tui.drawn import Line
from rung_tui.key_hints import KeyHints
from rung_tui.language import _, spoken
from rung_tui.lines import Lines
from rung_tui.problems import objection_lines
from rung_tui.prompt import Prompt

__all__ = ["AskText"]


class AskText(Dialog[str | None]):
    """Gives the text, None where there is to be none.

    ``check`` returns what speaks against a text; ``again`` what makes one ask twice before taking it.
    """

    ACTS: ClassVar[tuple[Act, ...]] = (
        Act("save", lambda: _("Save"), "enter ctrl+s"),
        Act("leave", lambda: _("Back"), "escape"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(ACTS)]
    DEFAULT_CSS = """
    AskText > Vertical { width: 84; padding: 0 1; }
    AskText Prompt { background: $background; }
    AskText Lines { background: $surface; }
    """

    def __init__(
        self,
        heading: Callable[[], str],
        about: Callable[[], str],
        text: str,
        *,
        check: Callable[[str], Sequence[Problem]],
        again: Callable[[str], Sequence[Problem]] = lambda _text: (),
    ) -> None:
        super().__init__()
        self._heading, self._about, self._text = heading, about, text
        self._check, self._again = check, again
        self._problems: list[Problem] = []
        self._warned = ""

    def compose(self) -> ComposeResult:
        """Lay out the line to type in."""
        with self.box():
            yield Prompt(self._text, select_on_focus=False)
            yield Lines(self._told)
        yield KeyHints()

    def on_mount(self) -> None:
        """Begin before an ending, which says what kind of file it is."""
        prompt = self.query_one(Prompt)
        prompt.focus()
        if "." in self._text:
            prompt.cursor_position = self._text.rfind(".")

    def heading(self) -> str:
        """Return the title, in the language of now."""
        return self._heading()

    def _told(self, width: int) -> list[Line]:
        lines = paragraph([(self._about(), "muted")], width)
        return lines + objection_lines(self._problems, width)

    @on(Input.Changed)
    def _typed(self) -> None:
        self._problems, self._warned = [], ""
        self.query_one(Lines).refresh(layout=True)

    @on(Input.Submitted)
    def action_save(self) -> None:
        """Take the text, unless something speaks against it."""
        spoken()
        typed = self.query_one(Prompt).value.strip()
        self._problems = list(self._check(typed))
        if not self._problems and self._warned != typed:
            self._problems, self._warned = list(self._again(typed)), typed
        if self._problems:
            self.query_one(Lines).refresh(layout=True)
        else:
            self.dismiss(typed)

    def action_leave(self) -> None:
        """Take nothing."""
        self.dismiss(None)
