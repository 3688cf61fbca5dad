"""Reads records from a table: one a line, its columns headed as the fields of the form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from rung.errors import Place, Problem, RungError, did_you_mean
from rung.intake.headers import Header, matching
from rung.intake.open import open_source
from rung.intake.source import FrameSource, TextSource
from rung.text import _, inert
from rung.vocabulary import Field, Sector
from rung.words import BLANKS
from rung.workspace.recording.acts import Written

if TYPE_CHECKING:
    from rung.workspace.recording.types import DeclaredType

__all__ = ["written_in"]


def written_in(file: Path, declared: DeclaredType, sector: Sector) -> tuple[Written, ...]:
    """Return the records a table holds, as they are written there.

    A column is headed as the customer's id, or as a field: by its id, a title or an alias, a unit behind it
    if need be. The customer's name may stand beside the id. Raises RungError for a file that cannot be read,
    for columns that are none of the form's, and for rows that do not fit the header.
    """
    source = open_source(file)
    columns = _columns(source, declared, sector)
    rows = list(_rows(source, columns.keys()))
    misfits = [] if isinstance(source, FrameSource) else source.notes.rejections
    if misfits:
        raise RungError.all(Problem(each.problem, "", Place(source.file, each.line)) for each in misfits)
    if not rows:
        raise RungError.of(
            _("The table has headers and no rows."),
            _("Give a table with at least one row."),
            Place(source.file),
        )
    return tuple(_written(line, values, columns, declared, source.file) for line, values in rows)


_Columns = dict[int, tuple[Field, Header]]


def _columns(source: TextSource | FrameSource, declared: DeclaredType, sector: Sector) -> _Columns:
    """Return what the columns hold, by position; raises RungError for those that hold nothing asked for."""
    own = {each.id: each for each in sector.fields}
    key, name = own[sector.key], own[sector.name]
    fields = (key, *declared.type.fields)
    ids = [each.id for each in fields]
    found: _Columns = {}
    problems: list[Problem] = []
    for each in fields:
        headed = matching(each, source.headers, ids)
        if len(headed) > 1:
            names = _(", ").join(f"“{inert(header.name)}”" for header in headed)
            message = _("Several columns are headed “{title}”: {names}.")
            problems.append(
                Problem(message.format(title=each.title, names=names), "", _place(source, headed[1]))
            )
        elif headed:
            found[headed[0].position] = (each, headed[0])
    named = {header.position for header in matching(name, source.headers, ids)}
    for header in source.headers:
        if header.position not in found and header.position not in named:
            message = _("“{title}” has no field “{found}”.")
            words = message.format(title=declared.type.title, found=inert(header.name))
            problems.append(Problem(words, did_you_mean(header.name, ids), _place(source, header)))
    if not any(field is key for field, _header in found.values()):
        message = _("None of its columns is headed as the customers' ids: {found}.")
        words = message.format(found=", ".join(inert(header.name) for header in source.headers[:8]))
        hint = _("Head the column “{name}”.").format(name=key.id)
        problems.append(Problem(words, hint, Place(source.file)))
    if problems:
        raise RungError.all(problems)
    return found


def _place(source: TextSource | FrameSource, header: Header) -> Place:
    line = None if isinstance(source, FrameSource) else source.header_line
    return Place(source.file, line, inert(header.name))


def _rows(source: TextSource | FrameSource, positions: Iterable[int]) -> Iterator[tuple[int, dict[int, str]]]:
    wanted = sorted(positions)
    if isinstance(source, FrameSource):
        names = source.schema.names()
        frame = source.frame.select(pl.col(names[each]).cast(pl.String).alias(str(each)) for each in wanted)
        yield from _filled(frame.collect(), range(1, source.rows + 1))
        return
    for batch in source.batches(wanted):
        yield from _filled(batch.texts, batch.lines.to_list())


def _filled(frame: pl.DataFrame, lines: Iterable[int]) -> Iterator[tuple[int, dict[int, str]]]:
    positions = [int(name) for name in frame.columns]
    for line, row in zip(lines, frame.iter_rows(), strict=True):
        values = {
            position: value.strip(BLANKS)
            for position, value in zip(positions, row, strict=True)
            if value is not None and value.strip(BLANKS)
        }
        if values:
            yield line, values


def _written(
    line: int, values: dict[int, str], columns: _Columns, declared: DeclaredType, file: str
) -> Written:
    told: dict[str, str] = {}
    customer = ""
    units: dict[str, Fraction] = {}
    for position, (field, header) in columns.items():
        value = values.get(position, "")
        if field not in declared.type.fields:
            customer = value
        else:
            told[field.id] = value
            units[field.id] = header.unit_factor(field) or Fraction(1)
    return Written(customer=customer, values=told, units=units, place=Place(file, line))
