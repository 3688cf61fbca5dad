"""Finds customers of a ledger's frame in a run: at once where both are in the order of their ids."""

from __future__ import annotations

import polars as pl

__all__ = ["places_in"]


def places_in(ids: pl.Series, customers: pl.Series) -> pl.Series:
    """Return the place of each of ``customers`` in ``ids``, null for those not in it (UInt32).

    ``ids`` are all different. Where both rise they are found by halving, else by a join, which takes thrice
    as long.
    """
    if ids.len() == customers.len() and (ids == customers).all():
        return pl.int_range(ids.len(), dtype=pl.UInt32, eager=True)
    if not ids.is_empty() and not ids.null_count() and ids.is_sorted() and customers.is_sorted():
        places = ids.search_sorted(customers).cast(pl.UInt32).clip(0, ids.len() - 1)
        return places.set(ids.gather(places) != customers, None)
    there = pl.LazyFrame([ids.alias("id")]).with_row_index("place")
    asked = pl.LazyFrame([customers.alias("id")])
    found = asked.join(there, on="id", how="left", maintain_order="left").select("place").collect()
    return found.to_series().cast(pl.UInt32)
