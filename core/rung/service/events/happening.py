"""One event on its way in: as somebody tells it, and as it is kept once its table's columns allow it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, Final

from rung.errors import RungError, did_you_mean
from rung.intake.rejected import Rejection
from rung.ledger.canonical import is_writable
from rung.ledger.grades.value_texts import written_value
from rung.service.calendars import Calendar
from rung.service.events.moments import moment_given, moment_written
from rung.text import MASK, _
from rung.values import Value, parse_value
from rung.vocabulary import EventTable, Field, Kind
from rung.words import fold

__all__ = [
    "LONGEST_KEY",
    "Happened",
    "Happening",
    "checked",
    "column_meant",
    "missing_columns",
    "read_as",
    "unkeepable",
]

LONGEST_KEY: Final = 200
"""Characters of a sender's own id of an event."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """One event as a program or a person tells it."""

    customer_id: str
    at: datetime | date | str | None = None
    """When: a moment, a day, or either as a text; None: now."""
    values: Mapping[str, Any] = field(default_factory=dict)
    """By column, as a table would have them, in the column's units; None where missing."""
    key: str = ""
    """The sender's own id of it: the same key twice in a table is one event."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """One event that its table's columns allow."""

    line: int
    """Where it stands in its source, from 1."""
    customer_id: str
    at: datetime
    values: Mapping[str, Value | None]
    """As kept, by column (see vocabulary.Quantity), what alarms are held against."""
    written: Mapping[str, str | None]
    """As the ledger writes them, the customer's and the date's left out."""
    key: str = ""


def read_as(column: Field, table: EventTable) -> Field:
    """Return a column as it is read: the customer's as text, the date's as a date."""
    if column.id == table.customer:
        return replace(column, kind=Kind.TEXT, choices=(), low=None, high=None)
    return replace(column, kind=Kind.DATE) if column.id == table.at else column


def missing_columns(table: EventTable) -> tuple[Field, ...]:
    """Return the columns an event must have a value in, besides customer and date."""
    return tuple(
        each for each in table.columns if each.is_required and each.id not in (table.customer, table.at)
    )


def column_meant(written: str, table: EventTable) -> Field:
    """Return the column meant by its id or one of its names; raises RungError for none."""
    columns = {each.id: each for each in table.columns if each.id not in (table.customer, table.at)}
    found = columns.get(written)
    if found is None:
        named = [each for each in columns.values() if fold(written) in map(fold, each.names())]
        found = named[0] if len(named) == 1 else None
    if found is None:
        message = _("The event table “{table}” has no column “{found}”.")
        raise RungError.of(
            message.format(table=table.id, found=written), did_you_mean(written, tuple(columns))
        )
    return found


def checked(
    happened: Happened, line: int, table: EventTable, calendar: Calendar, now: datetime
) -> Happening | tuple[Rejection, ...]:
    """Return an event as it is kept, or what is wrong with it."""
    problems: list[Rejection] = []

    def refuse(column: str, value: object, problem: str) -> None:
        problems.append(Rejection(line, column, "" if value is None else str(value), problem, table.id))

    at = now
    try:
        at = _moment(happened.at, calendar, now)
    except ValueError as error:
        refuse(table.at, happened.at, str(error))
    values: dict[str, Value | None] = {}
    for name, given in dict(happened.values).items():
        try:
            column = column_meant(name, table)
        except RungError as error:
            refuse(name, given, " ".join(f"{each.message} {each.hint}".strip() for each in error.problems))
            continue
        try:
            values[column.id] = parse_value(given, column)
        except ValueError as error:
            shown = (MASK, _("The value cannot be read.")) if column.is_sensitive else (given, str(error))
            refuse(name, *shown)
    told = {each.column for each in problems}
    for column in missing_columns(table):
        if values.get(column.id) is None and column.id not in told:
            refuse(column.id, None, _("“{title}” is missing.").format(title=column.title))
    for name, problem in unkeepable(happened.customer_id, happened.key, values):
        refuse(name or table.customer, None, problem)
    if problems:
        return tuple(problems)
    columns = {each.id: each for each in table.columns}
    return Happening(
        line=line,
        customer_id=happened.customer_id.strip(),
        at=at,
        values=whole_row(table, calendar, happened.customer_id.strip(), at, values),
        written={name: written_value(value, columns[name]) for name, value in values.items()},
        key=happened.key.strip(),
    )


def whole_row(
    table: EventTable, calendar: Calendar, customer_id: str, at: datetime, values: Mapping[str, Value | None]
) -> dict[str, Value | None]:
    """Return an event's values with those of the columns that name its customer and its day."""
    return {**values, table.customer: customer_id, table.at: calendar.day_of(at)}


def unkeepable(customer_id: str, key: str, values: Mapping[str, Value | None]) -> Iterator[tuple[str, str]]:
    """Yield why texts cannot be kept, each with its column; the customer's and the key's are empty."""
    if not customer_id.strip():
        yield "", _("The event names no customer.")
    if len(key.strip()) > LONGEST_KEY:
        yield "", _("The key has more than {most} characters.").format(most=LONGEST_KEY)
    texts = [("", customer_id), ("", key)]
    texts += [(name, value) for name, value in values.items() if isinstance(value, str)]
    for name, text in texts:
        # Nearly every text is told at once to be harmless.
        if not text.isprintable() and (not is_writable(text) or "\x00" in text):
            yield name, _("It holds bytes that are no text.")


def _moment(given: datetime | date | str | None, calendar: Calendar, now: datetime) -> datetime:
    if given is None:
        return now
    return (
        moment_written(given, calendar, now) if isinstance(given, str) else moment_given(given, calendar, now)
    )
