"""One column of one record batch: a stretch of its bytes becomes Python values."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from mmap import mmap
from typing import Any, Final

from rung.runs.columns import Column, Layout
from rung.runs.flatbuffer import Damaged

__all__ = ["INLINE", "VIEW", "Array", "Span"]

VIEW: Final = struct.Struct("<i4sii")
"""One entry of a string view: length, first four bytes, data buffer, offset in it."""
INLINE: Final = 12
"""Longest text, in bytes, that stands in the view itself."""

_EPOCH: Final = date(1970, 1, 1).toordinal()


@dataclass(frozen=True, slots=True)
class Span:
    """Where a buffer lies in the file."""

    start: int
    length: int


@dataclass(frozen=True, slots=True)
class Array:
    """One column of one record batch: its buffers in the mapped file."""

    column: Column
    raw: mmap
    rows: int
    nulls: int
    spans: Sequence[Span]
    """Validity first, then the layout's own; a view's data buffers at the end."""

    def values(self, start: int, count: int) -> list[Any]:
        """Return ``count`` values from row ``start`` of the batch, None for null."""
        if self.column.dictionary is not None:
            return self._masked(self._fixed(self.column.index_form, start, count), start)
        match self.column.layout:
            case Layout.NULL:
                return [None] * count
            case Layout.INTEGER | Layout.FLOAT:
                return self._masked(self._fixed(self.column.form, start, count), start)
            case Layout.BOOLEAN:
                return self._masked(self._bits(1, start, count), start)
            case Layout.DAY:
                days = self._masked(self._fixed("i", start, count), start)
                return [None if day is None else _day(day) for day in days]
            case Layout.DECIMAL:
                return self._masked(self._decimals(start, count), start)
            case Layout.STRING_VIEW:
                return self._views(start, count)
            case Layout.STRING:
                return self._strings("i", start, count)
            case Layout.LARGE_STRING:
                return self._strings("q", start, count)

    def part(self, buffer: int, offset: int, length: int) -> bytes:
        """Return bytes of one of the column's buffers; raises Damaged outside it."""
        span = self.spans[buffer]
        if offset < 0 or length < 0 or offset + length > span.length:
            raise Damaged(f"column {self.column.name!r} reaches outside its buffer")
        return self.raw[span.start + offset : span.start + offset + length]

    def _fixed(self, form: str, start: int, count: int) -> list[Any]:
        width = struct.calcsize(f"<{form}")
        return list(struct.unpack(f"<{count}{form}", self.part(1, start * width, count * width)))

    def _bits(self, buffer: int, start: int, count: int) -> list[bool]:
        first = start // 8
        raw = self.part(buffer, first, (start + count + 7) // 8 - first)
        return [bool(raw[bit >> 3] >> (bit & 7) & 1) for bit in range(start % 8, start % 8 + count)]

    def _valid(self, start: int, count: int) -> list[bool] | None:
        return self._bits(0, start, count) if self.nulls else None

    def _masked(self, values: list[Any], start: int) -> list[Any]:
        valid = self._valid(start, len(values))
        if valid is None:
            return values
        return [value if here else None for value, here in zip(values, valid, strict=True)]

    def _decimals(self, start: int, count: int) -> list[Any]:
        raw = self.part(1, start * 16, count * 16)
        scale = -self.column.scale
        whole = (int.from_bytes(raw[at : at + 16], "little", signed=True) for at in range(0, len(raw), 16))
        return [_decimal(number, scale) for number in whole]

    def _strings(self, form: str, start: int, count: int) -> list[Any]:
        offsets = self._fixed(form, start, count + 1) if self.rows else [0] * (count + 1)
        if offsets != sorted(offsets):
            raise Damaged(f"column {self.column.name!r}: string offsets run backwards")
        raw = self.part(2, offsets[0], offsets[-1] - offsets[0])
        ends = [offset - offsets[0] for offset in offsets]
        texts = [self._text(raw[low:high]) for low, high in pairwise(ends)]
        return self._masked(texts, start)

    def _views(self, start: int, count: int) -> list[Any]:
        raw = self.part(1, start * VIEW.size, count * VIEW.size)
        valid = self._valid(start, count) or [True] * count
        return [
            self._viewed(raw[at : at + VIEW.size]) if here else None
            for at, here in zip(range(0, len(raw), VIEW.size), valid, strict=True)
        ]

    def _viewed(self, view: bytes) -> str:
        length, prefix, buffer, offset = VIEW.unpack(view)
        if 0 <= length <= INLINE:
            return self._text(view[4 : 4 + length])
        if not 0 <= buffer < len(self.spans) - 2:
            raise Damaged(f"column {self.column.name!r} names a buffer that is not there")
        found = self.part(2 + buffer, offset, length)
        if found[:4] != prefix:
            raise Damaged(f"column {self.column.name!r}: a text does not begin as its index says")
        return self._text(found)

    def _text(self, raw: bytes) -> str:
        try:
            return raw.decode()
        except UnicodeDecodeError:
            raise Damaged(f"column {self.column.name!r} holds text that is not UTF-8") from None


def _day(number: int) -> date:
    try:
        return date.fromordinal(_EPOCH + number)
    except (ValueError, OverflowError):
        raise Damaged(f"day {number} is no date") from None


def _decimal(number: int, exponent: int) -> Decimal:
    # Built from digits: scaleb would round to the context's 28 digits.
    return Decimal((number < 0, tuple(map(int, str(abs(number)))), exponent))
