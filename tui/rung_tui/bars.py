"""Bars drawn in cells, fine to an eighth, whatever else the line holds."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from rung_tui.drawn import Span

__all__ = ["bar", "floating_bar"]

_EIGHTHS: Final = " ▏▎▍▌▋▊▉█"
_FULL: Final = "█"
_LOST: Final = "░"


def bar(share: float, width: int, role: str = "bar") -> tuple[Span, ...]:
    """Return a bar that fills ``share`` (0 to 1) of ``width`` cells."""
    return floating_bar(0, share, share, width, role)


def floating_bar(
    start: float | Decimal, end: float | Decimal, reach: float | Decimal, width: int, role: str = "bar"
) -> tuple[Span, ...]:
    """Return a bar from ``start`` to ``end``, and a shadow on to ``reach``, on a scale of 0 to 1.

    It begins at a whole cell, so that bars under one another stand like stairs.
    """
    first = min(_cells(start, width), width - 1)
    eighths = max(0, round(float(end) * width * 8) - first * 8) if float(end) > float(start) else 0
    full, rest = divmod(min(eighths, (width - first) * 8), 8)
    drawn = _FULL * full + (_EIGHTHS[rest] if rest else "")
    if not drawn and float(end) > float(start):
        drawn = _EIGHTHS[1]
    shadow = max(0, _cells(reach, width) - first - len(drawn))
    blank = width - first - len(drawn) - shadow
    spans = (Span(" " * first), Span(drawn, role), Span(_LOST * shadow, "lost"), Span(" " * blank))
    return tuple(span for span in spans if span.text)


def _cells(share: float | Decimal, width: int) -> int:
    return max(0, min(width, round(float(share) * width)))
