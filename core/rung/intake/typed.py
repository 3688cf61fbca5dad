"""Typed columns turned into values by cheap expressions: the path a table of ten million rows takes."""

from __future__ import annotations

from functools import partial
from typing import Final, NamedTuple

import polars as pl

from rung.errors import Place, RungError
from rung.intake.columns import Column
from rung.intake.kept import bounds, dtype_of, half_away, within_bounds
from rung.intake.texts import read_texts
from rung.text import _
from rung.vocabulary import Kind
from rung.words import MISSING

__all__ = ["Typed", "read_typed"]


class Typed(NamedTuple):
    """A typed column as an expression of its values."""

    value: pl.Expr
    is_unread: pl.Expr | None
    """Where a value that is there cannot be read; ``None`` where that cannot happen."""


_NEVER: Final = (pl.List, pl.Array, pl.Struct, pl.Object, pl.Binary, pl.Duration, pl.Time)


def read_typed(column: Column, dtype: pl.DataType, file: str, is_padded: bool = False) -> Typed:
    """Return the expression that reads a typed column; agrees with ``parse_value`` on every value.

    ``is_padded`` says that texts have blanks around them, which are then stripped: stripping ten million
    names takes longer than grading them, and few typed tables need it. Raises RungError for a type that
    cannot hold the quantity at all.
    """
    name = column.header.name if column.header is not None else ""
    raw, quantity = pl.col(name), column.quantity
    if isinstance(dtype, _NEVER):
        raise _wrong_type(column, dtype, file)
    if dtype == pl.Null:
        return Typed(pl.lit(None, dtype=dtype_of(quantity)), None)
    if isinstance(dtype, pl.Categorical | pl.Enum):
        raw, dtype = raw.cast(pl.String), pl.String()
    if isinstance(dtype, pl.Date | pl.Datetime):
        return _from_days(raw, column, dtype, file)
    if dtype == pl.String:
        return _from_texts(raw.str.strip_chars() if is_padded else raw, column)
    if quantity.kind.is_numeric and not column.reading.words:
        return _from_numbers(raw, column, dtype)
    if quantity.kind is Kind.BOOLEAN and dtype == pl.Boolean and not column.reading.words:
        return Typed(raw, None)
    return _from_texts(_as_texts(raw, dtype), column)


def _wrong_type(column: Column, dtype: pl.DataType, file: str) -> RungError:
    return RungError.of(
        _("Column “{name}” holds {found}, which cannot be read as {kind}.").format(
            name=column.header.name if column.header is not None else column.id,
            found=str(dtype),
            kind=column.quantity.kind.value,
        ),
        _("Point “{name}” to another column in the mapping file.").format(name=column.id),
        Place(file),
    )


def _from_days(raw: pl.Expr, column: Column, dtype: pl.DataType, file: str) -> Typed:
    if column.quantity.kind in (Kind.TEXT, Kind.CATEGORY):
        return _from_texts(raw.cast(pl.String), column)
    if column.quantity.kind is not Kind.DATE:
        raise _wrong_type(column, dtype, file)
    return Typed(raw.dt.date() if isinstance(dtype, pl.Datetime) else raw, None)


def _from_texts(raw: pl.Expr, column: Column) -> Typed:
    if column.quantity.kind is Kind.TEXT and not column.reading.words and column.reading.missing is None:
        return Typed(pl.when(~raw.is_in(MISSING)).then(raw), None)
    dtype = dtype_of(column.quantity)
    value = raw.map_batches(partial(_values, column), return_dtype=dtype, is_elementwise=True)
    if column.quantity.kind is Kind.TEXT:
        return Typed(value, None)
    unread = raw.map_batches(partial(_unread, column), return_dtype=pl.Boolean, is_elementwise=True)
    return Typed(value, unread)


def _values(column: Column, raw: pl.Series) -> pl.Series:
    return raw if _are_ids(raw, column) else read_texts(raw, column).values


def _unread(column: Column, raw: pl.Series) -> pl.Series:
    problems = None if _are_ids(raw, column) else read_texts(raw, column).problems
    return pl.repeat(False, len(raw), eager=True) if problems is None else problems.is_not_null()


def _are_ids(raw: pl.Series, column: Column) -> bool:
    """Return whether a column of choices needs no reading: every value is a choice's id already."""
    if (
        column.quantity.kind is not Kind.CATEGORY
        or column.reading.words
        or column.reading.missing is not None
    ):
        return False
    return set(raw.unique().drop_nulls()) <= {choice.id for choice in column.quantity.choices}


def _as_texts(raw: pl.Expr, dtype: pl.DataType) -> pl.Expr:
    if not dtype.is_float():
        return raw.cast(pl.String)
    # 1001.0 is the number 1001 in a column that has gaps elsewhere; not a number is nothing.
    whole = raw.is_finite() & (raw.floor() == raw) & (raw.abs() < 2**53)
    written = pl.when(whole).then(raw.cast(pl.Int64, strict=False).cast(pl.String))
    return written.when(raw.is_finite()).then(raw.cast(pl.String))


def _from_numbers(raw: pl.Expr, column: Column, dtype: pl.DataType) -> Typed:
    quantity = column.quantity
    times = column.reading.unit * column.reading.times * quantity.scale
    if dtype.is_float():
        scaled = (raw.cast(pl.Float64) * float(times)).round(0, mode="half_away_from_zero")
        low, high = bounds(quantity)
        value = pl.when(scaled.is_between(float(low), float(high))).then(scaled).cast(pl.Int64)
        return Typed(value, raw.is_finite() & value.is_null())
    if dtype == pl.Boolean:
        raw = raw.cast(pl.Int64)
    elif isinstance(dtype, pl.Decimal):
        raw, times = raw.to_physical(), times / 10**dtype.scale
    elif times.denominator == 1:
        return _from_integers(raw, column, dtype, times.numerator)
    value = within_bounds(half_away(raw.cast(pl.Int128), times), quantity).cast(pl.Int64)
    return Typed(value, raw.is_not_null() & value.is_null())


def _from_integers(raw: pl.Expr, column: Column, dtype: pl.DataType, times: int) -> Typed:
    low, high = bounds(column.quantity)
    least, greatest = -(-low // times), high // times
    lowest, highest = _RANGES.get(type(dtype), (-(2**127), 2**127))
    if least <= lowest and highest <= greatest:
        return Typed(_times(raw, times), None)
    fits = raw.is_between(max(least, lowest), min(greatest, highest))
    return Typed(pl.when(fits).then(_times(raw, times)), ~fits)


def _times(raw: pl.Expr, times: int) -> pl.Expr:
    whole = raw.cast(pl.Int64, strict=False)
    return whole if times == 1 else whole * times


_RANGES: Final[dict[type[pl.DataType], tuple[int, int]]] = {
    pl.Int8: (-(2**7), 2**7 - 1),
    pl.Int16: (-(2**15), 2**15 - 1),
    pl.Int32: (-(2**31), 2**31 - 1),
    pl.Int64: (-(2**63), 2**63 - 1),
    pl.UInt8: (0, 2**8 - 1),
    pl.UInt16: (0, 2**16 - 1),
    pl.UInt32: (0, 2**32 - 1),
    pl.UInt64: (0, 2**64 - 1),
}
