"""What an Arrow file says of itself: its footer, the batches it points to, and their columns' buffers."""

from __future__ import annotations

import struct
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from mmap import mmap
from typing import Final

from rung.runs.arrays import Array, Span
from rung.runs.columns import Column, Layout
from rung.runs.flatbuffer import Damaged, FlatTable, root_table

__all__ = ["Batch", "Block", "arrays_of", "blocks_in", "dictionary_batch", "read_footer", "record_batch"]

Block = tuple[int, ...]
"""Offset in the file, length of the description, length of the body."""

_MAGIC: Final = b"ARROW1"
_BLOCK: Final = struct.Struct("<qi4xq")
_PAIR: Final = struct.Struct("<qq")
_COUNT: Final = struct.Struct("<q")
_FRAME: Final = struct.Struct("<Ii")
_CONTINUATION: Final = 0xFFFFFFFF
_DICTIONARY_BATCH: Final = 2
_RECORD_BATCH: Final = 3


@dataclass(frozen=True, slots=True)
class Batch:
    """One record batch: how many rows, and where its buffers lie."""

    rows: int
    body: Span
    header: FlatTable

    def spans(self) -> list[Span]:
        """Return the buffers in the order of the columns; raises Damaged for one outside the batch."""
        spans = []
        for offset, length in self.header.structs(2, _PAIR):
            if offset < 0 or length < 0 or offset + length > self.body.length:
                raise Damaged("a buffer lies outside its batch")
            spans.append(Span(self.body.start + offset, length))
        return spans


def read_footer(raw: mmap) -> tuple[FlatTable, FlatTable]:
    """Return the footer and the schema in it; raises Damaged for a file that is none, or cut short."""
    size = len(raw)
    if size < 24 or raw[:6] != _MAGIC or raw[-6:] != _MAGIC:
        raise Damaged("it does not begin and end as an Arrow file does")
    (length,) = struct.unpack_from("<i", raw, size - 10)
    if not 0 < length <= size - 18:
        raise Damaged("its footer is longer than the file")
    footer = root_table(raw[size - 10 - length : size - 10])
    schema = footer.table(1)
    if schema is None or schema.int16(0):
        raise Damaged("the schema is absent or not little-endian")
    return footer, schema


def blocks_in(footer: FlatTable) -> tuple[list[Block], list[Block]]:
    """Return where the dictionaries and the record batches stand."""
    return footer.structs(2, _BLOCK), footer.structs(3, _BLOCK)


def record_batch(raw: mmap, block: Block) -> Batch:
    """Return the record batch of a block."""
    message, body = _message(raw, *block)
    if message.int8(1) != _RECORD_BATCH:
        raise Damaged("a batch is of another kind than the footer says")
    return _batch(message.table(2), body)


def dictionary_batch(raw: mmap, block: Block) -> tuple[int, Batch]:
    """Return the id of the dictionary a block adds words to, and the words as a batch of one column."""
    message, body = _message(raw, *block)
    header = message.table(2)
    if message.int8(1) != _DICTIONARY_BATCH or header is None:
        raise Damaged("a dictionary is of another kind than the footer says")
    return header.int64(0), _batch(header.table(1), body)


def arrays_of(raw: mmap, batch: Batch, columns: Iterable[Column]) -> dict[str, Array]:
    """Return the columns of a batch by name, their buffers counted off in the order of the schema."""
    spans, nodes = iter(batch.spans()), iter(batch.header.structs(1, _PAIR))
    views = iter(batch.header.structs(4, _COUNT))
    arrays = {}
    for column in columns:
        rows, nulls = next(nodes, (-1, -1))
        if rows != batch.rows or not 0 <= nulls <= rows:
            raise Damaged(f"column {column.name!r} has another number of rows than its batch")
        is_view = column.layout is Layout.STRING_VIEW and column.dictionary is None
        count = column.buffers + (next(views, (0,))[0] if is_view else 0)
        own = list(islice(spans, max(count, 0)))
        if len(own) != count:
            raise Damaged(f"column {column.name!r} lacks a buffer")
        arrays[column.name] = Array(column, raw, rows, nulls, own)
    return arrays


def _message(raw: mmap, offset: int, described: int, length: int) -> tuple[FlatTable, Span]:
    if offset < 8 or described < 8 or length < 0 or offset + described + length > len(raw):
        raise Damaged("a batch lies outside the file")
    mark, size = _FRAME.unpack_from(raw, offset)
    if mark != _CONTINUATION or not 0 < size <= described - 8:
        raise Damaged("a batch does not begin where the footer says")
    return root_table(raw[offset + 8 : offset + 8 + size]), Span(offset + described, length)


def _batch(header: FlatTable | None, body: Span) -> Batch:
    if header is None or header.int64(0) < 0:
        raise Damaged("a batch has no description")
    if header.table(3) is not None:
        raise Damaged("it is compressed")
    return Batch(header.int64(0), body, header)
