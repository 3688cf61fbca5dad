"""Settles a table of texts: every batch read into values and laid down in a file of its own."""

from __future__ import annotations

import errno
from collections.abc import Mapping
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import NamedTuple

import polars as pl

from rung.errors import Place, Problem, RungError
from rung.intake.columns import Column, Columns
from rung.intake.kept import dtype_of
from rung.intake.source import LINE, Batch, TextSource
from rung.intake.table import Table, no_rows, nothing_readable, supplied
from rung.intake.texts import Read, read_texts
from rung.text import _

__all__ = ["Settling"]


class _Pending(NamedTuple):
    """A batch whose columns are being read."""

    lines: pl.Series
    texts: list[pl.Series]
    reads: list[Future[Read]]


class Settling:
    """Takes a source's batches one after the other; ``table`` gives the whole."""

    def __init__(self, name: str, source: TextSource, columns: Columns, scratch: Path) -> None:
        self._read = [column for column in columns.found if column.header is not None]
        self.positions = [column.header.position for column in self._read if column.header is not None]
        self._name = name
        self._source = source
        self._columns = columns
        self._scratch = scratch
        self._parts: list[Path] = []
        self._rows = 0
        self._present = dict.fromkeys(columns.ids(), 0)
        self._pending: _Pending | None = None
        self._unread: dict[str, list[pl.DataFrame]] = {column.id: [] for column in columns.found}

    def take(self, batch: Batch, pool: Executor) -> None:
        """Begin to read one batch's columns, side by side, and write down the batch before it."""
        texts = [batch.texts[str(position)] for position in self.positions]
        reads = [pool.submit(read_texts, *pair) for pair in zip(texts, self._read, strict=True)]
        self._write_down()
        self._pending = _Pending(batch.lines, texts, reads)

    def _write_down(self) -> None:
        if self._pending is None:
            return
        lines, texts, reads = self._pending
        values = [lines.alias(LINE)]
        for column, text, future in zip(self._read, texts, reads, strict=True):
            read = future.result()
            values.append(read.values.alias(column.id))
            self._note(column, lines, text, read)
        self._rows += len(lines)
        part = self._scratch / f"{self._name}-{len(self._parts) + 1:05}.arrow"
        try:
            pl.DataFrame(values).write_ipc(part)
        except OSError as error:
            raise _refused(error, self._scratch) from None
        self._parts.append(part)

    def _note(self, column: Column, lines: pl.Series, texts: pl.Series, read: Read) -> None:
        self._present[column.id] += len(read.values) - read.values.null_count()
        if read.problems is not None:
            unread = pl.DataFrame({"line": lines, "value": texts, "problem": read.problems})
            self._unread[column.id].append(unread.filter(pl.col("problem").is_not_null()))

    def table(self, *, may_be_empty: bool = False) -> Table:
        """Return the table read.

        Raises RungError where no row fits, there is none and must be one, or a column holds nothing of
        its kind.
        """
        self._write_down()
        notes = self._source.notes
        if not self._rows and notes.rejections:
            raise self._no_row_fits()
        if not self._rows and not may_be_empty:
            raise no_rows(self._source.file)
        unread = {key: pl.concat(parts) for key, parts in self._unread.items() if parts}
        self._check_kinds(unread)
        scan = pl.scan_ipc(self._parts, glob=False) if self._parts else self._nothing()
        values = {
            column.id: supplied(column) if column.header is None else pl.col(column.id)
            for column in self._columns.found
        }
        return Table(
            name=self._name,
            file=self._source.file,
            columns=self._columns,
            frame=scan.select(LINE, **values),
            notes=notes,
            rows=self._rows + len(notes.rejections),
            unread=unread,
        )

    def _nothing(self) -> pl.LazyFrame:
        """Return the columns without a row: a year may pass without a complaint."""
        types = {column.id: dtype_of(column.quantity) for column in self._read}
        return pl.LazyFrame(schema={LINE: pl.UInt32, **types})

    def _no_row_fits(self) -> RungError:
        first, delimiter = self._source.notes.rejections[0], self._source.notes.delimiter
        asked = _("Is “{delimiter}” the delimiter? A mapping file can name it.").format(delimiter=delimiter)
        return RungError.of(
            _("No row fits the header: {problem}").format(problem=first.problem),
            asked if delimiter else "",
            Place(self._source.file, first.line),
        )

    def _check_kinds(self, unread: Mapping[str, pl.DataFrame]) -> None:
        problems: list[Problem] = []
        for column in self._read:
            if column.id in unread and not self._present[column.id]:
                bad = unread[column.id]
                told = _("Line {line}: {problem}").format(line=bad["line"][0], problem=bad["problem"][0])
                example = "" if column.quantity.is_sensitive else told
                problem = nothing_readable(column, self._source.file, bad.height, example)
                problems += [problem] if problem is not None else []
        if problems:
            raise RungError.all(problems)


def _refused(error: OSError, scratch: Path) -> RungError:
    message = _("The values read cannot be written down: {reason}.").format(reason=error)
    hint = _("Free some space, or choose a folder on another disk.")
    if _is(error, errno.ENOSPC):
        message = _("The disk is full.")
    elif _is(error, errno.EFBIG):
        message = _("The file would be larger than is allowed here.")
        hint = _("Raise the limit, or write elsewhere.")
    return RungError.of(message, f"{hint} {_('Nothing was written.')}", Place(str(scratch)))


def _is(error: OSError, number: int) -> bool:
    # Polars raises it without a number, and writes that into the text.
    return error.errno == number or f"(os error {number})" in str(error)
