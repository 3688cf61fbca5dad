"""Joins outcomes to a run's customers without looking ahead: who was overruled before they were known."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl

from rung.ledger import InputKind, Status
from rung.monitor.outcomes import Outcomes

__all__ = ["before_outcomes", "joined"]

_EVE = timedelta(days=1)


def before_outcomes(facts: pl.DataFrame, outcomes: Outcomes, until: date) -> tuple[pl.DataFrame, int]:
    """Return the inputs that were in effect as the day before their customer's outcome ended.

    Where an outcome has no day, or a later one, ``until`` is that day. The rows are as they stood then,
    with an end that has not come; beside them how many overrides took effect later.
    """
    eve = pl.min_horizontal(pl.col("outcome_date") - _EVE, pl.lit(until))
    rows = (
        facts.join(outcomes.frame.select("customer_id", "outcome_date"), on="customer_id", how="inner")
        .filter(pl.col("effective_on").is_not_null())
        .with_columns(eve=eve)
    )
    is_late = pl.col("effective_on") > pl.col("eve")
    ended = (pl.col("ended_on") <= pl.col("eve")).fill_null(value=False)
    stood = ~is_late & ~ended & (pl.col("expires_at") >= pl.col("eve"))
    late = rows.filter(is_late & (pl.col("kind") == InputKind.OVERRIDE.value)).height
    found = rows.filter(stood).with_columns(
        status=pl.lit(Status.APPROVED.value), expires_at=pl.lit(date.max), ended_on=pl.lit(None, pl.Date)
    )
    return found.select(facts.columns), late


def joined(
    results: pl.LazyFrame, outcomes: Outcomes, as_of: date, facts: pl.DataFrame, customers: pl.DataFrame
) -> tuple[pl.DataFrame, int, int]:
    """Return the customers of a run with a known outcome, how many of these come too early, and how many all.

    ``results`` has ``customer_id`` and ``model_grade``; ``customers`` is ``LaidOver.customers`` of the rows
    ``facts``. The frame has a row a customer: ``model_grade``, ``effective_grade``, ``outcome``,
    ``is_overruled`` and, of the override, ``notches``, ``maker``, ``reason``, ``kind``, ``overruled``.
    """
    everybody = (
        results.select("customer_id", pl.col("model_grade").cast(pl.String))
        .join(outcomes.frame.lazy(), on="customer_id", how="inner")
        .collect()
    )
    is_early = pl.col("outcome_date").is_not_null() & (pl.col("outcome_date") <= as_of)
    told = facts.select("notches", "maker", "reason", "kind", "overruled", override="id")
    stands = pl.col("override").is_not_null() & pl.col("suspended").is_null()
    beside = customers.select(
        "customer_id",
        pl.col("effective_grade").cast(pl.String),
        is_touched=pl.lit(value=True),
        override=pl.when(stands).then("override"),
    ).join(told, on="override", how="left")
    rows = (
        everybody.filter(~is_early.fill_null(value=False))
        .join(beside, on="customer_id", how="left")
        .with_columns(
            effective_grade=pl.when("is_touched").then("effective_grade").otherwise("model_grade"),
            is_overruled=pl.col("override").is_not_null(),
            is_in_run=pl.lit(value=True),
        )
    )
    return rows, everybody.height - rows.height, everybody.height
