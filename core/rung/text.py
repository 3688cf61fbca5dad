"""Two languages: texts that carry both, and the catalogue that translates the program's own messages."""

from __future__ import annotations

import gettext
import locale
import os
import unicodedata
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final, Literal, get_args

__all__ = [
    "LANGUAGES",
    "MASK",
    "Language",
    "Text",
    "_",
    "current_language",
    "default_language",
    "display_width",
    "inert",
    "set_language",
]

Language = Literal["zh", "en"]
LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)

MASK: Final = "●●●"
"""In place of a value that is not for the person who looks."""

_language: ContextVar[Language] = ContextVar("rung_language", default="en")


@dataclass(frozen=True, slots=True)
class Text:
    """One text in Chinese and English; ``str()`` gives it in the current language."""

    zh: str
    """The Chinese, in the words of the trade."""
    en: str
    """The English."""

    def __str__(self) -> str:
        return self.in_language(_language.get())

    def in_language(self, language: Language) -> str:
        """Return the text in one language."""
        return self.zh if language == "zh" else self.en

    @classmethod
    def same(cls, text: str) -> Text:
        """Return a text that reads the same in both languages, such as a grade's letter."""
        return cls(zh=text, en=text)


def current_language() -> Language:
    """Return the language messages are written in now."""
    return _language.get()


def set_language(language: Language) -> None:
    """Write messages in ``language`` from here on, in this context."""
    _language.set(language)


def default_language() -> Language:
    """Return the language of the environment's locale: ``RUNG_LANG`` first, Chinese for any ``zh`` locale."""
    names = (os.environ.get(name, "") for name in ("RUNG_LANG", "LC_ALL", "LC_MESSAGES", "LANG"))
    chosen = next((name for name in names if name), "") or (locale.getlocale()[0] or "")
    return "zh" if chosen.lower().startswith(("zh", "chinese")) else "en"


@lru_cache
def _catalogue(language: Language) -> gettext.NullTranslations:
    folder = Path(__file__).parent / "locale"
    return gettext.translation("rung", folder, languages=[language], fallback=True)


def _(message: str) -> str:
    """Return the program's own English ``message`` in the current language."""
    language = _language.get()
    return message if language == "en" else _catalogue(language).gettext(message)


_BIDI: Final = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# Bidirectional marks, embeddings, overrides and isolates: they can make a name read as another.


def inert(text: str) -> str:
    """Return ``text`` without control, escape or bidirectional characters, each line break and tab a space.

    Names come from other people's tables: what is shown must not move the cursor, colour the
    screen or reorder its neighbours.
    """
    if text.isprintable():  # no category left out below is printable
        return text
    kept = (
        " " if char in "\t\n\r\u2028\u2029\x85" else char
        for char in text
        if char in "\t\n\r\u2028\u2029\x85"
        or (char not in _BIDI and unicodedata.category(char) not in {"Cc", "Cs"})
    )
    return "".join(kept)


def display_width(text: str) -> int:
    """Return how many terminal cells ``text`` fills: two for a wide character, none for a combining one."""
    from rich.cells import cell_len

    return cell_len(text)
