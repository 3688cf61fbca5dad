"""Values that could not be read: which they are, and why, for the report and the side file."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import polars as pl

from rung.intake.columns import Column
from rung.intake.source import LINE
from rung.intake.table import Table
from rung.text import inert
from rung.values import parse_value

__all__ = ["unread_values"]


def unread_values(
    table: Table, column_ids: frozenset[str] | None = None
) -> Iterator[tuple[Column, pl.DataFrame]]:
    """Yield each column with unread values, and their line, value and problem.

    A typed table is read again for them, so ask only for columns known to have some.
    """
    for column in table.columns.found:
        if column_ids is not None and column.id not in column_ids:
            continue
        if column.id in table.unread:
            yield column, table.unread[column.id]
        elif column.id in table.doubts and table.raw is not None and column.header is not None:
            rows = table.raw.filter(table.doubts[column.id]).select(LINE, column.header.name)
            found = rows.collect(engine="streaming")
            if found.height:
                yield column, _explained(column, found)


def _explained(column: Column, found: pl.DataFrame) -> pl.DataFrame:
    lines, values = found.get_columns()
    return pl.DataFrame(
        {
            "line": lines,
            "value": pl.Series(map(str, values), dtype=pl.String),
            "problem": pl.Series(map(partial(_problem, column), values), dtype=pl.String),
        }
    )


def _problem(column: Column, value: object) -> str:
    try:
        parse_value(value, column.quantity, column.reading)
    except ValueError as error:
        return inert(str(error))
    return ""
