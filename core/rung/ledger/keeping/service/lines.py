"""Lines ready made in tables of service, so that a million rows are read as one text."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from rung.errors import Place, RungError
from rung.ledger.keeping.separated import BETWEEN, read, written
from rung.text import _

if TYPE_CHECKING:
    import polars as pl

__all__ = ["frame_of_lines", "line_of", "unreadable_service"]


def line_of(*parts: str | int | None) -> str:
    """Return parts as one line."""
    return BETWEEN.join(written(str(each) if isinstance(each, int) else each) for each in parts)


def frame_of_lines(
    texts: Iterable[bytes], schema: dict[str, Any], sorted_by: str, never_null: tuple[str, ...], place: str
) -> pl.DataFrame:
    """Return texts of lines as a frame; raises RungError where one is none.

    One text is parsed while the next is fetched. ``schema``: columns and their types as they are kept.
    """
    import polars as pl

    with ThreadPoolExecutor(1) as parser:
        parts = list(parser.map(lambda text: _parsed(text, schema, never_null, place), texts))
    found = pl.concat(parts) if parts else pl.DataFrame(schema=schema)
    # One database has them in order already, for the other it costs less to order them here.
    return found if found[sorted_by].is_sorted() else found.sort(sorted_by)


def _parsed(text: bytes, schema: dict[str, Any], never_null: tuple[str, ...], place: str) -> pl.DataFrame:
    import polars as pl

    try:
        found = pl.read_csv(text, has_header=False, separator=BETWEEN, quote_char=None, schema=schema)
        if any(found[name].has_nulls() for name in never_null):
            raise ValueError
    except (ValueError, pl.exceptions.PolarsError) as error:
        raise unreadable_service(place) from error
    if b"\\" not in text:
        return found
    return found.with_columns(read(pl.col(pl.String)))


def unreadable_service(place: str) -> RungError:
    """Return the refusal of what is none of what the ledger keeps of service."""
    return RungError.of(
        _("What the ledger keeps of contacts, alarms and records cannot be read."),
        _("“rung audit verify” says more; “rung ledger rebuild” makes it anew from the events."),
        Place(place),
    )
