"""Since when each customer has the grade of a run: kept beside the results, from the run before."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from rung.pipeline.previous import in_the_same_order, run_before
from rung.pipeline.request import GradeRequest
from rung.pipeline.writing import write_ipc
from rung.runs.run import RESULTS, STANDING

if TYPE_CHECKING:
    import polars as pl

__all__ = ["since_in", "write_since"]


def write_since(request: GradeRequest, folder: Path, input_sha256: str) -> None:
    """Write ``standing.arrow`` beside a run's results: ``since`` (Date), in their row order.

    Whoever has the model grade of the run before by the same policy, or is still not graded, has it since
    then; everybody else since the day of this run. Where no run came before nothing is written: everybody
    has the grade since the day of the run, as in runs made before there was such a file.
    """
    import polars as pl

    found = None if request.history is None else run_before(request, input_sha256)
    if found is None or request.history is None:
        return
    with request.history.open(found.run_id) as run:
        before = since_in(run.folder, found.as_of, "grade_then", "since_then")
    now = pl.scan_ipc(folder / RESULTS).select("customer_id", pl.col("model_grade").cast(pl.String))
    if in_the_same_order(now, before):
        both = pl.concat([now, before.drop("customer_id")], how="horizontal")
    else:
        both = now.join(before, on="customer_id", how="left", maintain_order="left")
    is_same = pl.col("since_then").is_not_null() & pl.col("grade_then").eq_missing(pl.col("model_grade"))
    since = pl.when(is_same).then("since_then").otherwise(pl.lit(request.as_of)).alias("since")
    write_ipc(both.select(since), folder / STANDING).collect(engine="streaming")


def since_in(folder: Path, as_of: date, grade: str = "model_grade", since: str = "since") -> pl.LazyFrame:
    """Return the customers of a run in its row order with their model grade and since when they have it."""
    import polars as pl

    results = pl.scan_ipc(folder / RESULTS).select(
        "customer_id", pl.col("model_grade").cast(pl.String).alias(grade)
    )
    if not (folder / STANDING).is_file():
        return results.with_columns(pl.lit(as_of, dtype=pl.Date).alias(since))
    kept = pl.scan_ipc(folder / STANDING).select(pl.col("since").alias(since))
    return pl.concat([results, kept], how="horizontal")
