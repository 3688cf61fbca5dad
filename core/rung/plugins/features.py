"""Checks one feature: its events, column, window and filter must exist and fit its aggregate."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from rung.durations import Duration
from rung.errors import Problem, RungError, did_you_mean
from rung.text import _
from rung.vocabulary import Aggregate, Feature, Field, Kind, Sector

__all__ = ["feature_problems"]

_CUSTOMERS: Final = "customers"
# In place of an event table: the customers' own rows, summed up over a group.
_WITHOUT_COLUMN: Final = frozenset(
    {Aggregate.COUNT, Aggregate.SHARE, Aggregate.MONTHS_SINCE, Aggregate.DAYS_SINCE}
)
_SUMMED: Final = frozenset({Aggregate.SUM, Aggregate.MEAN})
_PICKED: Final = frozenset({Aggregate.MIN, Aggregate.MAX, Aggregate.FIRST, Aggregate.LAST})
# The result is one of the column's own values, so it is of the column's kind.
_AHEAD: Final = frozenset({Aggregate.MONTHS_UNTIL, Aggregate.DAYS_UNTIL})


def feature_problems(feature: Feature, sector: Sector) -> Iterator[Problem]:
    """Yield every mistake in what a feature names of its sector."""
    where = _("Feature “{name}”").format(name=feature.id)
    yield from _window(feature, where)
    yield from _group(feature, sector, where)
    columns = _columns(feature, sector)
    if columns is None:
        known = (*(table.id for table in sector.events), _CUSTOMERS)
        yield Problem(
            _("{where}: there is no event table “{name}”.").format(where=where, name=feature.events),
            did_you_mean(feature.events, known),
        )
        return
    yield from _column(feature, columns, where)
    yield from _filter(feature, columns, where)


def _columns(feature: Feature, sector: Sector) -> Mapping[str, Field] | None:
    if feature.events == _CUSTOMERS:
        return {item.id: item for item in sector.fields}
    table = next((table for table in sector.events if table.id == feature.events), None)
    return None if table is None else {column.id: column for column in table.columns}


def _window(feature: Feature, where: str) -> Iterator[Problem]:
    if feature.within is None:
        return
    try:
        Duration.parse(feature.within)
    except RungError as error:
        for problem in error.problems:
            yield Problem(f"{where}: {problem.message}", problem.hint)


def _group(feature: Feature, sector: Sector, where: str) -> Iterator[Problem]:
    known = tuple(item.id for item in sector.fields)
    if feature.over is not None and feature.over not in known:
        yield Problem(
            _("{where}: it groups over “{name}”, which is no field.").format(where=where, name=feature.over),
            did_you_mean(feature.over, known),
        )
    if feature.events == _CUSTOMERS and feature.over is None and feature.aggregate not in _AHEAD:
        yield Problem(
            _("{where}: it sums up the customers' own rows but over no group.").format(where=where),
            _("Name in over the field the customers of a group share."),
        )


def _column(feature: Feature, columns: Mapping[str, Field], where: str) -> Iterator[Problem]:
    aggregate = feature.aggregate
    if feature.column is None:
        if aggregate not in _WITHOUT_COLUMN:
            yield Problem(
                _("{where}: {aggregate} needs a column.").format(where=where, aggregate=aggregate),
                _("Name the column to aggregate: column=…."),
            )
        elif not feature.kind.is_numeric:
            yield _not_numeric(feature, where)
        return
    if aggregate in _WITHOUT_COLUMN:
        yield Problem(
            _("{where}: {aggregate} takes no column.").format(where=where, aggregate=aggregate),
            _("Leave column out; where selects the events."),
        )
    elif feature.column not in columns:
        yield Problem(
            _("{where}: “{table}” has no column “{name}”.").format(
                where=where, table=feature.events, name=feature.column
            ),
            did_you_mean(feature.column, tuple(columns)),
        )
    else:
        yield from _kinds(feature, columns[feature.column], where)


def _kinds(feature: Feature, column: Field, where: str) -> Iterator[Problem]:
    if feature.aggregate in _SUMMED and not column.kind.is_numeric:
        yield Problem(
            _("{where}: {aggregate} of “{name}”, which is no number but {kind}.").format(
                where=where, aggregate=feature.aggregate, name=column.id, kind=column.kind
            )
        )
    elif feature.aggregate in _AHEAD and column.kind is not Kind.DATE:
        yield Problem(
            _("{where}: {aggregate} counts the time until “{name}”, which is no date but {kind}.").format(
                where=where, aggregate=feature.aggregate, name=column.id, kind=column.kind
            )
        )
    elif feature.aggregate not in _PICKED and not feature.kind.is_numeric:
        yield _not_numeric(feature, where)
    elif (
        feature.aggregate in _PICKED
        and feature.kind is not column.kind
        and not (feature.kind.is_numeric and column.kind.is_numeric)
    ):
        yield Problem(
            _("{where}: its kind is {kind}, that of “{name}” is {other}.").format(
                where=where, kind=feature.kind, name=column.id, other=column.kind
            ),
            _("{aggregate} gives one of the column's own values: the kinds must agree.").format(
                aggregate=feature.aggregate
            ),
        )


def _not_numeric(feature: Feature, where: str) -> Problem:
    return Problem(
        _("{where}: {aggregate} gives a number, but its kind is {kind}.").format(
            where=where, aggregate=feature.aggregate, kind=feature.kind
        )
    )


def _filter(feature: Feature, columns: Mapping[str, Field], where: str) -> Iterator[Problem]:
    if not feature.where:
        if feature.aggregate is Aggregate.SHARE:
            yield Problem(
                _("{where}: a share needs where, the cells an event must meet to count.").format(where=where)
            )
        return
    # Only a plugin with filters pays for reading cells.
    from rung.policy.binding import bind
    from rung.policy.conditions import read_condition

    try:
        bind(read_condition(feature.where), columns)
    except RungError as error:
        for problem in error.problems:
            yield Problem(f"{where}: {problem.message}", problem.hint)
    except ValueError as error:
        yield Problem(f"{where}: {error}")
