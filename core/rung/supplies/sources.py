"""A data source: where customers and their events come from when not from a file, such as a CRM."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any

from rung.text import Text
from rung.vocabulary import Field, Sector

__all__ = ["DataSource", "SourceTables", "SourceWanted"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceWanted:
    """What a run asks of a data source; a source may hand over more, and less where it has no more."""

    sector: Sector
    """The sector graded, with all its fields and event tables."""
    fields: tuple[str, ...]
    """Ids of the customers' fields the policies read, the key's and the name's among them."""
    events: Mapping[str, tuple[str, ...]]
    """Event table → ids of its columns wanted; empty where no policy reads events."""
    as_of: date
    """The day that is graded for; later events are left out anyway."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceTables:
    """What a data source hands over: tables as a user's own files would hold them.

    A table is a frame narwhals takes (Polars, pandas, PyArrow, DuckDB), or an iterable of such frames with
    the same columns, for one that does not fit into memory. Headers are those a file may have: ids, titles
    or aliases of fields. Values may be typed, or text as people write it.
    """

    customers: object
    """The customers, one a row."""
    events: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    """Event table → its rows."""

    def tables(self) -> Iterable[tuple[str, object]]:
        """Yield each table with its name, the customers' as ``"customers"`` first."""
        yield "customers", self.customers
        yield from self.events.items()


@dataclass(frozen=True, slots=True, kw_only=True)
class DataSource:
    """A connector: its options, and the function that reads by them.

    ``read(options, wanted)`` is handed each option's value by id, in the option's units and kind (numbers as
    ``Decimal``, dates as ``date``, categories as the choice's id), with ``None`` for one left out. It raises
    what goes wrong: the run then ends with the plugin's name, and nothing is kept. An option that
    ``is_sensitive``, a password or token, comes from the environment, ``RUNG_<SOURCE>_<OPTION>``, and from
    nowhere else; it stands in no file of Rung's and on no screen.
    """

    id: str
    """The entry point's name."""
    title: Text
    """What it is called."""
    about: Text
    """What it reads, in a sentence."""
    options: tuple[Field, ...] = ()
    """What a user may or must say: an address, a region, a token. Each is a field; one with
    ``is_required`` must be given."""
    read: Callable[[Mapping[str, Any], SourceWanted], SourceTables]
    """Reads the tables; see above."""
