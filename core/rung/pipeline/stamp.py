"""The manifest of a run as it is made: which policy, tables and day, and what came of them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from rung import __version__
from rung.grading.calibration import Calibration
from rung.grading.compiled import POINT_SCALE
from rung.pipeline.readings import reading_stamp
from rung.pipeline.request import GradeRequest
from rung.pipeline.tables import Task
from rung.runs.manifest import (
    Input,
    Manifest,
    Named,
    PluginStamp,
    PolicyStamp,
    PreviousGrades,
    Ranked,
    ReadingStamp,
    RuleConflict,
)
from rung.runs.tally import Tally, digits, measured_column

if TYPE_CHECKING:
    import polars as pl

    from rung.intake import MeasureFault, Quality
    from rung.plugins import PluginHost

__all__ = ["stamped"]


def stamped(
    task: Task,
    run_id: str,
    host: PluginHost,
    *,
    calibration: Calibration,
    outcomes: pl.DataFrame,
    quality: Quality,
    values: list[str],
    input_sha256: str,
    faults: tuple[MeasureFault, ...],
    rejected: int,
    batch: str | None,
    previous: PreviousGrades | None,
    conflicts: tuple[RuleConflict, ...] = (),
    ranked: Ranked | None = None,
) -> Manifest:
    """Return the manifest; ``values`` are the measured columns after the customer's id and name."""
    request, compiled = task.request, task.compiled
    policy, loaded = compiled.policy, request.policy
    tally = Tally.of(outcomes, compiled)
    return Manifest(
        run_id=run_id,
        created_at=request.created_at,
        rung_version=__version__,
        policy=PolicyStamp(policy.id, policy.version, loaded.sha256, policy.title, loaded.sources.name),
        plugin=_plugin(policy.sector, host),
        as_of=request.as_of,
        inputs=_inputs(request),
        input_sha256=input_sha256,
        calibration=calibration.to_dict(),
        rows=tally.rows,
        grades=tuple(Named(grade, policy.grade_title(grade)) for grade in policy.grades),
        flags=tuple(Named(flag.id, flag.title) for flag in policy.flags),
        criteria=tuple(Named(criterion.id, criterion.title) for criterion in policy.criteria),
        counts=tally.grades,
        flagged=tally.flags,
        not_graded=tally.causes,
        quality=quality.to_dict(),
        rejected=rejected,
        # Of other plugins nothing rests on: what is wrong with them is told where plugins are listed.
        faults=(
            *(str(each) for each in host.faults() if each.plugin == policy.sector),
            *(f"{fault.id}: {fault.message}" for fault in faults),
        ),
        score_decimals=digits(compiled.score_scale) if compiled.has_score else None,
        point_decimals=digits(POINT_SCALE),
        columns=tuple(measured_column(compiled.quantities[name]) for name in values),
        batch=batch,
        previous=previous,
        conflicts=conflicts,
        ranked=ranked,
        source=request.supplied,
        reading=_reading(request),
    )


def _reading(request: GradeRequest) -> ReadingStamp:
    mapping = request.mapping
    file, text = (None, None) if mapping is None else (mapping.file, mapping.text)
    return reading_stamp(file, request.duplicates, request.newest_by, text)


def _inputs(request: GradeRequest) -> tuple[Input, ...]:
    tables = {"customers": request.source, **request.events}
    names = request.names()

    def stamp(table: str, path: Path) -> Input:
        return Input(table, names.get(table, str(path.resolve())), path.stat().st_size)

    return tuple(stamp(table, path) for table, path in tables.items())


def _plugin(sector: str | None, host: PluginHost) -> PluginStamp | None:
    found = next((info for info in host.listing() if info.id == sector), None)
    return None if found is None else PluginStamp(found.id, found.distribution, found.version)
