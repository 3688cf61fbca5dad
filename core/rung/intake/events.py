"""One event table sorted out: whose events they are, when they happened, which of them count."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

import polars as pl

from rung.intake.features import Dated
from rung.intake.quality import EventQuality
from rung.intake.rejected import Rejection, unquoted, unread_in
from rung.intake.reporting import column_quality, file_quality
from rung.intake.source import LINE
from rung.intake.table import Table, unread_flag
from rung.intake.unread import unread_values
from rung.text import _, inert
from rung.vocabulary import EventTable

__all__ = ["Events", "sort_out"]

_SHOWN: Final = 5


@dataclass(frozen=True, slots=True)
class Events:
    """An event table ready to be summed up."""

    table: Table
    definition: EventTable
    dated: Dated
    quality: EventQuality

    def rejections(self, *, has_sensitive: bool = False) -> Iterator[Rejection]:
        """Yield what was set aside of the table's file; of rows that may hold sensitive values, the lines."""
        name, kind = self.table.name, self.definition
        misfits = self.table.notes.rejections
        rows = unquoted(misfits) if has_sensitive else misfits
        yield from (each._replace(table=name) for each in rows)
        for column, frame in unread_values(self.table):
            header = column.header.name if column.header is not None else column.id
            yield from unread_in(frame, column.quantity, header, name)
        if self.quality.without_customer:
            lost = _lines(self.table, pl.col(kind.customer).is_null())
            yield from (Rejection(line, "", "", _("The event names no customer."), name) for line in lost)
        if self.quality.without_date:
            lost = _lines(self.table, pl.col(kind.customer).is_not_null() & pl.col(kind.at).is_null())
            yield from (
                Rejection(line, "", "", _("The event has no date that can be read."), name) for line in lost
            )


def _lines(table: Table, condition: pl.Expr) -> pl.Series:
    return table.frame.filter(condition).select(LINE).collect(engine="streaming").to_series()


def sort_out(table: Table, definition: EventTable, ids: pl.LazyFrame, as_of: date) -> Events:
    """Keep the events with a customer and a date up to ``as_of``; count the others.

    ``ids`` is the column ``customer_id`` of the customers.
    """
    whose, when = pl.col(definition.customer), pl.col(definition.at)
    found = {column.id for column in table.columns.found}
    counts = (
        table.frame.select(
            pl.len().alias("#rows"),
            whose.is_null().sum().alias("#without_customer"),
            (whose.is_not_null() & when.is_null()).sum().alias("#without_date"),
            (whose.is_not_null() & (when > as_of)).sum().alias("#after"),
            *(pl.col(name).null_count() for name in found),
            *(pl.col(unread_flag(name)).sum() for name in table.doubts),
        )
        .collect(engine="streaming")
        .row(0, named=True)
    )
    valid = table.frame.filter(whose.is_not_null() & (when <= as_of))
    strangers = (
        valid.group_by(whose.alias("customer_id"))
        .len()
        .join(ids, on="customer_id", how="anti")
        .sort("customer_id")
        .collect(engine="streaming")
    )
    lost = int(strangers["len"].sum())
    kept = counts["#rows"] - counts["#without_customer"] - counts["#without_date"] - counts["#after"]
    quality = EventQuality(
        id=definition.id,
        read=file_quality(table),
        used=kept - lost,
        without_customer=counts["#without_customer"],
        without_date=counts["#without_date"],
        after_as_of=counts["#after"],
        of_unknown_customers=lost,
        unknown_customers=tuple(inert(name) for name in strangers["customer_id"].head(_SHOWN)),
        columns=column_quality(table, counts, counts["#rows"]),
    )
    columns = {field.id: field for field in definition.columns}
    return Events(table, definition, Dated(valid, columns, definition.customer, definition.at), quality)
