"""Which records are one's own: those one opened, and those about one's own customers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rung.workspace.own_customers import own_among
from rung.workspace.recording.types import latest_runs

if TYPE_CHECKING:
    import polars as pl

    from rung.workspace.recording.records import Records

__all__ = ["own_records"]


def own_records(records: Records, frame: pl.DataFrame) -> pl.DataFrame:
    """Return those of some records, as ``LedgerStore.records_frame`` has them, that are the actor's own."""
    import polars as pl

    workspace = records.workspace
    is_own = pl.col("maker") == records.actor.account
    for (sector,), theirs in frame.group_by("sector"):
        own = own_among(workspace, latest_runs(workspace, str(sector)), set(theirs["customer_id"]))
        is_own |= (pl.col("sector") == sector) & pl.col("customer_id").is_in(list(own))
    return frame.filter(is_own)
