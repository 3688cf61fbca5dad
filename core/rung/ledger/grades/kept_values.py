"""Reads the ledger's exact texts back as values: the very value that was written, or none at all."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final

from rung.text import _
from rung.values import Value
from rung.vocabulary import LIMIT, Kind, Quantity

if TYPE_CHECKING:
    import polars as pl

__all__ = ["kept_value", "kept_values"]

_NUMBER: Final = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_LONGEST: Final = 64
# Characters of a number: far more than any value within bounds has.
_DIGITS: Final = 38
# Of a decimal: as many as Polars has, far more than any value within bounds needs.
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def kept_value(text: str | None, quantity: Quantity) -> Value | None:
    """Return the value a text of the ledger stands for (see ``value_texts.written_value``), exactly.

    Raises ValueError where the quantity cannot hold it any more: it is of another kind now, keeps fewer
    decimals, has narrower bounds or other choices.
    """
    if text is None:
        return None
    found = _found(text, quantity)
    if found is None:
        message = _("“{title}” cannot hold the value “{value}” any more.")
        raise ValueError(message.format(title=quantity.title, value=text))
    return found


def _found(text: str, quantity: Quantity) -> Value | None:
    match quantity.kind:
        case Kind.TEXT:
            return text
        case Kind.CATEGORY:
            return text if any(text == choice.id for choice in quantity.choices) else None
        case Kind.BOOLEAN:
            return {"true": True, "false": False}.get(text)
        case Kind.DATE:
            return _day(text)
    return _scaled(text, quantity)


def _day(text: str) -> date | None:
    if not _DAY.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _scaled(text: str, quantity: Quantity) -> int | None:
    if len(text) > _LONGEST or not _NUMBER.fullmatch(text):
        return None
    whole, _point, fraction = text.removeprefix("-").partition(".")
    fraction, decimals = fraction.rstrip("0"), _decimals(quantity)
    if len(fraction) > decimals:
        return None
    size = int(whole + fraction.ljust(decimals, "0"))
    scaled = -size if text.startswith("-") else size
    low, high = _bounds(quantity)
    return scaled if low <= scaled <= high else None


def _decimals(quantity: Quantity) -> int:
    return len(str(quantity.scale)) - 1


def _bounds(quantity: Quantity) -> tuple[int, int]:
    low = -LIMIT if quantity.low is None else max(-LIMIT, quantity.low * quantity.scale)
    return low, LIMIT if quantity.high is None else min(LIMIT, quantity.high * quantity.scale)


def kept_values(texts: pl.Expr, quantity: Quantity) -> pl.Expr:
    """Return the values a column of such texts stands for; null where ``kept_value`` would refuse."""
    import polars as pl

    match quantity.kind:
        case Kind.TEXT:
            return texts
        case Kind.CATEGORY:
            return pl.when(texts.is_in([choice.id for choice in quantity.choices])).then(texts)
        case Kind.BOOLEAN:
            truth = pl.when(texts == "true").then(statement=True)
            return truth.when(texts == "false").then(statement=False)
        case Kind.DATE:
            days = pl.when(texts.str.contains(f"^(?:{_DAY.pattern})$")).then(texts)
            return days.str.to_date("%Y-%m-%d", strict=False)
    return _scaled_values(texts, quantity)


def _scaled_values(texts: pl.Expr, quantity: Quantity) -> pl.Expr:
    import polars as pl

    decimals, (low, high) = _decimals(quantity), _bounds(quantity)
    # Such texts alone are read as decimals without being rounded, and those are kept as scaled numbers.
    fraction = rf"[0-9]{{1,{decimals}}}0*" if decimals else "0+"
    is_exact = texts.str.contains(rf"^-?[0-9]+(?:\.{fraction})?$") & (texts.str.len_bytes() <= _LONGEST)
    scaled = (
        texts.cast(pl.Decimal(_DIGITS, decimals), strict=False).to_physical().cast(pl.Int64, strict=False)
    )
    return pl.when(is_exact & scaled.is_between(low, high)).then(scaled)
