"""Source to run: takes a table in, calibrates, scores and writes the run; with a workspace or without."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from rung import __version__
from rung.errors import RungError
from rung.grading.calibration import Calibration, calibrate
from rung.grading.compile import compile_policy
from rung.grading.compiled import POINT_SCALE, CompiledPolicy
from rung.grading.reasons import refusal_text
from rung.grading.scorecard import Scorecard
from rung.policy.shelf import Shelf
from rung.runs.kept_policy import keep_policy, kept_policy
from rung.runs.manifest import Input, Manifest, Named, PluginStamp, PolicyStamp
from rung.runs.refusals import refuse_writing
from rung.runs.run import MEASURED, POLICY, REJECTED, RESULTS, Run, seal
from rung.runs.store import run_id_of
from rung.runs.tally import Tally, digits, measured_column
from rung.text import _

if TYPE_CHECKING:
    import polars as pl

    from rung.grading.explanation import Explanation
    from rung.intake import Intake, MappingFile, Quality
    from rung.plugins import PluginHost
    from rung.policy.reader import LoadedPolicy

__all__ = [
    "GradeRequest",
    "Progress",
    "compiled_policy",
    "explain",
    "grade",
    "graded",
    "scorecard_of",
]

Progress = Callable[[str, int, int | None], None]
"""Called with a stage in words, how much of it is done and how much there is, None if unknown."""

_FAULT: Final = "fault:"
_SCRATCH: Final = "scratch"
_BATCH: Final = 1_000_000
# Rows a record batch: a page is then found by one division.


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeRequest:
    """One population to grade by one policy."""

    source: Path
    policy: LoadedPolicy
    as_of: date
    created_at: datetime
    events: Mapping[str, Path] = field(default_factory=dict)
    """Event table id → its file."""
    mapping: MappingFile | None = None
    duplicates: str = "refuse"
    """``refuse``, ``first``, ``last`` or ``newest``."""
    newest_by: str | None = None


def compiled_policy(loaded: LoadedPolicy, host: PluginHost) -> CompiledPolicy:
    """Compile a policy with the words of its sector; raises RungError with every problem, each placed."""
    try:
        vocabulary = Shelf(host).vocabulary(loaded.policy)
        return compile_policy(loaded.policy, vocabulary)
    except RungError as error:
        raise RungError.all(map(loaded.located, error.problems)) from error


def scorecard_of(run: Run, host: PluginHost) -> Scorecard:
    """Return what graded a run: its own policy, as kept, and the cut-offs its population gave."""
    loaded = kept_policy(run.folder / POLICY, run.manifest.policy.sha256)
    return Scorecard(compiled_policy(loaded, host), Calibration.from_dict(run.manifest.calibration))


def explain(run: Run, customer: str, scorecard: Scorecard) -> Explanation:
    """Explain one customer's grade in a run; raises RungError for a customer it does not hold."""
    from rung.grading.explaining import explain as explain_grade
    from rung.grading.explanation import ReasonLine

    found = run.find(customer)
    told = explain_grade(scorecard, found.measured, found.id, found.name or "")
    cause = found.result["not_graded"]
    if cause is None or not cause.startswith(_FAULT):
        return told
    # The run left everybody out; the values at hand could tell a grade, but not one to stand by.
    refusal = ReasonLine(cause, refusal_text(scorecard.compiled, cause))
    return replace(
        told,
        grade=None,
        grade_title=None,
        service_class=None,
        score=None,
        not_graded=refusal,
        suggestion=None,
        service=(),
    )


def grade(request: GradeRequest, run_id: str, folder: Path, host: PluginHost, progress: Progress) -> Manifest:
    """Grade the customers and write the run into ``folder``, an empty one that the caller keeps or discards.

    Raises RungError with every problem of the policy, the mapping or the table.
    """
    compiled = compiled_policy(request.policy, host)
    scratch = folder / _SCRATCH
    scratch.mkdir()
    intake = _taken_in(request, compiled, scratch, progress)
    progress(_("Finding cut-offs"), 0, None)
    calibration = calibrate(compiled, intake.measured)
    progress(_("Grading"), 0, None)
    results = Scorecard(compiled, calibration).results(intake.measured)
    if intake.faults:
        results = _left_ungraded(results, compiled)
    outcomes, quality = _write(results, intake, folder)
    manifest = replace(
        _manifest(request, run_id, host, compiled, calibration, intake, outcomes, quality),
        rejected=intake.write_rejected(folder / REJECTED, quality),
    )
    shutil.rmtree(scratch)
    keep_policy(request.policy, folder / POLICY)
    return seal(folder, manifest)


@contextmanager
def graded(request: GradeRequest, host: PluginHost, progress: Progress) -> Iterator[Run]:
    """Grade the customers and give the run to look at; nothing of it is kept."""
    with TemporaryDirectory(prefix="rung-") as temporary:
        folder = Path(temporary)
        with refuse_writing(folder):
            grade(request, run_id_of(request.created_at, request.policy.policy.id), folder, host, progress)
        with Run.open(folder) as run:
            yield run


def _inputs(request: GradeRequest) -> tuple[Input, ...]:
    tables = {"customers": request.source, **request.events}
    return tuple(Input(name, str(path.resolve()), path.stat().st_size) for name, path in tables.items())


def _taken_in(request: GradeRequest, compiled: CompiledPolicy, scratch: Path, progress: Progress) -> Intake:
    from rung.intake import Duplicates, IntakeRequest, take_in

    wish = IntakeRequest(
        source=request.source,
        vocabulary=compiled.vocabulary,
        as_of=request.as_of,
        scratch=scratch,
        wanted=compiled.wanted,
        events=request.events,
        mapping=request.mapping,
        duplicates=Duplicates(request.duplicates),
        newest_by=request.newest_by,
    )
    return take_in(wish, progress)


def _left_ungraded(results: pl.LazyFrame, compiled: CompiledPolicy) -> pl.LazyFrame:
    """Take the grades back: a measure of the sector's plugin that the policy rests on has failed."""
    import polars as pl

    cause = f"{_FAULT}{compiled.policy.sector}"
    causes = pl.Enum([*compiled.refusal_codes, cause])
    return results.with_columns(
        pl.lit(None, dtype=pl.Enum(compiled.grades)).alias("model_grade"),
        pl.lit(None, dtype=pl.Int64).alias("score"),
        pl.lit(cause, dtype=causes).alias("not_graded"),
    )


def _write(results: pl.LazyFrame, intake: Intake, folder: Path) -> tuple[pl.DataFrame, Quality]:
    """Write results and measured values in one pass; return how many of each outcome, and the quality."""
    import polars as pl

    def kept(frame: pl.LazyFrame, name: str) -> pl.LazyFrame:
        path = folder / name
        return frame.sink_ipc(path, compression="uncompressed", record_batch_size=_BATCH, lazy=True)

    sinks = [kept(results, RESULTS), kept(intake.measured, MEASURED)]
    *_written, counts = pl.collect_all([*sinks, intake.counts], engine="streaming")
    # Counted in the file: a second use of the results within the pass would cost more than reading them.
    outcomes = pl.scan_ipc(folder / RESULTS).group_by("model_grade", "not_graded", "flags").len()
    return outcomes.collect(engine="streaming"), intake.quality(counts)


def _manifest(
    request: GradeRequest,
    run_id: str,
    host: PluginHost,
    compiled: CompiledPolicy,
    calibration: Calibration,
    intake: Intake,
    outcomes: pl.DataFrame,
    quality: Quality,
) -> Manifest:
    policy, loaded = compiled.policy, request.policy
    tally = Tally.of(outcomes, compiled)
    values = intake.measured.collect_schema().names()[2:]  # after the customer's id and name
    return Manifest(
        run_id=run_id,
        created_at=request.created_at,
        rung_version=__version__,
        policy=PolicyStamp(policy.id, policy.version, loaded.sha256, policy.title, loaded.sources.name),
        plugin=_plugin(policy.sector, host),
        as_of=request.as_of,
        inputs=_inputs(request),
        input_sha256=intake.input_hash,
        calibration=calibration.to_dict(),
        rows=tally.rows,
        grades=tuple(Named(grade, policy.grade_title(grade)) for grade in policy.grades),
        flags=tuple(Named(flag.id, flag.title) for flag in policy.flags),
        criteria=tuple(Named(criterion.id, criterion.title) for criterion in policy.criteria),
        counts=tally.grades,
        flagged=tally.flags,
        not_graded=tally.causes,
        quality=quality.to_dict(),
        rejected=0,
        faults=(*map(str, host.faults()), *(f"{fault.id}: {fault.message}" for fault in intake.faults)),
        score_decimals=digits(compiled.score_scale) if compiled.policy.grading.mode == "score" else None,
        point_decimals=digits(POINT_SCALE),
        columns=tuple(measured_column(compiled.quantities[name]) for name in values),
    )


def _plugin(sector: str | None, host: PluginHost) -> PluginStamp | None:
    found = next((info for info in host.listing() if info.id == sector), None)
    return None if found is None else PluginStamp(found.id, found.distribution, found.version)
