"""Finds a text in a column by the bytes the file would hold it in, without decoding the column."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from itertools import islice
from typing import Final

from rung.runs.arrays import INLINE, VIEW, Array
from rung.runs.columns import Layout

__all__ = ["find_row"]

_SLICE: Final = 65_536
_FEW: Final = 8
# More places than this that might be the text, and decoding the column is the shorter way.


def find_row(array: Array, text: str) -> int | None:
    """Return the first row of a string column that holds ``text``, None where none does."""
    if array.column.layout is not Layout.STRING_VIEW or not text:
        return _scan(array, text)
    views = list(islice(_views(array, text.encode()), _FEW + 1))
    if len(views) > _FEW:
        return _walk(array, text)
    return min((row for view in views for row in _rows(array, view, text)), default=None)


def _scan(array: Array, text: str) -> int | None:
    for start in range(0, array.rows, _SLICE):
        page = array.values(start, min(_SLICE, array.rows - start))
        if text in page:
            return start + page.index(text)
    return None


def _walk(array: Array, text: str) -> int | None:
    """Go through the views, comparing length and beginning before any text is looked at."""
    wanted = text.encode()
    head = (len(wanted), wanted[:4])
    for start in range(0, array.rows, _SLICE):
        views = array.part(1, start * VIEW.size, min(_SLICE, array.rows - start) * VIEW.size)
        for row, (length, prefix, _buffer, _offset) in enumerate(VIEW.iter_unpack(views), start):
            if (length, prefix) == head and array.values(row, 1) == [text]:
                return row
    return None


def _views(array: Array, wanted: bytes) -> Iterator[bytes]:
    """Yield every view a row may hold for ``wanted``: short texts stand in it, long ones are pointed to."""
    if len(wanted) <= INLINE:
        yield struct.pack("<i12s", len(wanted), wanted)
        return
    for number, span in enumerate(array.spans[2:]):
        end = span.start + span.length
        place = array.raw.find(wanted, span.start, end)
        while place >= 0:
            yield VIEW.pack(len(wanted), wanted[:4], number, place - span.start)
            place = array.raw.find(wanted, place + 1, end)


def _rows(array: Array, view: bytes, text: str) -> Iterator[int]:
    """Yield the first row that holds ``view``, if any does; null rows may hold anything."""
    start = array.spans[1].start
    end = start + min(array.spans[1].length, array.rows * VIEW.size)
    place = array.raw.find(view, start, end)
    while place >= 0:
        row, rest = divmod(place - start, VIEW.size)
        if not rest and array.values(row, 1) == [text]:
            yield row
            return
        place = array.raw.find(view, place + 1, end)
