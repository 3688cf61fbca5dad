"""One row a customer: rows without an id and rows that repeat one are found and set aside."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, Literal

import polars as pl

from rung.errors import Place, RungError, did_you_mean
from rung.intake.request import Duplicates
from rung.intake.source import LINE
from rung.intake.table import Table
from rung.text import _, inert
from rung.vocabulary import Kind

__all__ = ["Identified", "identify", "one_row_each"]

_SHOWN: Final = 5
_LOOKED_AT: Final = 10_000
# Rows among which the first few ids that repeat are looked for.


@dataclass(frozen=True, slots=True)
class Identified:
    """A table's rows that stand for a customer each."""

    frame: pl.LazyFrame
    rows: int
    without_id: pl.DataFrame
    """Line, value and problem of the rows without an id."""
    repeated: pl.DataFrame
    """The same of the rows left out because another one of the customer's counts."""

    def lines_dropped(self) -> pl.Series:
        """Return the lines of all rows set aside."""
        return pl.concat([self.without_id, self.repeated])["line"]


def identify(table: Table, key: str, duplicates: Duplicates, newest_by: str | None = None) -> Identified:
    """Set aside rows whose ``key`` is missing or repeated.

    Raises RungError where ids repeat and are to be refused, where the date that tells the newest row is
    not in the table, or where no row has an id.
    """
    if duplicates is Duplicates.NEWEST:
        _check_newest(table, newest_by)
    id_hash = pl.when(pl.col(key).is_not_null()).then(pl.col(key).hash())
    hashes = table.frame.select(id_hash.alias("hash")).collect(engine="streaming").to_series()
    height, lost = len(hashes), hashes.null_count()
    if lost == height:
        raise RungError.of(_("No row has a customer id."), place=Place(table.file))
    repeating = _repeating(hashes)
    del hashes
    without_id = (
        _aside(table.frame.filter(pl.col(key).is_null()), _("The row has no customer id."))
        if lost
        else _aside(None, "")
    )
    repeated = _aside(None, "")
    if len(repeating):
        repeated = _repeated(table, key, repeating, duplicates, newest_by)
    found = Identified(table.frame, height - lost - repeated.height, without_id, repeated)
    dropped = found.lines_dropped()
    if not len(dropped):
        return found
    return replace(found, frame=table.frame.filter(~pl.col(LINE).is_in(dropped.implode())))


def one_row_each(table: Table, key: str) -> Identified:
    """Take the first row of each customer in a table of events, where ids repeat by nature."""
    frame = table.frame.filter(pl.col(key).is_not_null()).unique(
        subset=key, keep="first", maintain_order=True
    )
    rows = int(frame.select(pl.len()).collect(engine="streaming").item())
    if not rows:
        raise RungError.of(_("No row has a customer id."), place=Place(table.file))
    return Identified(frame, rows, _aside(None, ""), _aside(None, ""))


def _repeating(hashes: pl.Series) -> pl.Series:
    """Return the hashes that stand more than once; sorting beats a table of ten million ids."""
    ordered = hashes.drop_nulls().sort()
    return ordered.filter(ordered == ordered.shift(1)).unique()


def _aside(rows: pl.LazyFrame | None, problem: str, key: str | None = None) -> pl.DataFrame:
    """Return rows set aside as line, value and problem."""
    if rows is None:
        return pl.DataFrame(schema={"line": pl.UInt32, "value": pl.String, "problem": pl.String})
    value = pl.col(key) if key else pl.lit("")
    return rows.select(
        pl.col(LINE).alias("line"), value.cast(pl.String).alias("value"), pl.lit(problem).alias("problem")
    ).collect(engine="streaming")


def _repeated(
    table: Table, key: str, hashes: pl.Series, duplicates: Duplicates, newest_by: str | None
) -> pl.DataFrame:
    alike = table.frame.filter(pl.col(key).hash().is_in(hashes.implode()))
    if duplicates is Duplicates.REFUSE:
        _refuse(table, alike, key, len(hashes))
        return _aside(None, "")
    order = [newest_by] if newest_by and duplicates is Duplicates.NEWEST else []
    rows = alike.select(LINE, key, *order).collect(engine="streaming").sort(*order, LINE, nulls_last=False)
    keep: Literal["first", "last"] = "first" if duplicates is Duplicates.FIRST else "last"
    kept = rows.unique(subset=key, keep=keep)[LINE]
    dropped = rows.filter(~pl.col(LINE).is_in(kept.implode())).sort(LINE)
    return _aside(dropped.lazy(), _("Another row of the same customer counts."), key)


def _refuse(table: Table, alike: pl.LazyFrame, key: str, count: int) -> None:
    """Raise the error of ids that repeat, with the first few; rows that share just a hash are none."""
    ids = alike.select(key).head(_LOOKED_AT).collect(engine="streaming")[key].unique(maintain_order=True)
    grouped = (
        alike.filter(pl.col(key).is_in(ids.head(_SHOWN + 1).implode()))
        .group_by(key)
        .agg(pl.col(LINE).head(_SHOWN + 1).sort())
        .filter(pl.col(LINE).list.len() > 1)
        .sort(pl.col(LINE).list.first())
        .collect(engine="streaming")
    )
    if not grouped.height:
        return
    examples = [
        _("“{id}” (lines {lines})").format(id=inert(name), lines=_listed(lines))
        for name, lines in grouped.head(_SHOWN).iter_rows()
    ]
    raise RungError.of(
        _("{n} customer ids stand in more than one row: {ids}.").format(
            n=max(count, grouped.height), ids=", ".join(examples) + (" …" if grouped.height > _SHOWN else "")
        ),
        _("Mend the table, or choose which row counts: the first, the last or the newest by a date."),
        Place(table.file, int(grouped[LINE][0][0])),
    )


def _listed(lines: list[int]) -> str:
    return ", ".join(map(str, lines[:_SHOWN])) + (" …" if len(lines) > _SHOWN else "")


def _check_newest(table: Table, newest_by: str | None) -> None:
    dates = [column.id for column in table.columns.found if column.quantity.kind is Kind.DATE]
    if newest_by not in dates:
        raise RungError.of(
            _("“{name}” is no date of the table that could tell the newest row.").format(
                name=newest_by or ""
            ),
            did_you_mean(newest_by or "", dates),
            Place(table.file),
        )
