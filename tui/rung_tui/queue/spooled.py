"""Keeps many texts in a file instead of in memory: a temporary one without a name, gone when it is closed."""

from __future__ import annotations

import mmap
from pathlib import Path
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Final

from rung.runs import ArrowFile
from rung_tui.queue.lending import lent

if TYPE_CHECKING:
    import polars as pl

__all__ = ["SpooledTexts"]

_BATCH: Final = 1 << 16


class SpooledTexts:
    """The one column of a frame, written to a file that only this program can reach."""

    def __init__(self, frame: pl.LazyFrame) -> None:
        """Raise OSError or one of Polars' errors where there is no room for it."""
        (name,) = frame.collect_schema()
        with TemporaryFile(prefix="rung-") as file:
            frame.sink_ipc(file, compression="uncompressed", record_batch_size=_BATCH, engine="streaming")
            self._raw = mmap.mmap(file.fileno(), 0)
        self._file = ArrowFile(Path(), self._raw)
        self.texts = lent(self._raw, self._file.arrays(name))
        """Views into the file; not to be kept longer than this is open."""

    def rest(self) -> None:
        """Give the system back the memory that what was read of the file fills."""
        self._file.let_go()

    def close(self) -> None:
        """Give the file back."""
        del self.texts
        self._file.close()
