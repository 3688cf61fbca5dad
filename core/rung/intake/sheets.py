"""Spreadsheets: one sheet read as texts, its first row that is not blank the headers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import fastexcel
import polars as pl

from rung.errors import Place, RungError, did_you_mean
from rung.intake.headers import headers_of
from rung.intake.mapping import MappingFile
from rung.intake.source import Batch, Notes
from rung.text import _, inert
from rung.words import BLANKS

__all__ = ["SheetSource"]

_COMPOUND: Final = b"\xd0\xcf\x11\xe0"
# An XLSX is a zip archive; one protected by a password is put into a compound file instead.


class SheetSource:
    """One sheet of an XLSX (or older) workbook."""

    def __init__(self, path: Path, mapping: MappingFile | None = None) -> None:
        self.file = str(path)
        book = _open(path)
        name = mapping.source.sheet if mapping is not None else None
        if name is not None and name not in book.sheet_names:
            raise RungError.of(
                _("{file} has no sheet “{name}”.").format(file=self.file, name=name),
                did_you_mean(name, [inert(each) for each in book.sheet_names]),
                mapping.place("source", "sheet") if mapping is not None else None,
            )
        sheet = book.load_sheet(name or 0, header_row=None, skip_rows=0, dtypes="string")
        rows = sheet.to_polars()
        rows.columns = [str(position) for position in range(rows.width)]
        lines = pl.int_range(1, rows.height + 1, dtype=pl.UInt32, eager=True)
        filled = _filled(rows)
        self._rows, self._lines = rows.filter(filled), lines.filter(filled)
        if not self._rows.height:
            raise RungError.of(
                _("Sheet “{name}” is empty.").format(name=inert(sheet.name)),
                _("Its sheets: {names}.").format(names=", ".join(map(inert, book.sheet_names))),
                Place(self.file),
            )
        self.headers = headers_of(self._rows.row(0))
        self.header_line = int(self._lines[0])
        self.size = self._rows.height
        self.notes = Notes(sheet=sheet.name, blank_rows=rows.height - self._rows.height)

    def batches(self, positions: Sequence[int]) -> Iterator[Batch]:
        """Yield the rows below the headers, all at once."""
        if self.size > 1:
            texts = self._rows.select(str(position) for position in sorted(set(positions)))
            yield Batch(texts[1:], self._lines[1:], self.size)


def _open(path: Path) -> fastexcel.ExcelReader:
    with path.open("rb") as file:
        head = file.read(len(_COMPOUND))
    if head == _COMPOUND and path.suffix.lower() != ".xls":
        raise RungError.of(
            _("The workbook is protected by a password."),
            _("Save it without one, or as CSV."),
            Place(str(path)),
        )
    try:
        return fastexcel.read_excel(path)
    except fastexcel.FastExcelError as error:
        raise RungError.of(
            _("The file is no workbook that can be read: {reason}.").format(
                reason=str(error).splitlines()[0]
            ),
            _("Open it in a spreadsheet program and save it as XLSX or CSV."),
            Place(str(path)),
        ) from None


def _filled(rows: pl.DataFrame) -> pl.Series:
    if not rows.width:
        return pl.Series(dtype=pl.Boolean)
    return rows.select(
        pl.any_horizontal(pl.all().str.strip_chars(BLANKS).str.len_bytes().fill_null(0) > 0)
    ).to_series()
