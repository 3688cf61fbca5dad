"""What is computed of a customer: from dated events, declared as data, or by a plugin's expression."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from rung.text import Text
from rung.vocabulary.quantities import Field, Quantity

if TYPE_CHECKING:
    import narwhals.stable.v2 as nw

__all__ = ["Aggregate", "EventTable", "Feature", "Measure"]


class Aggregate(StrEnum):
    """How a feature sums up the events within its window."""

    COUNT = "count"
    """How many events; no column needed."""
    SUM = "sum"
    """The column added up."""
    MEAN = "mean"
    """The column's mean, over the events that have a value."""
    MIN = "min"
    """The column's least value."""
    MAX = "max"
    """The column's greatest value."""
    FIRST = "first"
    """The column's value at the earliest event."""
    LAST = "last"
    """The column's value at the latest event."""
    DISTINCT = "distinct"
    """How many different values of the column."""
    SHARE = "share"
    """Percentage of the window's events that meet ``where``; missing where there is no event."""
    MONTHS_SINCE = "months_since"
    """Whole calendar months from the latest event to the as-of date; missing without event."""
    DAYS_SINCE = "days_since"
    """Days from the latest event to the as-of date; missing without event."""
    MONTHS_UNTIL = "months_until"
    """Least number of calendar months after the as-of date by which the day in the column has come;
    0 or less once it is past. The latest event's day counts; missing where it names none."""
    DAYS_UNTIL = "days_until"
    """Days from the as-of date to the day in the column at the latest event; less than 0 once it is past."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventTable:
    """Dated rows of customers: orders, payments, visits, contacts, complaints, surveys."""

    id: str
    """The name after ``--events`` and in features; not ``customers``, which is the customers' own table."""
    title: Text
    """What people call it."""
    columns: tuple[Field, ...]
    """Every column, the customer's and the date's included."""
    customer: str = "customer_id"
    """Id of the column that names the customer."""
    at: str = "date"
    """Id of the column that dates the event."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature(Quantity):
    """A value computed from events, declared as data.

    Window: events with as_of - within < date <= as_of; without ``within``, all up to as_of. Events
    after the as-of date never count. If no event table is given, a column of the feature's name or
    alias is read instead, as a field would be.
    """

    events: str
    """Id of the event table, or ``"customers"`` for the customers' own rows (with ``over``, or to count
    the time until a day they name)."""
    aggregate: Aggregate
    """How the events are summed up."""
    column: str | None = None
    """The column aggregated; none for ``count``, ``share``, ``months_since``, ``days_since``."""
    within: str | None = None
    """The window before the as-of date: a duration such as ``"90d"``, ``"12mo"`` or ``"1y"``."""
    where: Mapping[str, Any] = field(default_factory=dict)
    """Cells an event must meet, by column: ``{"kind": "promotion"}``; the policy's cell language."""
    over: str | None = None
    """Field whose value the customer shares with a group (an owner, a group of borrowers): the
    aggregate is over the events of all customers with the same value. Missing key: own events."""
    empty: int | None = None
    """Value without events, in units; ``None`` is 0 for count, sum and distinct, missing for others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure(Quantity):
    """A value a plugin computes by its own narwhals expression over fields and features.

    ``build`` returns the expression; its inputs are scaled integers (see Quantity) and so is its result.
    """

    inputs: tuple[str, ...]
    """Ids of the fields and features it reads."""
    build: Callable[[], nw.Expr]
    """Makes the expression; it is tried before a run, and never called for one row."""
