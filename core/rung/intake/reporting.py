"""Turns a table's counts into the quality report's entries."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import polars as pl

from rung.intake.columns import Column
from rung.intake.quality import ColumnQuality, FileQuality, Unread
from rung.intake.table import Table, unread_flag
from rung.intake.unread import unread_values
from rung.text import MASK, inert

__all__ = ["column_quality", "file_quality"]

_EXAMPLES: Final = 3


def file_quality(table: Table) -> FileQuality:
    """Return what was noticed while a table's file was read."""
    notes = table.notes
    return FileQuality(
        file=table.file,
        rows=table.rows,
        blank_rows=notes.blank_rows,
        misfits=len(notes.rejections),
        encoding=notes.encoding,
        delimiter=notes.delimiter,
        sheet=notes.sheet,
        replaced=notes.replaced,
        replaced_lines=tuple(notes.replaced_lines),
        unmapped=tuple(map(inert, table.columns.unmapped)),
    )


def column_quality(
    table: Table, counts: Mapping[str, int], rows: int, dropped: pl.Series | None = None
) -> tuple[ColumnQuality, ...]:
    """Return how full each column of a table is.

    ``counts`` holds, by column id, how many of ``rows`` values are null, and by ``unread_flag`` how many
    of those were there but unreadable. ``dropped`` are the lines of rows that do not count.
    """
    unread = {name: counts[unread_flag(name)] for name in table.doubts if unread_flag(name) in counts}
    bad = {name for name, count in unread.items() if count} | set(table.unread)
    examples: dict[str, tuple[Unread, ...]] = {}
    for column, frame in unread_values(table, frozenset(bad)):
        if dropped is not None and len(dropped):
            frame = frame.filter(~pl.col("line").is_in(dropped.implode()))
        unread[column.id] = frame.height
        pairs = frame.select("line", "value").head(_EXAMPLES).iter_rows()
        shown = ((line, MASK if column.quantity.is_sensitive else inert(value)[:80]) for line, value in pairs)
        examples[column.id] = tuple(Unread(*each) for each in shown)
    return tuple(
        _quality(column, rows, counts[column.id], unread.get(column.id, 0), examples.get(column.id, ()))
        for column in table.columns.found
        if column.id in counts
    )


def _quality(
    column: Column, rows: int, nulls: int, unread: int, examples: tuple[Unread, ...]
) -> ColumnQuality:
    return ColumnQuality(
        id=column.id,
        header=inert(column.header.name) if column.header is not None else "",
        present=rows - nulls,
        missing=nulls - unread,
        unread=unread,
        examples=examples,
    )
