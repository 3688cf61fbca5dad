"""What promises are counted under: the person whose customer it is, and the grade."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from rung.service.placing import places_in

__all__ = ["Groups", "groups_of", "whose"]


@dataclass(frozen=True)
class Groups:
    """What the customers of a run are counted under."""

    group: pl.Series
    """Of each customer, in the run's row order (UInt32)."""
    named: pl.DataFrame
    """Of each group: ``group``, ``person``, ``grade``."""


def whose(frame: pl.DataFrame, holders: pl.DataFrame | None) -> pl.Series:
    """Return whose customer each is, in the run's row order: the holder's, else the portfolio's.

    ``frame``: ``customer_id`` and ``portfolio``; ``holders``: ``LedgerStore.holders_frame``. Null: nobody's.
    """
    person = frame["portfolio"].alias("person")
    if holders is None or holders.is_empty():
        return person
    places = places_in(frame["customer_id"], holders["customer_id"])
    is_there = places.is_not_null()
    return person.scatter(places.filter(is_there), holders["account"].filter(is_there))


def groups_of(person: pl.Series, grade: pl.Series) -> Groups:
    """Return the groups of customers of these persons and grades."""
    frame = pl.DataFrame([person.alias("person"), grade.cast(pl.String).alias("grade")])
    named = (
        frame.unique(maintain_order=True)
        .with_row_index("group")
        .with_columns(pl.col("group").cast(pl.UInt32))
    )
    joined = frame.join(named, on=["person", "grade"], how="left", nulls_equal=True, maintain_order="left")
    return Groups(joined["group"], named)
