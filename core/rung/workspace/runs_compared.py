"""Two runs side by side: how many of each grade, and by one policy, who went from which to which."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rung.text import Text

if TYPE_CHECKING:
    import polars as pl

    from rung.runs.manifest import Manifest
    from rung.runs.run import Run
    from rung.workspace.workspace import Workspace

__all__ = ["GradeCounted", "RunsCompared", "compared_runs"]


@dataclass(frozen=True, slots=True)
class GradeCounted:
    """How many customers have a grade in each of two runs; None where the run's policy has no such grade."""

    grade: str | None
    """None: not graded."""
    title: Text | None
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class RunsCompared:
    """Two runs, the earlier first."""

    before: Manifest
    after: Manifest
    grades: tuple[GradeCounted, ...]
    """Best first, those not graded last."""
    moves: Mapping[tuple[str | None, str | None], int] | None
    """Customers of both runs by the model's grade before and after; None where the policies are two."""
    came: int = 0
    """Customers of the later run alone."""
    went: int = 0
    """Customers of the earlier run alone."""

    @property
    def better(self) -> int:
        """How many have a better grade than before, by the later policy's order."""
        return self._moved(lambda before, after: after < before)

    @property
    def worse(self) -> int:
        """How many have a worse one."""
        return self._moved(lambda before, after: after > before)

    @property
    def same(self) -> int:
        """How many have the grade they had, or none as before."""
        return sum(count for (before, after), count in (self.moves or {}).items() if before == after)

    def _moved(self, is_meant: Callable[[int, int], bool]) -> int:
        ranks = {named.id: place for place, named in enumerate(self.after.grades)}
        return sum(
            count
            for (before, after), count in (self.moves or {}).items()
            if before in ranks and after in ranks and is_meant(ranks[before], ranks[after])
        )


def compared_runs(workspace: Workspace, one: str, other: str) -> RunsCompared:
    """Compare two runs, whichever is named first; raises RungError where one cannot be opened."""
    with workspace.run(one) as first, workspace.run(other) as second:
        before, after = sorted((first, second), key=lambda run: run.manifest.created_at)
        grades = _grades(before.manifest, after.manifest)
        if before.manifest.policy.id != after.manifest.policy.id:
            return RunsCompared(before.manifest, after.manifest, grades, None)
        joined = _joined(before, after)
        is_before, is_after = (joined[name].is_not_null() for name in ("is_before", "is_after"))
        counted = joined.filter(is_before & is_after).group_by("before", "after").len()
        return RunsCompared(
            before.manifest,
            after.manifest,
            grades,
            {(was, now): count for was, now, count in counted.iter_rows()},
            came=int((~is_before).sum()),
            went=int((~is_after).sum()),
        )


def _joined(before: Run, after: Run) -> pl.DataFrame:
    """Return the grades of whoever is in either run: ``before``, ``after``, ``is_before``, ``is_after``."""
    import polars as pl

    def graded(run: Run, name: str) -> pl.LazyFrame:
        grade = pl.col("model_grade").cast(pl.String).alias(name)
        return run.frame().select("customer_id", grade, pl.lit(value=True).alias(f"is_{name}"))

    whole = graded(before, "before").join(graded(after, "after"), on="customer_id", how="full")
    return whole.select("before", "after", "is_before", "is_after").collect()


def _grades(before: Manifest, after: Manifest) -> tuple[GradeCounted, ...]:
    titles = {named.id: named.title for manifest in (after, before) for named in manifest.grades}
    counted = [
        GradeCounted(grade, title, before.counts.get(grade), after.counts.get(grade))
        for grade, title in titles.items()
    ]
    left = (sum(manifest.not_graded.values()) for manifest in (before, after))
    return (*counted, GradeCounted(None, None, *left))
