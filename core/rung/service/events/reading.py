"""Reads a file of events: every row held against the columns of its table, each refused row with its line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

import polars as pl

from rung.errors import Problem, RungError, did_you_mean
from rung.intake.columns import Column, Columns, Wish, bind_columns
from rung.intake.mapping import ColumnSpec, MappingFile
from rung.intake.open import open_source
from rung.intake.rejected import Rejection, unquoted
from rung.intake.source import LINE, FrameSource, TextSource
from rung.intake.texts import read_texts
from rung.intake.typed import read_typed
from rung.ledger.grades.value_texts import written_value
from rung.progress import Progress
from rung.service.calendars import Calendar
from rung.service.events.happening import Happening, missing_columns, read_as, unkeepable, whole_row
from rung.service.events.moments import moment_given, moment_written
from rung.text import MASK, Text, _, inert
from rung.values import Value, parse_value
from rung.vocabulary import EventTable, Field, Kind

__all__ = ["KEY", "EventFile", "ReadEvents", "read_events"]

KEY: Final = "event_key"
"""Name of the column with the sender's own id of an event."""
_KEY_FIELD: Final = Field(
    id=KEY,
    title=Text("事件编号", "Event key"),
    kind=Kind.TEXT,
    aliases=("key", "event id", "event no", "事件号", "流水号"),
)
_STEP: Final = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class EventFile:
    """A file of events and how it is read."""

    path: Path
    table: EventTable
    mapping: MappingFile | None = None
    key: str | None = None
    """The header of the sender's own ids; None: looked for by its usual names."""


@dataclass(frozen=True, slots=True)
class ReadEvents:
    """What a file of events holds."""

    happenings: tuple[Happening, ...]
    refused: tuple[Rejection, ...] = ()
    """What is wrong with which line."""
    has_keys: bool = False
    """Whether events bear their sender's own ids."""
    headers: tuple[str, ...] = ()
    refused_rows: Mapping[int, tuple[str | None, ...]] = field(default_factory=dict)
    """The rows refused as they stand, by line, under ``headers``; those that fit no header are not there."""


@dataclass(frozen=True, slots=True)
class _Cells:
    """One column of some rows."""

    values: Sequence[Value | None]
    raw: Sequence[Any]
    """As they stand in the file."""
    problems: Sequence[str | None] | None
    """Why values cannot be read; None where all could."""


def read_events(file: EventFile, calendar: Calendar, now: datetime, report: Progress) -> ReadEvents:
    """Read a file of events.

    Raises RungError where the file or its headers cannot be read; what is wrong with rows is told in what is
    returned.
    """
    source = open_source(file.path, file.mapping)
    columns = bind_columns(_wish(file, source))
    work = _Reading(file, columns, calendar, now)
    stage = _("Reading {file}").format(file=file.path.name)
    if isinstance(source, FrameSource):
        work.take_typed(source)
    else:
        positions = [each.position for each in source.headers]
        for batch in source.batches(positions):
            lines = batch.lines.to_list()
            work.take({each.id: _texts(each, batch.texts, len(lines)) for each in columns.found}, lines)
            work.keep_raw(lines, (batch.texts[str(each)].to_list() for each in positions))
            report(stage, batch.done, source.size)
        misfits = [each._replace(table=file.table.id) for each in source.notes.rejections]
        has_sensitive = any(each.is_sensitive for each in file.table.columns)
        work.refused += unquoted(misfits) if has_sensitive else misfits
    return ReadEvents(
        happenings=tuple(work.happenings),
        refused=tuple(sorted(work.refused, key=lambda each: each.line)),
        has_keys=KEY in columns.ids(),
        headers=tuple(each.name for each in source.headers),
        refused_rows=work.refused_rows,
    )


def _wish(file: EventFile, source: TextSource | FrameSource) -> Wish:
    table, mapping = file.table, file.mapping
    quantities = {each.id: read_as(each, table) for each in table.columns}
    specs = dict(mapping.events.get(table.id, {})) if mapping is not None else {}
    strangers = [name for name in specs if name not in quantities and name != KEY]
    if strangers and mapping is not None:
        raise RungError.all(
            Problem(
                _("“{name}” is no field of this table.").format(name=name),
                did_you_mean(name, list(quantities)),
                mapping.place("events", table.id, name),
            )
            for name in strangers
        )
    required = {table.customer, table.at, *(each.id for each in missing_columns(table))}
    if KEY not in quantities:
        quantities[KEY] = _KEY_FIELD
    if file.key is not None:
        specs[KEY] = ColumnSpec(column=file.key)
        required.add(KEY)
    return Wish(
        file=str(file.path),
        headers=source.headers,
        header_line=None if isinstance(source, FrameSource) else source.header_line,
        quantities=quantities,
        required=frozenset(required),
        specs=specs,
        mapping=mapping,
        path=("events", table.id),
        reserved=tuple(quantities),
    )


def _texts(column: Column, texts: pl.DataFrame, height: int) -> _Cells:
    if column.header is None:
        return _constant(column, height)
    raw = texts[str(column.header.position)]
    read = read_texts(raw, column)
    problems = None if read.problems is None else read.problems.to_list()
    return _Cells(read.values.to_list(), raw.to_list(), problems)


def _constant(column: Column, height: int) -> _Cells:
    value = column.constant
    return _Cells([value] * height, [None if value is None else str(value)] * height, None)


class _Reading:
    """Takes rows in, and keeps those that are events and what is wrong with the others."""

    def __init__(self, file: EventFile, columns: Columns, calendar: Calendar, now: datetime) -> None:
        self.happenings: list[Happening] = []
        self.refused: list[Rejection] = []
        self.refused_rows: dict[int, tuple[str | None, ...]] = {}
        self._table = file.table
        self._columns = columns
        self._calendar = calendar
        self._now = now
        self._headers = {each.id: each.header.name if each.header else each.id for each in columns.found}
        self._own = [
            each for each in columns.found if each.id not in (self._table.customer, self._table.at, KEY)
        ]
        self._needed = tuple(each.id for each in missing_columns(self._table))
        self._moments: dict[Any, datetime | str] = {}
        self._bad_lines: set[int] = set()

    def take_typed(self, source: FrameSource) -> None:
        """Take the rows of a typed table."""
        raw = source.frame.with_row_index(LINE, offset=1).collect()
        lines = raw[LINE].to_list()
        self.take({each.id: self._typed(each, source, raw) for each in self._columns.found}, lines)
        wanted = self._bad_lines
        if wanted:
            names = [each.name for each in source.headers]
            rows = raw.filter(pl.col(LINE).is_in(sorted(wanted))).select(LINE, *names)
            for line, *values in rows.iter_rows():
                self.refused_rows[line] = tuple(None if each is None else str(each) for each in values)

    def _typed(self, column: Column, source: FrameSource, raw: pl.DataFrame) -> _Cells:
        if column.header is None:
            return _constant(column, raw.height)
        name = column.header.name
        typed = read_typed(column, source.schema[name], source.file)
        values = raw.lazy().select(typed.value.alias("value")).collect().to_series().to_list()
        given = raw[name].to_list()
        if typed.is_unread is None:
            return _Cells(values, given, None)
        unread = raw.lazy().select(typed.is_unread.alias("unread")).collect().to_series().to_list()
        problems = [_problem(column, each) if bad else None for each, bad in zip(given, unread, strict=True)]
        return _Cells(values, given, problems)

    def take(self, cells: Mapping[str, _Cells], lines: Sequence[int]) -> None:
        """Take some rows of read columns."""
        customer, at = cells[self._table.customer], cells[self._table.at]
        keys = cells[KEY].values if KEY in cells else None
        own = [(each.id, each.quantity, cells[each.id].values) for each in self._own]
        bad = self._unread(cells, lines)
        for row, line in enumerate(lines):
            values = {name: column[row] for name, _quantity, column in own}
            key = "" if keys is None or keys[row] is None else str(keys[row]).strip()
            customer_id = str(customer.values[row] or "").strip()
            moment = self._moment(at, row)
            problems = list(self._problems(line, customer_id, key, values, moment, row in bad))
            if problems or row in bad:
                self.refused += problems
                self._bad_lines.add(line)
                continue
            assert isinstance(moment, datetime)
            written = {name: written_value(values[name], quantity) for name, quantity, _column in own}
            self.happenings.append(
                Happening(
                    line=line,
                    customer_id=customer_id,
                    at=moment,
                    values=whole_row(self._table, self._calendar, customer_id, moment, values),
                    written=written,
                    key=key,
                )
            )

    def keep_raw(self, lines: Sequence[int], columns: Iterator[Sequence[str | None]]) -> None:
        """Keep the rows among these that were refused, as they stand."""
        bad = [row for row, line in enumerate(lines) if line in self._bad_lines]
        if bad:
            whole = list(columns)
            for row in bad:
                self.refused_rows[lines[row]] = tuple(column[row] for column in whole)

    def _unread(self, cells: Mapping[str, _Cells], lines: Sequence[int]) -> dict[int, set[str]]:
        """Note the values that cannot be read; return in which columns, by row."""
        found: dict[int, set[str]] = {}
        for column in self._columns.found:
            told = cells[column.id].problems
            # When it happened is read from the text itself.
            if told is None or column.id == self._table.at:
                continue
            for row, problem in enumerate(told):
                if problem is not None:
                    found.setdefault(row, set()).add(column.id)
                    raw = str(cells[column.id].raw[row])
                    self._refuse(column, lines[row], raw, problem)
        return found

    def _refuse(self, column: Column, line: int, raw: str, problem: str) -> None:
        if column.quantity.is_sensitive:
            raw, problem = MASK, _("The value cannot be read.")
        self.refused.append(Rejection(line, self._headers[column.id], raw, problem, self._table.id))

    def _problems(
        self,
        line: int,
        customer_id: str,
        key: str,
        values: Mapping[str, Value | None],
        moment: datetime | str,
        is_bad: bool,
    ) -> Iterator[Rejection]:
        if isinstance(moment, str):
            yield Rejection(line, self._headers[self._table.at], "", moment, self._table.id)
        for name, problem in unkeepable(customer_id, key, values):
            yield Rejection(
                line, self._headers.get(name or self._table.customer, ""), "", problem, self._table.id
            )
        for name in self._needed if not is_bad else ():
            if values.get(name) is None:
                words = _("“{title}” is missing.").format(title=self._headers.get(name, name))
                yield Rejection(line, self._headers.get(name, name), "", words, self._table.id)

    def _moment(self, at: _Cells, row: int) -> datetime | str:
        """Return when the event of a row happened, or why that cannot be told."""
        raw, day = at.raw[row], at.values[row]
        told = raw if raw is not None else day
        if told is None or (isinstance(told, str) and not told.strip()):
            return _("The event has no date that can be read.")
        found = self._moments.get(told)
        if found is None:
            try:
                found = self._told(told, day)
            except ValueError as error:
                found = inert(str(error))
            self._moments[told] = found
        return found

    def _told(self, raw: Any, day: Any) -> datetime:
        if isinstance(raw, datetime) or (isinstance(raw, date) and not isinstance(raw, str)):
            return moment_given(raw, self._calendar, self._now)
        try:
            return moment_written(str(raw), self._calendar, self._now)
        except ValueError:
            # A word of the mapping file may stand for a day.
            if isinstance(day, date) and not any(char.isdigit() for char in str(raw)):
                return moment_given(day, self._calendar, self._now)
            raise


def _problem(column: Column, value: object) -> str:
    try:
        parse_value(value, column.quantity, column.reading)
    except ValueError as error:
        return inert(str(error))
    return _("The value cannot be read.")
