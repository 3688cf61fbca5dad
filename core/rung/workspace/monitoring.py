"""Monitors of a workspace: chooses the run and the moment, and hands run and ledger to the figures."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from rung.errors import Place, RungError
from rung.ledger import InputKind, State, Status
from rung.ledger.grades.correcting import MeasureFaultError, corrected
from rung.ledger.grades.kept_values import kept_value
from rung.ledger.grades.laid_over import laid_over
from rung.ledger.grades.regrading import computed_results
from rung.ledger.keeping.record_frame import frame_of_records
from rung.ledger.rules.ground import fired_gates
from rung.moments import placed
from rung.monitor import (
    DataDoubts,
    Dimension,
    Limits,
    Meaning,
    OverridesWatched,
    Performance,
    Period,
    Subject,
    day_of,
    facts_of,
    inputs_at,
    laid,
    opened,
    read_outcomes,
    watched,
)
from rung.monitor.data_doubts import doubts_of
from rung.monitor.groups import key_of
from rung.monitor.known_outcomes import before_outcomes, joined
from rung.monitor.performance import Left, Ranks, performance_of
from rung.pipeline import scorecard_of
from rung.runs.kept_policy import kept_policy
from rung.runs.run import MEASURED, POLICY
from rung.text import Text, _

if TYPE_CHECKING:
    from rung.grading.scorecard import Scorecard
    from rung.policy.model import Policy
    from rung.progress import Progress
    from rung.runs.manifest import Manifest
    from rung.runs.run import Run
    from rung.values import Value
    from rung.workspace.workspace import Workspace

__all__ = ["OverridesAsked", "watch_overrides"]


@dataclass(frozen=True, slots=True, kw_only=True)
class OverridesAsked:
    """Which overrides are to be watched; what is not given is the usual."""

    policy_id: str | None = None
    """Whose last run is looked at."""
    run_id: str | None = None
    since: date | None = None
    until: date | None = None
    by: Dimension | None = None
    outcomes: Path | None = None
    meaning: Meaning = Meaning.FEARED


def watch_overrides(
    workspace: Workspace, asked: OverridesAsked, now: datetime, progress: Progress
) -> OverridesWatched:
    """Return the figures of the overrides under a policy, as known at a moment.

    The moment is the end of the day ``until``; without it, now for the last run of the policy, and for an
    earlier one when the next took its place. Raises RungError where there is no such run, the period is
    none, the ledger is damaged or the table of outcomes cannot be read.
    """
    if asked.since is not None and asked.until is not None and asked.since > asked.until:
        raise RungError.of(
            _("The period ends before it begins: {since} – {until}.").format(
                since=asked.since, until=asked.until
            ),
            _("Give --since the earlier day."),
        )
    manifest, moment = _chosen(workspace, asked, now)
    with workspace.run(manifest.run_id) as run:
        return _Watching(workspace, asked, run, moment, now, progress).figures()


def _end_of(day: date) -> datetime:
    return placed(datetime.combine(day + timedelta(days=1), time()))


def _chosen(workspace: Workspace, asked: OverridesAsked, now: datetime) -> tuple[Manifest, datetime | None]:
    """Return the run to look at and the moment up to which acts count, None for now."""
    every = workspace.runs().manifests
    until = None if asked.until is None else _end_of(asked.until)
    if until is not None and until > now:
        until = None
    if asked.run_id is not None:
        with workspace.run(asked.run_id) as run:
            found = run.manifest
    else:
        found = _last(workspace, asked, [each for each in every if until is None or each.created_at < until])
    if until is not None:
        return found, until
    later = (
        each.created_at
        for each in every
        if each.policy.id == found.policy.id and each.created_at > found.created_at
    )
    return found, min(later, default=None)


def _last(workspace: Workspace, asked: OverridesAsked, runs: list[Manifest]) -> Manifest:
    found = next((each for each in runs if asked.policy_id in (None, each.policy.id)), None)
    if found is not None:
        return found
    if asked.policy_id is not None:
        workspace.latest_by(asked.policy_id)  # says which policies have runs, where this one has none
    elif not workspace.runs().manifests:
        workspace.run()  # says that there is none
    raise RungError.of(
        _("There was no run yet on {day}.").format(day=asked.until),
        _("Give a later day with --until; “rung runs” lists the runs."),
        Place(str(workspace.store.folder)),
    )


def _reasons(policy: Policy) -> dict[str, Text]:
    """Return what the policy's reasons are called; a code shared by several kinds is the override's."""
    rules = (policy.judgement, policy.correction, policy.override)
    return {each.id: each.title for rule in rules for each in rule.reasons}


@dataclass(frozen=True)
class _Watching:
    """One look at one run."""

    workspace: Workspace
    asked: OverridesAsked
    run: Run
    moment: datetime | None
    now: datetime
    progress: Progress

    @cached_property
    def policy(self) -> Policy:
        return kept_policy(self.run.folder / POLICY, self.run.manifest.policy.sha256).policy

    @cached_property
    def scorecard(self) -> Scorecard:
        return scorecard_of(self.run, self.workspace.host)

    def figures(self) -> OverridesWatched:
        # The moment itself belongs to the next day, or to the next run.
        moment = self.now if self.moment is None else self.moment - timedelta(microseconds=1)
        today = day_of(moment)
        facts = facts_of(self._inputs(), today)
        facts = laid(facts, self._laid_over(opened(facts), today))
        return watched(
            facts,
            self._subject(moment),
            self._limits(),
            by=self.asked.by,
            teams=self._teams(),
            doubts=self._doubts(facts),
            performance=self._performance(facts, today),
        )

    def _subject(self, moment: datetime) -> Subject:
        manifest = self.run.manifest
        return Subject(
            policy_id=manifest.policy.id,
            policy_version=manifest.policy.version,
            run_id=manifest.run_id,
            as_of=manifest.as_of,
            moment=moment,
            today=day_of(moment),
            period=Period(self.asked.since, self.asked.until),
            customers=manifest.rows,
            graded=manifest.counts,
            is_ordered=self.policy.ordered,
            title=manifest.policy.title,
            reasons=_reasons(self.policy),
            quantities={each.id: each.title for each in manifest.columns},
        )

    def _inputs(self) -> pl.DataFrame:
        human_input = self.workspace.human_input
        if not human_input.is_begun:
            return frame_of_records((), "")
        with human_input.ledger() as store:
            return inputs_at(store, self.run.manifest.policy.id, self.moment, self._tell)

    def _tell(self, done: int) -> None:
        self.progress(_("Reading the ledger"), done, None)

    def _limits(self) -> Limits:
        said = self.workspace.config.monitor
        return Limits(low=said.override_rate.low, high=said.override_rate.high, minimum=said.minimum)

    def _teams(self) -> Mapping[str, str]:
        return {account: each.team for account, each in self.workspace.human_input.people.listed.items()}

    def _laid_over(self, open_inputs: pl.DataFrame, today: date) -> pl.DataFrame:
        """Return what open inputs do to the run's customers: see ``LaidOver.customers``."""
        is_data = open_inputs["kind"] != InputKind.OVERRIDE.value
        computed = None
        if is_data.any():
            computed = partial(computed_results, self.run, self.scorecard, open_inputs, today)
        gates_of = partial(self._gates, open_inputs.filter(is_data))
        return laid_over(
            self.run.frame(), open_inputs, self.policy, today, computed=computed, gates_of=gates_of
        ).customers

    def _gates(self, data: pl.DataFrame, customer_id: str) -> tuple[str, ...]:
        """Return the gates that fired for a customer, with the data in effect."""
        compiled, measured = self.scorecard.compiled, self.run.find(customer_id).measured
        of_customer = data.filter(customer_id=customer_id, state=State.IN_EFFECT.value)
        given: dict[str, Value | None] = {}
        for subject, value in of_customer.sort("kind").select("subject", "value").iter_rows():
            quantity = compiled.quantities.get(subject)
            if quantity is not None:
                with suppress(ValueError):  # a value the policy cannot hold any more changes nothing
                    given[subject] = kept_value(value, quantity)
        with suppress(MeasureFaultError):
            return fired_gates(self.scorecard, corrected(compiled, measured, given))
        return fired_gates(self.scorecard, measured)

    def _doubts(self, facts: pl.DataFrame) -> Mapping[InputKind, DataDoubts]:
        rows = facts.filter(pl.col("kind") != InputKind.OVERRIDE.value, status=Status.APPROVED.value)
        if rows.is_empty():
            return {}
        measured = pl.scan_ipc(self.run.folder / MEASURED)
        return doubts_of(rows, measured, self.scorecard.compiled)

    def _performance(self, facts: pl.DataFrame, today: date) -> Performance | None:
        path = self.asked.outcomes
        if path is None:
            return None
        manifest = self.run.manifest
        vocabulary = self.scorecard.compiled.vocabulary
        with tempfile.TemporaryDirectory(prefix="rung-") as scratch:
            outcomes = read_outcomes(
                path,
                today,
                Path(scratch),
                key=vocabulary.fields.get(vocabulary.key),
                progress=self.progress,
            )
        # What took effect after the run's day may already have known how customers fared.
        until = today
        if self.asked.until is None and not outcomes.is_dated:
            until = min(today, max(manifest.as_of, day_of(manifest.created_at)))
        before, late = before_outcomes(facts, outcomes, until)
        customers = self._laid_over(opened(before), until)
        results = self.run.frame().select("customer_id", "model_grade")
        rows, early, met = joined(results, outcomes, manifest.as_of, before, customers)
        key = key_of(self.asked.by or Dimension.PERSON, self._teams())
        return performance_of(
            rows.with_columns(key=key),
            Ranks(self.policy.grades, self.policy.ordered),
            self._limits().minimum,
            source=outcomes.name,
            header=outcomes.header,
            meaning=self.asked.meaning,
            is_dated=outcomes.is_dated,
            until=until,
            left=Left(
                unread=outcomes.unknown,
                not_in_run=outcomes.frame.height - met,
                without=manifest.rows - met,
                early=early,
                late=late,
            ),
        )
