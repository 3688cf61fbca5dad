"""Writes a table to a CSV, XLSX, Parquet or JSON Lines file, completely or not at all."""

from __future__ import annotations

from datetime import date, datetime, time
from enum import StrEnum
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rung.errors import Place, RungError
from rung.runs.atomic import whole_file
from rung.runs.export import guarded
from rung.text import _

if TYPE_CHECKING:
    from collections.abc import Callable

    import polars as pl

__all__ = ["Format", "format_of", "write_table"]


class Format(StrEnum):
    """A kind of file, by the ending of its name."""

    CSV = "csv"
    XLSX = "xlsx"
    PARQUET = "parquet"
    JSONL = "jsonl"

    @property
    def has_lists(self) -> bool:
        """Whether one cell can hold several values."""
        return self in (Format.PARQUET, Format.JSONL)


_SHEET_ROWS: Final = 1_048_576
# Rows of a worksheet in the file format, the header's included.
_SLICE: Final = 50_000
_TOLD: Final = 5_000
# Rows of a worksheet between two words of how far it is: a fraction of a second's work.


def format_of(path: Path) -> Format:
    """Return the format a file's name asks for; raises RungError for an ending that names none."""
    try:
        return Format(path.suffix.lower().removeprefix("."))
    except ValueError:
        raise RungError.of(
            _("“{name}” names no kind of file Rung writes.").format(name=path),
            _("End it with {endings}.").format(endings=", ".join(f".{each}" for each in Format)),
        ) from None


def write_table(
    frame: pl.LazyFrame,
    path: Path,
    rows: int,
    report: Callable[[str, int, int | None], None],
    *,
    marked: bool = True,
    kind: Format | None = None,
) -> None:
    """Write ``frame``, of ``rows`` rows, to ``path``, replacing a file there.

    ``marked``: whether a CSV begins with the mark by which spreadsheets know it for UTF-8; the next
    program in a pipe would take it for a part of the first header. ``kind``: as what it is written, if not
    as the name's ending says.
    Raises RungError where the name's ending is unknown, a worksheet cannot hold the rows or the disk
    refuses.
    """
    import polars as pl

    kind = kind or format_of(path)
    if kind is Format.XLSX and rows >= _SHEET_ROWS:
        raise RungError.of(
            _("A worksheet holds {most} rows; these are {rows}.").format(most=_SHEET_ROWS - 1, rows=rows),
            _("Write .csv or .parquet."),
            Place(str(path)),
        )
    with whole_file(path) as part:
        stage = _("Writing {file}").format(file=path.name)
        report(stage, 0, rows)
        match kind:
            case Format.CSV:
                guarded(frame).sink_csv(part, include_bom=marked)
            case Format.PARQUET:
                frame.sink_parquet(part)
            case Format.JSONL:
                frame.sink_ndjson(part)
            case Format.XLSX:
                shown = guarded(frame).with_columns(pl.col(pl.Float64).round(4))
                _write_sheet(shown, part, rows, lambda done: report(stage, done, rows))
        report(stage, rows, rows)  # who has it stopped by now finds no file


def _write_sheet(frame: pl.LazyFrame, part: Path, rows: int, report: Callable[[int], None]) -> None:
    import xlsxwriter  # type: ignore[import-untyped] # it ships no types

    # Everything is written as text or number by name: no text can become a formula or a link.
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    # Packed in memory: an archive the disk refuses would complain once more when it is cleared away.
    packed = BytesIO()
    with xlsxwriter.Workbook(packed, options) as book:
        sheet = book.add_worksheet()
        names = frame.collect_schema().names()
        bold = book.add_format({"bold": True})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for place, name in enumerate(names):
            sheet.write_string(0, place, name, bold)
        sheet.freeze_panes(1, 0)
        for start in range(0, rows, _SLICE):
            for number, row in enumerate(frame.slice(start, _SLICE).collect().iter_rows(), start + 1):
                for place, value in enumerate(row):
                    if isinstance(value, str):
                        sheet.write_string(number, place, value)
                    elif isinstance(value, date):
                        sheet.write_datetime(number, place, datetime.combine(value, time()), day)
                    elif value is not None:
                        sheet.write_number(number, place, value)
                if number % _TOLD == 0:
                    report(number)
    part.write_bytes(packed.getbuffer())
