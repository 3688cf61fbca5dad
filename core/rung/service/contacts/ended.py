"""Customers to whom no contact is owed: the latest contact ended the promise, and nothing else came since."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import polars as pl

from rung.ledger.records import State
from rung.service.day_columns import local_days
from rung.service.placing import places_in

if TYPE_CHECKING:
    from rung.grading.compiled import CompiledPolicy
    from rung.service.calendars import Calendar

__all__ = ["ENDED_BY", "ended_rows"]

ENDED_BY: Final = ("customer_id", "outcome", "latest", "latest_at")
"""The columns needed of last contacts: of each customer's latest contact, reached or not, outcome, number
and moment."""


def ended_rows(
    compiled: CompiledPolicy,
    frame: pl.DataFrame,
    last_contacts: pl.DataFrame | None,
    calendar: Calendar,
    opened: pl.DataFrame | None = None,
    touched: pl.Series | None = None,
) -> pl.Series | None:
    """Return the places in a run of those whose latest contact ended the promise; None where nobody's did.

    ``frame``: ``customer_id`` and ``since`` in the run's order. ``opened``: the open human input of its
    customers (``id``, ``customer_id``, ``state``); ``touched``: those whose grade people's input gave.
    The promise goes on once something else is known: another input took effect after the contact, or, where
    people did not give the grade, another began in a run after it. A later contact speaks for itself.
    """
    ending = [each.id for each in compiled.outcomes if each.ends]
    if not ending or last_contacts is None or not {*ENDED_BY} <= {*last_contacts.columns}:
        return None
    ended = last_contacts.lazy().filter(pl.col("outcome").is_in(ending)).select(ENDED_BY).collect()
    if not ended.height:
        return None
    ended = _still(ended, opened)
    places = places_in(frame["customer_id"], ended["customer_id"])
    ended = ended.with_columns(places.alias("row")).filter(pl.col("row").is_not_null())
    began = frame["since"].gather(ended["row"])
    is_later = began > local_days(ended["latest_at"], calendar)
    if touched is not None and touched.len():
        is_later &= ~ended["customer_id"].is_in(touched.implode())
    rows = ended["row"].filter(~is_later)
    return rows.sort() if rows.len() else None


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
    return joined.filter(pl.col("newest").is_null() | (pl.col("newest") < pl.col("latest"))).drop("newest")
