"""How what is due is worked: how late it is, in which turn, and whether in one batch with others."""

from __future__ import annotations

from datetime import date, datetime

import polars as pl

from rung.policy.model import Handling
from rung.service.bound import Standing
from rung.service.due_list import PARTS

__all__ = ["worked"]


def worked(found: pl.DataFrame, standing: Standing, day: date, moment: datetime) -> pl.DataFrame:
    """Return rows (``PART``) with how late they are and how they are worked (``PARTS``).

    ``day``, ``moment``: those looked from; the moment counts for what is a matter of hours.
    """
    late = (pl.lit(day) - pl.col("latest")).dt.total_days().cast(pl.Int32)
    is_late = pl.when(pl.col("at").is_not_null()).then(pl.col("at") < moment).otherwise(late > 0)
    told = found.with_columns(late_days=late, is_late=is_late.fill_null(value=False))
    return told.hstack(_handling(standing, found["row"])).select(list(PARTS))


def _handling(standing: Standing, rows: pl.Series) -> pl.DataFrame:
    """Return whether customers are worked in one batch with others of their grade, and in which turn."""
    # Places past the run's are of customers who are not in it.
    height = max([standing.frame.height, *(each + 1 for each in rows.top_k(1).to_list())])
    turn = pl.Series("turn", [None], dtype=pl.Int32).new_from_index(0, height)
    batch = pl.Series("is_batch", [False]).new_from_index(0, height)
    for binding in standing.bindings:
        if isinstance(binding.obligation, Handling):
            if binding.obligation.batch:
                batch = batch.scatter(binding.rows, True)
            if binding.obligation.turn is not None:
                turn = turn.scatter(binding.rows, binding.obligation.turn)
    return pl.DataFrame([turn.gather(rows), batch.gather(rows).fill_null(value=False)])
