"""A plugin's measures evaluated by themselves, on rows made for the purpose, as integers kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import islice, product
from random import Random
from typing import TYPE_CHECKING, Any, Final

from rung.vocabulary import LIMIT, Kind, Measure, Quantity, Sector

if TYPE_CHECKING:
    import polars as pl

__all__ = ["drawn_inputs", "extreme_inputs", "inputs_frame", "values", "wide_values"]

_MOST: Final = 4_000
_DAYS: Final = (date(1, 1, 1), date(2026, 2, 28), date(9999, 12, 31))


def _inputs(sector: Sector, measure: Measure) -> list[Quantity]:
    known: dict[str, Quantity] = {each.id: each for each in (*sector.fields, *sector.features)}
    return [known[name] for name in measure.inputs]


def inputs_frame(sector: Sector, measure: Measure, rows: Sequence[Mapping[str, Any]]) -> pl.DataFrame:
    """Return rows of a measure's inputs as the frame it is handed."""
    import polars as pl

    from rung.intake.kept import dtype_of

    return pl.DataFrame(
        [dict(row) for row in rows],
        schema={each.id: dtype_of(each) for each in _inputs(sector, measure)},
        orient="row",
    )


def values(measure: Measure, frame: pl.DataFrame) -> pl.Series:
    """Return what a measure makes of a frame of its inputs, as Rung keeps it; raises whatever it raises."""
    return _kept(measure, _raw(measure, frame))


def wide_values(measure: Measure, frame: pl.DataFrame) -> pl.Series:
    """Return the same computed in 128 bits, where nothing of 64 bits can overflow."""
    import polars as pl

    return _kept(measure, _raw(measure, frame.with_columns(pl.col(pl.Int64).cast(pl.Int128))))


def _raw(measure: Measure, frame: pl.DataFrame) -> pl.Series:
    import narwhals.stable.v2 as nw

    return nw.from_native(frame).select(measure.build().alias(measure.id)).to_native().to_series()


def _kept(measure: Measure, found: pl.Series) -> pl.Series:
    import polars as pl

    from rung.intake.kept import dtype_of, within_bounds

    kept = dtype_of(measure)
    if found.dtype not in (kept, pl.Null) and not (kept == pl.Int64 and found.dtype.is_integer()):
        raise TypeError(f"it gives {found.dtype}; {measure.kind.value} is kept as {kept()}")
    if measure.kind.is_numeric:
        found = (
            found.to_frame().select(within_bounds(pl.col(measure.id), measure).alias(measure.id)).to_series()
        )
    return found.cast(kept)


def drawn_inputs(sector: Sector, measure: Measure, count: int) -> list[dict[str, Any]]:
    """Return rows of inputs drawn at random within their bounds, a tenth of the values missing."""
    rng = Random(f"{sector.id} {measure.id}")
    inputs = _inputs(sector, measure)
    return [
        {each.id: None if rng.random() < 0.1 else _drawn(each, rng) for each in inputs} for _ in range(count)
    ]


def _drawn(quantity: Quantity, rng: Random) -> Any:
    match quantity.kind:
        case Kind.TEXT:
            return f"T{rng.randrange(9)}"
        case Kind.CATEGORY:
            return rng.choice(quantity.choices).id
        case Kind.BOOLEAN:
            return rng.random() < 0.5
        case Kind.DATE:
            return date(2026, 6, 30) - timedelta(days=rng.randrange(2000))
    low, high = _bounds(quantity)
    return rng.randint(max(low, -(10**8)), min(high, 10**8))


def _bounds(quantity: Quantity) -> tuple[int, int]:
    from rung.intake.kept import bounds

    return bounds(quantity)


def extreme_inputs(sector: Sector, measure: Measure) -> list[dict[str, Any]]:
    """Return rows of inputs at the ends of what each may be, missing ones among them."""
    inputs = _inputs(sector, measure)
    choices = [_extremes(each) for each in inputs]
    rows = [dict(zip(measure.inputs, row, strict=True)) for row in islice(product(*choices), _MOST)]
    # The product may be cut short: every input's extremes occur all the same.
    usual = {each.id: ends[0] for each, ends in zip(inputs, choices, strict=True)}
    rows += [{**usual, each.id: end} for each, ends in zip(inputs, choices, strict=True) for end in ends]
    return rows


def _extremes(quantity: Quantity) -> tuple[Any, ...]:
    match quantity.kind:
        case Kind.TEXT:
            return ("", "x", None)
        case Kind.CATEGORY:
            return (*(each.id for each in quantity.choices), None)
        case Kind.BOOLEAN:
            return (True, False, None)
        case Kind.DATE:
            return (*_DAYS, None)
    low, high = _bounds(quantity)
    return tuple(
        dict.fromkeys((high, low, *(each for each in (0, 1, -1, LIMIT // 2) if low <= each <= high), None))
    )
