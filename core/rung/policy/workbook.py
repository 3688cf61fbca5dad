"""Writes a policy's sheets as a workbook that people edit and ``sheet_reading`` reads back."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from rung.policy.reader import LoadedPolicy
from rung.policy.sheets import NUMBERS, Sheet, sheets_of
from rung.text import Text, _

__all__ = ["ABOUT", "write_workbook"]

ABOUT: Final = "about"
"""The sheet that says which policy the others belong to."""
_WIDEST: Final = 60


def write_workbook(path: Path, loaded: LoadedPolicy) -> tuple[str, ...]:
    """Write the rules, bands, levels and cut-offs of a policy; return the names of the sheets.

    The policy's id, version and content hash stand in a sheet of their own.
    """
    import xlsxwriter  # type: ignore[import-untyped] # it ships no types

    sheets = sheets_of(loaded.table)
    # In memory: a temporary file of the library's own would be left behind by a kill.
    with xlsxwriter.Workbook(str(path), {"in_memory": True, "strings_to_formulas": False}) as book:
        bold = book.add_format({"bold": True, "bottom": 1})
        text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        number = book.add_format({"valign": "top"})
        for sheet in sheets:
            _write(book.add_worksheet(sheet.name), sheet, bold, text, number)
        about = book.add_worksheet(ABOUT)
        policy = loaded.policy
        told = (
            ("policy", policy.id),
            ("version", policy.version),
            ("sha256", loaded.sha256),
            ("title", _both(policy.title)),
        )
        for row, (key, value) in enumerate((("key", "value"), *told)):
            about.write_string(row, 0, key, bold if row == 0 else text)
            about.write_string(row, 1, value, bold if row == 0 else text)
        about.set_column(0, 0, 12)
        about.set_column(1, 1, _WIDEST)
        hint = _(
            "Change the other sheets and read them back with: rung policy import FILE --out OVERLAY.toml"
        )
        about.write_string(len(told) + 2, 0, hint)
    return tuple(sheet.name for sheet in sheets)


def _write(page: Any, sheet: Sheet, bold: Any, text: Any, number: Any) -> None:
    for column, header in enumerate(sheet.headers):
        page.write_string(0, column, header, bold)
        longest = max((len(cells.get(header, "")) for _path, cells in sheet.rows), default=0)
        # Cells are text, so that a spreadsheet does not take "1-2" for a day.
        page.set_column(column, column, min(_WIDEST, max(len(header), longest) + 2), text)
    for row, (_path, cells) in enumerate(sheet.rows, start=1):
        for column, header in enumerate(sheet.headers):
            cell = cells.get(header, "")
            if cell and header in NUMBERS:
                page.write_number(row, column, Decimal(cell), number)
            elif cell:
                page.write_string(row, column, cell, text)
    page.freeze_panes(1, 1)
    page.autofilter(0, 0, max(1, len(sheet.rows)), len(sheet.headers) - 1)


def _both(title: Text) -> str:
    return title.zh if title.zh == title.en else f"{title.zh} · {title.en}"
