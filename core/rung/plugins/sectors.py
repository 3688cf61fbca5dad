"""Checks one sector's declarations against each other and finds every mistake at once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from rung.errors import Problem, did_you_mean
from rung.plugins.features import feature_problems
from rung.plugins.outcomes import outcome_problems
from rung.plugins.quantities import NAME, header_problems, quantity_problems, repeated
from rung.plugins.records import record_problems
from rung.plugins.shapes import shape_problems
from rung.text import _
from rung.vocabulary import EventTable, Kind, Quantity, Sector

__all__ = ["sector_problems"]

_SECTOR_NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,63}")
# A policy's id begins with its sector's, in lower case.
_CUSTOMERS: Final = "customers"
# In a feature, the customers' own table.


def sector_problems(sector: Sector, plugin_id: str) -> tuple[Problem, ...]:
    """Return every mistake in a sector's data; ``plugin_id`` is the id it must have."""
    shapes = tuple(shape_problems(sector, _("Sector “{name}”").format(name=sector.id)))
    if shapes:  # what follows relies on the types
        return shapes
    return (
        *_identity(sector, plugin_id),
        *_names(sector),
        *_customers(sector),
        *(problem for table in sector.events for problem in _table(table)),
        *(problem for feature in sector.features for problem in feature_problems(feature, sector)),
        *_measures(sector),
        *outcome_problems(sector),
        *record_problems(sector),
    )


def _identity(sector: Sector, plugin_id: str) -> Iterator[Problem]:
    if sector.id != plugin_id:
        yield Problem(
            _("Its sector is called “{found}”, its entry point “{wanted}”.").format(
                found=sector.id, wanted=plugin_id
            ),
            _("The two must be the same."),
        )
    elif not _SECTOR_NAME.fullmatch(sector.id):
        yield Problem(
            _("“{name}” is no name for a sector.").format(name=sector.id),
            _("Write small letters, digits and underscores, a letter first."),
        )


def _names(sector: Sector) -> Iterator[Problem]:
    quantities: tuple[Quantity, ...] = (*sector.fields, *sector.features, *sector.measures)
    yield from repeated(_("a field, feature or measure"), (item.id for item in quantities))
    yield from repeated(_("an event table"), (table.id for table in sector.events))
    for quantity in quantities:
        yield from quantity_problems(quantity, f"“{quantity.id}”")
    yield from header_problems((*sector.fields, *sector.features), _("the customers' table"))
    if any(table.id == _CUSTOMERS for table in sector.events):
        yield Problem(
            _("An event table is called “customers”."),
            _("That name stands for the customers' own table; choose another."),
        )


def _customers(sector: Sector) -> Iterator[Problem]:
    known = tuple(item.id for item in sector.fields)
    for role, name in (("key", sector.key), ("name", sector.name)):
        if name not in known:
            yield Problem(
                _("Its {role} “{name}” is none of its fields.").format(role=role, name=name),
                did_you_mean(name, known),
            )
    if sector.key in known and sector.name in known:
        yield from _taken(sector)
    if sector.last_contact is not None:
        yield from _last_contact(sector, sector.last_contact)


def _last_contact(sector: Sector, name: str) -> Iterator[Problem]:
    dated = {
        each.id: each
        for each in (*sector.fields, *sector.features, *sector.measures)
        if each.kind in (Kind.DATE, Kind.INTEGER)
    }
    if name not in dated:
        yield Problem(
            _("“{name}” cannot tell the day of the last contact.").format(name=name),
            did_you_mean(name, tuple(dated)) or _("Name a date, or a whole number of days since."),
        )


def _taken(sector: Sector) -> Iterator[Problem]:
    # The measured table carries a customer's id and name under these two names, whatever the fields'.
    taken = {"customer_id", "customer_name"} - {sector.key, sector.name}
    for quantity in (*sector.fields, *sector.features, *sector.measures):
        if quantity.id in taken:
            yield Problem(
                _("“{name}” is neither its key nor its name, but called so.").format(name=quantity.id),
                _("Set key and name of the sector, or call it otherwise."),
            )


def _table(table: EventTable) -> Iterator[Problem]:
    where = _("event table “{name}”").format(name=table.id)
    if not NAME.fullmatch(table.id):
        yield Problem(
            _("“{name}” is no name for an event table.").format(name=table.id),
            _("Write letters, digits and underscores, no digit first."),
        )
    columns = {column.id: column for column in table.columns}
    yield from repeated(_("a column of {where}").format(where=where), (column.id for column in table.columns))
    yield from header_problems(table.columns, where)
    for column in table.columns:
        yield from quantity_problems(column, f"“{table.id}.{column.id}”")
    for role, name in (("customer", table.customer), ("at", table.at)):
        if name not in columns:
            yield Problem(
                _("In {where}, {role} names “{name}”, which is none of its columns.").format(
                    where=where, role=role, name=name
                ),
                did_you_mean(name, tuple(columns)),
            )
    if table.at in columns and columns[table.at].kind is not Kind.DATE:
        yield Problem(
            _("In {where}, “{name}” dates the events but is no date.").format(where=where, name=table.at),
            _("Make it Kind.DATE."),
        )


def _measures(sector: Sector) -> Iterator[Problem]:
    known = tuple(item.id for item in (*sector.fields, *sector.features))
    for measure in sector.measures:
        for name in measure.inputs:
            if name not in known:
                yield Problem(
                    _("Measure “{measure}” needs “{name}”, which is no field or feature.").format(
                        measure=measure.id, name=name
                    ),
                    did_you_mean(name, known),
                )
