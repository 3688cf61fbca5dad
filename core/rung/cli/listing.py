"""How a list is asked for and handed out: how many on the screen, or all of it in a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from rung.cli.progress import progress
from rung.cli.terminal import console, line
from rung.errors import RungError
from rung.text import _
from rung.workspace.destination import check_destination

if TYPE_CHECKING:
    import polars as pl
    from rich.text import Text as Line

__all__ = ["check_list_out", "limit_option", "list_out_option", "the_rest", "write_list"]

_Verb = TypeVar("_Verb", bound=Callable[..., Any])


def limit_option(verb: _Verb) -> _Verb:
    """Give a verb ``--limit``; how many there are if left out is the verb's to know."""
    words = _("How many are shown; 50 if left out, in JSON all.")
    return click.option("--limit", type=click.IntRange(min=1), metavar="N", help=words)(verb)


def list_out_option(words: str) -> Callable[[_Verb], _Verb]:
    """Give a verb ``--out``; ``words`` say what is written."""
    return click.option("--out", type=click.Path(path_type=Path), metavar="FILE", help=words)


def check_list_out(out: Path | None, *, as_json: bool) -> None:
    """Raise RungError, before the work, where a list cannot be written where it is wanted."""
    if out is None:
        return
    if as_json:
        raise RungError.of(_("--json and --out exclude each other."))
    from rung.runs.formats import format_of

    format_of(out)
    check_destination(out)


def write_list(table: pl.DataFrame, out: Path) -> None:
    """Write a table to a file and say so."""
    from rung.runs.formats import write_table

    with progress() as report:
        write_table(table.lazy(), out, table.height, report)
    words = _("{count} written to {file}.").format(count=f"{table.height:,}", file=out)
    console().print(line(words))


def the_rest(shown: int, count: int, *, has_out: bool) -> Iterator[Line]:
    """Yield how many of a list are not shown, and how to see them; nothing where all are."""
    if shown < count:
        words = (
            _("The first {n} of {count}; more: --limit N; all in a file: --out FILE.xlsx")
            if has_out
            else _("The first {n} of {count}; more: --limit N")
        )
        yield line(words.format(n=f"{shown:,}", count=f"{count:,}"), "dim")
