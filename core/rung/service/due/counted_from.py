"""What rhythms count from: when a customer was last contacted, and when people last looked at the grade."""

from __future__ import annotations

from datetime import date

import polars as pl

from rung.service.bound import Standing
from rung.service.calendars import Calendar
from rung.service.day_columns import MOMENT, moments_of
from rung.service.due.tables import CONTACTS
from rung.service.placing import places_in
from rung.vocabulary import Kind

__all__ = ["last_moments", "look_moments", "source_days"]


def last_moments(
    standing: Standing,
    calendar: Calendar,
    last_contacts: pl.DataFrame | None,
    today: date,
    rows: pl.Series | None = None,
) -> pl.DataFrame:
    """Return ``last`` (Datetime UTC) and ``next_on`` of each customer, in the run's row order.

    ``rows``: the places of those asked about; the others' are left open.
    """
    height = standing.frame.height
    last = pl.Series("last", [None], dtype=CONTACTS["at"]).new_from_index(0, height)
    next_on = pl.Series("next_on", [None], dtype=pl.Date).new_from_index(0, height)
    if last_contacts is not None and last_contacts.height:
        ids = standing.frame["customer_id"]
        places = places_in(ids if rows is None else ids.gather(rows), last_contacts["customer_id"])
        is_there = places.is_not_null()
        told = last_contacts.filter(is_there)
        places = places.filter(is_there)
        places = places if rows is None else rows.gather(places)
        last = last.scatter(places, told["at"].cast(CONTACTS["at"]))
        next_on = next_on.scatter(places, told["next_on"])
    days = source_days(standing, today)
    if days is not None:
        told_there = pl.select(pl.max_horizontal(last, moments_of(days, calendar))).to_series()
        last = told_there.alias("last")
    return pl.DataFrame([last, next_on])


def look_moments(ids: pl.Series, looked_at: pl.DataFrame | None) -> pl.Series:
    """Return when people last looked at the grade of each of some customers (``LOOKED_AT``)."""
    found = pl.Series("looked_at", [None], dtype=MOMENT).new_from_index(0, ids.len())
    if looked_at is None or looked_at.is_empty():
        return found
    places = places_in(ids, looked_at["customer_id"])
    is_there = places.is_not_null()
    return found.scatter(places.filter(is_there), looked_at["at"].filter(is_there).cast(MOMENT))


def source_days(standing: Standing, today: date) -> pl.Series | None:
    """Return the days of the last contacts by the source; those still to come are no contacts yet."""
    name = standing.compiled.vocabulary.last_contact
    if name is None or name not in standing.measured.collect_schema():
        return None
    quantity = standing.compiled.quantities[name]
    column = pl.col(name)
    if quantity.kind is not Kind.DATE:
        column = pl.lit(standing.as_of) - pl.duration(days=column // quantity.scale)
    days = standing.measured.select(column.cast(pl.Date).alias("day")).collect().to_series()
    return days.set(days > max(today, standing.as_of), None)
