"""The data source ``pms``: guests, stays and complaints from a property-management system's SQLite file."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from rung.sdk import DataSource, Field, Kind, SourceTables, SourceWanted, Text, hookimpl

if TYPE_CHECKING:
    import polars as pl

__all__ = ["RUNG_API", "PMSError", "read", "rung_source"]

RUNG_API: Final = 1

_BATCH: Final = 50_000
# Rows held at once: a house with millions of stays is read in pieces.

_GUESTS: Final = """
    SELECT guest_no AS guest_id, name AS guest_name, phone, joined_on, purpose AS travels_for,
           CASE accepts_contact WHEN 1 THEN 'true' WHEN 0 THEN 'false' END AS accepts_contact,
           contacted_on AS last_contact_on
    FROM guests ORDER BY guest_no
"""
_STAYS: Final = """
    SELECT guest_no AS guest_id, departed_on AS date, nights,
           CASE WHEN folio_fen IS NOT NULL THEN printf(
               '%s%d.%02d', iif(folio_fen < 0, '-', ''), abs(folio_fen) / 100, abs(folio_fen) % 100
           ) END AS spend, channel, rating
    FROM stays WHERE departed_on <= :as_of AND (:hotel IS NULL OR hotel = :hotel)
    ORDER BY guest_no, departed_on
"""
_COMPLAINTS: Final = """
    SELECT guest_no AS guest_id, made_on AS date, subject
    FROM complaints WHERE made_on <= :as_of AND (:hotel IS NULL OR hotel = :hotel)
    ORDER BY guest_no, made_on
"""
# Money is written out here, fen by fen: as a fraction in binary it would be inexact before Rung sees it.

_EVENTS: Final = {"stays": _STAYS, "complaints": _COMPLAINTS}
_TABLES: Final = frozenset({"guests", *_EVENTS})


class PMSError(Exception):
    """The file is not there, or is not the property-management system's."""


def read(options: Mapping[str, Any], wanted: SourceWanted) -> SourceTables:
    """Return the guests, and those of their stays and complaints that are wanted, as frames in batches."""
    file = Path(options["file"])
    _look_into(file)
    told = {"as_of": wanted.as_of.isoformat(), "hotel": options["hotel"]}
    return SourceTables(
        customers=_batches(file, _GUESTS, told),
        events={
            name: _batches(file, query, told) for name, query in _EVENTS.items() if name in wanted.events
        },
    )


def _opened(file: Path) -> sqlite3.Connection:
    # Read only: whatever happens here, the front office goes on with the file it had.
    return sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)


def _look_into(file: Path) -> None:
    """Find at once what would else be found after minutes of reading."""
    if not file.is_file():
        raise PMSError(f"There is no file {file}.")
    try:
        with closing(_opened(file)) as base:
            found = {name for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    except sqlite3.Error as error:
        raise PMSError(f"{file} cannot be read: {error}.") from error
    if lacking := sorted(_TABLES - found):
        raise PMSError(f"{file} is no file of the property-management system: no {', '.join(lacking)}.")


def _batches(file: Path, query: str, told: Mapping[str, Any]) -> Iterator[pl.DataFrame]:
    """Yield the rows of a query, an empty frame where there are none: its headers are wanted all the same."""
    import polars as pl

    with closing(_opened(file)) as base:
        rows = base.execute(query, told)
        headers = [name for name, *_ in rows.description]
        schema = dict.fromkeys(headers, pl.String) | {
            name: pl.Int64 for name in ("nights", "rating") if name in headers
        }
        batch = rows.fetchmany(_BATCH)
        yield pl.DataFrame(batch, schema=schema, orient="row")
        while batch := rows.fetchmany(_BATCH):
            yield pl.DataFrame(batch, schema=schema, orient="row")


@hookimpl
def rung_source() -> DataSource:
    """Return the data source."""
    return DataSource(
        id="pms",
        title=Text("酒店管理系统", "Property-management system"),
        about=Text(
            "读取酒店管理系统的SQLite文件：客人、住宿、投诉。只读，不改动。",
            "Reads guests, stays and complaints from the property-management system's SQLite file, and "
            "changes nothing in it.",
        ),
        options=(
            Field(
                id="file",
                title=Text("数据库文件", "Database file"),
                kind=Kind.TEXT,
                is_required=True,
            ),
            Field(
                id="hotel",
                title=Text("分店", "Hotel"),
                kind=Kind.TEXT,
                about=Text("只看这家分店的住宿；不写则全部。", "Only stays at this one; all if left out."),
            ),
        ),
        read=read,
    )
