"""Bands that share a bound move together: the one below ends where the one above begins."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any, Final

__all__ = ["follow"]

_NUMBER: Final = re.compile(r"(?<![\w.])-?\d+(?:_\d+)*(?:\.\d+)?(?![\w%])")


def follow(bands: list[Any], number: int, before: object, after: object) -> list[int]:
    """Move the bounds that the bands beside ``number`` share with it; return which bands moved.

    Only a cell with as many numbers as before says which bound became which.
    """
    if not (isinstance(before, str) and isinstance(after, str)):
        return []
    old, new = (_NUMBER.findall(cell.replace("..", " .. ")) for cell in (before, after))
    if len(old) != len(new):
        return []
    became = {_worth(was): now for was, now in zip(old, new, strict=True) if _worth(was) != _worth(now)}
    moved = []
    for beside in (number - 1, number + 1):
        band = bands[beside] if 0 <= beside < len(bands) else None
        cell = band.get("when") if isinstance(band, dict) else None
        if isinstance(band, dict) and isinstance(cell, str):
            written = " .. ".join(_replaced(part, became) for part in cell.split(".."))
            written = written.replace(" .. ", "..")
            if written != cell:
                band["when"] = written
                moved.append(beside)
    return moved


def _replaced(part: str, became: dict[Decimal, str]) -> str:
    return _NUMBER.sub(lambda found: became.get(_worth(found[0]), found[0]), part)


def _worth(written: str) -> Decimal:
    return Decimal(written.replace("_", ""))
