"""Writes what a run keeps of its customers, their grades and the values these rest on, in one pass."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from rung.grading.compiled import HELD, PREVIOUS_GRADE, CompiledPolicy
from rung.pipeline.retold import FAULT
from rung.runs.run import MEASURED, RESULTS

if TYPE_CHECKING:
    import polars as pl

__all__ = ["held_counts", "left_ungraded", "outcomes_in", "write_frames", "write_ipc"]

_BATCH: Final = 1_000_000
# Rows a record batch: a page is then found by one division.


def left_ungraded(results: pl.LazyFrame, compiled: CompiledPolicy) -> pl.LazyFrame:
    """Take the grades back: a measure of the sector's plugin that the policy rests on has failed."""
    import polars as pl

    cause = f"{FAULT}{compiled.policy.sector}"
    causes = pl.Enum([*compiled.refusal_codes, cause])
    return results.with_columns(
        pl.lit(None, dtype=pl.Enum(compiled.grades)).alias("model_grade"),
        pl.lit(None, dtype=pl.Int64).alias("score"),
        pl.lit(cause, dtype=causes).alias("not_graded"),
    )


def write_ipc(frame: pl.LazyFrame, path: Path) -> pl.LazyFrame:
    """Return the writing of a frame to a file that can be mapped; it is written when collected."""
    return frame.sink_ipc(path, compression="uncompressed", record_batch_size=_BATCH, lazy=True)


def write_frames(
    results: pl.LazyFrame, measured: pl.LazyFrame, folder: Path, counts: tuple[pl.LazyFrame, ...]
) -> list[pl.DataFrame]:
    """Write results and measured values in one pass, and collect ``counts`` in it."""
    import polars as pl

    sinks = [write_ipc(results, folder / RESULTS), write_ipc(measured, folder / MEASURED)]
    return pl.collect_all([*sinks, *counts], engine="streaming")[len(sinks) :]


def outcomes_in(folder: Path) -> pl.DataFrame:
    """Return how many customers of a written run came out how, one row an outcome.

    Counted in the file: a second use of the results within the pass would cost more than reading them.
    """
    import polars as pl

    outcomes = pl.scan_ipc(folder / RESULTS).group_by("model_grade", "not_graded", "flags").len()
    return outcomes.collect(engine="streaming")


def held_counts(folder: Path, compiled: CompiledPolicy) -> tuple[int, int, int]:
    """Return how many customers had a grade before, one the policy does not have, and were held by it."""
    import polars as pl

    before = pl.col(PREVIOUS_GRADE)
    known = before.is_in(compiled.grades)
    looked = pl.scan_ipc(folder / MEASURED).select(
        known.sum().alias("known"), (before.is_not_null() & ~known).sum().alias("unknown")
    )
    reasons = pl.any_horizontal(pl.col(f"reason_{n}") == HELD for n in (1, 2, 3))
    held = pl.scan_ipc(folder / RESULTS).select((reasons & pl.col("model_grade").is_not_null()).sum())
    had, told = pl.collect_all([looked, held], engine="streaming")
    return int(had["known"].item() or 0), int(had["unknown"].item() or 0), int(told.item() or 0)
