"""What is asked of a data source: the fields and events that some policies rest on, and nothing else."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING

from rung.pipeline.cards import compiled_policy
from rung.supplies import SourceWanted
from rung.text import Text
from rung.vocabulary import EventTable, Feature, Field, Sector, Vocabulary

if TYPE_CHECKING:
    from rung.grading.compiled import CompiledPolicy
    from rung.plugins import PluginHost
    from rung.policy.reader import LoadedPolicy

__all__ = ["wanted_of"]


def wanted_of(
    policies: Sequence[LoadedPolicy],
    host: PluginHost,
    as_of: date,
    *,
    also: Collection[str] | None = (),
    elsewhere: Collection[str] = (),
) -> SourceWanted:
    """Return what the policies ask of a data source.

    ``also`` names quantities asked for besides, None all there are; ``elsewhere`` the event tables that come
    from somewhere else. Raises RungError for a policy that cannot be compiled.
    """
    compiled = [compiled_policy(each, host) for each in policies]
    parts = [_Part.of(each, also) for each in compiled]
    fields = dict.fromkeys(name for part in parts for name in part.fields)
    events: dict[str, dict[str, None]] = {}
    for part in parts:
        for table, columns in part.events.items():
            if table not in elsewhere:
                events.setdefault(table, {}).update(dict.fromkeys(columns))
    return SourceWanted(
        sector=_sector(compiled, host),
        fields=tuple(fields),
        events=MappingProxyType({table: tuple(columns) for table, columns in events.items()}),
        as_of=as_of,
    )


@dataclass(frozen=True, slots=True)
class _Part:
    """What one policy asks for."""

    fields: tuple[str, ...]
    events: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, compiled: CompiledPolicy, also: Collection[str] | None) -> _Part:
        words = compiled.vocabulary
        needs = _needs(compiled, also)
        features = [each for name, each in words.features.items() if name in needs]
        fields = {words.key, words.name, *needs}
        events: dict[str, tuple[str, ...]] = {}
        for each in features:
            fields |= {each.over} if each.over is not None else set()
            table = words.events.get(each.events)
            if table is None:
                fields |= _columns(each)
            else:
                events[table.id] = _in_order(table, {*events.get(table.id, ()), *_columns(each)})
        return cls(tuple(name for name in words.fields if name in fields), events)


def _needs(compiled: CompiledPolicy, also: Collection[str] | None) -> frozenset[str]:
    """Return the quantities a policy rests on, with what its measures are made of."""
    words: Vocabulary = compiled.vocabulary
    if also is None:
        return frozenset(words.quantities())
    needs = compiled.wanted.union(also)
    return needs.union(*(words.measures[name].inputs for name in needs if name in words.measures))


def _columns(feature: Feature) -> frozenset[str]:
    from rung.intake.features import columns_of

    return frozenset(columns_of(feature))


def _in_order(table: EventTable, columns: set[str]) -> tuple[str, ...]:
    wanted = {table.customer, table.at, *columns}
    return tuple(each.id for each in table.columns if each.id in wanted)


def _sector(compiled: Sequence[CompiledPolicy], host: PluginHost) -> Sector:
    """Return the first policy's sector with the words of all the policies, their own fields among them."""
    fields: dict[str, Field] = {}
    events: dict[str, EventTable] = {}
    features: dict[str, Feature] = {}
    for each in reversed(compiled):
        fields |= each.vocabulary.fields
        events |= each.vocabulary.events
        features |= each.vocabulary.features
    name, own = compiled[0].policy.sector, compiled[0].vocabulary
    nothing = Text.same("")
    base = (
        Sector(id="", title=nothing, about=nothing, fields=(), key=own.key, name=own.name)
        if name is None
        else host.sector(name)
    )
    return replace(
        base,
        fields=tuple(fields.values()),
        events=tuple(events.values()),
        features=tuple(features.values()),
    )
