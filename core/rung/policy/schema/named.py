"""The names an editor may offer: fields, features and measures of sectors, their events and libraries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, Final

from rung.vocabulary import Kind, Quantity, Sector

__all__ = ["CELL", "PARAMETER", "VALUE", "Names", "Schema", "any_of"]

Schema = dict[str, Any]

PARAMETER: Final[Schema] = {"$ref": "#/$defs/Placeholder"}
"""A text that stands for a parameter's value: ``${town}``."""
CELL: Final[Schema] = {"$ref": "#/$defs/Cell"}
VALUE: Final[Schema] = {"$ref": "#/$defs/Value"}


@dataclass(frozen=True, slots=True)
class Names:
    """What policies of some sectors may name."""

    sectors: tuple[Sector, ...] = ()
    libraries: Mapping[str, Sequence[str]] | None = None
    """Sector → the criteria of its library."""

    def quantities(self) -> dict[str, list[Quantity]]:
        """Return everything conditions and criteria may ask about, by id; sectors may share one."""
        found: dict[str, list[Quantity]] = {}
        for sector in self.sectors:
            for each in (*sector.fields, *sector.features, *sector.measures):
                found.setdefault(each.id, []).append(each)
        return found

    def columns(self) -> dict[str, list[Quantity]]:
        """Return the columns of the event tables, by id."""
        found: dict[str, list[Quantity]] = {}
        for sector in self.sectors:
            for table in sector.events:
                for each in table.columns:
                    found.setdefault(each.id, []).append(each)
        return found

    def name(self) -> Schema:
        """Return the schema of a key that names a quantity: those known are offered, others are let be."""
        return any_of([_offered(self.quantities(), {"$ref": "#/$defs/Name"}), PARAMETER])

    def event_table(self) -> Schema:
        """Return the schema of a key that names an event table: a policy brings none of its own."""
        tables = dict.fromkeys(table.id for sector in self.sectors for table in sector.events)
        return any_of([{"enum": list(tables)}, PARAMETER]) if tables else {"$ref": "#/$defs/Name"}

    def record_type(self) -> Schema:
        """Return the schema of a key that names a record type: a policy brings none of its own."""
        types = dict.fromkeys(record.id for sector in self.sectors for record in sector.records)
        return any_of([{"enum": list(types)}, PARAMETER]) if types else {"$ref": "#/$defs/Name"}

    def sector(self) -> Schema:
        """Return the schema of the sector's name."""
        return _offered((sector.id for sector in self.sectors), {"$ref": "#/$defs/Name"})

    def use(self) -> Schema:
        """Return the schema of a library's criterion."""
        libraries = self.libraries or {}
        return _offered((f"{sector}.{name}" for sector in libraries for name in libraries[sector]), _text())

    def cells(self, quantities: Mapping[str, list[Quantity]]) -> dict[str, Schema]:
        """Return what a condition may ask of each of these."""
        return {
            name: {"description": _said(alike), **any_of([*chain(*map(_likely, alike)), CELL])}
            for name, alike in quantities.items()
        }

    def values(self, quantities: Mapping[str, list[Quantity]]) -> dict[str, Schema]:
        """Return what a test may give each of these as its value."""
        return {
            name: {"description": _said(alike), **any_of([*chain(*map(_likely, alike)), VALUE])}
            for name, alike in quantities.items()
        }


def any_of(schemas: Iterable[Schema]) -> Schema:
    """Return a schema that lets one of several be, each once."""
    different: list[Schema] = []
    for schema in schemas:
        different += [each for each in schema.get("anyOf", [schema]) if each not in different]
    return different[0] if len(different) == 1 else {"anyOf": different}


def _offered(names: Iterable[str], otherwise: Schema) -> Schema:
    known = list(dict.fromkeys(names))
    return any_of([{"enum": known}, otherwise]) if known else otherwise


def _text() -> Schema:
    return {"type": "string"}


def _said(alike: Sequence[Quantity]) -> str:
    titles = dict.fromkeys(
        (f"{each.title.zh} · {each.title.en}" if each.title.zh != each.title.en else each.title.en)
        + (f" [{each.unit}]" if each.unit else "")
        for each in alike
    )
    return "; ".join(titles)


def _likely(quantity: Quantity) -> list[Schema]:
    """Return what an editor may offer first, and no more: a policy may bring another field of the name."""
    match quantity.kind:
        case Kind.BOOLEAN:
            return [{"type": "boolean"}]
        case Kind.CATEGORY:
            return [{"enum": [choice.id for choice in quantity.choices]}] if quantity.choices else []
        case Kind.DATE:
            return [{"type": "string", "format": "date"}]
    return [{"type": "number"}] if quantity.kind.is_numeric else []
