"""What intake hands on: the measured frame, and how to report on the data it was made of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from rung.intake.events import Events
from rung.intake.measures import MeasureFault
from rung.intake.population import Population
from rung.intake.quality import ColumnQuality, Quality
from rung.intake.rejected import Rejection, rejections_in, unquoted, unread_in, write_rejections
from rung.intake.reporting import column_quality, file_quality
from rung.intake.unread import unread_values

__all__ = ["Intake"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """One population measured."""

    measured: pl.LazyFrame
    """``customer_id``, ``customer_name``, then a column per quantity; see the contract in ARCHITECTURE.md."""
    counts: pl.LazyFrame
    """One row of counts for ``quality``; collect it with the frame, or on its own."""
    rows: int
    """How many customers there are."""
    headers: Mapping[str, str]
    """Quantity id → the header it is read from."""
    unmapped: tuple[str, ...]
    """Headers nothing is read from."""
    absent: tuple[str, ...]
    """Quantities wanted that nothing supplies: missing for everyone."""
    faults: tuple[MeasureFault, ...]
    """Measures and features that cannot be computed: missing for everyone."""
    input_hash: str
    population: Population
    events: tuple[Events, ...]
    has_sensitive: bool = False
    """Whether rows may hold sensitive values, so that none is quoted as a whole."""

    def quality(self, counts: pl.DataFrame) -> Quality:
        """Return the quality report; ``counts`` is what collecting ``self.counts`` gave."""
        row: dict[str, Any] = counts.row(0, named=True)
        rows = row["#rows"]
        table, identified = self.population.table, self.population.identified
        read = column_quality(table, row, rows, identified.lines_dropped())
        known = {each.id for each in read}
        computed = tuple(
            ColumnQuality(id=name, present=rows - nulls, missing=nulls)
            for name, nulls in row.items()
            if not name.startswith("#") and name not in known
        )
        return Quality(
            read=file_quality(table),
            customers=rows,
            without_id=identified.without_id.height,
            repeated=identified.repeated.height,
            columns=(*read, *computed),
            absent=self.absent,
            events=tuple(each.quality for each in self.events),
            faults=self.faults,
        )

    def rejections(self, quality: Quality | None = None) -> Iterator[Rejection]:
        """Yield every row and value set aside, the customers' first.

        With the quality report, only columns known to hold unread values are read again for them.
        """
        unread = None if quality is None else frozenset(each.id for each in quality.columns if each.unread)
        table, identified = self.population.table, self.population.identified
        misfits = table.notes.rejections
        yield from unquoted(misfits) if self.has_sensitive else misfits
        yield from rejections_in(identified.without_id, "", table.name)
        yield from rejections_in(identified.repeated, "", table.name)
        for column, frame in unread_values(table, unread):
            header = column.header.name if column.header is not None else column.id
            yield from unread_in(frame, column.quantity, header, table.name)
        for events in self.events:
            yield from events.rejections(has_sensitive=self.has_sensitive)

    def write_rejected(self, path: Path, quality: Quality | None = None) -> int:
        """Write the side file ``rejected.csv``; return how many rows and values it lists."""
        return write_rejections(path, self.rejections(quality))
