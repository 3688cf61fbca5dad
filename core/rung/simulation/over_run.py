"""A change of policy tried over a run of the workspace: on the very values its grades rest on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from rung.errors import Place, Problem, RungError
from rung.grading.compiled import PREVIOUS_GRADE, CompiledPolicy
from rung.grading.expiry import expiring, with_expired
from rung.pipeline.retold import FAULT
from rung.progress import Progress
from rung.runs.run import MEASURED, RESULTS, Run
from rung.runs.store import RunStore
from rung.runs.tally import digits
from rung.simulation.graded import Graded, graded_by, graded_in
from rung.simulation.simulation import Population, Simulation, simulated
from rung.simulation.worth import followed, inputs_of, with_worth
from rung.text import _
from rung.vocabulary import Quantity

if TYPE_CHECKING:
    import polars as pl

    from rung.runs.manifest import Manifest

__all__ = ["graded_fresh", "graded_over", "measured_of", "refuse_lacking", "simulate_run"]


def simulate_run(
    run: Run,
    own: CompiledPolicy,
    candidate: CompiledPolicy,
    progress: Progress,
    *,
    against: CompiledPolicy | None = None,
    value: str | None = None,
    history: RunStore | None = None,
) -> Simulation:
    """Grade a run's customers by ``candidate``, and lay that beside the run.

    ``own`` is the run's policy as kept with it. With ``against`` the run's customers are graded by that
    instead of left as they were graded. ``value`` names a number to follow. In ``history`` a policy that
    looks back finds the run before. Raises RungError, with every value that is missing, where the run does
    not hold what the policies rest on.
    """
    sides = [candidate] if against is None else [against, candidate]
    quantity = followed(value, (candidate, *sides, own))
    refuse_lacking(run, own, sides, quantity)
    notes: list[str] = []
    measured = measured_of(run)
    if against is None:
        before = graded_in(run, own, measured)
    else:
        progress(_("Grading by {policy}").format(policy=against.policy.id), 0, None)
        before = graded_fresh(run, against, measured, history, notes)
    progress(_("Grading by {policy}").format(policy=candidate.policy.id), 0, None)
    after = graded_fresh(run, candidate, measured, history, notes)
    progress(_("Comparing"), 0, None)
    people = with_worth(measured, quantity, (candidate, *sides, own))
    population = Population(run.manifest.run_id, run.manifest.as_of, people, quantity)
    return simulated(population, before, after, tuple(dict.fromkeys(notes)))


def graded_over(
    run: Run, own: CompiledPolicy, candidate: CompiledPolicy, progress: Progress, history: RunStore | None
) -> tuple[Graded, tuple[str, ...]]:
    """Grade a run's customers by another policy, and return what is to be told beside it.

    Raises RungError as ``simulate_run`` does.
    """
    refuse_lacking(run, own, [candidate], None)
    notes: list[str] = []
    progress(_("Grading by {policy}").format(policy=candidate.policy.id), 0, None)
    return graded_fresh(run, candidate, measured_of(run), history, notes), tuple(dict.fromkeys(notes))


def measured_of(run: Run) -> pl.LazyFrame:
    """Return the values a run's grades rest on, a row a customer."""
    import polars as pl

    return pl.scan_ipc(run.folder / MEASURED)


def graded_fresh(
    run: Run, compiled: CompiledPolicy, measured: pl.LazyFrame, history: RunStore | None, notes: list[str]
) -> Graded:
    """Grade values of a run by another policy, and add to ``notes`` what is to be told beside it."""
    fresh = with_expired(measured, expiring(compiled, run.manifest.as_of))
    return graded_by(compiled, _looked_back(run, compiled, fresh, history, notes))


def _looked_back(
    run: Run, compiled: CompiledPolicy, measured: pl.LazyFrame, history: RunStore | None, notes: list[str]
) -> pl.LazyFrame:
    """Return the measured frame with the grades before, where the policy looks back and the run did not."""
    import polars as pl

    if compiled.hold is None or PREVIOUS_GRADE in measured.collect_schema():
        return measured
    found = None if history is None else _run_before(run.manifest, history)
    if history is None or found is None:
        notes.append(
            _("There is no run before to look back at: everybody is graded as if for the first time.")
        )
        return measured.with_columns(pl.lit(None, dtype=pl.String).alias(PREVIOUS_GRADE))
    notes.append(_("The grades before are those of the run {run}.").format(run=found.run_id))
    with history.open(found.run_id) as older:
        before = pl.scan_ipc(older.folder / RESULTS).select(
            "customer_id", pl.col("model_grade").cast(pl.String).alias(PREVIOUS_GRADE)
        )
    return measured.join(before, on="customer_id", how="left", maintain_order="left")


def _run_before(manifest: Manifest, history: RunStore) -> Manifest | None:
    """Return the run before a run, by the same policy; one of the same day and tables is no other."""
    older = (
        each
        for each in history.shelved().manifests
        if each.policy.id == manifest.policy.id
        and each.created_at < manifest.created_at
        and each.as_of <= manifest.as_of
        and each.graded
        and (each.as_of, each.input_sha256) != (manifest.as_of, manifest.input_sha256)
    )
    return max(older, key=lambda each: (each.as_of, each.created_at), default=None)


def refuse_lacking(
    run: Run, own: CompiledPolicy, sides: list[CompiledPolicy], value: Quantity | None
) -> None:
    """Refuse a run that does not hold what the policies rest on, every value named."""
    problems = list(dict.fromkeys(_lacking(run, own, sides, value)))
    if problems:
        raise RungError.all(problems)


def _lacking(
    run: Run, own: CompiledPolicy, sides: list[CompiledPolicy], value: Quantity | None
) -> Iterator[Problem]:
    manifest, place = run.manifest, Place(run.manifest.run_id)
    failed = next((code for code in manifest.not_graded if code.startswith(FAULT)), None)
    if failed is not None:
        told = _("In this run a plugin failed ({code}): there is nothing to compare with.")
        yield Problem(told.format(code=failed), _remedy(), place)
    kept = {column.id: column for column in manifest.columns}
    wanted = {name: side.quantities[name] for side in sides for name in sorted(side.wanted)}
    if value is not None:
        every = (*reversed(sides), own)
        named = {name: each for side in every for name, each in side.quantities.items()}
        wanted |= {name: named[name] for name in sorted(inputs_of(value, every))}
    for name, quantity in wanted.items():
        column = kept.get(name)
        if column is None:
            told = _("The run does not hold “{title}” ({name}).")
            yield Problem(told.format(title=quantity.title, name=name), _remedy(), place)
        elif (column.kind, column.decimals) != (quantity.kind.value, digits(quantity.scale)):
            told = _("The run holds “{title}” ({name}) as another kind of value.")
            yield Problem(told.format(title=quantity.title, name=name), _remedy(), place)
    gone = _expired(manifest.quality)
    for side in sides:
        days = {each.quantity.id: each.before for each in expiring(side, manifest.as_of)}
        for name, before in gone.items():
            if name in side.wanted and days.get(name, date.min) < before:
                told = _("Answers to “{title}” that had expired in the run would still stand.")
                yield Problem(told.format(title=side.quantities[name].title), _remedy(), place)


def _expired(quality: Any) -> dict[str, date]:
    """Return the values of which some had expired in a run, with the first day that still counted."""
    found = (each for each in quality.get("expired", ()) if each["count"])
    return {each["id"]: date.fromisoformat(str(each["before"])) for each in found}


def _remedy() -> str:
    return _("Try the policy on a table instead: --data FILE.")
