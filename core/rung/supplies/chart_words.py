"""A number of a panel's chart in words, the same on every face."""

from __future__ import annotations

from typing import Final

__all__ = ["number_words"]

_MANY: Final = 100_000
# From here on what stands behind the point tells nothing.


def number_words(value: float, unit: str) -> str:
    """Return a number with its unit, digits grouped, to six places that tell something."""
    number = f"{value:,.0f}" if abs(value) >= _MANY else f"{value:,.6g}"
    return f"{number}{unit}" if unit in ("", "%") else f"{number} {unit}"
