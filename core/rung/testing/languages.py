"""Whether every text says something in both languages, and each in its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any, Final

from rung.testing.mistakes import Mistakes
from rung.text import Text

__all__ = ["check_languages", "texts_in"]

_CHINESE: Final = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f]")
_ASIDE: Final = re.compile(r"\([^()]*\)|“[^“”]*”")
# An English text may name a Chinese term beside its translation: party A (甲).
_ACRONYM: Final = re.compile(r"[A-Z0-9][A-Z0-9 +./&-]{0,15}")
# KTV and VIP are Chinese as well.
_FAR: Final = 40
# Deeper than anything a policy or a sector is made of.


def texts_in(value: object, where: str, depth: int = 0) -> Iterator[tuple[str, Text]]:
    """Yield every text in a declaration, however deep, with the place it stands at."""
    if depth > _FAR:
        return
    if isinstance(value, Text):
        yield where, value
    elif isinstance(value, Mapping):
        for name, inner in value.items():
            yield from texts_in(inner, f"{where}[{name!r}]", depth + 1)
    elif isinstance(value, tuple | list):
        for place, inner in enumerate(value):
            yield from texts_in(inner, f"{where}[{getattr(inner, 'id', place)!r}]", depth + 1)
    else:
        for name in _parts(value):
            yield from texts_in(getattr(value, name), f"{where}.{name}", depth + 1)


def _parts(value: Any) -> tuple[str, ...]:
    if is_dataclass(value) and not isinstance(value, type):
        return tuple(field.name for field in fields(value))
    return tuple(getattr(type(value), "model_fields", ()))


def check_languages(value: object, where: str, mistakes: Mistakes) -> None:
    """Note every text that lacks a language, or writes one in place of the other."""
    for place, text in texts_in(value, where):
        if not text.zh.strip() or not text.en.strip():
            mistakes.add(place, f"zh is {text.zh!r}, en is {text.en!r}", "words in both")
        elif _CHINESE.search(_ASIDE.sub("", text.en)):
            mistakes.add(place, f"en is {text.en!r}", "English, Chinese only beside it in brackets")
        elif not _CHINESE.search(text.zh) and text.zh != text.en and not _ACRONYM.fullmatch(text.zh):
            mistakes.add(place, f"zh is {text.zh!r}", f"Chinese, or the very same as en, {text.en!r}")
