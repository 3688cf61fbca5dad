"""Text cut and padded to a number of terminal cells, whatever it holds: Chinese, accents, emoji."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from rung.text import display_width, inert

__all__ = ["ELLIPSIS", "fit", "settled"]

ELLIPSIS: Final = "…"
"""Ends a text that was cut."""

_SELECTORS: Final = ((0xFE00, 0xFE0F), (0xE0100, 0xE01EF), (0x1F3FB, 0x1F3FF))
# Variation selectors and skin tones: they change how the character before them is drawn.
_JOINED: Final = (*range(0x1F1E6, 0x1F200),)
_LETTERS: Final = dict(zip(_JOINED, "ABCDEFGHIJKLMNOPQRSTUVWXYZ", strict=True))
# Two regional indicators make one flag in some terminals and two letters in others.


_USUAL: Final = re.compile("[ -~·—‘’“”…×°≤≥≠→↑↓▲▼◆○●✓✗、-〟㐀-䶿一-鿿！-｠￠-￦]*")
# What names and words are nearly always made of; of these no terminal disagrees.


@lru_cache(maxsize=4096)
def settled(text: str) -> str:
    """Return ``text`` inert and without what terminals draw in different widths.

    Joined emoji come apart, invisible format characters go: then every terminal agrees on the width,
    and the columns beside stay where they are.
    """
    if _USUAL.fullmatch(text):
        return text
    text = inert(text)
    return "".join(_LETTERS.get(ord(char), char) for char in text if not _is_unsettling(char))


def _is_unsettling(char: str) -> bool:
    code = ord(char)
    return unicodedata.category(char) == "Cf" or any(low <= code <= high for low, high in _SELECTORS)


@lru_cache(maxsize=4096)
def fit(text: str, width: int, *, right: bool = False) -> str:
    """Return ``text`` settled and cut or padded to fill ``width`` cells; what was cut ends in an ellipsis."""
    text = settled(text)
    if display_width(text) > width:
        text = _cut(text, width - 1) + ELLIPSIS if width > 0 else ""
    padding = " " * (width - display_width(text))
    return padding + text if right else text + padding


def _cut(text: str, width: int) -> str:
    used = 0
    for place, char in enumerate(text):
        used += display_width(char)
        if used > width:
            return text[:place]
    return text
