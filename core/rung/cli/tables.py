"""A table of texts that is laid out later: on a terminal, in Markdown, in HTML."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rung.policy.model import Basis

__all__ = ["Table", "starred", "table"]


@dataclass(frozen=True, slots=True)
class Table:
    """Headers, rows, and which columns hold numbers."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    right: frozenset[int] = frozenset()


def table(headers: Iterable[object], rows: Iterable[Sequence[object]], right: Iterable[int] = ()) -> Table:
    """Return a table of what these read in the current language; ``None`` reads as nothing."""

    def told(cell: object) -> str:
        return "" if cell is None else str(cell)

    return Table(tuple(map(told, headers)), tuple(tuple(map(told, row)) for row in rows), frozenset(right))


def starred(words: object, basis: Basis) -> str:
    """Return words with a star where what they say is assumed."""
    return f"{words} *" if basis.value == "assumed" else str(words)
