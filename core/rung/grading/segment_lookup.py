"""Cut-offs of segments looked up on Polars: what ``segment_columns`` builds from cases, far faster."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rung.grading.calibration import Calibration
from rung.grading.compiled import CompiledPolicy
from rung.grading.segments import cut_column, place_column

if TYPE_CHECKING:
    import polars as pl

__all__ = ["looked_up"]


def looked_up(
    compiled: CompiledPolicy, calibration: Calibration, measured: pl.LazyFrame
) -> tuple[pl.LazyFrame, frozenset[str]]:
    """Return the measured frame with the segments' columns, and the keys of the rankings that have them.

    A segment that is itself computed is left to ``with_segments``.
    """
    import polars as pl

    derived = {formula.result.id for formula in compiled.derived}
    ready: set[str] = set()
    for ranking in compiled.rankings:
        if ranking.within is None or ranking.within.id in derived:
            continue
        names = pl.Enum([_word(each) for each in calibration.known_segments(ranking)])
        # To its place by the hash of its name; what has no cut-offs is no name here, and becomes null.
        place = pl.col(ranking.within.id).cast(pl.String).cast(names, strict=False).to_physical()
        measured = measured.with_columns(place.alias(place_column(ranking)))
        measured = measured.with_columns(
            pl.lit(pl.Series(cut, dtype=pl.Int64))
            .gather(pl.col(place_column(ranking)))
            .alias(cut_column(ranking, share))
            for share, cut in enumerate(calibration.cuts_by_share(ranking))
        )
        ready.add(ranking.key)
    return measured, frozenset(ready)


def _word(segment: str | int) -> str:
    """Return a segment as Polars writes it."""
    return str(segment).lower() if isinstance(segment, bool) else str(segment)
