"""Numbers as people choose them: 2 300 becomes 2 500, never 2 317; all on scaled whole numbers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

__all__ = ["falling", "human", "human_step"]

_LEADING: Final = (10, 12, 15, 20, 25, 30, 40, 50, 60, 80, 100)
_STEPS: Final = (1, 2, 5, 10)


def human(value: int, least: int = 1) -> int:
    """Return the number nearest to ``value`` that a person would name, no finer than ``least``."""
    size = abs(value)
    if size < least:
        return 0
    power = 10 ** max(0, len(str(size)) - 2)
    if size < 10 * least:
        return _signed((size + least // 2) // least * least, value)
    near = min((lead * power for lead in _LEADING), key=lambda each: (abs(each - size), each))
    return _signed(max(least, near // least * least), value)


def _signed(size: int, like: int) -> int:
    return -size if like < 0 else size


def human_step(span: int, parts: int) -> int:
    """Return 1, 2 or 5 times a power of ten, so that about ``parts`` of it make ``span``."""
    wanted = max(1, span // max(1, parts))
    power = int(10 ** (len(str(wanted)) - 1))
    return next(step * power for step in _STEPS if step * power >= wanted)


def falling(values: Iterable[int]) -> list[int]:
    """Return the values from the largest, each once."""
    return sorted(set(values), reverse=True)
