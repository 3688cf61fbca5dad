"""The language the screen speaks now: one for the whole program, switched at run time.

Textual runs every widget in a task of its own, and each task keeps the language it was started with;
so the language stands here, and every text asked for through this module is in it.
"""

from __future__ import annotations

from rung import text as core
from rung.text import Language, Text, set_language

__all__ = ["_", "language_name", "other_language", "speak", "spoken", "words"]

_spoken: Language = "en"


def speak(language: Language) -> None:
    """Speak ``language`` from here on, everywhere in the program."""
    global _spoken
    _spoken = language
    set_language(language)


def spoken() -> Language:
    """Return the language of the screen, and have the core's own messages come in it here."""
    set_language(_spoken)
    return _spoken


def other_language() -> Language:
    """Return the language a switch leads to."""
    return "en" if _spoken == "zh" else "zh"


def language_name() -> str:
    """Return the language a switch leads to, in its own words: who wants it reads no other."""
    return "中文" if other_language() == "zh" else "English"


def _(message: str) -> str:
    """Return the program's own English ``message`` in the language of the screen."""
    set_language(_spoken)
    return core._(message)


def words(text: Text | None) -> str:
    """Return a text of two languages in the one of the screen; nothing for none."""
    return "" if text is None else text.in_language(_spoken)
