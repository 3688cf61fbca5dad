"""A change of policy tried on a table: read once, graded by both policies."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from rung.errors import RungError
from rung.grading.expiry import expiring, with_expired
from rung.pipeline.cards import grading_policy
from rung.pipeline.previous import grades_before, looked_back
from rung.pipeline.request import GradeRequest
from rung.pipeline.tables import Tables, Task, take_in_together
from rung.progress import Progress
from rung.runs.refusals import refuse_writing
from rung.simulation.graded import Graded, graded_by
from rung.simulation.simulation import Population, Simulation, simulated
from rung.simulation.worth import followed, inputs_of, with_worth
from rung.text import _

if TYPE_CHECKING:
    import polars as pl

    from rung.plugins import PluginHost
    from rung.policy.reader import LoadedPolicy

__all__ = ["simulate_table"]


def simulate_table(
    request: GradeRequest,
    against: LoadedPolicy,
    host: PluginHost,
    progress: Progress,
    *,
    value: str | None = None,
) -> Simulation:
    """Grade a table's customers by ``against`` and by the policy of the request; nothing of it is kept.

    ``value`` names a number to follow. Raises RungError with every problem of the policies or the table.
    """
    requests = replace(request, policy=against), request
    compiled = [grading_policy(each.policy, host) for each in requests]
    tasks = [Task(each, own) for each, own in zip(requests, compiled, strict=True)]
    quantity = followed(value, compiled[::-1])
    also = frozenset() if quantity is None else inputs_of(quantity, compiled[::-1])
    with TemporaryDirectory(prefix="rung-") as temporary, refuse_writing(Path(temporary)):
        scratch = Path(temporary)
        groups = take_in_together(tasks, scratch, progress, also)
        progress(_("Reading the table"), 0, None)
        frames = [_written(tables, scratch / f"{number}.arrow") for number, tables in enumerate(groups)]
        _check_alike(frames)
        sides: dict[int, tuple[Graded, pl.LazyFrame]] = {}
        for tables, frame in zip(groups, frames, strict=True):
            for task in tables.tasks:
                place = next(number for number, each in enumerate(tasks) if each is task)
                progress(_("Grading by {policy}").format(policy=task.compiled.policy.id), 0, None)
                sides[place] = _graded(task, tables, frame, scratch / f"before-{place}"), frame
        progress(_("Comparing"), 0, None)
        (before, _frame), (after, frame) = sides[0], sides[1]
        population = Population(
            request.source_name or str(request.source),
            request.as_of,
            with_worth(frame, quantity, compiled[::-1]),
            quantity,
        )
        return simulated(population, before, after, _faults(groups))


def _written(tables: Tables, path: Path) -> pl.LazyFrame:
    """Return the measured values, laid down once: they are gone through several times."""
    import polars as pl

    tables.intake.measured.sink_ipc(path, compression="uncompressed")
    return pl.scan_ipc(path)


def _check_alike(frames: list[pl.LazyFrame]) -> None:
    """Refuse a table of which the policies read other customers; only separate readings could differ."""
    first, *others = (frame.select("customer_id").collect() for frame in frames)
    if not all(first.equals(other) for other in others):
        raise RungError.of(
            _("By the two policies different rows of the table are customers."),
            _("Grade the table by each of them instead: rung grade."),
        )


def _graded(task: Task, tables: Tables, frame: pl.LazyFrame, scratch: Path) -> Graded:
    names = frame.collect_schema().names()
    own = frame.select(names[:2] + [each for each in names[2:] if each in task.compiled.wanted])
    fresh = with_expired(own, expiring(task.compiled, task.request.as_of))
    scratch.mkdir()
    before = grades_before(task, tables.intake.input_hash, scratch)
    measured = looked_back(fresh, task, before)
    return graded_by(task.compiled, measured, has_failed=bool(tables.faults(task)))


def _faults(groups: tuple[Tables, ...]) -> tuple[str, ...]:
    found = (fault for tables in groups for task in tables.tasks for fault in tables.faults(task))
    told = _("A plugin failed ({fault}); whoever is graded by it is not graded.")
    return tuple(dict.fromkeys(told.format(fault=f"{each.id}: {each.message}") for each in found))
