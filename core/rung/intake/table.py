"""A table whose values are read: what the rest of intake works on, whatever file it came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import polars as pl

from rung.errors import Place, Problem, RungError
from rung.intake.columns import Column, Columns
from rung.intake.kept import dtype_of
from rung.intake.source import LINE, Notes
from rung.text import _, inert

__all__ = ["Table", "no_rows", "nothing_readable", "supplied", "unread_flag"]


def unread_flag(name: str) -> str:
    """Return the name of the column that says which values of a quantity could not be read."""
    return f"#unread.{name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table whose values are read, or will be when its frame is collected."""

    name: str
    """``"customers"``, or the event table's id."""
    file: str
    columns: Columns
    frame: pl.LazyFrame
    """``LINE``, a column per quantity found, and of each of ``doubts`` the flag ``unread_flag(id)``."""
    notes: Notes
    rows: int
    """Rows read, blank ones left out, those that do not fit the header included."""
    unread: Mapping[str, pl.DataFrame] = field(default_factory=dict)
    """Column id → line, value and problem of what could not be read, where it is known already."""
    doubts: Mapping[str, pl.Expr] = field(default_factory=dict)
    """Column id → where a value cannot be read, over ``raw``."""
    raw: pl.LazyFrame | None = None
    """The typed table as it stands in its file, with ``LINE``."""


def supplied(column: Column) -> pl.Expr:
    """Return the expression of a column that no header supplies: a constant, or the line number."""
    dtype = dtype_of(column.quantity)
    if not column.is_row_number:
        return pl.lit(column.constant, dtype=dtype)
    line = pl.col(LINE).cast(pl.Int64)
    return line * column.quantity.scale if column.quantity.kind.is_numeric else line.cast(dtype)


def no_rows(file: str) -> RungError:
    """Return the error of a table with headers alone."""
    return RungError.of(
        _("The table has headers and no rows."), _("Give a table with at least one row."), Place(file)
    )


_SURELY: Final = 10
# So many values without one that can be read are a column of another kind, not slips of the pen.


def nothing_readable(column: Column, file: str, unread: int, example: str = "") -> Problem | None:
    """Return the problem of a column with values of which none can be read; ``None`` for just a few."""
    if unread < _SURELY or column.header is None:
        return None
    found = _("Column “{name}” holds nothing that can be read as {kind}.").format(
        name=inert(column.header.name), kind=column.quantity.kind.value
    )
    return Problem(
        f"{found} {example}".strip(),
        _("Point “{name}” to another column in the mapping file, or list its words under values.").format(
            name=column.id
        ),
        Place(file),
    )
