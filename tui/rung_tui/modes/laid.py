"""The pane beside a mode's list: laid out once a width, however often it is drawn while one types."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.containers import Vertical

from rung.errors import Problem
from rung_tui.drawn import Line
from rung_tui.lines import Lines

__all__ = ["LaidPane", "Said"]

Said = Callable[[], Sequence[str]]
"""What came of something, line by line, in the language of now."""


class LaidPane(Vertical):
    """What is at hand, and what came of the last thing done; subclasses lay it out in ``Lines`` with ids."""

    DEFAULT_CSS = """
    LaidPane {
        padding: 0 1; background: $surface;
        border-top: solid $primary; border-title-color: $primary; border-title-style: bold;
    }
    LaidPane Lines { background: $surface; }
    LaidPane Prompt { width: 1fr; background: $background; }
    """

    def __init__(self) -> None:
        super().__init__(id="pane")
        self.is_busy = False
        """Whether what is at hand is being read, or something is being recorded: keys wait for it."""
        self._said: Said = tuple
        self._problems: tuple[Problem, ...] = ()
        self._laid: dict[tuple[str, int], list[Line]] = {}

    def _kept(self, name: str, width: int, made: Callable[[int], list[Line]]) -> list[Line]:
        """Return the lines of a part, laid out anew only for another width."""
        if (name, width) not in self._laid:
            self._laid[name, width] = made(width)
        return self._laid[name, width]

    def _again(self, *names: str) -> None:
        """Have parts laid out anew."""
        for key in [key for key in self._laid if key[0] in names]:
            del self._laid[key]
        for name in names:
            self.query_one(f"#{name}", Lines).refresh(layout=True)
