"""The customers: their table read, one row each, under the names the rest of Rung knows them by."""

from __future__ import annotations

from dataclasses import dataclass, replace

import polars as pl

from rung.intake.columns import Wish, bind_columns
from rung.intake.identity import Identified, identify, one_row_each
from rung.intake.mapping import ColumnSpec
from rung.intake.open import open_source
from rung.intake.plan import Plan
from rung.intake.reading import read_table
from rung.intake.request import IntakeRequest
from rung.intake.source import FrameSource
from rung.intake.table import Table, unread_flag
from rung.progress import Progress
from rung.text import _
from rung.vocabulary import Quantity

__all__ = ["Population", "read_population"]


@dataclass(frozen=True, slots=True)
class Population:
    """The customers' table, one row a customer."""

    table: Table
    identified: Identified
    frame: pl.LazyFrame
    """``customer_id``, ``customer_name`` and what the table has, in the table's order."""

    @property
    def rows(self) -> int:
        """How many customers there are."""
        return self.identified.rows

    def unread_counts(self) -> list[pl.Expr]:
        """Return, for the columns where values may be unreadable, how many are."""
        return [pl.col(unread_flag(name)).sum() for name in self.table.doubts]


def read_population(request: IntakeRequest, plan: Plan, progress: Progress) -> Population:
    """Read the customers' table and find whom its rows stand for."""
    key, name = request.vocabulary.key, request.vocabulary.name
    mapping = request.mapping
    source = open_source(request.source, mapping)
    from_events = mapping.customers.from_events if mapping is not None else None
    specs = dict(mapping.customers.columns) if mapping is not None else {}
    lookups = dict(plan.lookups)
    if from_events is not None and mapping is not None:
        _take_event_key(request, from_events, specs, lookups)
    wish = Wish(
        file=str(request.source),
        headers=source.headers,
        header_line=None if isinstance(source, FrameSource) else source.header_line,
        quantities=lookups,
        required=plan.required if from_events is None else frozenset({key}),
        specs=specs,
        mapping=mapping,
        by_name=None if from_events is None else frozenset({key}),
        # A measure is never read from a header, so a field may have its name for an alias.
        reserved={**request.vocabulary.fields, **request.vocabulary.features},
    )
    table = read_table("customers", source, bind_columns(wish), request.scratch, progress)
    progress(_("Checking customer ids"), 0, None)
    if from_events is not None:
        identified = one_row_each(table, key)
    else:
        identified = identify(table, key, request.duplicates, request.newest_by)
    named = pl.col(name) if name in table.columns.ids() else pl.lit(None, dtype=pl.String)
    frame = identified.frame.with_columns(customer_id=pl.col(key), customer_name=named)
    return Population(table, identified, frame)


def _take_event_key(
    request: IntakeRequest, table: str, specs: dict[str, ColumnSpec], lookups: dict[str, Quantity]
) -> None:
    """Look for the customers' id where the events name their customer."""
    key, definition = request.vocabulary.key, request.vocabulary.events[table]
    column = next((each for each in definition.columns if each.id == definition.customer), None)
    if column is not None:
        lookups[key] = replace(lookups[key], aliases=(*lookups[key].aliases, *column.names()))
    named = request.mapping.events.get(table, {}).get(definition.customer) if request.mapping else None
    if named is not None:
        specs.setdefault(key, named)
