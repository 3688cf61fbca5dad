"""What a plugin supplies for one industry: all that can be asked about its customers, and a sample."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from rung.text import Text
from rung.vocabulary.features import EventTable, Feature, Measure
from rung.vocabulary.quantities import Field
from rung.vocabulary.records import Outcome, RecordType

if TYPE_CHECKING:
    import polars as pl

__all__ = ["Sample", "Sector"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A generated sample: raw tables as a user's own files would hold them, all columns text."""

    customers: pl.DataFrame
    """The customers, a Polars frame."""
    events: Mapping[str, pl.DataFrame]
    """One table per event table id."""
    as_of: date
    """The day it is graded for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sector:
    """What a plugin supplies for one industry. Its id is the plugin's entry-point name."""

    id: str
    """The entry point's name; the ids of the sector's policies begin with it."""
    title: Text
    """What the industry is called."""
    about: Text
    """Whom it grades, in a sentence."""
    fields: tuple[Field, ...]
    """The customers' fields."""
    events: tuple[EventTable, ...] = ()
    """Event tables."""
    features: tuple[Feature, ...] = ()
    """Values computed from events."""
    measures: tuple[Measure, ...] = ()
    """Values computed by an expression of the plugin's."""
    key: str = "customer_id"
    """Id of the field that identifies a customer."""
    name: str = "customer_name"
    """Id of the field that names a customer to a person."""
    last_contact: str | None = None
    """Id of a date, or of a whole number of days since, that tells when the customer was last contacted."""
    outcomes: tuple[Outcome, ...] = ()
    """What contacts come to in this trade; without any, and without a policy's own, a few usual ones."""
    records: tuple[RecordType, ...] = ()
    """Types of record people keep of a customer."""
    roles: Mapping[str, Text] = field(default_factory=dict)
    """Titles of the roles that see to its records; a policy's own role of that name takes their place."""
    policies: str | None = None
    """Resource folder of the ready policies, by dotted name: ``"rung_policies.bank"``. Every
    ``*.toml`` in it is a policy, except ``criteria.toml``, the library of named criteria."""
    sample: Callable[[int, int], Sample] | None = None
    """``sample(n, seed)`` makes n customers with their events; equal arguments, equal tables."""
