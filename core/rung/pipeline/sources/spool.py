"""Lays the batches of one table down as one Parquet file, whatever their size, with little in memory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import polars as pl

from rung.errors import did_you_mean
from rung.pipeline.sources.contained import UnfitTableError
from rung.pipeline.sources.frames import Lazy
from rung.runs.refusals import is_of_the_disk, refuse_writing
from rung.text import _

__all__ = ["Spool"]

_ROWS: Final = 250_000
_BYTES: Final = 64 << 20
# What is held in memory before it is written away.
_GROUP: Final = 250_000
# Rows a group of the file: the same rows give the same file, however they were batched.
_EXACT: Final = 2**53
# From here on a floating-point number no longer holds every whole one.
_NEVER: Final = (pl.List, pl.Array, pl.Struct, pl.Object, pl.Binary, pl.Duration, pl.Time, pl.Unknown)


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
        self._floating: set[str] = set()
        self._large: set[str] = set()
        self.rows = 0

    def take(self, frame: pl.DataFrame | Lazy) -> None:
        """Take one batch; raises UnfitTableError with all that is wrong with it, RungError for a full disk.

        What is computed only now raises what its own library raises.
        """
        self._batches += 1
        if isinstance(frame, pl.DataFrame):
            self._check(frame.schema)
            self._check_exact(frame.lazy(), frame.schema)
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
        self._check_exact(written, written.collect_schema())
        self.rows += written.select(pl.len()).collect().item()

    def close(self, columns: tuple[str, ...] = ()) -> Path:
        """Write the file; ``columns`` are those of a table that had no batch at all."""
        path = self._folder / f"{self._table}.parquet"
        frames = [*map(_scanned, self._parts), *(each.lazy() for each in self._held)]
        frames = [each.select(self._ready(each.collect_schema())) for each in frames]
        if not frames:
            frames = [pl.LazyFrame(schema=dict.fromkeys(columns, pl.String))]
        with refuse_writing(path):
            whole = pl.concat(frames, how="vertical_relaxed")
            whole.sink_parquet(path, compression="lz4", row_group_size=_GROUP)
            for part in self._parts:
                part.unlink()
        self._held.clear()
        return path

    def _made_ready(self, frame: pl.DataFrame) -> pl.DataFrame:
        is_so = frame.columns == list(self._schema) and not any(map(_kept_as, frame.dtypes))
        return frame if is_so else frame.select(self._ready(frame.schema))

    def _ready(self, schema: pl.Schema) -> list[pl.Expr]:
        """Return the columns of a batch in the first one's order, of types that go together."""
        kept = ((name, _kept_as(schema[name])) for name in self._schema)
        return [pl.col(name) if dtype is None else pl.col(name).cast(dtype) for name, dtype in kept]

    def _write_away(self) -> None:
        if not self._held:
            return
        part = self._next_part("arrow")
        with refuse_writing(part):
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

    def _check_exact(self, frame: pl.LazyFrame, schema: pl.Schema) -> None:
        """Raise where a column is floating-point in one batch, and in another too large for that."""
        self._floating |= {name for name, dtype in schema.items() if dtype.is_float()}
        wide = [pl.col(name) for name, dtype in schema.items() if _is_wide(dtype)]
        if wide:
            found = frame.select(each.cast(pl.Float64).abs().max() >= _EXACT for each in wide).collect()
            self._large |= {name for name, is_large in found.row(0, named=True).items() if is_large}
        message = _(
            "Column “{name}” of “{table}” is floating-point in one batch and holds numbers beyond {most} in "
            "another, which would lose their last digits; it is to be text, or whole numbers throughout."
        )
        if lossy := sorted(self._floating & self._large):
            raise UnfitTableError(
                message.format(name=name, table=self._table, most=f"{_EXACT:,}") for name in lossy
            )

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


def _computed(frame: Lazy, part: Path) -> None:
    """Have a frame computed into a file; only what the disk itself refuses is told as such."""
    try:
        frame.sink_parquet(part)
    except Exception as error:
        if not is_of_the_disk(error):
            raise
        with refuse_writing(part):
            raise


def _kept_as(dtype: pl.DataType) -> pl.DataType | None:
    """Return the type a column is laid down as where not as it is: so that batches hold the same."""
    if isinstance(dtype, pl.Categorical | pl.Enum):
        return pl.String()  # a dictionary is each batch's own
    if isinstance(dtype, pl.Datetime):
        return pl.Datetime("us", dtype.time_zone)  # nanoseconds end in the year 2262, and 9999 is a usual end
    return None


def _is_wide(dtype: pl.DataType) -> bool:
    """Whether a column can hold whole numbers a floating-point one cannot."""
    return isinstance(dtype, pl.Int64 | pl.UInt64 | pl.Int128 | pl.UInt128 | pl.Decimal)


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
