"""Customers and events invented from a sector's declarations alone: every value as a person may write it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Final

from rung.vocabulary import EventTable, Field, Kind, Quantity, Sector

__all__ = ["DAY", "Rows", "Tables", "invented", "written"]

DAY: Final = date(2026, 6, 30)
"""The day invented customers are graded for."""

Rows = list[dict[str, str]]
"""A table as it is written down: value by header."""

_EVENTS: Final = 3
_BLANK: Final = 0.1


@dataclass(frozen=True, slots=True)
class Tables:
    """One population: its customers, and its events by table."""

    customers: Rows
    events: Mapping[str, Rows]
    as_of: date
    headers: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Headers by table, for those that may have no rows; else the keys of the rows."""


def written(quantity: Quantity, rng: Random) -> str:
    """Return a value of a quantity as a person writes it, within its bounds."""
    match quantity.kind:
        case Kind.TEXT:
            return f"T{rng.randrange(1000)}"
        case Kind.CATEGORY:
            return rng.choice(quantity.choices).id
        case Kind.BOOLEAN:
            return rng.choice(("yes", "no"))
        case Kind.DATE:
            return (DAY - timedelta(days=rng.randrange(1000))).isoformat()
    low = 0 if quantity.low is None else quantity.low
    high = low + 10 ** rng.randrange(1, 7) if quantity.high is None else quantity.high
    return str(rng.randint(min(low, high), high))


def invented(sector: Sector, count: int, seed: int = 0, *, by_events: bool = True) -> Tables:
    """Return a number of customers; with ``by_events``, features come from events, else from columns."""
    rng = Random(f"{sector.id} {count} {seed}")
    columns: list[Quantity] = [*sector.fields]
    if not (by_events and sector.events):
        columns += sector.features
    customers = [_customer(sector, columns, number, rng) for number in range(count)]
    events = {
        table.id: [_event(table, row[sector.key], rng) for row in customers for _ in range(_EVENTS)]
        for table in sector.events
        if by_events
    }
    return Tables(customers, events, DAY)


def _customer(sector: Sector, columns: list[Quantity], number: int, rng: Random) -> dict[str, str]:
    row = {each.id: "" if rng.random() < _BLANK else written(each, rng) for each in columns}
    for each in sector.fields:
        if each.is_required and not row[each.id]:
            row[each.id] = written(each, rng)
    return {**row, sector.key: f"K{number:05d}", sector.name: f"N{number:05d}"}


def _event(table: EventTable, customer: str, rng: Random) -> dict[str, str]:
    row = {column.id: _given(column, rng) for column in table.columns}
    return {**row, table.customer: customer}


def _given(column: Field, rng: Random) -> str:
    return "" if not column.is_required and rng.random() < _BLANK else written(column, rng)
