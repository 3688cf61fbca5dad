"""What verbs print with: tables that stay aligned, texts that stay inert, and JSON."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

import click

from rung.runs.plain import to_plain
from rung.text import inert

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions
    from rich.table import Table
    from rich.text import Text as Line

__all__ = ["Grid", "console", "grid", "line", "print_json", "show_problems"]

_WORD: Final = 20
# Cells of a word kept whole where a table is narrow; fewer where it would not fit.
_WIDE_GAP: Final = 3
_CLOSE_GAP: Final = 2
_PIPED_WIDTH: Final = 160
# Without a terminal nothing limits a line, but a table wants some width to be laid out in.


def console(*, stderr: bool = False) -> Console:
    """Return where to print: names are never taken for markup, emoji codes or things to colour."""
    from rich.console import Console

    class _Console(Console):
        def on_broken_pipe(self) -> None:
            raise  # the program ends quietly; rich would end it as a failure

    stream = sys.stderr if stderr else sys.stdout
    width = None if stream.isatty() else int(os.environ.get("COLUMNS") or _PIPED_WIDTH)
    return _Console(stderr=stderr, markup=False, emoji=False, highlight=False, width=width, soft_wrap=False)


def line(text: object, style: str = "") -> Line:
    """Return one line of text, without control characters, to be printed as it stands."""
    from rich.text import Text as Line

    return Line(inert(str(text)), style=style)


def grid(
    headers: Sequence[object],
    rows: Iterable[Sequence[object]],
    *,
    right: Iterable[int] = (),
    whole: Iterable[int] = (),
) -> Grid:
    """Return a table of plain texts.

    Columns numbered in ``right`` are aligned to the right; those in ``whole`` are never broken into
    lines, so that what stands in them can be copied.
    """
    lines = tuple(tuple(line("" if item is None else item) for item in row) for row in rows)
    return Grid(tuple(map(line, headers)), lines, frozenset(right), frozenset(whole))


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of plain texts; where it is too wide it is set closer, and broken between words."""

    headers: tuple[Line, ...]
    rows: tuple[tuple[Line, ...], ...]
    right: frozenset[int]
    whole: frozenset[int]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Table]:
        """Yield the table as it fits: wide apart, else close and with no word broken that need not be."""
        columns = [[header, *row] for header, *row in zip(self.headers, *self.rows, strict=True)]
        full = [max(each.cell_len for each in column) for column in columns]
        gaps = len(columns) - 1
        if sum(full) + _WIDE_GAP * gaps <= options.max_width:
            yield self._table(full, pad=1)
            return
        room = options.max_width - _CLOSE_GAP * gaps
        least = [1] * len(columns)
        for word in range(_WORD, 0, -1):
            least = [
                most if number in self.whole else min(_longest_word(column), word)
                for number, (column, most) in enumerate(zip(columns, full, strict=True))
            ]
            if sum(least) <= room:
                break
        yield self._table(_shared_out(room, least, full), pad=0)

    def _table(self, widths: Sequence[int], *, pad: int) -> Table:
        from rich import box
        from rich.table import Table

        table = Table(
            box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, header_style="bold", padding=(0, 1, 0, pad)
        )
        for number, (header, width) in enumerate(zip(self.headers, widths, strict=True)):
            table.add_column(
                header,
                justify="right" if number in self.right else "left",
                overflow="fold",
                no_wrap=number in self.whole,
                width=width,
            )
        for row in self.rows:
            table.add_row(*row)
        return table


def _shared_out(room: int, least: Sequence[int], full: Sequence[int]) -> list[int]:
    """Return the columns' widths: their least, and what room is left to the narrowest that lack some."""
    widths = list(least)
    for _cell in range(room - sum(least)):
        lacking = [number for number, width in enumerate(widths) if width < full[number]]
        if lacking:
            widths[min(lacking, key=widths.__getitem__)] += 1
    return widths


def _longest_word(column: Iterable[Line]) -> int:
    """Return the cells of the longest word; text without spaces, as Chinese is, may break anywhere."""
    words = (word for each in column for word in each.plain.split())
    return max((len(word) if word.isascii() else 2 for word in words), default=0)


def print_json(value: Any) -> None:
    """Print plain data or frozen dataclasses as JSON."""
    click.echo(json.dumps(to_plain(value), ensure_ascii=False, indent=2, default=_number))


def _number(value: Any) -> Any:
    return float(value) if isinstance(value, Decimal) else str(value)


def show_problems(problems: Iterable[object]) -> None:
    """Print problems that did not stop the work, one a line, to stderr."""
    for problem in problems:
        click.echo(inert(str(problem)), err=True)
