"""Customers to whom no contact is owed: the latest contact ended the promise, and nothing else came since."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from rung.ledger.records import State
from rung.service.day_columns import local_days
from rung.service.placing import places_in

if TYPE_CHECKING:
    from rung.service.calendars import Calendar

__all__ = ["ended_rows"]


def ended_rows(
    latest: pl.DataFrame,
    frame: pl.DataFrame,
    calendar: Calendar,
    opened: pl.DataFrame | None = None,
    touched: pl.Series | None = None,
) -> pl.DataFrame:
    """Return to whom in a run no contact is owed any more: ``row`` (UInt32, rising), ``at`` (of the contact).

    ``latest``: those whose latest contact had an outcome that ends the promise, as
    ``LedgerStore.latest_contacts_frame`` has them. ``frame``: ``customer_id`` and ``since`` in the run's
    order. ``opened``: the open human input of its customers (``id``, ``customer_id``, ``state``);
    ``touched``: those whose grade people's input gave.
    The promise goes on once something else is known: another input took effect after the contact, or, where
    people did not give the grade, another began in a run after it. A later contact speaks for itself.
    """
    ended = _still(latest, opened)
    ended = ended.with_columns(places_in(frame["customer_id"], ended["customer_id"]).alias("row"))
    ended = ended.drop_nulls("row")
    is_later = frame["since"].gather(ended["row"]) > local_days(ended["at"], calendar)
    if touched is not None and touched.len():
        is_later &= ~ended["customer_id"].is_in(touched.implode())
    return ended.filter(~is_later).select("row", "at").sort("row")


def _still(ended: pl.DataFrame, opened: pl.DataFrame | None) -> pl.DataFrame:
    """Leave out those about whom something took effect after the contact."""
    if opened is None or not opened.height:
        return ended
    theirs = opened.lazy().filter(
        pl.col("state").cast(pl.String) == State.IN_EFFECT.value,
        pl.col("customer_id").is_in(ended["customer_id"].implode()),
    )
    # An id is a letter and the number of the event that made it.
    newest = theirs.group_by("customer_id").agg(
        pl.col("id").str.slice(1).cast(pl.Int64, strict=False).max().alias("newest")
    )
    joined = ended.join(newest.collect(), on="customer_id", how="left", maintain_order="left")
    return joined.filter(pl.col("newest").is_null() | (pl.col("newest") < pl.col("number"))).drop("newest")
