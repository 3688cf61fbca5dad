"""Features: events summed up by customer, or by the group a customer shares a key with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import narwhals.stable.v2 as nw
import polars as pl

from rung.durations import Duration
from rung.errors import RungError, did_you_mean
from rung.grading.predicates import expression
from rung.intake.aggregates import FeaturePlan, empty_value
from rung.intake.kept import dtype_of
from rung.policy.binding import bind
from rung.policy.conditions import conditions_in, read_condition
from rung.text import _
from rung.vocabulary import Aggregate, Feature, Field

__all__ = ["CUSTOMERS", "Dated", "check_feature", "columns_of", "joined", "summed_up"]

CUSTOMERS: Final = "customers"
"""Name of the pseudo table of events that is the customers' own rows."""

_GROUP: Final = "#group"
_UNDATED: Final = frozenset({Aggregate.MONTHS_SINCE, Aggregate.DAYS_SINCE})


@dataclass(frozen=True, slots=True)
class Dated:
    """Rows that features are computed from."""

    frame: pl.LazyFrame
    columns: Mapping[str, Field]
    customer: str
    """Name of the column with the customer's id."""
    at: str | None
    """Name of the column with the date; ``None`` for the customers' own rows."""


def columns_of(feature: Feature) -> tuple[str, ...]:
    """Return the ids of the columns a feature reads, those of its cells included."""
    cells = conditions_in(read_condition(dict(feature.where))) if feature.where else ()
    names = [feature.column] if feature.column is not None else []
    return tuple(dict.fromkeys([*names, *(cell.name for cell in cells)]))


def summed_up(
    rows: Dated, features: Sequence[Feature], over: str | None, members: pl.LazyFrame, as_of: date
) -> pl.DataFrame:
    """Return one row per customer with events, and a column per feature.

    ``members`` has the columns ``customer_id`` and, with ``over``, the key of that name: events are then
    those of all customers with the same key; without a key, the customer's own.
    """
    plans = [_plan(feature, rows, as_of) for feature in features]
    frame = _marked(rows, plans)
    parts = [part for plan in plans for part in plan.parts()]
    values = [plan.value() for plan in plans]
    if over is None:
        summed = frame.group_by(pl.col(rows.customer).alias("customer_id")).agg(parts)
        return summed.select("customer_id", *values).collect(engine="streaming")
    own = pl.format("i{}", "customer_id")
    group = pl.coalesce(pl.format("g{}", pl.col(over).cast(pl.String)), own)
    grouped = members.select("customer_id", group.alias(_GROUP))
    events = frame.join(grouped, left_on=rows.customer, right_on="customer_id", how="inner")
    summed = events.group_by(_GROUP).agg(parts).select(_GROUP, *values)
    return grouped.join(summed, on=_GROUP, how="inner").drop(_GROUP).collect(engine="streaming")


def check_feature(feature: Feature, rows: Dated) -> None:
    """Raise RungError or ValueError for a feature that does not fit its table: a plugin's mistake."""
    _plan(feature, rows, date.max)
    if feature.within is not None:
        Duration.parse(feature.within)
    if feature.where:
        bind(read_condition(dict(feature.where)), rows.columns)


def _plan(feature: Feature, rows: Dated, as_of: date) -> FeaturePlan:
    if feature.aggregate in _UNDATED and rows.at is None:
        raise RungError.of(
            _("“{name}” asks when, and the customers' own rows have no date.").format(name=feature.id)
        )
    column = None
    if feature.column is not None:
        column = rows.columns.get(feature.column)
        if column is None:
            raise RungError.of(
                _("“{name}” reads the unknown column “{column}”.").format(
                    name=feature.id, column=feature.column
                ),
                did_you_mean(feature.column, list(rows.columns)),
            )
    return FeaturePlan(feature, column, rows.at, as_of, f"#{feature.id}.where")


def _marked(rows: Dated, plans: Sequence[FeaturePlan]) -> pl.LazyFrame:
    """Return the events with a column per feature that says which meet its cells; unknown is no."""
    marks = [
        expression(bind(read_condition(dict(plan.feature.where)), rows.columns))
        .fill_null(False)
        .alias(plan.where)
        for plan in plans
        if plan.feature.where
    ]
    frame = rows.frame.with_columns(
        pl.lit(True).alias(plan.where) for plan in plans if not plan.feature.where
    )
    return nw.from_native(frame).with_columns(*marks).to_native() if marks else frame


def joined(
    customers: pl.LazyFrame, summed: pl.DataFrame, features: Sequence[Feature], number: int
) -> pl.LazyFrame:
    """Return the customers, in their order, with the features; without events, each one's empty value."""
    seen = f"#seen{number}"
    frame = customers.join(
        summed.lazy().with_columns(pl.lit(True).alias(seen)),
        on="customer_id",
        how="left",
        maintain_order="left",
    )
    filled = [
        pl.when(pl.col(seen).is_null())
        .then(pl.lit(empty, dtype=dtype_of(feature)))
        .otherwise(pl.col(feature.id))
        .alias(feature.id)
        for feature in features
        if (empty := empty_value(feature)) is not None and feature.kind.is_numeric
    ]
    return frame.with_columns(filled).drop(seen)
