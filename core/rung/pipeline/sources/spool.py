"""Lays the batches of one table down as one Parquet file, whatever their size, with little in memory."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import polars as pl

from rung.errors import did_you_mean
from rung.pipeline.sources.contained import UnfitTableError
from rung.pipeline.sources.frames import Lazy
from rung.runs.refusals import refuse_writing
from rung.text import _

__all__ = ["Spool"]

_ROWS: Final = 250_000
_BYTES: Final = 64 << 20
# What is held in memory before it is written away.
_GROUP: Final = 250_000
# Rows a group of the file: the same rows give the same file, however they were batched.
_NEVER: Final = (pl.List, pl.Array, pl.Struct, pl.Object, pl.Binary, pl.Duration, pl.Time, pl.Unknown)
_DISK: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EIO})


@dataclass(slots=True)
class _Room:
    """How much is held in memory."""

    rows: int = 0
    size: float = 0

    @property
    def is_left(self) -> bool:
        return self.rows < _ROWS and self.size < _BYTES

    def take(self, frame: pl.DataFrame) -> None:
        self.rows += frame.height
        self.size += frame.estimated_size()


class Spool:
    """One table on its way to a file: batches go in, each checked; ``close`` gives the file."""

    def __init__(self, folder: Path, table: str) -> None:
        self._folder, self._table = folder, table
        self._held: list[pl.DataFrame] = []
        self._parts: list[Path] = []
        self._schema: dict[str, pl.DataType] = {}
        self._batches = 0
        self._room = _Room()
        self.rows = 0

    def take(self, frame: pl.DataFrame | Lazy) -> None:
        """Take one batch; raises UnfitTableError with all that is wrong with it, RungError for a full disk.

        What is computed only now raises what its own library raises.
        """
        self._batches += 1
        if isinstance(frame, pl.DataFrame):
            self._check(frame.schema)
            if not self._room.is_left:
                self._write_away()
            self._held.append(self._made_ready(frame))
            self._room.take(frame)
            self.rows += frame.height
            return
        self._write_away()
        part = self._next_part("parquet")
        _computed(frame, part)
        written = pl.scan_parquet(part, glob=False)
        self._check(written.collect_schema())
        self.rows += written.select(pl.len()).collect().item()

    def close(self, columns: tuple[str, ...] = ()) -> Path:
        """Write the file; ``columns`` are those of a table that had no batch at all."""
        path = self._folder / f"{self._table}.parquet"
        frames = [*map(_scanned, self._parts), *(each.lazy() for each in self._held)]
        frames = [each.select(self._ready()) for each in frames]
        if not frames:
            frames = [pl.LazyFrame(schema=dict.fromkeys(columns, pl.String))]
        with _laying_down(path):
            whole = pl.concat(frames, how="vertical_relaxed")
            whole.sink_parquet(path, compression="lz4", row_group_size=_GROUP)
            for part in self._parts:
                part.unlink()
        self._held.clear()
        return path

    def _made_ready(self, frame: pl.DataFrame) -> pl.DataFrame:
        is_so = frame.columns == list(self._schema) and not any(map(_is_worded, self._schema.values()))
        return frame if is_so else frame.select(self._ready())

    def _ready(self) -> list[pl.Expr]:
        """Return the columns in the first batch's order; a dictionary is each batch's own, so a text."""
        return [
            pl.col(name).cast(pl.String) if _is_worded(dtype) else pl.col(name)
            for name, dtype in self._schema.items()
        ]

    def _write_away(self) -> None:
        if not self._held:
            return
        part = self._next_part("arrow")
        with _laying_down(part):
            pl.concat(self._held, how="vertical_relaxed").write_ipc(part, compression="uncompressed")
        self._held.clear()
        self._room = _Room()

    def _next_part(self, ending: str) -> Path:
        part = self._folder / f"{self._table}.{len(self._parts)}.{ending}"
        self._parts.append(part)
        return part

    def _check(self, schema: pl.Schema) -> None:
        if self._schema and dict(schema) == self._schema:
            return
        reasons = [*self._unfit(schema), *self._unlike(schema)]
        if reasons:
            raise UnfitTableError(reasons)
        for name, dtype in schema.items():
            if self._schema.get(name, pl.Null()) == pl.Null:
                self._schema[name] = dtype

    def _unfit(self, schema: pl.Schema) -> Iterator[str]:
        """Yield the columns no value can be read from."""
        if not len(schema):
            yield _("The table “{table}” has no columns.").format(table=self._table)
        for name, dtype in schema.items():
            if isinstance(dtype, _NEVER):
                message = _(
                    "Column “{name}” of “{table}” holds {found}, which is no value: a text, a number, a day, "
                    "yes or no."
                )
                yield message.format(name=name, table=self._table, found=_shown(dtype))

    def _unlike(self, schema: pl.Schema) -> Iterator[str]:
        """Yield in what a batch is not like those before it."""
        if not self._schema:
            return
        where = {"n": self._batches, "table": self._table}
        for name in self._schema.keys() - schema.keys():
            message = _("Batch {n} of “{table}” is without the column “{name}” of those before.")
            yield message.format(name=name, **where)
        for name, dtype in schema.items():
            before = self._schema.get(name)
            if before is None:
                message = _("Batch {n} of “{table}” has a column “{name}” that those before have not.")
                yield f"{message.format(name=name, **where)} {did_you_mean(name, tuple(self._schema))}"
            elif pl.Null not in (before, dtype) and _family(before) != _family(dtype):
                message = _("Column “{name}” of “{table}” is {found} in batch {n}, and {before} before.")
                yield message.format(name=name, found=_shown(dtype), before=_shown(before), **where)


def _scanned(part: Path) -> pl.LazyFrame:
    return pl.scan_ipc(part, glob=False) if part.suffix == ".arrow" else pl.scan_parquet(part, glob=False)


@contextmanager
def _laying_down(path: Path) -> Iterator[None]:
    """Turn what the disk refuses into a RungError; Polars wraps it into an error of its own in places."""
    with refuse_writing(path):
        try:
            yield
        except pl.exceptions.PolarsError as error:
            if "(os error " not in str(error):
                raise
            raise OSError(str(error)) from error


def _computed(frame: Lazy, part: Path) -> None:
    """Have a frame computed into a file; only what the disk itself refuses is told as such."""
    try:
        frame.sink_parquet(part)
    except (OSError, pl.exceptions.PolarsError) as error:
        number = error.errno if isinstance(error, OSError) else None
        if number not in _DISK and not any(f"(os error {each})" in str(error) for each in _DISK):
            raise
        with _laying_down(part):
            raise


def _is_worded(dtype: pl.DataType) -> bool:
    return isinstance(dtype, pl.Categorical | pl.Enum)


def _family(dtype: pl.DataType) -> str:
    """Return what a type is like: types alike can stand in one column."""
    if dtype.is_numeric():
        return "number"
    if isinstance(dtype, pl.Datetime):
        return f"time {dtype.time_zone or ''}".strip()
    if isinstance(dtype, pl.Date):
        return "time"
    return "truth" if isinstance(dtype, pl.Boolean) else "text"


def _shown(dtype: pl.DataType) -> str:
    shown = str(dtype)
    return shown if len(shown) <= 60 else f"{shown[:59]}…"
