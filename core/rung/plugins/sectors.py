"""Checks one sector's declarations against each other and finds every mistake at once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from rung.errors import Problem, did_you_mean
from rung.plugins.features import feature_problems
from rung.plugins.shapes import shape_problems
from rung.text import _
from rung.vocabulary import EventTable, Kind, Quantity, Sector
from rung.words import fold

__all__ = ["sector_problems"]

_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,63}")
_SECTOR_NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,63}")
# A policy's id begins with its sector's, in lower case.
_IGNORED: Final = re.compile(r"[\s_-]+")
# What makes no difference when a table's header is compared with a name.
_RESERVED: Final = frozenset({"all", "any", "not", "missing"})
# Words of the condition and cell language.
_CUSTOMERS: Final = "customers"
# In a feature, the customers' own table.
_MOST_DECIMALS: Final = 9


def sector_problems(sector: Sector, plugin_id: str) -> tuple[Problem, ...]:
    """Return every mistake in a sector's data; ``plugin_id`` is the id it must have."""
    shapes = tuple(shape_problems(sector, f"Sector “{sector.id}”"))
    if shapes:  # what follows relies on the types
        return shapes
    return (
        *_identity(sector, plugin_id),
        *_names(sector),
        *_customers(sector),
        *(problem for table in sector.events for problem in _table(table)),
        *(problem for feature in sector.features for problem in feature_problems(feature, sector)),
        *_measures(sector),
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
    yield from _twice(_("a field, feature or measure"), (item.id for item in quantities))
    yield from _twice(_("an event table"), (table.id for table in sector.events))
    for quantity in quantities:
        yield from _quantity(quantity, f"“{quantity.id}”")
    yield from _shared_headers((*sector.fields, *sector.features), _("the customers' table"))
    if any(table.id == _CUSTOMERS for table in sector.events):
        yield Problem(
            _("An event table is called “customers”."),
            _("That name stands for the customers' own table; choose another."),
        )


def _quantity(quantity: Quantity, where: str) -> Iterator[Problem]:
    if not _NAME.fullmatch(quantity.id) or quantity.id in _RESERVED:
        yield Problem(
            _("{where} is no name a policy can use.").format(where=where),
            _("Write letters, digits and underscores, no digit first, and none of: {reserved}.").format(
                reserved=", ".join(sorted(_RESERVED))
            ),
        )
    if quantity.kind is Kind.CATEGORY and not quantity.choices:
        yield Problem(
            _("{where} is a category without choices.").format(where=where),
            _("List its choices, or make it Kind.TEXT."),
        )
    yield from _twice(
        _("a choice of {where}").format(where=where), (choice.id for choice in quantity.choices)
    )
    if quantity.decimals is not None and not 0 <= quantity.decimals <= _MOST_DECIMALS:
        yield Problem(
            _("{where} keeps {n} decimals.").format(where=where, n=quantity.decimals),
            _("Between 0 and {most} are possible.").format(most=_MOST_DECIMALS),
        )
    if quantity.low is not None and quantity.high is not None and quantity.low > quantity.high:
        yield Problem(
            _("{where} allows nothing: low {low} is above high {high}.").format(
                where=where, low=quantity.low, high=quantity.high
            )
        )


def _twice(what: str, ids: Iterable[str]) -> Iterator[Problem]:
    for name, count in Counter(ids).items():
        if count > 1:
            yield Problem(
                _("The id “{name}” of {what} stands {count} times.").format(
                    name=name, what=what, count=count
                ),
                _("Each id may stand once."),
            )


def _shared_headers(quantities: Sequence[Quantity], table: str) -> Iterator[Problem]:
    owners: dict[str, dict[str, str]] = {}
    for quantity in quantities:
        for header in quantity.names():
            key = _IGNORED.sub("", fold(header))
            owners.setdefault(key, {}).setdefault(quantity.id, header)
    contested: dict[tuple[str, ...], list[str]] = {}
    for claimed in owners.values():
        if len(claimed) > 1:
            contested.setdefault(tuple(claimed), []).append(next(iter(claimed.values())))
    for names, headers in contested.items():
        yield Problem(
            _("In {table}, {names} are all known by the header “{headers}”.").format(
                table=table, headers="”, “".join(headers), names=", ".join(names)
            ),
            _("Leave the alias to one of them, or give them different titles."),
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
    if not _NAME.fullmatch(table.id):
        yield Problem(
            _("“{name}” is no name for an event table.").format(name=table.id),
            _("Write letters, digits and underscores, no digit first."),
        )
    columns = {column.id: column for column in table.columns}
    yield from _twice(_("a column of {where}").format(where=where), (column.id for column in table.columns))
    yield from _shared_headers(table.columns, where)
    for column in table.columns:
        yield from _quantity(column, f"“{table.id}.{column.id}”")
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
