"""From a source file to the measured frame: the one way in."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import polars as pl

from rung.errors import Problem, RungError
from rung.intake.hashing import input_hash
from rung.intake.intake import Intake
from rung.intake.kept import dtype_of
from rung.intake.measures import measured
from rung.intake.open import check_file
from rung.intake.plan import Plan, event_files, make_plan
from rung.intake.population import Population, read_population
from rung.intake.request import IntakeRequest
from rung.intake.summing import Summed, sum_up_events
from rung.progress import Progress
from rung.vocabulary import Measure

__all__ = ["take_in"]


def take_in(request: IntakeRequest, progress: Progress | None = None) -> Intake:
    """Read, check and measure a population.

    Tables of texts are read now, into ``request.scratch``, and so are events; a typed table of customers
    is left to whoever collects the frame. Raises RungError with every problem of the stage that failed.
    """
    plan = make_plan(request)
    _check_files(request)
    with ThreadPoolExecutor(1) as pool:
        fingerprint = pool.submit(input_hash, request.source, request.events)
        tell = progress or _tell_nobody
        population = read_population(request, plan, tell)
        summed = sum_up_events(request, plan, population, tell)
        found = _intake(plan, population, summed, fingerprint.result(), is_thorough=request.is_thorough)
    return replace(found, has_sensitive=request.vocabulary.has_sensitive)


def _tell_nobody(stage: str, done: int, total: int | None) -> None:
    """Take a report of progress for nobody."""


def _check_files(request: IntakeRequest) -> None:
    problems: list[Problem] = []
    for path in {request.source: None, **dict.fromkeys(event_files(request).values())}:
        try:
            check_file(path)
        except RungError as error:
            problems.extend(error.problems)
    if problems:
        raise RungError.all(problems)


def _intake(
    plan: Plan, population: Population, summed: Summed, fingerprint: str, *, is_thorough: bool
) -> Intake:
    there = population.table.columns.ids() | summed.ids
    wanted = [each for each in plan.measures if not plan.is_open or there.issuperset(each.inputs)]
    frame, faults = measured(_with_inputs(summed.frame, wanted, plan, there), wanted, is_thorough=is_thorough)
    found = there | {measure.id for measure in wanted}
    absent = tuple(name for name in plan.targets if name not in found)
    ids = [name for name in plan.targets if not plan.is_open or name in found]
    columns = ["customer_id", "customer_name", *(name for name in ids if name not in _NAMES)]
    nothing = [pl.lit(None, dtype=dtype_of(plan.quantities[name])).alias(name) for name in absent]
    frame = frame.with_columns(nothing)
    table = population.table
    return Intake(
        measured=frame.select(columns),
        counts=frame.select(
            pl.len().alias("#rows"), pl.col(columns).null_count(), *population.unread_counts()
        ),
        rows=population.rows,
        headers={each.id: each.header.name for each in table.columns.found if each.header is not None},
        unmapped=table.columns.unmapped,
        absent=absent,
        faults=(*summed.faults, *faults),
        input_hash=fingerprint,
        population=population,
        events=summed.events,
    )


_NAMES = ("customer_id", "customer_name")


def _with_inputs(
    frame: pl.LazyFrame, measures: list[Measure], plan: Plan, there: frozenset[str]
) -> pl.LazyFrame:
    """Return the frame with a column for every input of the measures, missing for everyone if not there."""
    names = {name for measure in measures for name in measure.inputs if name in plan.quantities} - there
    return frame.with_columns(
        pl.lit(None, dtype=dtype_of(plan.quantities[name])).alias(name) for name in sorted(names)
    )
