"""What a typed filter means: words that must all be found, in a name, an id, a grade or a reason."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from rung_tui.chinese.tables import simplified

__all__ = ["Part", "Term", "compared", "folded", "matching", "terms"]


class Part(StrEnum):
    """Where a term is looked for."""

    ANY = "any"
    GRADE = "grade"
    REASON = "reason"


@dataclass(frozen=True, slots=True)
class Term:
    """One word of a filter, folded, and where it must stand."""

    text: str
    part: Part = Part.ANY


_PREFIXES: Final = {
    "grade": Part.GRADE,
    "g": Part.GRADE,
    "等级": Part.GRADE,
    "评级": Part.GRADE,
    "reason": Part.REASON,
    "r": Part.REASON,
    "原因": Part.REASON,
}


def folded(text: str) -> str:
    """Return text as it is compared: half-width, in small letters."""
    return unicodedata.normalize("NFKC", text).lower()


def compared(text: str) -> str:
    """Return text folded and in simplified characters."""
    return simplified(folded(text))


def terms(typed: str) -> Iterator[Term]:
    """Yield the words of a filter: ``grade:A``, ``原因：逾期``, or anything at all."""
    for word in compared(typed).split():
        prefix, colon, rest = word.partition(":")
        if colon and prefix in _PREFIXES:
            if rest:
                yield Term(rest, _PREFIXES[prefix])
        else:
            yield Term(word)


def matching(text: str, titles: Mapping[str, Iterable[str]], *, whole: bool = False) -> list[str]:
    """Return the codes one of whose titles has ``text`` in it, or is it if ``whole``."""
    found = []
    for code, names in titles.items():
        known = [compared(name) for name in (code, *names)]
        if any(text == name for name in known) or (not whole and any(text in name for name in known)):
            found.append(code)
    return found
