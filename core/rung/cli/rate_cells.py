"""Rates on a screen: with what they rest on, greyed and starred where that is too little."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from rung.cli.terminal import Grid, line
from rung.text import _
from rung.workspace.monitor_words import per_cent

if TYPE_CHECKING:
    from rich.text import Text as Line

    from rung.monitor import Rate

__all__ = [
    "SMALL",
    "bar",
    "rate_cell",
    "rate_style",
    "set_cells",
    "small_words",
]

SMALL: Final = "*"
_FULL: Final = "█"
_BAR: Final = 20
# Cells of the longest bar.


def bar(count: int, most: int) -> str:
    """Return a bar as long as a count is beside the greatest; never empty for some."""
    return _FULL * max(1 if count else 0, round(_BAR * count / most)) if most else ""


def rate_style(rate: Rate) -> str:
    """Return how a rate is shown: greyed where too few customers bear it."""
    return "dim" if rate.is_small else ""


def rate_cell(rate: Rate) -> Line:
    """Return a rate with what it rests on: ``12.5% (3/24)*``."""
    if rate.share is None:
        return line("–", "dim")
    words = f"{per_cent(rate.share)} ({rate.events:,}/{rate.n:,})"
    return line(f"{words}{SMALL}" if rate.is_small else words, rate_style(rate))


def small_words(minimum: int) -> str:
    """Return what the star says."""
    return _("* fewer than {n}: shown, not judged").format(n=minimum)


def set_cells(
    headers: Sequence[object], rows: Iterable[Sequence[object]], *, right: Iterable[int] = ()
) -> Grid:
    """Return a table whose cells may have a style of their own."""
    from rich.text import Text as Line

    cells = tuple(
        tuple(cell if isinstance(cell, Line) else line("" if cell is None else cell) for cell in row)
        for row in rows
    )
    return Grid(tuple(map(line, headers)), cells, frozenset(right), frozenset())
