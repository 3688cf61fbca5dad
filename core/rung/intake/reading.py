"""Reads a table's columns: texts now and piece by piece, typed ones when the frame is collected."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

import polars as pl

from rung.errors import RungError
from rung.intake.columns import Column, Columns
from rung.intake.settling import Settling
from rung.intake.source import LINE, FrameSource, Notes, TextSource
from rung.intake.table import Table, no_rows, nothing_readable, supplied, unread_flag
from rung.intake.typed import Typed, read_typed
from rung.progress import Progress
from rung.text import _

__all__ = ["read_table"]

_SAMPLE: Final = 1_000
# Rows looked at to tell a column of another kind from one with a few bad values.


def read_table(
    name: str,
    source: TextSource | FrameSource,
    columns: Columns,
    scratch: Path,
    progress: Progress,
    *,
    may_be_empty: bool = False,
) -> Table:
    """Read a table's columns.

    A table of texts is read now, piece by piece, into files in ``scratch``; a typed one stays lazy.
    Raises RungError where there is no row and there must be one, or a column holds nothing of its kind.
    """
    if isinstance(source, FrameSource):
        return _lazy(name, source, columns, may_be_empty)
    settling = Settling(name, source, columns, scratch)
    with ThreadPoolExecutor() as pool:
        for batch in source.batches(settling.positions):
            settling.take(batch, pool)
            progress(_("Reading {file}").format(file=Path(source.file).name), batch.done, source.size)
    return settling.table(may_be_empty=may_be_empty)


def _lazy(name: str, source: FrameSource, columns: Columns, may_be_empty: bool) -> Table:
    if not source.rows and not may_be_empty:
        raise no_rows(source.file)
    raw = source.frame.with_row_index(LINE, offset=1)
    padded = _padded(source)
    typed = {column.id: _typed(column, source, padded) for column in columns.found}
    doubts = {key: each.is_unread for key, each in typed.items() if each.is_unread is not None}
    table = Table(
        name=name,
        file=source.file,
        columns=columns,
        frame=raw.select(
            LINE,
            **{key: each.value for key, each in typed.items()},
            **{unread_flag(key): doubt for key, doubt in doubts.items()},
        ),
        notes=Notes(),
        rows=source.rows,
        doubts=doubts,
        raw=raw,
    )
    _check_kinds(table)
    return table


def _check_kinds(table: Table) -> None:
    """Raise for a column none of whose first values can be read."""
    if table.raw is None or not table.doubts:
        return
    sample = table.raw.head(_SAMPLE)
    unread = sample.select(**{key: doubt.sum() for key, doubt in table.doubts.items()}).collect()
    present = table.frame.head(_SAMPLE).select(pl.col(table.doubts).count()).collect()
    problems = [
        nothing_readable(column, table.file, int(unread[column.id].item()))
        for column in table.columns.found
        if column.id in table.doubts and not present[column.id].item()
    ]
    if any(problems):
        raise RungError.all(problem for problem in problems if problem is not None)


def _padded(source: FrameSource) -> frozenset[str]:
    """Return the text columns whose first values have blanks around them, as fixed-width exports have."""
    sample = source.frame.head(_SAMPLE).select(pl.col(pl.String)).collect()
    return frozenset(each.name for each in sample if (each.str.strip_chars() != each).any())


def _typed(column: Column, source: FrameSource, padded: frozenset[str]) -> Typed:
    if column.header is None:
        return Typed(supplied(column), None)
    header = column.header.name
    return read_typed(column, source.schema[header], source.file, header in padded)
