"""Reads the flatbuffers in which an Arrow file describes itself, refusing whatever points outside them."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Final

__all__ = ["Damaged", "FlatTable", "root_table"]

_UOFFSET: Final = struct.Struct("<I")
_SOFFSET: Final = struct.Struct("<i")
_VOFFSET: Final = struct.Struct("<H")
_INT8: Final = struct.Struct("<b")
_INT16: Final = struct.Struct("<h")
_INT32: Final = struct.Struct("<i")
_INT64: Final = struct.Struct("<q")


class Damaged(Exception):  # noqa: N818 - it never leaves the room: the file's door turns it into a RungError
    """The bytes contradict themselves; the message says how."""


def _read(form: struct.Struct, raw: bytes, position: int) -> int:
    # unpack_from counts negative positions from the end, which would hide a damaged offset.
    if position < 0 or position + form.size > len(raw):
        raise Damaged("an offset points outside the description")
    number: int = form.unpack_from(raw, position)[0]
    return number


class FlatTable:
    """One table of a flatbuffer; its slots are read by number, in the order of the Arrow schema files."""

    __slots__ = ("_at", "_raw", "_slots", "_vtable")

    def __init__(self, raw: bytes, at: int) -> None:
        self._raw = raw
        self._at = at
        self._vtable = at - _read(_SOFFSET, raw, at)
        self._slots = (_read(_VOFFSET, raw, self._vtable) - 4) // 2

    def _position(self, slot: int) -> int | None:
        if slot >= self._slots:
            return None
        offset = _read(_VOFFSET, self._raw, self._vtable + 4 + 2 * slot)
        return self._at + offset if offset else None

    def _number(self, slot: int, form: struct.Struct, default: int) -> int:
        position = self._position(slot)
        return default if position is None else _read(form, self._raw, position)

    def int8(self, slot: int, default: int = 0) -> int:
        """Return a byte, an enum or a truth value."""
        return self._number(slot, _INT8, default)

    def int16(self, slot: int, default: int = 0) -> int:
        """Return a 16-bit integer."""
        return self._number(slot, _INT16, default)

    def int32(self, slot: int, default: int = 0) -> int:
        """Return a 32-bit integer."""
        return self._number(slot, _INT32, default)

    def int64(self, slot: int, default: int = 0) -> int:
        """Return a 64-bit integer."""
        return self._number(slot, _INT64, default)

    def table(self, slot: int) -> FlatTable | None:
        """Return the table a slot points to."""
        position = self._position(slot)
        if position is None:
            return None
        return FlatTable(self._raw, position + _read(_UOFFSET, self._raw, position))

    def text(self, slot: int) -> str:
        """Return a string, empty where the slot is."""
        position, length = self._vector(slot, width=1)
        try:
            return self._raw[position : position + length].decode()
        except UnicodeDecodeError:
            raise Damaged("a name is not UTF-8") from None

    def tables(self, slot: int) -> Iterator[FlatTable]:
        """Yield the tables of a vector."""
        position, length = self._vector(slot, width=4)
        for item in range(position, position + 4 * length, 4):
            yield FlatTable(self._raw, item + _read(_UOFFSET, self._raw, item))

    def structs(self, slot: int, form: struct.Struct) -> list[tuple[int, ...]]:
        """Return the structs of a vector, each as a tuple."""
        position, length = self._vector(slot, width=form.size)
        return list(form.iter_unpack(self._raw[position : position + form.size * length]))

    def _vector(self, slot: int, *, width: int) -> tuple[int, int]:
        position = self._position(slot)
        if position is None:
            return 0, 0
        start = position + _read(_UOFFSET, self._raw, position)
        length = _read(_UOFFSET, self._raw, start)
        if start + 4 + width * length > len(self._raw):
            raise Damaged("a list is longer than the description that holds it")
        return start + 4, length


def root_table(raw: bytes) -> FlatTable:
    """Return the outermost table of a flatbuffer."""
    return FlatTable(raw, _read(_UOFFSET, raw, 0))
