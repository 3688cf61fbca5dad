"""Columns of texts read as values: plain spellings by vector operations, the rest one by one, each once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

import polars as pl

from rung.intake.columns import Column
from rung.intake.kept import dtype_of, half_away, within_bounds
from rung.values import Value, parse_value
from rung.vocabulary import Kind
from rung.words import MISSING

__all__ = ["Read", "read_texts"]


class Read(NamedTuple):
    """A column read: its values, and why each value that could not be read is null."""

    values: pl.Series
    problems: pl.Series | None
    """Null where there is none; ``None`` where every value could be read."""


class _Spelling(NamedTuple):
    """Plain numbers that 128 bits hold exactly, and by what they may be multiplied to stay so."""

    digits: int
    widest: int
    ungrouped: str
    grouped: str


_SPELLINGS: Final = (
    _Spelling(
        18,
        10**4,
        r"^[+-]?[0-9]{1,15}(\.[0-9]{1,18}|(\.[0-9]{1,9})?[eE][+-]?0?[0-9])?$",
        r"^[+-]?[0-9]{1,3}(,[0-9]{3}){1,4}(\.[0-9]{1,18})?$",
    ),
    _Spelling(
        9,
        10**12,
        r"^[+-]?[0-9]{1,15}(\.[0-9]{1,9})?$",
        r"^[+-]?[0-9]{1,3}(,[0-9]{3}){1,4}(\.[0-9]{1,9})?$",
    ),
)
_PLAIN_DATE: Final = r"^[12][0-9]{3}-[0-9]{2}-[0-9]{2}$"


def read_texts(raw: pl.Series, column: Column) -> Read:
    """Return a column of texts as its quantity's values; agrees with ``parse_value`` on every text."""
    values = _QUICK.get(column.quantity.kind, _quick_numbers)(raw, column)
    doubtful = raw.is_not_null() & values.is_null()
    if not doubtful.any():
        return Read(values, None)
    return _read_rest(raw, values, doubtful, column)


def _read_rest(raw: pl.Series, values: pl.Series, doubtful: pl.Series, column: Column) -> Read:
    words = raw.filter(doubtful).unique()
    read: list[Value | None] = []
    problems: list[str | None] = []
    for word in words:
        try:
            read.append(parse_value(word, column.quantity, column.reading))
            problems.append(None)
        except ValueError as error:
            read.append(None)
            problems.append(str(error))
    table = pl.DataFrame(
        {
            "raw": words,
            "read": pl.Series(read, dtype=dtype_of(column.quantity)),
            "problem": pl.Series(problems, dtype=pl.String),
        }
    )
    joined = pl.DataFrame({"raw": raw, "quick": values}).join(
        table, on="raw", how="left", maintain_order="left"
    )
    merged = joined.select(pl.coalesce("quick", "read")).to_series()
    found = joined["problem"]
    return Read(merged, found if found.null_count() < len(found) else None)


def _unclaimed(column: Column) -> pl.Expr:
    """Return a mask of the texts that no word of the column's own takes precedence over."""
    own = [*column.reading.words, *(column.reading.missing or ())]
    return ~pl.col("raw").is_in(own) if own else pl.lit(True)


def _quick_numbers(raw: pl.Series, column: Column) -> pl.Series:
    reading, quantity = column.reading, column.quantity
    times = reading.unit * reading.times * quantity.scale
    fitting = [each for each in _SPELLINGS if (times / 10**each.digits).numerator <= each.widest]
    if not fitting:
        return _nothing(raw, column)
    spelling, text, frame = fitting[0], pl.col("raw"), raw.to_frame("raw")
    plain: pl.Expr = pl.when(text.str.contains(spelling.ungrouped) & _unclaimed(column)).then(text)
    if raw.str.contains(",", literal=True).any():
        grouped = text.str.contains(spelling.grouped) & _unclaimed(column)
        plain = pl.coalesce(plain, pl.when(grouped).then(text.str.replace_all(",", "", literal=True)))
    digits = text.cast(pl.Decimal(38, spelling.digits), strict=False).to_physical()
    scaled = half_away(digits, times / 10**spelling.digits).cast(pl.Int64, strict=False).alias("raw")
    return frame.select(plain).select(scaled).select(within_bounds(text, quantity)).to_series()


def _quick_dates(raw: pl.Series, column: Column) -> pl.Series:
    text = pl.col("raw")
    plain = pl.when(text.str.contains(_PLAIN_DATE) & _unclaimed(column)).then(text)
    return raw.to_frame("raw").select(plain.str.to_date("%Y-%m-%d", strict=False)).to_series()


def _quick_texts(raw: pl.Series, column: Column) -> pl.Series:
    text = pl.col("raw").str.strip_chars()
    frame = raw.to_frame("raw")
    own = [*column.reading.words, *(column.reading.missing or ())]
    if own:
        # Folding changes a word's length little: longer texts are none of the words.
        longest = 4 * max(len(word.encode()) for word in own) + 16
        return frame.select(pl.when(text.str.len_bytes() > longest).then(text)).to_series()
    return frame.select(pl.when(~text.is_in(MISSING)).then(text)).to_series()


def _nothing(raw: pl.Series, column: Column) -> pl.Series:
    return pl.repeat(None, len(raw), dtype=dtype_of(column.quantity), eager=True)


_QUICK: Final[dict[Kind, Callable[[pl.Series, Column], pl.Series]]] = {
    Kind.DATE: _quick_dates,
    Kind.TEXT: _quick_texts,
    Kind.CATEGORY: _nothing,
    Kind.BOOLEAN: _nothing,
}
