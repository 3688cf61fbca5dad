"""What is known of Chinese characters: learned once, beside the screen, and then at hand for every list."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from threading import Lock
from typing import Final

from rung_tui.chinese.learning import characters
from rung_tui.drafts.store import state_folder

__all__ = ["Tables", "is_spelled", "learned", "simplified", "spelled_pattern", "tables"]

_LEAST, _MOST = 2, 12
# Letters of a text taken for initials. One fits every other name, and begins most ids; a pattern of many
# grows too large for what runs it.


@dataclass(frozen=True, slots=True)
class Tables:
    """What is known of the characters names are written with."""

    initials: Mapping[str, str] = field(default_factory=dict)
    """Letter → the simplified characters whose pinyin begins with it, in one reading or another."""
    simple: Mapping[int, str] = field(default_factory=dict)
    """Code of a traditional character → the simplified one; for ``str.translate``."""


_known = Tables()
_learning: Final = Lock()


def learned() -> Tables:
    """Return the tables, learned the first time: a second's work, for a thread beside the screen."""
    global _known
    with _learning:
        if not _known.initials:
            _known = Tables(*characters(state_folder() / "characters.txt"))
            spelled_pattern.cache_clear()
    return _known


def tables() -> Tables:
    """Return the tables as far as they are known: before they are learned nothing is found by them."""
    return _known


def simplified(text: str) -> str:
    """Return text with simplified characters for traditional ones.

    >>> learned() and simplified("張偉 Zhang")
    '张伟 Zhang'
    """
    return text if text.isascii() else text.translate(tables().simple)


def is_spelled(text: str, word: str) -> bool:
    """Whether a short text has a word in it, letters of the word as initials of pinyin too.

    >>> learned() and (is_spelled("一张伟业", "zw"), is_spelled("一张伟业", "zy"))
    (True, False)
    """
    initials = tables().initials
    if not _LEAST <= sum(char in initials for char in word) <= _MOST:
        return word in text
    return any(_begins(text[at:], word, initials) for at in range(len(text) - len(word) + 1))


def _begins(text: str, word: str, initials: Mapping[str, str]) -> bool:
    pairs = zip(word, text, strict=False)
    return all(char == letter or char in initials.get(letter, "") for letter, char in pairs)


@lru_cache(maxsize=64)
def spelled_pattern(text: str) -> str | None:
    """Return a pattern that finds a text, its letters as initials of pinyin too.

    None where it has one letter only, or too many.

    >>> import re
    >>> [name for name in ("张伟", "中石油", "ZW") if re.search(spelled_pattern("zw"), name.lower())]
    ['张伟', 'ZW']
    """
    initials = tables().initials
    letters = sum(char in initials for char in text)
    if not _LEAST <= letters <= _MOST:
        return None
    return "".join(f"[{char}{initials[char]}]" if char in initials else re.escape(char) for char in text)
