"""Signs and frames in ASCII, for terminals that draw box characters two cells wide or not at all.

Whatever a screen draws passes ``PlainSigns`` last of all; no screen knows of it. ``RUNG_ASCII=1`` turns it
on, ``RUNG_ASCII=0`` keeps it off. Without either the terminal is asked once how wide it draws an ambiguous
sign, while the first screen is being made: nothing waits for the answer.
"""

from __future__ import annotations

import os
import unicodedata
from functools import lru_cache
from typing import Final

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from rung.text import display_width

__all__ = ["ASKED_LINE", "QUESTION", "PlainSigns", "draws_wide", "plainly", "wished"]

ASKED_LINE: Final = 1
"""The line, from 0, the question is asked on: an answer from the first one reads like Shift+F3."""
QUESTION: Final = f"\x1b7\x1b[{ASKED_LINE + 1};1H—\x1b[6n\r \x1b8"
"""Draws one ambiguous sign and asks where the cursor is then."""

_SIGNS: Final = {
    **dict.fromkeys("─━┄┅┈┉╌╍═╴╶╸╺╼╾–—―−", "-"),
    **dict.fromkeys("│┃┆┇┊┋╎╏║╵╷╹╻╽╿", "|"),
    "╱": "/",
    "╲": "\\",
    "╳": "X",
    **dict.fromkeys("▁▂", "_"),
    **dict.fromkeys("░", "."),
    **dict.fromkeys("▒", ":"),
    **dict.fromkeys("▏▎▍▕", "|"),
    **dict.fromkeys("▲△↑⇧⬆", "^"),
    **dict.fromkeys("▼▽↓⬇", "v"),
    **dict.fromkeys("▸▶►→›⇒»", ">"),
    **dict.fromkeys("◂◀◄←‹⇐⌫«", "<"),
    **dict.fromkeys("●◆■★•", "*"),
    **dict.fromkeys("○◇□☆◌", "o"),
    **dict.fromkeys("“”„″", '"'),
    **dict.fromkeys("‘’‚′", "'"),
    "…": "~",
    "·": ".",
    "×": "x",
    "÷": "/",
    "✓": "+",
    "✔": "+",
    "✗": "x",
    "✘": "x",
    "°": "o",
    "Σ": "S",
    "Δ": "d",
    "€": "E",
    "£": "L",
    "¥": "Y",
    "§": "S",
    "®": "R",
    "©": "C",
}
_COMPARED: Final = {"≥ ": ">=", "≤ ": "<=", "≠ ": "!="}
# Of the two cells, because one alone would say something else.
_KEPT: Final = frozenset("≥≤≠")
_CORNER: Final = "+"
_BLOCK: Final = "#"
_UNKNOWN: Final = "?"


def wished() -> bool | None:
    """Return whether plain signs are wished for; None where nobody said."""
    said = os.environ.get("RUNG_ASCII", "").strip().lower()
    return None if not said else said not in {"0", "no", "false", "off"}


def draws_wide(line: int, column: int) -> bool | None:
    """Return what the terminal's answer says, both from 0; None where it answers another question."""
    if line != ASKED_LINE or column not in (1, 2):
        return None
    return column == len("——")


@lru_cache(maxsize=4096)
def plainly(text: str) -> str:
    """Return the text in signs that are one cell wide everywhere, each cell in its place.

    Chinese stays as it is: its width is in no doubt. An accent goes, and a letter nobody can say the width
    of becomes a question mark: the columns stay in line.
    """
    if text.isascii():
        return text
    for sign, plain in _COMPARED.items():
        text = text.replace(sign, plain)
    return "".join(map(_plain, text))


def _plain(char: str) -> str:
    if char.isascii() or char in _KEPT or display_width(char) != 1:
        return char
    if sign := _SIGNS.get(char):
        return sign
    if "\u2500" <= char <= "\u257f":
        return _CORNER
    if "\u2580" <= char <= "\u259f" or "\u2800" < char <= "\u28ff":
        return _BLOCK
    if unicodedata.east_asian_width(char) != "A":
        return char
    base = unicodedata.normalize("NFKD", char)[0]
    return base if base.isascii() and base.isprintable() else _UNKNOWN


class PlainSigns(LineFilter):
    """Puts plain signs in the place of others in what is drawn, while it is enabled."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the segments in plain signs."""
        del background
        return [
            Segment(text if control else plainly(text), style, control) for text, style, control in segments
        ]
