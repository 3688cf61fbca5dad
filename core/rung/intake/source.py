"""What every kind of table file offers: its headers, and its rows as texts or as a typed frame."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol

import polars as pl

from rung.intake.headers import Header
from rung.intake.rejected import Rejection

__all__ = ["LINE", "Batch", "FrameSource", "Notes", "TextSource"]

LINE: Final = "#line"
"""Name of the column that numbers a table's rows: the physical line, or the row where lines mean nothing."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Some rows of a table: texts in columns named by position, and each row's line."""

    texts: pl.DataFrame
    lines: pl.Series
    done: int
    """How much of the source is read, in the source's own measure."""


@dataclass(slots=True)
class Notes:
    """What was noticed about a file while it was read."""

    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    blank_rows: int = 0
    replaced: int = 0
    """Characters that could not be decoded."""
    replaced_lines: list[int] = field(default_factory=list)
    """The first few lines that hold such characters."""
    rejections: list[Rejection] = field(default_factory=list)
    """Rows that do not fit the header."""


class TextSource(Protocol):
    """A table whose values are texts: delimited text or a sheet."""

    file: str
    headers: tuple[Header, ...]
    header_line: int
    size: int
    """How much there is to read, in the measure of ``Batch.done``."""
    notes: Notes

    def batches(self, positions: Sequence[int]) -> Iterator[Batch]:
        """Yield the rows in order, only the columns at ``positions``; at least one batch if any row."""
        ...


@dataclass(frozen=True, slots=True)
class FrameSource:
    """A table whose values are typed: a Parquet file, scanned lazily."""

    file: str
    headers: tuple[Header, ...]
    frame: pl.LazyFrame
    schema: pl.Schema
    rows: int
