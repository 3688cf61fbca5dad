"""Reads a small table a person wrote, CSV or a workbook's sheet, as rows of text that know their lines."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from rung.errors import Place, RungError
from rung.text import _

__all__ = ["GRID_SUFFIXES", "Grid", "GridRow", "read_grid"]

GRID_SUFFIXES: Final = (".csv", ".xlsx")

_LARGEST: Final = 16_000_000
# Bytes: a table people write by hand is far smaller.


@dataclass(frozen=True, slots=True)
class GridRow:
    """One row: its line in the file, and the cells that hold something, by their column's header."""

    line: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of texts."""

    name: str
    """What the file, or file and sheet, is called in messages."""
    header_line: int
    headers: tuple[str, ...]
    rows: tuple[GridRow, ...]

    def place(self, line: int, header: str = "") -> Place:
        """Return a row's place, or a cell's."""
        return Place(self.name, line, header)


def read_grid(path: Path, sheet: str | None = None) -> Grid:
    """Read a table with headers; rows that hold nothing are left out.

    A workbook's first sheet is read unless one is named. Raises RungError for a file that cannot be read,
    holds no header, or names a column twice.
    """
    if path.suffix.lower() == ".xlsx":
        return _grid(*_sheet_lines(path, sheet))
    return _grid(_text_lines(path), str(path))


def _grid(lines: Iterable[tuple[int, Sequence[str]]], name: str) -> Grid:
    filled = iter([(line, cells) for line, cells in lines if any(cells)])
    header_line, headers = next(filled, (1, ()))
    while headers and not headers[-1]:
        headers = headers[:-1]
    if not headers:
        raise RungError.of(
            _("The table is empty."), _("Its first row names the columns."), Place(name, header_line)
        )
    named = [header for header in headers if header]
    twice = next((header for header in named if named.count(header) > 1), None)
    if twice is not None:
        raise RungError.of(
            _("Two columns are called “{name}”.").format(name=twice), "", Place(name, header_line, twice)
        )
    rows = []
    for line, cells in filled:
        if any(cells[len(headers) :]):
            raise RungError.of(
                _("The row has more cells than the table has columns."),
                _("A text with a comma in it stands between quotation marks."),
                Place(name, line),
            )
        held = {header: cell for header, cell in zip(headers, cells, strict=False) if header and cell}
        rows.append(GridRow(line, held))
    return Grid(name, header_line, tuple(headers), tuple(rows))


def _text_lines(path: Path) -> Iterator[tuple[int, Sequence[str]]]:
    reader = csv.reader(_text(path).splitlines(keepends=True), strict=True)
    try:
        begun = 1
        for cells in reader:
            yield begun, [cell.strip() for cell in cells]
            begun = reader.line_num + 1
    except csv.Error as error:
        raise RungError.of(
            _("The table cannot be read: {reason}.").format(reason=error),
            "",
            Place(str(path), reader.line_num),
        ) from error


def _text(path: Path) -> str:
    written = _bytes(path)
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return written.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise RungError.of(
        _("The table is written neither in UTF-8 nor in GB18030."), _("Save it as UTF-8."), Place(str(path))
    )


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            written = file.read(_LARGEST + 1)
    except OSError as error:
        raise RungError.of(
            _("The file cannot be read: {reason}.").format(reason=error.strerror or type(error).__name__),
            _("Check the path and its permissions."),
            Place(str(path)),
        ) from error
    if len(written) > _LARGEST:
        raise RungError.of(_("The file has more than {n} bytes.").format(n=_LARGEST), "", Place(str(path)))
    return written


def _sheet_lines(path: Path, sheet: str | None) -> tuple[list[tuple[int, Sequence[str]]], str]:
    import fastexcel

    try:
        workbook = fastexcel.read_excel(_bytes(path))
        wanted = sheet if sheet is not None else workbook.sheet_names[0]
        if wanted not in workbook.sheet_names:
            raise RungError.of(
                _("There is no sheet “{name}”.").format(name=wanted),
                _("Known: {names}.").format(names=", ".join(workbook.sheet_names)),
                Place(str(path)),
            )
        loaded = workbook.load_sheet(wanted, header_row=None, dtypes="string", skip_rows=0)
        frame = loaded.to_polars()
    except fastexcel.FastExcelError as error:
        raise RungError.of(
            _("The workbook cannot be read: {reason}.").format(reason=str(error).splitlines()[0]),
            "",
            Place(str(path)),
        ) from error
    rows: list[tuple[int, Sequence[str]]] = [
        (line, ["" if cell is None else str(cell).strip() for cell in row])
        for line, row in enumerate(frame.iter_rows(), start=1)
    ]
    return rows, f"{path} ({wanted})"
