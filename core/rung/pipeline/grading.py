"""Grades a population, by one policy or by several at once: all of their runs, or none."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final, TypeVar

from rung.errors import Problem, RungError
from rung.grading.calibration import calibrate
from rung.grading.expiry import expired_counts, expiring, with_expired
from rung.grading.scorecard import Scorecard
from rung.pipeline.cards import grading_policy
from rung.pipeline.previous import Before, grades_before, looked_back
from rung.pipeline.request import GradeRequest
from rung.pipeline.since import write_since
from rung.pipeline.stamp import stamped
from rung.pipeline.tables import Tables, Task, take_in_together
from rung.pipeline.writing import held_counts, left_ungraded, outcomes_in, write_frames
from rung.progress import Progress
from rung.runs.conflicts import conflicts_in
from rung.runs.kept_policy import keep_policy
from rung.runs.manifest import Manifest, PreviousGrades
from rung.runs.ranked import ranked_in
from rung.runs.refusals import refuse_writing
from rung.runs.run import POLICY, REJECTED, Run, seal
from rung.runs.store import run_id_of
from rung.text import _

if TYPE_CHECKING:
    import polars as pl

    from rung.intake import Quality
    from rung.plugins import PluginHost

__all__ = ["grade", "grade_all", "graded", "graded_all"]

_SCRATCH: Final = "scratch"

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Place:
    """Where one run is written."""

    run_id: str
    folder: Path


def grade(request: GradeRequest, run_id: str, folder: Path, host: PluginHost, progress: Progress) -> Manifest:
    """Grade the customers and write the run into ``folder``, an empty one that the caller keeps or discards.

    Raises RungError with every problem of the policy, the mapping or the table.
    """
    (manifest,) = grade_all([request], [(run_id, folder)], host, progress)
    return manifest


def grade_all(
    requests: Sequence[GradeRequest],
    places: Sequence[tuple[str, Path]],
    host: PluginHost,
    progress: Progress,
) -> tuple[Manifest, ...]:
    """Grade one population by several policies; each run goes into its own empty folder.

    The requests differ in their policies alone. The tables are read and checked once for all policies
    that mean the same by the names they share. Raises RungError with every problem found.
    """
    compiled = _every(requests, lambda request: grading_policy(request.policy, host))
    tasks = [Task(request, each) for request, each in zip(requests, compiled, strict=True)]
    _check_previous(tasks)
    at = {task.compiled.policy.id: _Place(*place) for task, place in zip(tasks, places, strict=True)}
    batch = places[0][0] if len(places) > 1 else None
    scratch = places[0][1] / _SCRATCH
    scratch.mkdir()
    manifests: dict[str, Manifest] = {}
    for tables in take_in_together(tasks, scratch, progress, requests[0].keep):
        manifests |= _contained(tables, at, host, progress, batch)
    shutil.rmtree(scratch)
    for task in tasks:
        keep_policy(task.request.policy, at[task.compiled.policy.id].folder / POLICY)
    return tuple(seal(at[name].folder, manifests[name]) for name in at)


def _check_previous(tasks: Sequence[Task]) -> None:
    """Refuse grades before that nobody asks for."""
    if tasks[0].request.previous is not None and all(task.compiled.hold is None for task in tasks):
        raise RungError.of(
            _("No policy here looks back at the grades before."),
            _("Leave --previous out, or give the policy a [hysteresis] table."),
        )


def _every(items: Sequence[GradeRequest], make: Callable[[GradeRequest], T]) -> list[T]:
    """Return what ``make`` gives for each; raises RungError with the problems of all of them."""
    made: list[T] = []
    problems: list[Problem] = []
    for item in items:
        try:
            made.append(make(item))
        except RungError as error:
            problems += error.problems
    if problems:
        raise RungError.all(dict.fromkeys(problems))
    return made


def _contained(
    tables: Tables, at: dict[str, _Place], host: PluginHost, progress: Progress, batch: str | None
) -> dict[str, Manifest]:
    """Grade; where it fails for a plugin's measure, which may break on any row, grade again without it."""
    import polars as pl

    try:
        return _graded(tables, at, host, progress, batch)
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException):
        sound = tables.tried_out(progress)
        if sound is None:
            raise
    for task in tables.tasks:
        for left in at[task.compiled.policy.id].folder.iterdir():
            if left.name != _SCRATCH:
                shutil.rmtree(left) if left.is_dir() else left.unlink()
    return _graded(sound, at, host, progress, batch)


def _graded(
    tables: Tables, at: dict[str, _Place], host: PluginHost, progress: Progress, batch: str | None
) -> dict[str, Manifest]:
    """Grade by each of the policies that share these tables; the tables' own counts are taken once."""
    manifests: dict[str, Manifest] = {}
    whole: Quality | None = None
    for task in tables.tasks:
        place = at[task.compiled.policy.id]
        work = _Work(tables, task, place.folder, batch is not None, progress)
        counts, expired = work.write(None if whole is not None else tables.intake.counts)
        whole = tables.intake.quality(counts) if whole is None else whole
        quality = work.quality(whole, expired)
        write_since(task.request, place.folder, tables.intake.input_hash)
        manifests[task.compiled.policy.id] = stamped(
            task,
            place.run_id,
            host,
            calibration=work.scorecard.calibration,
            outcomes=outcomes_in(place.folder),
            quality=quality,
            values=work.values,
            input_sha256=tables.intake.input_hash,
            faults=tables.faults(task),
            rejected=tables.intake.write_rejected(place.folder / REJECTED, quality),
            batch=batch,
            previous=work.previous(),
            conflicts=conflicts_in(place.folder, task.compiled),
            ranked=ranked_in(place.folder, task.compiled),
        )
    return manifests


class _Work:
    """One policy's way from the measured frame to the files of its run."""

    def __init__(
        self, tables: Tables, task: Task, folder: Path, is_one_of_many: bool, progress: Progress
    ) -> None:
        self._tables, self._task, self._folder = tables, task, folder
        self._name = f" ({task.compiled.policy.id})" if is_one_of_many else ""
        self._progress = progress
        self._expiring = expiring(task.compiled, task.request.as_of)
        self._read = tables.measured(task)
        fresh = with_expired(self._read, self._expiring)
        self._tell(_("Finding cut-offs"))
        self.scorecard = Scorecard(task.compiled, calibrate(task.compiled, fresh))
        self._before = self._grades_before()
        self._measured = looked_back(fresh, task, self._before)
        self.values = self._measured.collect_schema().names()[2:]

    def _tell(self, stage: str) -> None:
        self._progress(f"{stage}{self._name}", 0, None)

    def _grades_before(self) -> Before | None:
        own = self._folder / "before"
        own.mkdir()
        return grades_before(self._task, self._tables.intake.input_hash, own)

    def write(self, counts: pl.LazyFrame | None) -> tuple[pl.DataFrame, pl.DataFrame]:
        """Write results and values; return the tables' counts, if asked for, and those of what expired."""
        import polars as pl

        self._tell(_("Grading"))
        results = self.scorecard.results(self._measured)
        if self._tables.faults(self._task):
            results = left_ungraded(results, self._task.compiled)
        nothing = pl.LazyFrame()
        expired = expired_counts(self._read, self._expiring) if self._expiring else nothing
        wanted = (nothing if counts is None else counts, expired)
        told, gone = write_frames(results, self._measured, self._folder, wanted)
        shutil.rmtree(self._folder / "before")
        return told, gone

    def quality(self, whole: Quality, expired: pl.DataFrame) -> Quality:
        """Return what the policy's own reader should know of the data."""
        from rung.intake import ExpiredQuality

        quality = self._tables.quality(self._task, whole)
        if self._expiring:
            told = zip(self._expiring, expired.row(0), strict=True)
            found = (ExpiredQuality(each.quantity.id, each.dated_by.id, each.before, n) for each, n in told)
            quality = replace(quality, expired=tuple(found))
        names = self._task.request.names()
        if "customers" in names:
            quality = replace(quality, read=replace(quality.read, file=names["customers"]))
        events = (
            replace(each, read=replace(each.read, file=names.get(each.id, each.read.file)))
            for each in quality.events
        )
        return replace(quality, events=tuple(events))

    def previous(self) -> PreviousGrades | None:
        """Return what the grades were measured against, and what came of it."""
        if self._before is None:
            return None
        had, unknown, held = held_counts(self._folder, self._task.compiled)
        return replace(self._before.stamp, customers=had, unknown=unknown, held=held)


@contextmanager
def graded(request: GradeRequest, host: PluginHost, progress: Progress) -> Iterator[Run]:
    """Grade the customers and give the run to look at; nothing of it is kept."""
    with graded_all([request], host, progress) as (run,):
        yield run


@contextmanager
def graded_all(
    requests: Sequence[GradeRequest], host: PluginHost, progress: Progress
) -> Iterator[tuple[Run, ...]]:
    """Grade by several policies and give the runs to look at; nothing of them is kept."""
    with TemporaryDirectory(prefix="rung-") as temporary, ExitStack() as stack:
        places = []
        for number, request in enumerate(requests):
            folder = Path(temporary) / str(number)
            folder.mkdir()
            places.append((run_id_of(request.created_at, request.policy.policy.id), folder))
        with refuse_writing(Path(temporary)):
            grade_all(requests, places, host, progress)
        yield tuple(stack.enter_context(Run.open(folder)) for _run_id, folder in places)
