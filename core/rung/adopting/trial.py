"""The user's own customers, read once: what they are like, and what a change of the policy does to them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from rung.errors import RungError
from rung.grading.compiled import CompiledPolicy
from rung.grading.expiry import expiring, with_expired
from rung.pipeline.request import GradeRequest
from rung.pipeline.tables import Task, take_in_together
from rung.progress import Progress
from rung.runs.refusals import refuse_writing
from rung.simulation.graded import GRADE, graded_by
from rung.text import _

if TYPE_CHECKING:
    import polars as pl

__all__ = ["Counts", "Trial", "trial"]

Counts = Mapping[str | None, int]
"""Customers by grade, best first; ``None`` for those not graded."""


@dataclass(slots=True)
class Trial:
    """A population to try a policy on."""

    frame: pl.LazyFrame
    as_of: date

    def counts(self, compiled: CompiledPolicy) -> Counts:
        """Return how many customers get each grade; raises RungError where the table lacks a value."""
        graded = graded_by(compiled, self._ready(compiled)).frame
        found = {str(grade): 0 for grade in compiled.grades}
        tally: dict[str | None, int] = dict(graded[GRADE].value_counts().iter_rows())
        return {**{grade: tally.get(grade, 0) for grade in found}, None: tally.get(None, 0)}

    def scores(self, compiled: CompiledPolicy) -> pl.Series:
        """Return the scores the policy gives, scaled by ten to the power of its decimals."""
        return graded_by(compiled, self._ready(compiled)).frame["score"]

    def values(self, compiled: CompiledPolicy, name: str) -> pl.Series | None:
        """Return the customers' values of a measure as they are kept, None where the table has none."""
        import narwhals.stable.v2 as nw

        from rung.grading.derived import with_derived

        if name in self.frame.collect_schema():
            return self.frame.select(name).collect()[name]
        if name not in {formula.result.id for formula in compiled.derived}:
            return None
        frame = with_derived(compiled.derived, nw.from_native(self._ready(compiled)))
        derived: pl.LazyFrame = frame.select(name).to_native()
        return derived.collect()[name]

    def _ready(self, compiled: CompiledPolicy) -> pl.LazyFrame:
        names = self.frame.collect_schema().names()
        lacking = [name for name in compiled.wanted if name not in names and name != "previous_grade"]
        if lacking:
            raise RungError.of(
                _("The table was read without {names}, which this needs.").format(
                    names=_(", ").join(sorted(lacking))
                )
            )
        own = self.frame.select(names[:2] + [each for each in names[2:] if each in compiled.wanted])
        return with_expired(own, expiring(compiled, self.as_of))


@contextmanager
def trial(
    request: GradeRequest, compiled: CompiledPolicy, also: frozenset[str], progress: Progress
) -> Iterator[Trial]:
    """Read the tables for a policy and keep the values while in the block.

    ``also``: values an answer might make the policy ask for. Raises RungError with every problem of the
    tables.
    """
    import polars as pl

    with TemporaryDirectory(prefix="rung-") as temporary:
        scratch = Path(temporary)
        path = scratch / "measured.arrow"
        with refuse_writing(scratch):
            (tables,) = take_in_together([Task(request, compiled)], scratch, progress, also)
            tables.intake.measured.sink_ipc(path, compression="uncompressed")
        yield Trial(pl.scan_ipc(path), request.as_of)
