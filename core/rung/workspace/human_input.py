"""Human input in a workspace: proposes and withdraws overrides, and lays them over the workspace's runs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from rung.errors import Problem, RungError
from rung.ledger import (
    Actor,
    Desk,
    Effective,
    LedgerStore,
    Overlay,
    Override,
    People,
    Proposal,
    Status,
    Tally,
    account,
    effective_grades,
    laid_over,
    open_ledger,
    overrides_in,
    read_people,
)
from rung.ledger.desk import no_override
from rung.ledger.ground import fired_gates, ground_of
from rung.ledger.laid_over import GatesOf
from rung.plugins import PluginHost
from rung.runs.kept_policy import kept_policy
from rung.runs.run import POLICY, Run
from rung.runs.store import LATEST, RunStore

if TYPE_CHECKING:
    import polars as pl

    from rung.grading.scorecard import Scorecard

__all__ = ["HumanInput", "Standing", "Standings"]


class _Config(Protocol):
    @property
    def people(self) -> Mapping[str, Any]: ...


@dataclass(frozen=True, slots=True)
class Standing:
    """One override and what it does to its customer in the latest run of its policy."""

    override: Override
    status: Status
    effective: Effective | None
    """None where the override is not open, or the customer is not in that run."""

    @classmethod
    def of(cls, override: Override, today: date, effective: Mapping[tuple[str, str], Effective]) -> Standing:
        """Return where an override stands, given effective grades by policy and customer."""
        status = override.status(today)
        found = effective.get((override.policy_id, override.customer_id)) if status.is_open else None
        return cls(override, status, found)

    @property
    def is_gone(self) -> bool:
        """Whether the override is open and its customer is no more in the runs."""
        return self.status.is_open and self.effective is None


@dataclass(frozen=True, slots=True)
class Standings:
    """The overrides of a workspace, oldest first, and what is wrong with runs they could not be laid over."""

    found: tuple[Standing, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class HumanInput:
    """The ledger of one workspace, with its runs and its people."""

    file: Path
    """The ledger's file, there or not: it is begun with the first act."""
    people: People
    store: RunStore
    host: PluginHost

    @classmethod
    def of(
        cls, file: Path, config: _Config, config_file: Path, store: RunStore, host: PluginHost
    ) -> HumanInput:
        """Return the human input of a workspace; raises RungError where its list of people has mistakes."""
        return cls(file, read_people(config.people, str(config_file)), store, host)

    @property
    def is_begun(self) -> bool:
        """Whether there is a ledger."""
        return self.file.exists()

    def actor(self) -> Actor:
        """Return who acts: the system's account, with what the workspace says of it."""
        return self.people.actor(account())

    def ledger(self) -> LedgerStore:
        """Open the ledger, beginning one where there is none; to be used in a block."""
        return open_ledger(self.file)

    def propose(self, customer: str, proposal: Proposal, now: datetime, run_id: str = LATEST) -> Override:
        """Record an override of a customer's grade, by id or name, in a run.

        Raises RungError with everything that speaks against it.
        """
        from rung.pipeline import scorecard_of

        with self.store.open(run_id) as run:
            ground = ground_of(run, customer, scorecard_of(run, self.host))
        with self.ledger() as store:
            return Desk(store, self.actor()).propose(proposal, ground, now)

    def withdraw(self, override_id: str, now: datetime) -> Override:
        """Record that the actor takes an override back; raises RungError where that may not be."""
        if not self.is_begun:
            raise no_override(override_id)
        with self.ledger() as store:
            return Desk(store, self.actor()).withdraw(override_id, now)

    def overrides(
        self, *, customer_id: str | None = None, policy_id: str | None = None
    ) -> tuple[Override, ...]:
        """Return the overrides on record, oldest first."""
        if not self.is_begun:
            return ()
        with self.ledger() as store:
            return overrides_in(store, customer_id=customer_id, policy_id=policy_id)

    def standings(self, today: date, overrides: tuple[Override, ...]) -> Standings:
        """Return where overrides stand, each laid over the latest run of its policy."""
        effective: dict[tuple[str, str], Effective] = {}
        problems: list[Problem] = []
        for policy_id in sorted({each.policy_id for each in overrides if each.status(today).is_open}):
            try:
                effective |= self._effective(policy_id, today, overrides)
            except RungError as error:
                problems += error.problems
        found = (Standing.of(each, today, effective) for each in overrides)
        return Standings(tuple(found), tuple(problems))

    def _effective(
        self, policy_id: str, today: date, overrides: tuple[Override, ...]
    ) -> Iterator[tuple[tuple[str, str], Effective]]:
        latest = next((m for m in self.store.shelved().manifests if m.policy.id == policy_id), None)
        if latest is None:
            return
        with self.store.open(latest.run_id) as run:
            overlay = _overlay(run, today, overrides)
            found = effective_grades(run.frame(), overlay, self._gates_of(run))
        for customer, each in found.items():
            yield (policy_id, customer), each

    def overlay(self, run: Run, today: date) -> Overlay:
        """Return the open overrides under a run's policy, ready to be laid over its rows."""
        return _overlay(run, today, self.overrides(policy_id=run.manifest.policy.id))

    def laid_over(self, run: Run, today: date) -> pl.LazyFrame:
        """Return a run's results with ``effective_grade`` beside ``model_grade``."""
        return laid_over(run.frame(), self.overlay(run, today), self._gates_of(run))

    def tally(self, run: Run, today: date) -> Tally:
        """Return how many customers of a run have an open override, and where these stand."""
        overlay = self.overlay(run, today)
        return Tally.of(effective_grades(run.frame(), overlay, self._gates_of(run)).values())

    def effective(self, run: Run, customer_id: str, today: date) -> Effective:
        """Return the effective grade of one customer in a run."""
        overrides = self.overrides(customer_id=customer_id, policy_id=run.manifest.policy.id)
        overlay = _overlay(run, today, overrides)
        gates = self._gates_of(run)(customer_id) if overlay.hard and overlay.in_effect else ()
        return overlay.of(customer_id, run.find(customer_id).result["model_grade"], gates)

    def _gates_of(self, run: Run) -> GatesOf:
        @cache
        def scorecard() -> Scorecard:
            from rung.pipeline import scorecard_of

            return scorecard_of(run, self.host)

        return lambda customer_id: fired_gates(scorecard(), run.find(customer_id).measured)


def _overlay(run: Run, today: date, overrides: tuple[Override, ...]) -> Overlay:
    loaded = kept_policy(run.folder / POLICY, run.manifest.policy.sha256)
    return Overlay.on(today, overrides, loaded.policy)
