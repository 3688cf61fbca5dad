"""What has to be read and computed to give the quantities wanted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from rung.errors import Problem, RungError, did_you_mean
from rung.intake.features import CUSTOMERS, columns_of
from rung.intake.mapping import MappingFile
from rung.intake.request import IntakeRequest
from rung.text import Text, _
from rung.vocabulary import Feature, Field, Kind, Measure, Quantity, Vocabulary

__all__ = ["Plan", "event_files", "key_field", "make_plan"]


@dataclass(frozen=True, slots=True)
class Plan:
    """The quantities wanted, and what each of them takes."""

    quantities: Mapping[str, Quantity]
    """The whole vocabulary, by id."""
    targets: tuple[str, ...]
    """Ids of the quantities wanted, in the vocabulary's order."""
    is_open: bool
    """Whether targets that nothing is found for are left out rather than missing for everyone."""
    lookups: Mapping[str, Quantity]
    """Everything to look for among the customers' headers, by id."""
    required: frozenset[str]
    features: tuple[Feature, ...]
    """Features that could be computed: their events are given."""
    measures: tuple[Measure, ...]


def key_field(vocabulary: Vocabulary, name: str) -> Quantity:
    """Return the field that identifies or names a customer, read as text."""
    field = vocabulary.fields.get(name) or Field(id=name, title=Text.same(name), kind=Kind.TEXT)
    return replace(field, kind=Kind.TEXT, choices=(), low=None, high=None)


def make_plan(request: IntakeRequest) -> Plan:
    """Return what a request takes; raises RungError for wanted names and event tables nobody knows."""
    vocabulary = request.vocabulary
    quantities = vocabulary.quantities()
    wanted = request.wanted
    _check_names(request, quantities)
    targets = tuple(name for name in quantities if wanted is None or name in wanted)
    measures = tuple(vocabulary.measures[name] for name in targets if name in vocabulary.measures)
    needed = dict.fromkeys([*targets, *(name for each in measures for name in each.inputs)])
    features = tuple(
        feature
        for name, feature in vocabulary.features.items()
        if name in needed and _is_given(feature, request)
    )
    own = [name for each in features if each.events == CUSTOMERS for name in columns_of(each)]
    keys = [each.over for each in features if each.over is not None]
    newest = [request.newest_by] if request.newest_by else []
    lookups: dict[str, Quantity] = {}
    for name in (vocabulary.key, vocabulary.name):
        lookups[name] = key_field(vocabulary, name)
    computed = {feature.id for feature in features if feature.events != CUSTOMERS}
    for name in [*needed, *own, *keys, *newest]:
        quantity = vocabulary.fields.get(name) or vocabulary.features.get(name)
        if quantity is not None and name not in computed:
            lookups.setdefault(name, quantity)
    required = {vocabulary.key} | {
        name for name in targets if name in vocabulary.fields and vocabulary.fields[name].is_required
    }
    return Plan(quantities, targets, wanted is None, lookups, frozenset(required), features, measures)


def _is_given(feature: Feature, request: IntakeRequest) -> bool:
    """Return whether a feature's events are there; a column the mapping file names for it goes first."""
    if request.mapping is not None and feature.id in request.mapping.customers.columns:
        return False
    return feature.events == CUSTOMERS or feature.events in event_files(request)


def event_files(request: IntakeRequest) -> dict[str, Path]:
    """Return the file of every event table given, the source included where it is one."""
    from_events = request.mapping.customers.from_events if request.mapping is not None else None
    return {**({from_events: request.source} if from_events else {}), **request.events}


def _check_names(request: IntakeRequest, quantities: Mapping[str, Quantity]) -> None:
    problems = [
        Problem(
            _("“{name}” is no field, feature or measure.").format(name=name),
            did_you_mean(name, list(quantities)),
        )
        for name in sorted((request.wanted or frozenset()) - set(quantities))
    ]
    problems += _unknown_tables(request.events, request)
    if request.mapping is not None:
        problems += _unknown_in_mapping(request.mapping, request)
    if problems:
        raise RungError.all(problems)


def _unknown_tables(names: Iterable[str], request: IntakeRequest) -> list[Problem]:
    known = sorted(request.vocabulary.events)
    return [
        Problem(
            _("There is no event table “{name}”.").format(name=name),
            did_you_mean(name, known) or _("No sector with event tables is in use."),
        )
        for name in names
        if name not in request.vocabulary.events
    ]


def _unknown_in_mapping(mapping: MappingFile, request: IntakeRequest) -> Iterator[Problem]:
    vocabulary = request.vocabulary
    known = [vocabulary.key, vocabulary.name, *vocabulary.fields, *vocabulary.features]
    for name in mapping.customers.columns:
        if name not in known:
            yield _unknown_field(name, known, mapping, "customers", name)
    from_events = mapping.customers.from_events
    if from_events is not None:
        for problem in _unknown_tables([from_events], request):
            yield problem.at(mapping.place("customers", "from_events"))
    for table, columns in mapping.events.items():
        definition = vocabulary.events.get(table)
        if definition is None:
            for problem in _unknown_tables([table], request):
                yield problem.at(mapping.place("events", table))
            continue
        ids = [column.id for column in definition.columns]
        for name in columns:
            if name not in ids:
                yield _unknown_field(name, ids, mapping, "events", table, name)


def _unknown_field(name: str, known: Sequence[str], mapping: MappingFile, *path: str) -> Problem:
    return Problem(
        _("“{name}” is no field of this table.").format(name=name),
        did_you_mean(name, list(dict.fromkeys(known))),
        mapping.place(*path),
    )
