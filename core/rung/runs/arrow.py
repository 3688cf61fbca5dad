"""Reads results at rest: an Arrow file is mapped, never loaded, and gives any page of rows at once.

Standard library only, so that a screen can show a run before Polars is imported. It reads what Polars
writes with ``sink_ipc(compression="uncompressed")``.
"""

from __future__ import annotations

import mmap
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import accumulate
from pathlib import Path
from typing import Any, Self

from rung.errors import Place, RungError
from rung.runs.arrays import Array
from rung.runs.blocks import arrays_of, blocks_in, dictionary_batch, read_footer, record_batch
from rung.runs.columns import Column, read_column
from rung.runs.flatbuffer import Damaged
from rung.runs.lookup import find_row
from rung.text import _

__all__ = ["ArrowFile"]


class ArrowFile:
    """An Arrow file open for reading; a context manager, closed at its end.

    Every method raises RungError where the file contradicts itself.
    """

    def __init__(self, path: Path, raw: mmap.mmap) -> None:
        self.path = path
        self._raw = raw
        self._read: dict[int, dict[str, Array]] = {}
        self._dictionaries: dict[int, list[Any]] = {}
        with self._guarded():
            footer, schema = read_footer(raw)
            self.schema: tuple[Column, ...] = tuple(map(read_column, schema.tables(1)))
            self._columns = {column.name: column for column in self.schema}
            self._dictionary_blocks, blocks = blocks_in(footer)
            self._batches = [record_batch(raw, block) for block in blocks]
            self._starts = [0, *accumulate(batch.rows for batch in self._batches)]

    @classmethod
    def open(cls, path: Path) -> Self:
        """Map the file at ``path`` and read its footer."""
        try:
            with path.open("rb") as file:
                raw = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except FileNotFoundError:
            raise RungError.of(_("There is no such file."), place=Place(str(path))) from None
        except ValueError:
            raise _damaged(path, "it is empty") from None
        except OSError as error:
            raise RungError.of(
                _("The file cannot be read: {cause}.").format(cause=error.strerror), place=Place(str(path))
            ) from error
        try:
            return cls(path, raw)
        except BaseException:
            raw.close()
            raise

    def close(self) -> None:
        """Give the mapping back; the file can be read no more."""
        self._raw.close()

    def let_go(self) -> None:
        """Give the system back the memory that pages read so far fill; read again, they are mapped anew.

        Rows read here and there pull in much around them, and a mapping never lets go of it by itself.
        """
        if hasattr(mmap, "MADV_DONTNEED"):
            self._raw.madvise(mmap.MADV_DONTNEED)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    @property
    def num_rows(self) -> int:
        """How many rows the file holds."""
        return self._starts[-1]

    @property
    def column_names(self) -> tuple[str, ...]:
        """The columns, in the order of the file."""
        return tuple(self._columns)

    def page(self, columns: Iterable[str], start: int, count: int) -> dict[str, list[Any]]:
        """Return ``count`` rows from ``start`` of the columns named, fewer at the end of the file.

        Integers and floats come as they are, days as ``date``, decimals as ``Decimal``, dictionary
        columns (Enum, Categorical) as their words, null as None. Raises KeyError for an unknown column.
        """
        pages: dict[str, list[Any]] = {name: [] for name in columns}
        unknown = [name for name in pages if name not in self._columns]
        if unknown:
            raise KeyError(unknown[0])
        start, end = max(start, 0), min(max(start, 0) + max(count, 0), self.num_rows)
        with self._guarded():
            while start < end:
                batch = bisect_right(self._starts, start) - 1
                here = min(end, self._starts[batch + 1]) - start
                arrays = self._arrays(batch)
                for name, page in pages.items():
                    page.extend(self._values(arrays[name], start - self._starts[batch], here))
                start += here
        return pages

    def row(self, number: int) -> dict[str, Any]:
        """Return one row, every column; raises IndexError outside the file."""
        if not 0 <= number < self.num_rows:
            raise IndexError(number)
        return {name: values[0] for name, values in self.page(self._columns, number, 1).items()}

    def find(self, column: str, text: str) -> int | None:
        """Return the first row whose ``column`` (a string column) is ``text``, None where none is.

        Looks for the bytes the file would hold, so a million rows take milliseconds. Raises KeyError
        where there is no such string column.
        """
        if not self._columns[column].is_string:
            raise KeyError(column)
        with self._guarded():
            for number, first in enumerate(self._starts[:-1]):
                row = find_row(self._arrays(number)[column], text)
                if row is not None:
                    return first + row
        return None

    def arrays(self, column: str) -> Iterator[Array]:
        """Yield where a column lies in the file, batch by batch; raises KeyError for an unknown one."""
        if column not in self._columns:
            raise KeyError(column)
        with self._guarded():
            for number in range(len(self._batches)):
                yield self._arrays(number)[column]

    def _values(self, array: Array, start: int, count: int) -> list[Any]:
        values = array.values(start, count)
        if array.column.dictionary is None:
            return values
        words = self._words(array.column)
        if any(value is not None and not 0 <= value < len(words) for value in values):
            raise Damaged(f"column {array.column.name!r} points outside its dictionary")
        return [None if value is None else words[value] for value in values]

    def _words(self, column: Column) -> list[Any]:
        key = column.dictionary or 0
        if key not in self._dictionaries:
            self._dictionaries[key] = list(self._dictionary(key, column))
        return self._dictionaries[key]

    def _dictionary(self, key: int, column: Column) -> Iterator[Any]:
        plain = Column(column.name, column.layout, column.form, column.scale)
        for block in self._dictionary_blocks:
            found, batch = dictionary_batch(self._raw, block)
            if found == key:
                yield from arrays_of(self._raw, batch, (plain,))[plain.name].values(0, batch.rows)

    def _arrays(self, number: int) -> dict[str, Array]:
        if number not in self._read:
            self._read[number] = arrays_of(self._raw, self._batches[number], self.schema)
        return self._read[number]

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        try:
            yield
        except Damaged as damage:
            raise _damaged(self.path, str(damage)) from damage


def _damaged(path: Path, cause: str) -> RungError:
    return RungError.of(
        _("The file is damaged or no Arrow file of Rung's: {cause}.").format(cause=cause),
        _("Grade the customers again."),
        Place(str(path)),
    )
