"""What a sector can be asked about: fields, event tables, features and measures, declared as data."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, TypeVar

from rung.text import Text

if TYPE_CHECKING:
    import narwhals.stable.v2 as nw
    import polars as pl

__all__ = [
    "LIMIT",
    "Aggregate",
    "Choice",
    "EventTable",
    "Feature",
    "Field",
    "Kind",
    "Measure",
    "Outcome",
    "Quantity",
    "RecordState",
    "RecordType",
    "Sample",
    "Sector",
    "Vocabulary",
]

LIMIT: Final = 9_000_000_000_000_000
# Largest scaled integer a value may have, below 2**53, so that every engine carries it exactly.


class Kind(StrEnum):
    """What sort of value a field holds."""

    MONEY = "money"
    """Yuan, or the currency the field's unit names; two decimals unless said otherwise."""
    NUMBER = "number"
    """A measured number; four decimals unless said otherwise."""
    INTEGER = "integer"
    """A count."""
    PERCENT = "percent"
    """Percentage points, so 12.5 % is 12.5; two decimals unless said otherwise."""
    TEXT = "text"
    """Free text."""
    CATEGORY = "category"
    """One of the field's choices."""
    BOOLEAN = "boolean"
    """Yes or no."""
    DATE = "date"
    """A calendar day."""

    @property
    def is_numeric(self) -> bool:
        """Whether values are numbers, kept as integers scaled by the quantity's decimals."""
        return self in _DECIMALS


_DECIMALS: Final = {Kind.MONEY: 2, Kind.NUMBER: 4, Kind.INTEGER: 0, Kind.PERCENT: 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One value a category may take: the id kept and compared, its name, and what tables call it."""

    id: str
    """What is kept, compared and written in a policy's cells."""
    title: Text
    """What people call it; a table may hold either language."""
    aliases: tuple[str, ...] = ()
    """Other words tables have for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """What is common to everything a policy can ask about: a name, a kind and a unit.

    A numeric value is kept as an integer, ``decimals`` digits scaled away: 12.50 yuan is 1250.
    """

    id: str
    """The name policies use: letters, digits and underscores, no digit first."""
    title: Text
    """What people call it."""
    kind: Kind
    """What sort of value it is."""
    unit: str = ""
    """The unit shown beside it, such as ``"元"`` or ``"天"``."""
    decimals: int | None = None
    """Digits kept after the point; ``None`` takes the kind's own."""
    choices: tuple[Choice, ...] = ()
    """For a category, the values it may take."""
    aliases: tuple[str, ...] = ()
    """Header names people use for it, in any language; the id and both titles count as well."""
    about: Text | None = None
    """What is meant, at more length."""
    is_changeable: bool = True
    """Whether "the smallest change to the next grade" may propose another value."""
    is_sensitive: bool = False
    """Whether a workspace shows it only to those who may read such values; see docs/confidentiality.md."""
    low: int | None = None
    """Least value allowed, in units (not scaled); less is refused as unreadable."""
    high: int | None = None
    """Greatest value allowed, in units (not scaled)."""

    @property
    def scale(self) -> int:
        """What a value is multiplied by to become the integer kept: 10 ** decimals, 1 for non-numbers."""
        if self.decimals is not None:
            return int(10**self.decimals)
        return int(10 ** _DECIMALS.get(self.kind, 0))

    def names(self) -> tuple[str, ...]:
        """Return every header this quantity is known by: its id, both titles, the aliases."""
        return tuple(dict.fromkeys((self.id, self.title.zh, self.title.en, *self.aliases)))


_Q = TypeVar("_Q", bound=Quantity)


@dataclass(frozen=True, slots=True, kw_only=True)
class Field(Quantity):
    """One datum of a customer, or one column of an event table."""

    is_required: bool = False
    """Whether a table without this column is refused."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a contact can come to, and what the customer's data say from then on."""

    id: str
    """Its name; a policy's own outcome of that name takes its place."""
    title: Text
    """What people call it."""
    key: str
    """The one small letter, ``a`` to ``z``, that logs it; each outcome has its own."""
    facts: Mapping[str, Any] = field(default_factory=dict)
    """Field, feature or measure → the value it has from then on, in its units; the word ``"missing"``
    where it turned out not to be known. Never the customer's id or name."""
    again: str | None = None
    """A duration until the next try, such as ``"3d"``; without one the policy's own rhythm goes on."""
    reached: bool = True
    """Whether the customer was spoken to: only then a promise of contact is kept."""
    ends: bool = False
    """Whether the promise of contact stops until something else is known of the customer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordState:
    """One state a record goes through."""

    id: str
    """Its name within the record type."""
    title: Text
    """What people call it."""
    is_open: bool = True
    """Whether something is still to be done; a closed record has no day due."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordType:
    """A form people fill in about a customer: a visit report, a complaint, a hardship file."""

    id: str
    """Its name, for the verbs and for ``requires`` in a policy."""
    title: Text
    """What people call it."""
    fields: tuple[Field, ...]
    """What is written down, in the order it is asked; one with ``is_required`` is asked for before the
    record is opened. They are values of the record, never the customer's own, and may have the name of a
    customer's field."""
    states: tuple[RecordState, ...]
    """In the order gone through; the first, an open one, is the state of a new record."""
    deadline: str | None = None
    """A duration from the opening, such as ``"3d"``, by which the record is closed."""
    by: str | None = None
    """The role that sees to it, one of the sector's ``roles``."""
    cause: str | None = None
    """Id of the category field by which records are counted when they are looked at together."""
    about: Text | None = None
    """What it is for, and which of its times are the sector's own choice."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """Every name a policy may use: the sector's fields, features and measures and the policy's own fields."""

    fields: Mapping[str, Field]
    features: Mapping[str, Feature] = field(default_factory=dict)
    measures: Mapping[str, Measure] = field(default_factory=dict)
    events: Mapping[str, EventTable] = field(default_factory=dict)
    key: str = "customer_id"
    name: str = "customer_name"
    last_contact: str | None = None
    """See ``Sector.last_contact``."""
    outcomes: Mapping[str, Outcome] = field(default_factory=dict)
    """The sector's outcomes of a contact, before a policy's own take the place of some."""
    records: Mapping[str, RecordType] = field(default_factory=dict)
    roles: Mapping[str, Text] = field(default_factory=dict)
    """See ``Sector.roles``."""

    @classmethod
    def of(cls, sector: Sector | None, extra: Mapping[str, Field] | None = None) -> Vocabulary:
        """Return a sector's vocabulary with a policy's own fields laid over it.

        Without a sector only the customer's id and name are known besides the extra fields. What is
        sensitive to the sector stays so, whatever a policy's own field of that name says.
        """
        own = dict(extra or {})
        if sector is None:
            return cls(fields={item.id: item for item in _ANYBODY} | own)
        for item in (*sector.fields, *sector.features, *sector.measures):
            if item.is_sensitive and item.id in own:
                own[item.id] = replace(own[item.id], is_sensitive=True)
        extra = own
        return cls(
            fields={item.id: item for item in sector.fields} | own,
            features={item.id: item for item in sector.features if item.id not in extra},
            measures={item.id: item for item in sector.measures if item.id not in extra},
            events={item.id: item for item in sector.events},
            key=sector.key,
            name=sector.name,
            last_contact=sector.last_contact,
            outcomes={item.id: item for item in sector.outcomes},
            records={item.id: item for item in sector.records},
            roles=dict(sector.roles),
        )

    def quantities(self) -> dict[str, Quantity]:
        """Return everything a criterion or a condition may name, by id."""
        return {**self.fields, **self.features, **self.measures}

    def sensitive(self, also: Collection[str] = ()) -> frozenset[str]:
        """Return the ids of all that is sensitive: what is marked so, ``also``, and what is made of these.

        A feature is made of the column it aggregates, unless it only counts, and of those its events must
        meet; a measure of its inputs.
        """
        marked = {name for name, each in self.quantities().items() if each.is_sensitive}
        found = marked | (set(also) & self.quantities().keys())
        found |= {name for name, each in self.features.items() if self._tells(each, found, also)}
        while made := {
            name
            for name, each in self.measures.items()
            if name not in found and not found.isdisjoint(each.inputs)
        }:
            found |= made
        return frozenset(found)

    def marked(self, also: Collection[str] | None) -> Vocabulary:
        """Return the vocabulary with all marked that is sensitive, ``also`` included; None marks nothing."""
        named = frozenset(also or ())
        found = frozenset() if also is None else self.sensitive(named)

        def told(each: _Q) -> _Q:
            return replace(each, is_sensitive=each.id in found)

        def column(each: Field) -> Field:
            return replace(each, is_sensitive=also is not None and (each.is_sensitive or each.id in named))

        return replace(
            self,
            fields={name: told(each) for name, each in self.fields.items()},
            features={name: told(each) for name, each in self.features.items()},
            measures={name: told(each) for name, each in self.measures.items()},
            events={
                name: replace(each, columns=tuple(map(column, each.columns)))
                for name, each in self.events.items()
            },
            records={
                name: replace(each, fields=tuple(map(column, each.fields)))
                for name, each in self.records.items()
            },
        )

    @property
    def has_sensitive(self) -> bool:
        """Whether any field, or any column of an event table, is sensitive."""
        columns = (each for table in self.events.values() for each in table.columns)
        return any(each.is_sensitive for each in (*self.fields.values(), *columns))

    def _tells(self, feature: Feature, found: Collection[str], also: Collection[str]) -> bool:
        """Whether a feature's value tells of a sensitive one."""
        if feature.events in self.events:
            columns = self.events[feature.events].columns
            marked = {each.id for each in columns if each.is_sensitive or each.id in also}
        else:
            marked = set(found)
        if not marked.isdisjoint(feature.where):
            return True
        return feature.column in marked and feature.aggregate not in (Aggregate.COUNT, Aggregate.DISTINCT)


_ANYBODY: Final = (
    Field(
        id="customer_id",
        title=Text("客户编号", "Customer id"),
        kind=Kind.TEXT,
        aliases=("id", "customer", "编号", "客户号", "客户ID", "customerID"),
        is_required=True,
    ),
    Field(
        id="customer_name",
        title=Text("客户名称", "Customer name"),
        kind=Kind.TEXT,
        aliases=("name", "名称", "姓名", "客户姓名"),
    ),
)
