"""Says so while the terminal is too small to be of use, and goes away when it is not."""

from __future__ import annotations

from typing import Any

from rich.text import Text
from textual.app import App
from textual.screen import ModalScreen

from rung_tui.language import _

__all__ = ["TooSmall", "mind_size"]


class TooSmall(ModalScreen[None]):
    """Covers whatever is open; nothing typed there is lost."""

    DEFAULT_CSS = """
    TooSmall {
        background: $background; color: $foreground;
        content-align: center middle; text-align: center;
    }
    """

    def __init__(self, least: tuple[int, int]) -> None:
        super().__init__()
        self._least = least

    def on_screen_resume(self) -> None:
        """Go where what lay over this has gone and the terminal has grown meanwhile."""
        if self.app.screen is self and _fits(*self.app.size, self._least):
            self.app.pop_screen()

    def render(self) -> Text:
        """Return the word."""
        columns, lines = self._least
        width, height = self.app.size
        return Text(
            _("Too small: {width}×{height}\nat least {columns}×{lines}").format(
                width=width, height=height, columns=columns, lines=lines
            )
        )


def mind_size(app: App[Any], width: int, height: int, least: tuple[int, int]) -> None:
    """Cover the screen while it is too small, uncover it when it is not."""
    fits = _fits(width, height, least)
    covered = isinstance(app.screen, TooSmall)
    if fits and covered:
        app.pop_screen()
    elif not fits and not covered:
        app.push_screen(TooSmall(least))


def _fits(width: int, height: int, least: tuple[int, int]) -> bool:
    return width >= least[0] and height >= least[1]
