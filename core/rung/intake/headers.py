"""Headers compared with the names of fields: case, spaces, width and a bracketed unit make no difference."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from rung.units import factor
from rung.vocabulary import Quantity
from rung.words import fold

__all__ = ["Header", "headers_of", "matching", "nearest"]

_IGNORED: Final = re.compile(r"[\s_\-]+")
_WITH_UNIT: Final = re.compile(
    r"(?P<name>.+?)\s*(?:[(\[【〔](?P<unit>[^()\[\]【】〔〕]*)[)\]】〕]|/(?P<after>[^/]+))"
)


@dataclass(frozen=True, slots=True)
class Header:
    """One named column of a table: its position from 0, its name, and the name without its unit."""

    position: int
    name: str
    key: str
    """The folded name, for comparing."""
    bare_key: str
    """The folded name without the unit; the same as ``key`` where there is none."""
    unit: str

    def unit_factor(self, quantity: Quantity) -> Fraction | None:
        """Return what the header says values are multiplied by, if it is a header of the quantity.

        ``None``: the header names another quantity, or this one in a unit that is not its own.
        """
        keys = {_key(name) for name in quantity.names()}
        if self.key in keys:
            return Fraction(1)
        return factor(self.unit, quantity) if self.bare_key in keys else None


def headers_of(names: Iterable[str | None]) -> tuple[Header, ...]:
    """Return the headers of a table's first row; columns without a name are left out."""
    return tuple(
        _header(position, name.strip())
        for position, name in enumerate(names)
        if name is not None and name.strip()
    )


def _header(position: int, name: str) -> Header:
    match = _WITH_UNIT.fullmatch(fold(name))
    if match is None:
        return Header(position, name, _key(name), _key(name), "")
    return Header(position, name, _key(name), _key(match["name"]), match["unit"] or match["after"] or "")


def _key(name: str) -> str:
    return _IGNORED.sub("", fold(name))


def matching(quantity: Quantity, headers: Sequence[Header], ids: Iterable[str] = ()) -> tuple[Header, ...]:
    """Return the headers that name a quantity.

    A header that is the very id of another quantity among ``ids`` is that one's.
    """
    others = {_key(name) for name in ids} - {_key(quantity.id)}
    return tuple(
        header for header in headers if header.key not in others and header.unit_factor(quantity) is not None
    )


def nearest(quantity: Quantity, headers: Sequence[Header], count: int = 3) -> tuple[str, ...]:
    """Return the names of the headers most like a quantity's names, the likest first; may be empty."""
    keys = [_key(name) for name in quantity.names()]

    def likeness(header: Header) -> float:
        return max(difflib.SequenceMatcher(None, key, header.bare_key).ratio() for key in keys)

    scored = sorted(((likeness(header), header) for header in headers), key=lambda pair: -pair[0])
    return tuple(header.name for score, header in scored[:count] if score >= _ALIKE)


_ALIKE: Final = 0.4
# Share of equal characters from which a header is worth naming; Chinese names are short, so it is low.
