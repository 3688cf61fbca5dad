"""The line of modes at the top of a screen with room for it: where one is, and where else to go."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from rung_tui.bar import Bar, Piece
from rung_tui.modes.mode import MODES, QUEUE

__all__ = ["TALL", "ModeBar"]

TALL: Final = [(30, "-tall")]
"""Lines from which a screen has room for it: ``VERTICAL_BREAKPOINTS`` of screens that have one.

Not the program's: every dialog would be styled once more as it opens.
"""


class ModeBar(Bar):
    """Every mode with its key, the one shown marked."""

    DEFAULT_CSS = """
    ModeBar { background: $panel; display: none; }
    """

    def pieces(self) -> Iterable[Piece]:
        """Return the key and the name of each mode."""
        here = getattr(self.screen, "MODE", QUEUE.id)
        yield Piece(" ")
        for mode in MODES:
            yield Piece(mode.keys[0], "key", mode.action)
            title = mode.title()
            yield Piece(
                f"[{title}] " if mode.id == here else f" {title}  ",
                "strong" if mode.id == here else "muted",
                mode.action,
            )
