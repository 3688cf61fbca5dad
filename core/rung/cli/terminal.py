"""What verbs print with: tables that stay aligned, texts that stay inert, and JSON."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

import click

from rung.runs.plain import to_plain
from rung.text import inert

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text as Line

__all__ = ["console", "grid", "line", "print_json", "show_problems"]

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
) -> Table:
    """Return a table of plain texts.

    Columns numbered in ``right`` are aligned to the right; those in ``whole`` are never broken into
    lines, so that what stands in them can be copied.
    """
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, header_style="bold")
    lines = [[line("" if item is None else item) for item in row] for row in rows]
    ends, unbroken = set(right), set(whole)
    for number, header in enumerate(headers):
        table.add_column(
            line(header),
            justify="right" if number in ends else "left",
            overflow="fold",
            no_wrap=number in unbroken,
            min_width=max((row[number].cell_len for row in lines), default=0) if number in unbroken else None,
        )
    for row in lines:
        table.add_row(*row)
    return table


def print_json(value: Any) -> None:
    """Print plain data or frozen dataclasses as JSON."""
    click.echo(json.dumps(to_plain(value), ensure_ascii=False, indent=2, default=_number))


def _number(value: Any) -> Any:
    return float(value) if isinstance(value, Decimal) else str(value)


def show_problems(problems: Iterable[object]) -> None:
    """Print problems that did not stop the work, one a line, to stderr."""
    for problem in problems:
        click.echo(inert(str(problem)), err=True)
