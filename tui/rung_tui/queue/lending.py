"""Lends Polars a column of texts in a mapped Arrow file, to be looked through where it lies.

Polars copies what it reads of a file into memory of its own, and that takes longer than the search. What
Arrow calls its C data interface spares it: https://arrow.apache.org/docs/format/CDataInterface.html
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterable
from mmap import mmap
from typing import TYPE_CHECKING, Any, ClassVar, Final

from rung.runs.arrays import Array
from rung.runs.columns import Layout
from rung.runs.flatbuffer import Damaged

if TYPE_CHECKING:
    import polars as pl

__all__ = ["lent"]

_WHOLE: Final = ctypes.c_int64
_POINTER: Final = ctypes.c_void_p
_UTF8_VIEW: Final = b"vu"

_capsule: Final = ctypes.PYFUNCTYPE(ctypes.py_object, _POINTER, ctypes.c_char_p, _POINTER)(
    ("PyCapsule_New", ctypes.pythonapi)
)
_DO_NOTHING: Final = ctypes.cast(ctypes.pythonapi.Py_IsInitialized, _POINTER)
# What Polars calls when it has done with a batch, from any thread and even after the interpreter's end: a
# function of C's that looks at nothing, because whoever lends gives the memory back.


class _Schema(ctypes.Structure):
    """Arrow's ``ArrowSchema``."""

    _fields_: ClassVar[Any] = (
        ("format", ctypes.c_char_p),
        ("name", ctypes.c_char_p),
        ("metadata", _POINTER),
        ("flags", _WHOLE),
        ("n_children", _WHOLE),
        ("children", _POINTER),
        ("dictionary", _POINTER),
        ("release", _POINTER),
        ("private_data", _POINTER),
    )


class _Array(ctypes.Structure):
    """Arrow's ``ArrowArray``."""

    _fields_: ClassVar[Any] = (
        ("length", _WHOLE),
        ("null_count", _WHOLE),
        ("offset", _WHOLE),
        ("n_buffers", _WHOLE),
        ("n_children", _WHOLE),
        ("buffers", _POINTER),
        ("children", _POINTER),
        ("dictionary", _POINTER),
        ("release", _POINTER),
        ("private_data", _POINTER),
    )


class _Batch:
    """One batch of the column, as Polars asks for it."""

    def __init__(self, batch: Array, base: int) -> None:
        if batch.column.layout is not Layout.STRING_VIEW or batch.nulls:
            raise Damaged(f"column {batch.column.name!r} is not of texts alone")
        _validity, views, *data = batch.spans
        lengths = (_WHOLE * len(data))(*(span.length for span in data))
        starts = (base + span.start for span in (views, *data))
        buffers = (_POINTER * (len(data) + 3))(None, *starts, ctypes.addressof(lengths))
        self._kept = lengths, buffers
        self._schema = _Schema(format=_UTF8_VIEW, name=b"", release=_DO_NOTHING)
        self._array = _Array(
            length=batch.rows,
            n_buffers=len(buffers),
            buffers=ctypes.cast(buffers, _POINTER),
            release=_DO_NOTHING,
        )

    def __arrow_c_array__(self, requested_schema: object = None) -> tuple[object, object]:
        schema, array = ctypes.addressof(self._schema), ctypes.addressof(self._array)
        return _capsule(schema, b"arrow_schema", None), _capsule(array, b"arrow_array", None)


def lent(raw: mmap, column: Iterable[Array]) -> pl.Series:
    """Return the column as a series whose texts stay in ``raw``, a writable mapping nobody writes to.

    Nothing is checked that is inside the texts: the file must be one nobody else can reach. The mapping must
    outlive the series and whatever is taken from it. Raises Damaged for a column of another kind.
    """
    import polars as pl

    base = ctypes.addressof(ctypes.c_char.from_buffer(raw))
    whole = pl.Series(dtype=pl.String)
    for batch in column:
        whole.append(pl.Series(_Batch(batch, base)))
    return whole
