"""How much of what customers are ranked by each grade holds: few customers, much of the value."""

from __future__ import annotations

from pathlib import Path

from rung.grading.compiled import CompiledPolicy, Shares
from rung.runs.manifest import Ranked
from rung.runs.run import MEASURED, RESULTS
from rung.runs.tally import digits

__all__ = ["ranked_in"]


def ranked_in(folder: Path, compiled: CompiledPolicy) -> Ranked | None:
    """Return what each grade of a written run holds, where customers are graded by their rank."""
    if not isinstance(compiled.method, Shares):
        return None
    import narwhals.stable.v2 as nw
    import polars as pl

    from rung.grading.derived import with_derived

    quantity = compiled.method.ranking.quantity
    measured = with_derived(compiled.derived, nw.from_native(pl.scan_ipc(folder / MEASURED))).to_native()
    # Negatives count as zero, as in the shares themselves; a sum may be larger than 64 bits.
    value = measured.select(pl.col(quantity.id).clip(lower_bound=0).cast(pl.Int128).alias("value"))
    found = (
        pl.concat([pl.scan_ipc(folder / RESULTS).select("model_grade"), value], how="horizontal")
        .group_by("model_grade")
        .agg(pl.col("value").sum())
        .collect(engine="streaming")
    )
    held = {grade: int(total or 0) for grade, total in found.iter_rows()}
    return Ranked(
        by=quantity.id,
        title=quantity.title,
        unit=quantity.unit,
        decimals=digits(quantity.scale),
        total=sum(held.values()),
        held={grade: held.get(grade, 0) for grade in compiled.grades},
    )
