"""Every event table given: read, sorted out and summed up into the features wanted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import polars as pl

from rung.errors import RungError
from rung.intake.columns import Wish, bind_columns
from rung.intake.events import Events, sort_out
from rung.intake.features import CUSTOMERS, Dated, check_feature, columns_of, joined, summed_up
from rung.intake.measures import MeasureFault
from rung.intake.open import open_source
from rung.intake.plan import Plan, event_files
from rung.intake.population import Population
from rung.intake.reading import read_table
from rung.intake.request import IntakeRequest
from rung.intake.source import FrameSource
from rung.progress import Progress
from rung.text import _
from rung.vocabulary import EventTable, Feature, Field, Kind

__all__ = ["Summed", "sum_up_events"]


@dataclass(frozen=True, slots=True)
class Summed:
    """The customers with the features computed."""

    frame: pl.LazyFrame
    ids: frozenset[str]
    """Ids of the features computed."""
    events: tuple[Events, ...]
    faults: tuple[MeasureFault, ...]


def sum_up_events(request: IntakeRequest, plan: Plan, population: Population, progress: Progress) -> Summed:
    """Read the event tables that features need, and join the features onto the customers."""
    frame = population.frame
    faults: list[MeasureFault] = []
    events: list[Events] = []
    computed: list[str] = []
    direct = population.table.columns.ids()
    for table in dict.fromkeys(feature.events for feature in plan.features):
        features = [each for each in plan.features if each.events == table and each.id not in direct]
        if not features:
            continue
        if table == CUSTOMERS:
            rows = Dated(population.frame, request.vocabulary.fields, "customer_id", None)
            there = direct
        else:
            sorted_out = _events(request, table, features, population, progress)
            events.append(sorted_out)
            rows, there = sorted_out.dated, sorted_out.table.columns.ids()
        progress(_("Computing features"), 0, None)
        sound, broken = _sound(features, rows)
        faults += broken
        usable = [feature for feature in sound if there.issuperset(columns_of(feature))]
        for over in dict.fromkeys(feature.over for feature in usable):
            group = [feature for feature in usable if feature.over == over]
            summed = summed_up(rows, group, over, _members(population, over), request.as_of)
            frame = joined(frame, summed, group, len(computed))
            computed += [feature.id for feature in group]
    return Summed(frame, frozenset(computed), tuple(events), tuple(faults))


def _sound(features: Sequence[Feature], rows: Dated) -> tuple[list[Feature], list[MeasureFault]]:
    """Return the features that can be computed, and the faults of those declared wrongly."""
    sound: list[Feature] = []
    faults: list[MeasureFault] = []
    for feature in features:
        try:
            check_feature(feature, rows)
        except (RungError, ValueError) as error:
            faults.append(MeasureFault(feature.id, str(error)))
        else:
            sound.append(feature)
    return sound, faults


def _members(population: Population, over: str | None) -> pl.LazyFrame:
    if over is None or over in population.table.columns.ids():
        return population.frame.select("customer_id", *([over] if over else []))
    return population.frame.select("customer_id", pl.lit(None, dtype=pl.String).alias(over))


def _events(
    request: IntakeRequest,
    table: str,
    features: Sequence[Feature],
    population: Population,
    progress: Progress,
) -> Events:
    definition, mapping = request.vocabulary.events[table], request.mapping
    path = event_files(request)[table]
    # The source's encoding and sheet are the source's; another file's are found out.
    options = mapping if path == request.source else None
    source = open_source(path, options)
    needed = {definition.customer, definition.at, *(name for each in features for name in columns_of(each))}
    columns = {column.id: column for column in definition.columns}
    wish = Wish(
        file=str(path),
        headers=source.headers,
        header_line=None if isinstance(source, FrameSource) else source.header_line,
        quantities={name: _read_as(columns[name], definition) for name in columns if name in needed},
        required=frozenset({definition.customer, definition.at}),
        specs=mapping.events.get(table, {}) if mapping is not None else {},
        mapping=mapping,
        path=("events", table),
        reserved=columns,
    )
    read = read_table(table, source, bind_columns(wish), request.scratch, progress, may_be_empty=True)
    return sort_out(read, definition, population.frame.select("customer_id"), request.as_of)


def _read_as(column: Field, definition: EventTable) -> Field:
    """Return a column as it is read: the customer's as text, the date's as a date."""
    if column.id == definition.customer:
        return replace(column, kind=Kind.TEXT, choices=(), low=None, high=None)
    return replace(column, kind=Kind.DATE) if column.id == definition.at else column
