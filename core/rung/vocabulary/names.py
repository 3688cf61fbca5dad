"""Every name one policy may use: its sector's and its own, and which of them are sensitive."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Final, TypeVar

from rung.text import Text
from rung.vocabulary.features import Aggregate, EventTable, Feature, Measure
from rung.vocabulary.quantities import Field, Kind, Quantity
from rung.vocabulary.records import Outcome, RecordType
from rung.vocabulary.sectors import Sector

__all__ = ["Vocabulary"]

_Q = TypeVar("_Q", bound=Quantity)


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
