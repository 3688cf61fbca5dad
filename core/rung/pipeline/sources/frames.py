"""What a data source hands over, made frames of Polars: any frame narwhals takes, or an iterable of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final, TypeAlias

import narwhals.stable.v2 as nw
import polars as pl

from rung.pipeline.sources.contained import UnfitTableError
from rung.text import _

__all__ = ["Lazy", "batches_of", "frame_of"]

Lazy: TypeAlias = nw.LazyFrame[Any]
"""A frame that is computed only when it is written."""

_ARROW: Final = ("__arrow_c_stream__", "__arrow_c_array__")
# What any Arrow library hands its tables over by, whether narwhals knows it or not.


def batches_of(table: str, handed: object) -> Iterator[object]:
    """Return an iterator of the frames of a table: of its only one, or of those an iterable yields.

    Raises UnfitTableError for what is neither; the plugin's own code may run and raise what it likes.
    """
    if _is_frame(handed):
        return iter((handed,))
    if isinstance(handed, str | bytes | dict) or not isinstance(handed, Iterable) or _is_series(handed):
        raise _no_table(table, handed)
    return iter(handed)


def frame_of(table: str, batch: object) -> pl.DataFrame | Lazy:
    """Return one frame; raises UnfitTableError for what is none, and what the frame's own library raises."""
    if not _is_frame(batch):
        raise _no_table(table, batch)
    found = nw.from_native(batch, pass_through=True)
    if isinstance(found, nw.LazyFrame):
        return found
    if isinstance(found, nw.DataFrame):
        native = found.to_native()
        return native if isinstance(native, pl.DataFrame) else found.to_polars()
    arrow: Any = batch
    return pl.DataFrame(arrow)


def _no_table(table: str, found: object) -> UnfitTableError:
    message = _("For “{table}” it handed over {found}, which is no table, nor an iterable of tables.")
    return UnfitTableError([message.format(table=table, found=type(found).__name__)])


def _is_frame(found: Any) -> bool:
    if isinstance(nw.from_native(found, pass_through=True), nw.DataFrame | nw.LazyFrame):
        return True
    return any(hasattr(found, name) for name in _ARROW) and not _is_series(found)


def _is_series(found: Any) -> bool:
    return isinstance(nw.from_native(found, allow_series=True, pass_through=True), nw.Series)
