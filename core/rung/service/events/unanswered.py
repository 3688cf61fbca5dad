"""What arrived and waits for an answer: no contact reached the customer since, no alarm was answered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import polars as pl

from rung.ledger.service.alarms import AlarmState
from rung.service.due import ARRIVED

__all__ = ["ANSWERED", "tables_asked", "unanswered"]

ANSWERED = (AlarmState.ANSWERED.value, AlarmState.CLOSED.value)
"""States of an alarm that answer for the event which set it off."""


def tables_asked(asked: Iterable[str], tables: Iterable[str]) -> Mapping[str, str]:
    """Return which event tables hold what promises of an answer speak of: table → what the promise calls it.

    A promise names a table, or one row of it: “complaint” stands for the table “complaints”.
    """
    known = frozenset(tables)
    return {table: each for each in asked for table in (f"{each}s", each) if table in known}


def unanswered(
    arrived: pl.DataFrame, last_contacts: pl.DataFrame, alarms: pl.DataFrame, called: Mapping[str, str]
) -> pl.DataFrame:
    """Return what waits for an answer, in the columns of ``ARRIVED``.

    ``arrived``, ``last_contacts`` and ``alarms`` are the ledger's frames of them. An event is answered by a
    contact that reached the customer at its moment or later, and by an alarm it set off whose duties are all
    answered.
    """
    reached = last_contacts.lazy().select("customer_id", pl.col("at").alias("reached"))
    settled = alarms.lazy().filter(pl.col("state").is_in(ANSWERED)).select(number="event").unique()
    found = (
        arrived.lazy()
        .filter(pl.col("table").is_in(list(called)))
        .join(settled, on="number", how="anti")
        .join(reached, on="customer_id", how="left")
        .filter(pl.col("reached").is_null() | (pl.col("reached") < pl.col("at")))
        .sort("number")
        .select(
            "customer_id",
            pl.col("table").replace_strict(dict(called), return_dtype=pl.String).alias("to"),
            "at",
            pl.format("E{}", "number").alias("note"),
        )
    )
    return pl.DataFrame(found.collect().cast(pl.Schema(ARRIVED)))
