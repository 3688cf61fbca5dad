"""How values stand in frames: their types and bounds, and exact division of whole numbers."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

import polars as pl

from rung.vocabulary import LIMIT, Kind, Quantity

__all__ = ["bounds", "divided", "dtype_of", "half_away", "within_bounds"]

_TYPES: Final[dict[Kind, type[pl.DataType]]] = {
    Kind.DATE: pl.Date,
    Kind.BOOLEAN: pl.Boolean,
    Kind.TEXT: pl.String,
    Kind.CATEGORY: pl.String,
}


def dtype_of(quantity: Quantity) -> type[pl.DataType]:
    """Return the type a quantity's values have in frames; numbers are scaled integers."""
    return _TYPES.get(quantity.kind, pl.Int64)


def bounds(quantity: Quantity) -> tuple[int, int]:
    """Return the least and the greatest scaled value a quantity may have."""
    low = -LIMIT if quantity.low is None else max(-LIMIT, quantity.low * quantity.scale)
    return low, LIMIT if quantity.high is None else min(LIMIT, quantity.high * quantity.scale)


def within_bounds(scaled: pl.Expr, quantity: Quantity) -> pl.Expr:
    """Return scaled values, null where they lie out of bounds."""
    low, high = bounds(quantity)
    return pl.when(scaled.is_between(low, high)).then(scaled)


def _whole(value: int) -> pl.Expr:
    return pl.lit(value, dtype=pl.Int128)


def half_away(number: pl.Expr, times: Fraction) -> pl.Expr:
    """Return a 128-bit integer times a fraction, rounded to the nearest integer, a half away from zero."""
    if times.denominator == 1:
        return number * _whole(times.numerator)
    above = number.abs() * _whole(2 * times.numerator) + _whole(times.denominator)
    return (above // _whole(2 * times.denominator)) * number.sign()


def divided(above: pl.Expr, below: pl.Expr, times: Fraction = Fraction(1)) -> pl.Expr:
    """Return above / below × times for whole numbers, rounded half up; ``below`` is above zero.

    Computed in 128 bits. Null where either is null.
    """
    dividend = above.cast(pl.Int128) * _whole(2 * times.numerator)
    divisor = below.cast(pl.Int128) * _whole(times.denominator)
    return (dividend + divisor) // (divisor * _whole(2))
