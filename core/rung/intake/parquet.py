"""Parquet files: typed tables, scanned lazily."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from rung.errors import Place, RungError
from rung.intake.headers import headers_of
from rung.intake.source import FrameSource
from rung.text import _

__all__ = ["open_parquet"]


def open_parquet(path: Path) -> FrameSource:
    """Return a Parquet file's columns and lazy frame.

    Raises RungError for a file that is none, or whose end is missing.
    """
    frame = pl.scan_parquet(path, glob=False)
    try:
        schema = frame.collect_schema()
        rows = frame.select(pl.len()).collect().item()
    except (pl.exceptions.PolarsError, OSError) as error:
        raise RungError.of(
            _("The file is no Parquet file that can be read: {reason}.").format(
                reason=str(error).splitlines()[0]
            ),
            _("It may be cut short: write or copy it again."),
            Place(str(path)),
        ) from None
    return FrameSource(str(path), headers_of(schema.names()), frame, schema, rows)
