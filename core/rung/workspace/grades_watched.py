"""Watches the grades of a workspace's runs: how they are spread, who moved, how a value is held."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

import polars as pl

from rung.errors import RungError, did_you_mean
from rung.ledger.confidential import MASK
from rung.moments import day_of
from rung.monitor.concentration import Pareto, pareto_of
from rung.monitor.distribution import Distribution, distribution_of
from rung.monitor.migration import Migration, laid_beside, migration_of
from rung.pipeline import scorecard_of
from rung.runs.kept_policy import kept_policy
from rung.runs.run import MEASURED, POLICY
from rung.text import _
from rung.vocabulary import Kind
from rung.workspace.overlaid import OverlaidRun

if TYPE_CHECKING:
    from rung.runs.manifest import Manifest, MeasuredColumn
    from rung.runs.run import Run
    from rung.workspace.workspace import Workspace

__all__ = [
    "ConcentrationWatched",
    "DistributionWatched",
    "MigrationWatched",
    "run_before",
    "summable",
    "usual_value",
    "watch_concentration",
    "watch_distribution",
    "watch_migration",
]

_SUMMED: Final = (Kind.MONEY.value, Kind.NUMBER.value, Kind.INTEGER.value)
# A percentage of one customer and one of another are no sum.


@dataclass(frozen=True, slots=True, kw_only=True)
class DistributionWatched:
    """The grades of a run, and of one before it."""

    manifest: Manifest
    now: Distribution
    """By the model's grades."""
    before_manifest: Manifest | None
    before: Distribution | None
    value: MeasuredColumn | None
    """The value followed; None: customers alone are counted."""
    effective: Mapping[str | None, int] | None
    """Customers by the grades that count, with human input as of now; None where there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MigrationWatched:
    """Two runs by one policy, and everybody in them."""

    before: Manifest
    after: Manifest
    migration: Migration
    customers: pl.DataFrame
    """See ``laid_beside``; names that whoever works here may not read are covered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConcentrationWatched:
    """How a value of a run's customers is held."""

    manifest: Manifest
    value: MeasuredColumn
    pareto: Pareto


def run_before(workspace: Workspace, manifest: Manifest) -> Manifest | None:
    """Return the run by the same policy made last before a run; None where there is none."""
    own = (each for each in workspace.runs().manifests if each.policy.id == manifest.policy.id)
    return next((each for each in own if each.created_at < manifest.created_at), None)


def summable(workspace: Workspace, run: Run) -> tuple[MeasuredColumn, ...]:
    """Return the values of a run that can be added up and that whoever works here may read."""
    hidden = _hidden(workspace, run)
    return tuple(each for each in run.manifest.columns if each.kind in _SUMMED and each.id not in hidden)


def usual_value(manifest: Manifest, columns: tuple[MeasuredColumn, ...]) -> MeasuredColumn | None:
    """Return the value to look at where none is named: what ranked, else the first amount, else the first."""
    ranked = None if manifest.ranked is None else manifest.ranked.by
    order = sorted(columns, key=lambda each: (each.id != ranked, each.kind != Kind.MONEY.value))
    return order[0] if order else None


def watch_distribution(
    workspace: Workspace, run_id: str, before_id: str | None, value: str | None, now: datetime
) -> DistributionWatched:
    """Return how a run's customers, and a value of theirs, are spread over the grades.

    ``before_id``: a run to lay beside it. Raises RungError where a run cannot be read, or has no such value.
    """
    with workspace.run(run_id) as run:
        column = None if value is None else _column(workspace, run, value)
        found = _spread(run, column)
        effective = _effective(workspace, run, day_of(now))
        manifest = run.manifest
    older = before = None
    if before_id is not None:
        with workspace.run(before_id) as run:
            older = run.manifest
            same = column is not None and any(
                (each.id, each.decimals) == (column.id, column.decimals) for each in older.columns
            )
            before = _spread(run, column if same else None)
    return DistributionWatched(
        manifest=manifest,
        now=found,
        before_manifest=older,
        before=before,
        value=column,
        effective=effective,
    )


def _spread(run: Run, column: MeasuredColumn | None) -> Distribution:
    grades = [named.id for named in run.manifest.grades]
    rows = run.frame().select(grade="model_grade").collect()
    if column is None:
        return distribution_of(rows.with_columns(value=pl.lit(None, pl.Int64)), grades)
    values = pl.scan_ipc(run.folder / MEASURED).select(value=column.id).collect()
    return distribution_of(pl.concat([rows, values], how="horizontal"), grades)


def _effective(workspace: Workspace, run: Run, today: date) -> Mapping[str | None, int] | None:
    """Return the customers by effective grade; None where human input changes none."""
    human = workspace.human_input
    if not human.is_begun:
        return None
    with human.ledger() as store:
        customers = OverlaidRun(run, store, today, workspace.host).laid().customers
    left = run.manifest.rows - run.manifest.graded
    counts: dict[str | None, int] = dict(run.manifest.counts.items())
    counts[None] = left
    moved = customers.select(pl.col("model_grade", "effective_grade").cast(pl.String)).filter(
        pl.col("model_grade").ne_missing(pl.col("effective_grade"))
    )
    for model, effective in moved.iter_rows():
        counts[model] -= 1
        counts[effective] = counts.get(effective, 0) + 1
    return counts if moved.height else None


def watch_migration(workspace: Workspace, before_id: str, after_id: str) -> MigrationWatched:
    """Return who moved from which grade to which between two runs by one policy.

    Raises RungError where the runs are by different policies, or are one and the same.
    """
    with workspace.run(before_id) as before, workspace.run(after_id) as after:
        one, other = before.manifest, after.manifest
        if one.run_id == other.run_id:
            raise RungError.of(
                _("“{run}” cannot be compared with itself.").format(run=one.run_id),
                _("Grade the customers again, or name another run; “rung runs” lists them."),
            )
        if one.policy.id != other.policy.id:
            message = _("The runs are by different policies: {one} and {other}.")
            raise RungError.of(
                message.format(one=one.policy.id, other=other.policy.id), _("Name two runs by one policy.")
            )
        columns = ("customer_id", "customer_name", "model_grade")
        beside = laid_beside(before.frame().select(columns), after.frame().select(columns))
        is_ordered = all(
            kept_policy(run.folder / POLICY, run.manifest.policy.sha256).policy.ordered
            for run in (before, after)
        )
        if _names_are_hidden(workspace, after):
            name = pl.col("customer_name")
            beside = beside.with_columns(customer_name=pl.when(name.is_not_null()).then(pl.lit(MASK)))
    grades = [[named.id for named in manifest.grades] for manifest in (one, other)]
    minimum = workspace.config.monitor.minimum
    found = migration_of(beside, grades[0], grades[1], minimum, is_ordered=is_ordered)
    return MigrationWatched(before=one, after=other, migration=found, customers=beside)


def watch_concentration(workspace: Workspace, run_id: str, value: str | None) -> ConcentrationWatched:
    """Return how a value of a run's customers is held; without a name of what ranked, else an amount.

    Raises RungError where the run has no such value, or none that can be added up.
    """
    with workspace.run(run_id) as run:
        if value is None:
            column = usual_value(run.manifest, summable(workspace, run))
            if column is None:
                raise RungError.of(
                    _("The run holds no value that can be added up."),
                    _("Grade by a policy that asks for an amount or a count."),
                )
        else:
            column = _column(workspace, run, value)
        values = pl.scan_ipc(run.folder / MEASURED).select(column.id).collect().to_series()
        return ConcentrationWatched(manifest=run.manifest, value=column, pareto=pareto_of(values))


def _column(workspace: Workspace, run: Run, value: str) -> MeasuredColumn:
    known = {each.id: each for each in run.manifest.columns}
    if value not in known:
        words = _("The run does not hold “{name}”.").format(name=value)
        numbers = sorted(each.id for each in summable(workspace, run))
        raise RungError.of(words, did_you_mean(value, numbers))
    if known[value].kind not in _SUMMED:
        raise RungError.of(
            _("“{name}” is no amount and no count, so it cannot be added up.").format(
                name=known[value].title
            ),
            _("Name an amount or a count."),
        )
    if value in _hidden(workspace, run):
        raise RungError.of(
            _("“{name}” is confidential, and you may not read it.").format(name=known[value].title)
        )
    return known[value]


def _hidden(workspace: Workspace, run: Run) -> frozenset[str]:
    return workspace.confidential.clearance(scorecard_of(run, workspace.host).compiled).hidden


def _names_are_hidden(workspace: Workspace, run: Run) -> bool:
    compiled = scorecard_of(run, workspace.host).compiled
    return workspace.confidential.clearance(compiled).masks(compiled.vocabulary.name)
