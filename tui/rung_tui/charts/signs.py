"""What charts are drawn with: blocks and dots, or ASCII where a terminal draws ambiguous characters wide."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from rung_tui.drawn import Span
from rung_tui.table.cells import ELLIPSIS, fit, settled

__all__ = ["ASCII", "BLOCKS", "Signs", "draw_with", "signs_of_now"]


@dataclass(frozen=True, slots=True)
class Signs:
    """One set of signs, each a single cell."""

    eighths: str
    """A cell filled by so many eighths, from the first to the last; one sign where there are no parts."""
    gained: str
    """What a bar has more than before."""
    lost: str
    """What it had more before."""
    before: str
    """A bar of before on a line of its own."""
    shades: str
    """From nothing to most."""
    same: str
    up: str
    down: str
    level: str
    """The axis along the bottom."""
    upright: str
    """The axis at the side."""
    tick: str
    """Where the side axis has a label."""
    corner: str
    mark: str
    """Where the bottom axis has a label."""
    series: str
    """What a first and a second series are drawn with, in a legend too."""
    has_dots: bool
    """Whether the first series is drawn in the eight dots of a cell."""

    def fitted(self, text: str, width: int, role: str = "", *, right: bool = False) -> Span:
        """Return a text cut and padded to ``width`` cells, in characters this set may use."""
        fitted = fit(self.written(text), width, right=right)
        return Span(fitted.replace(ELLIPSIS, self.cut), role)

    def written(self, text: str) -> str:
        """Return a text inert, its punctuation of ambiguous width replaced where this set is ASCII."""
        return settled(text) if self.has_dots else settled(text).translate(_PLAINER)

    @property
    def cut(self) -> str:
        """What ends a text that was cut."""
        return ELLIPSIS if self.has_dots else "~"


_PLAINER: Final = str.maketrans(
    {
        "·": ".",
        "–": "-",
        "—": "-",
        "→": ">",
        "←": "<",
        "↑": "^",
        "↓": "v",
        "▲": "^",
        "▼": "v",
        "×": "x",
        "“": '"',
        "”": '"',
        "‘": "'",
        "’": "'",
        "●": "*",
        "○": "o",
        "≤": "<=",
        "≥": ">=",
        "±": "+-",
    }
)
# Letters of ambiguous width (Greek, Cyrillic, ①) stay: what a name says outweighs where its column ends.

BLOCKS: Final = Signs(
    eighths="▏▎▍▌▋▊▉█",
    gained="▓",
    lost="░",
    before="░",
    shades=" ░▒▓█",
    same="=",
    up="▲",
    down="▼",
    level="─",
    upright="│",
    tick="┤",
    corner="└",
    mark="┬",
    series="⠶o",
    has_dots=True,
)
"""What is drawn with where a terminal draws these in one cell, as nearly all do."""
ASCII: Final = Signs(
    eighths="#",
    gained="+",
    lost="-",
    before="-",
    shades=" .:*#",
    same="=",
    up="^",
    down="v",
    level="-",
    upright="|",
    tick="+",
    corner="+",
    mark="+",
    series="*o",
    has_dots=False,
)
"""What every terminal draws in one cell."""

_now: Signs = BLOCKS


def draw_with(signs: Signs) -> None:
    """Draw every chart with these from here on."""
    global _now
    _now = signs


def signs_of_now() -> Signs:
    """Return what charts are drawn with that were not told otherwise."""
    return _now
