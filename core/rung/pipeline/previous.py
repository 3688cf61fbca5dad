"""The grades before: from the run before by the same policy, from a run named, or from a file of grades."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rung.errors import Place, RungError, did_you_mean
from rung.grading.compiled import PREVIOUS_GRADE
from rung.pipeline.request import NOBODY, GradeRequest
from rung.pipeline.tables import Task
from rung.runs.manifest import Manifest, PreviousGrades
from rung.runs.run import MANIFEST, RESULTS, Run
from rung.runs.store import LATEST
from rung.text import Text, _
from rung.vocabulary import Field, Kind, Vocabulary

if TYPE_CHECKING:
    import polars as pl

__all__ = ["Before", "grades_before", "in_the_same_order", "looked_back", "run_before"]

_ID: Final = "customer_id"
_HEADERS: Final = ("model_grade", "grade", "模型等级", "客户等级", "等级")
# What tables of grades call them, Rung's own exports first.


@dataclass(frozen=True, slots=True)
class Before:
    """Who had which grade before."""

    frame: pl.LazyFrame
    """``customer_id`` and ``previous_grade``, one row a customer."""
    stamp: PreviousGrades


def run_before(request: GradeRequest, input_sha256: str) -> Manifest | None:
    """Return the run before by the same policy, None where there is none.

    It is the last whose day is not later than this run's. A run of the same day over the same tables is an
    earlier try of this one, and one in which nobody was graded says nothing: both are passed over.
    """
    policy_id, as_of = request.policy.policy.id, request.as_of
    found = [
        each
        for each in (request.history.shelved().manifests if request.history else ())
        if each.policy.id == policy_id
        and each.as_of <= as_of
        and each.graded
        and not (each.as_of == as_of and each.input_sha256 == input_sha256)
    ]
    return max(found, key=lambda each: (each.as_of, each.created_at), default=None)


def grades_before(task: Task, input_sha256: str, scratch: Path) -> Before | None:
    """Return the grades before where the policy looks back at them and there are any.

    Raises RungError for a run or file that was named and does not serve.
    """
    request, named = task.request, task.request.previous
    if task.compiled.hold is None or named == NOBODY:
        return None
    if named is None:
        found = run_before(request, input_sha256)
        return (
            None if found is None or request.history is None else _of_run(request.history.open(found.run_id))
        )
    ids = request.history.ids() if request.history else ()
    if request.history is not None and (named in ids or (named == LATEST and ids)):
        return _known(_of_run(request.history.open(named)), task)
    path = Path(named)
    if (path / MANIFEST).is_file():
        return _known(_of_run(Run.open(path)), task)
    if not path.is_file():
        raise RungError.of(
            _("There is no run and no file “{name}” to take the grades before from.").format(name=named),
            did_you_mean(named, (*ids, NOBODY)) or _("Name a run, a file of grades, or “none”."),
        )
    return _known(_of_file(path, task, scratch), task)


def _of_run(run: Run) -> Before:
    import polars as pl

    before = pl.scan_ipc(run.folder / RESULTS).select(
        "customer_id", pl.col("model_grade").cast(pl.String).alias(PREVIOUS_GRADE)
    )
    with run:
        return Before(before, PreviousGrades(run.manifest.run_id, None, run.manifest.as_of))


def _of_file(path: Path, task: Task, scratch: Path) -> Before:
    from rung.intake import IntakeRequest, take_in

    vocabulary = task.compiled.vocabulary
    headers = (*_HEADERS, f"{task.compiled.policy.id}.{_HEADERS[0]}")
    grade = Field(
        id=PREVIOUS_GRADE,
        title=Text("上次等级", "Grade before"),
        kind=Kind.TEXT,
        aliases=headers,
        is_required=True,
    )
    keys = {
        name: vocabulary.fields[name]
        for name in (vocabulary.key, vocabulary.name)
        if name in vocabulary.fields
    }
    own = scratch / "previous"
    own.mkdir()
    wish = IntakeRequest(
        source=path,
        vocabulary=Vocabulary(
            fields={**keys, PREVIOUS_GRADE: grade}, key=vocabulary.key, name=vocabulary.name
        ),
        as_of=task.request.as_of,
        scratch=own,
        wanted=frozenset({PREVIOUS_GRADE}),
    )
    found = take_in(wish).measured.select("customer_id", PREVIOUS_GRADE)
    return Before(found, PreviousGrades(None, str(path.resolve()), None))


def _known(before: Before, task: Task) -> Before:
    """Return grades somebody named; raises RungError where the policy knows none of them."""
    import polars as pl

    found = before.frame.select(pl.col(PREVIOUS_GRADE).drop_nulls().unique()).collect().to_series().to_list()
    if not found or set(found).isdisjoint(task.compiled.grades):
        named = before.stamp.run_id or before.stamp.file or ""
        raise RungError.of(
            _("None of the grades before is a grade of “{policy}”.").format(policy=task.compiled.policy.id),
            _("Its grades: {grades}.").format(grades=", ".join(task.compiled.grades)),
            Place(named),
        )
    return before


def looked_back(measured: pl.LazyFrame, task: Task, before: Before | None) -> pl.LazyFrame:
    """Return the measured frame with ``previous_grade`` where the policy looks back, rows in order."""
    import polars as pl

    if task.compiled.hold is None:
        return measured
    if before is None:
        return measured.with_columns(pl.lit(None, dtype=pl.String).alias(PREVIOUS_GRADE))
    if in_the_same_order(measured, before.frame):
        return pl.concat([measured, before.frame.select(PREVIOUS_GRADE)], how="horizontal")
    return measured.join(before.frame, on=_ID, how="left", maintain_order="left")


def in_the_same_order(one: pl.LazyFrame, other: pl.LazyFrame) -> bool:
    """Return whether the rows are of the same customers, one by one: far quicker told than joined."""
    import polars as pl

    both = [one.select(pl.col(_ID).alias("one")), other.select(pl.col(_ID).alias("other"))]
    lengths = [frame.select(pl.len()).collect(engine="streaming").item() for frame in both]
    if lengths[0] != lengths[1]:
        return False
    same = pl.concat(both, how="horizontal").select((pl.col("one") == pl.col("other")).all())
    return bool(same.collect(engine="streaming").item())
