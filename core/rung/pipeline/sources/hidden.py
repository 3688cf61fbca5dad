"""Keeps sensitive options out of every text: what a plugin says of its failure may hold a password."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, quote_plus

from rung.text import MASK, inert

__all__ = ["Hidden"]

_SHORTEST: Final = 4
# Anything shorter stands in any sentence: a text is then not shown at all.


@dataclass(frozen=True, slots=True, repr=False)
class Hidden:
    """The values nobody may read."""

    values: tuple[str, ...] = ()

    def cover(self, text: str) -> str:
        """Return a text with the values masked, as they are and as addresses, JSON and Python write them."""
        spellings = sorted({each for value in self.values for each in _spellings(value)}, key=len)
        for spelling in reversed(spellings):
            if spelling in text:
                text = MASK if len(spelling) < _SHORTEST else text.replace(spelling, MASK)
        return text


def _spellings(value: str) -> Iterator[str]:
    """Yield how a value may be written within a text; none is empty."""
    written = (
        value,
        value.strip(),
        " ".join(value.split()),
        inert(value),
        repr(value)[1:-1],
        json.dumps(value)[1:-1],
        json.dumps(value, ensure_ascii=False)[1:-1],
        # What is no text of Unicode came so from the environment.
        *(code(value, errors="surrogateescape") for code in (quote, quote_plus)),
        quote(value, safe="", errors="surrogateescape"),
    )
    yield from (each for each in written if each)
