"""Reads a list of customers' ids: one column of a table, or plain lines, with or without a header."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from rung.errors import Place, RungError
from rung.intake.headers import Header, matching
from rung.intake.open import open_source
from rung.intake.source import FrameSource, TextSource
from rung.text import _
from rung.vocabulary import Quantity
from rung.words import BLANKS

__all__ = ["read_ids"]


def read_ids(path: Path, key: Quantity) -> tuple[str, ...]:
    """Return the ids in a table, each once, in their order.

    The column is the one whose header names ``key``, the field that identifies a customer, else the only
    one; a header that names nothing is then an id itself. Raises RungError for a file that cannot be
    read, and for one with several columns of which none is headed so.
    """
    source = open_source(path)
    header, is_headed = _column(source.headers, key, source.file)
    found = dict.fromkeys(() if is_headed else (header.name.strip(BLANKS),))
    found |= dict.fromkeys(_values(source, header))
    found.pop("", None)
    if not found:
        raise RungError.of(_("The file lists no customer."), place=Place(str(path)))
    return tuple(found)


def _column(headers: tuple[Header, ...], key: Quantity, file: str) -> tuple[Header, bool]:
    named = matching(key, headers)
    if named:
        return named[0], True
    if len(headers) == 1:
        return headers[0], False
    message = _("None of its columns is headed as the customers' ids: {found}.")
    raise RungError.of(
        message.format(found=", ".join(header.name for header in headers[:8])),
        _("Head the column “{name}”, or give a file with that column alone.").format(name=key.id),
        Place(file),
    )


def _values(source: TextSource | FrameSource, header: Header) -> Iterator[str]:
    import polars as pl

    if isinstance(source, FrameSource):
        name = source.schema.names()[header.position]
        column = source.frame.select(pl.col(name).cast(pl.String)).collect().to_series()
        yield from (value.strip(BLANKS) for value in column.drop_nulls())
        return
    for batch in source.batches([header.position]):
        for column in batch.texts.get_columns():
            yield from (str(value).strip(BLANKS) for value in column.drop_nulls())
