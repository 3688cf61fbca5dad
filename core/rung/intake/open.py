"""Opens a table file by its ending, and says clearly why it cannot."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from rung.errors import Place, RungError
from rung.intake.delimited import DelimitedSource
from rung.intake.json_lines import JsonLinesSource
from rung.intake.mapping import MappingFile
from rung.intake.parquet import open_parquet
from rung.intake.source import FrameSource, TextSource
from rung.text import _

__all__ = ["check_file", "open_source"]

_DELIMITED: Final = frozenset({".csv", ".tsv", ".txt"})
_JSON_LINES: Final = frozenset({".jsonl", ".ndjson"})
_SHEETS: Final = frozenset({".xlsx", ".xlsm", ".xls"})
_PARQUET: Final = frozenset({".parquet", ".pq"})


def check_file(path: Path) -> None:
    """Raise RungError for a file that is missing, a folder, empty, or of an unknown ending."""
    place = Place(str(path))
    if path.is_dir():
        raise RungError.of(_("This is a folder, not a table."), _("Name one file in it."), place)
    try:
        with path.open("rb") as file:
            is_empty = not file.read(1)
    except OSError as error:
        raise RungError.of(
            _("The file cannot be read: {reason}.").format(reason=error.strerror or type(error).__name__),
            _("Check the path and its permissions."),
            place,
        ) from None
    if path.suffix.lower() not in _DELIMITED | _JSON_LINES | _SHEETS | _PARQUET:
        raise RungError.of(
            _("Tables ending in “{ending}” are not read.").format(ending=path.suffix),
            _("Give CSV, TSV, TXT, JSON lines (.jsonl), Parquet or XLSX."),
            place,
        )
    if is_empty:
        raise RungError.of(
            _("The file is empty."), _("It needs a row of headers and the customers' rows."), place
        )


def open_source(path: Path, mapping: MappingFile | None = None) -> TextSource | FrameSource:
    """Open a table; ``mapping`` gives the encoding, delimiter or sheet where they are not to be detected.

    Raises RungError for a file that cannot be read as a table.
    """
    check_file(path)
    ending = path.suffix.lower()
    if ending in _PARQUET:
        return open_parquet(path)
    if ending in _SHEETS:
        from rung.intake.sheets import SheetSource  # fastexcel is loaded for workbooks only

        return SheetSource(path, mapping)
    return JsonLinesSource(path, mapping) if ending in _JSON_LINES else DelimitedSource(path, mapping)
