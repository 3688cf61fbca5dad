"""Rows and values set aside: kept with their line, written to a side file a spreadsheet opens safely."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

import polars as pl

from rung.text import MASK, _, inert
from rung.vocabulary import Quantity

__all__ = ["COLUMNS", "Rejection", "guarded", "rejections_in", "unquoted", "unread_in", "write_rejections"]

COLUMNS: Final = ("line", "column", "value", "problem", "table")
_LONGEST: Final = 200
# Characters of a rejected value kept: enough to find it again.


class Rejection(NamedTuple):
    """One row or value set aside."""

    line: int
    column: str
    """The header, "" where the whole row is meant."""
    value: str
    problem: str
    table: str = "customers"


def rejections_in(frame: pl.DataFrame, column: str, table: str) -> Iterator[Rejection]:
    """Yield what stands in a frame of ``line``, ``value`` and ``problem``."""
    for line, value, problem in frame.select("line", "value", "problem").iter_rows():
        yield Rejection(line, column, value, problem, table)


def unread_in(frame: pl.DataFrame, quantity: Quantity, column: str, table: str) -> Iterator[Rejection]:
    """Yield the values of a quantity that could not be read; those of a sensitive one are not quoted."""
    for each in rejections_in(frame, column, table):
        hidden = each._replace(value=MASK, problem=_("The value cannot be read."))
        yield hidden if quantity.is_sensitive else each


def unquoted(rows: Iterable[Rejection]) -> Iterator[Rejection]:
    """Yield whole rows set aside without what stands in them, some of which may be sensitive."""
    for each in rows:
        yield each._replace(value=MASK)


def guarded(value: str) -> str:
    """Return ``value`` without control characters and such that no spreadsheet takes it for a formula."""
    shown = inert(value[: 4 * _LONGEST])[:_LONGEST]  # a cell may hold megabytes
    return f"'{shown}" if shown.lstrip().startswith(("=", "+", "-", "@")) or value.startswith("\t") else shown


def write_rejections(path: Path, rejections: Iterable[Rejection]) -> int:
    """Write ``rejected.csv``: line, column, value, problem, table; return how many there are."""
    count = 0
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for each in rejections:
            writer.writerow(
                (each.line, *map(guarded, (each.column, each.value, each.problem)), guarded(each.table))
            )
            count += 1
    return count
