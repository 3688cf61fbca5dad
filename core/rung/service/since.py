"""The day each customer's present grade began: as the run has it, or as people's input took effect."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from rung.ledger import DataInput, InputRecord, Override
from rung.pipeline.since import since_in
from rung.service.calendars import Calendar

if TYPE_CHECKING:
    from rung.ledger.grades.laid_over import LaidOver
    from rung.runs.run import Run

__all__ = ["began_of", "since_of", "touched"]


def touched(laid: LaidOver) -> tuple[str, ...]:
    """Return the customers whose effective grade is not the machine's: people's input began it."""
    other = laid.customers.filter(pl.col("effective_grade").ne_missing(pl.col("model_grade")))
    return tuple(other["customer_id"])


def began_of(laid: LaidOver, inputs: Iterable[InputRecord], calendar: Calendar) -> Mapping[str, date]:
    """Return the day on which the effective grade of each of these customers began by people's input.

    It is the day their override took effect; without one in effect, the last day on which a judgement or
    correction did.
    """
    standing = dict(
        laid.customers.filter(pl.col("suspended").is_null()).select("customer_id", "override").iter_rows()
    )
    overruled: dict[str, date] = {}
    corrected: dict[str, date] = {}
    for each in inputs:
        if each.effective_from is None:
            continue
        day = calendar.day_of(each.effective_from)
        if isinstance(each, Override) and standing.get(each.customer_id) == each.id:
            overruled[each.customer_id] = day
        elif isinstance(each, DataInput):
            corrected[each.customer_id] = max(day, corrected.get(each.customer_id, day))
    return {**corrected, **overruled}


def since_of(run: Run, laid: LaidOver, began: Mapping[str, date]) -> pl.Series:
    """Return since when each customer of a run has the effective grade, in the run's row order."""
    days = since_in(run.folder, run.manifest.as_of).select("since").collect().to_series()
    if not began:
        return days
    told = pl.DataFrame(
        {"customer_id": list(began), "began": list(began.values())},
        schema={"customer_id": pl.String, "began": pl.Date},
    )
    found = laid.customers.select("row", "customer_id").join(told, on="customer_id")
    return days.scatter(found["row"], found["began"])
