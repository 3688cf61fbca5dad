"""The dialog that asks for one line, with what is told of it below."""

from __future__ import annotations

from textual.app import ComposeResult

from rung_tui.dialog import Dialog
from rung_tui.drawn import Line
from rung_tui.key_hints import KeyHints
from rung_tui.lines import Lines
from rung_tui.prompt import Prompt

__all__ = ["OneLine"]


class OneLine(Dialog[str | None]):
    """Gives the line, None where it is left; subclasses say what is asked and told, and take it."""

    DEFAULT_CSS = """
    OneLine > Vertical { width: 76; max-width: 96%; }
    """

    def __init__(self, begun: str, *, is_selected: bool = False) -> None:
        """``begun`` stands in the line; ``is_selected``: the first letter replaces it."""
        super().__init__()
        self._begun, self._is_selected = begun, is_selected

    def compose(self) -> ComposeResult:
        """Lay out the line to type in, and what is told below it."""
        with self.box():
            yield Prompt(self._begun, id="asked", select_on_focus=self._is_selected)
            yield Lines(self.told)
        yield KeyHints()

    def told(self, width: int) -> list[Line]:
        """Return what stands below the line."""
        del width
        return []

    def on_mount(self) -> None:
        """Have the line typed in."""
        self.query_one(Prompt).focus()

    @property
    def typed(self) -> str:
        """What was typed."""
        return self.query_one(Prompt).value

    def action_leave(self) -> None:
        """Leave things as they are."""
        self.dismiss(None)
