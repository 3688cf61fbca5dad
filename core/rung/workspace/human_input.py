"""Human input in a workspace: proposes and withdraws overrides, and lays them over the workspace's runs."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from rung.errors import RungError
from rung.ledger import (
    Act,
    Actor,
    Batch,
    DataInput,
    Delegation,
    Desk,
    Effective,
    InputFilter,
    InputRecord,
    LedgerStore,
    Override,
    People,
    Proposal,
    Resubmission,
    Supply,
    Tally,
    account,
    open_ledger,
    overrides_in,
    read_people,
)
from rung.ledger.grades.laid_over import LaidOver, nothing_laid_over
from rung.ledger.keeping.opening import is_begun, login_at
from rung.ledger.rules.on_record import every_delegation
from rung.ledger.store import ALL_INPUTS
from rung.plugins import PluginHost
from rung.runs.kept_policy import kept_policy
from rung.runs.run import POLICY, Run
from rung.runs.store import LATEST, RunStore
from rung.text import _
from rung.workspace import human_acts
from rung.workspace.human_acts import Waiting, silent
from rung.workspace.overlaid import OverlaidRun
from rung.workspace.places import POLICIES
from rung.workspace.standings import Standing, Standings, standings_of

if TYPE_CHECKING:
    from rung.ledger.keeping.addresses import PostgresqlAddress
    from rung.policy.model import Policy
    from rung.progress import Progress
    from rung.vocabulary import Quantity
    from rung.workspace.customers_meant import CustomersWanted

__all__ = ["HumanInput", "Standing", "Standings"]


class _Config(Protocol):
    @property
    def people(self) -> Mapping[str, Any]: ...

    @property
    def portfolio(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class HumanInput:
    """The ledger of one workspace, with its runs and its people."""

    place: Path | PostgresqlAddress
    """Where the ledger is, there or not: it is begun with the first act."""
    people: People
    store: RunStore
    host: PluginHost
    portfolio: str | None = None
    """Id of the field that says whose customer somebody is."""
    policies: Path | None = None
    """The workspace's folder of policies; None: whatever policy graded a run is taken at its word."""

    @classmethod
    def of(
        cls,
        place: Path | PostgresqlAddress,
        config: _Config,
        config_file: Path,
        store: RunStore,
        host: PluginHost,
    ) -> HumanInput:
        """Return the human input of a workspace; raises RungError where its list of people has mistakes."""
        people = read_people(config.people, str(config_file))
        return cls(place, people, store, host, config.portfolio, config_file.parent / POLICIES)

    @property
    def is_begun(self) -> bool:
        """Whether there is a ledger; raises RungError where its server cannot be asked."""
        return is_begun(self.place)

    def actor(self) -> Actor:
        """Return who acts, with what the workspace says of them: the system's account, or the login there."""
        return self.people.actor(login_at(self.place) or account())

    def ledger(self) -> LedgerStore:
        """Open the ledger, beginning one where there is none; to be used in a block."""
        return open_ledger(self.place)

    # Acts: each raises RungError with everything that speaks against it, and then nothing is recorded

    def propose(self, customer: str, proposal: Proposal, now: datetime, run_id: str = LATEST) -> Override:
        """Record an override of a customer's grade, by id or name, in a run."""
        return human_acts.proposed(self, customer, proposal, now, run_id)

    def supply(self, customer: str, value: Supply, now: datetime, run_id: str = LATEST) -> DataInput:
        """Record a judgement or correction about a customer, by id or name, in a run."""
        return human_acts.supplied(self, customer, value, now, run_id)

    def propose_all(
        self,
        customers: Sequence[str],
        proposal: Proposal,
        now: datetime,
        run_id: str = LATEST,
        *,
        skip_refused: bool = False,
        report: Progress = silent,
    ) -> Batch:
        """Record an override of each customer's grade, by id, for one reason: all of them or none.

        ``skip_refused``: those nothing speaks against are recorded all the same. See ``customers`` for
        choosing them.
        """
        return human_acts.proposed_all(
            self, customers, proposal, now, run_id, skip_refused=skip_refused, report=report
        )

    def rehearse(
        self,
        customers: Sequence[str],
        proposal: Proposal,
        now: datetime,
        run_id: str = LATEST,
        *,
        report: Progress = silent,
    ) -> Batch:
        """Return what would come of ``propose_all``: who is refused and why; nothing is recorded."""
        return human_acts.rehearsed_all(self, customers, proposal, now, run_id, report=report)

    def approve(self, input_id: str, now: datetime, note: str = "") -> InputRecord:
        """Approve an input; with the last approval needed it takes effect."""
        return self.decide_all(Act.APPROVED, [input_id], now, note)[0]

    def reject(self, input_id: str, now: datetime, note: str) -> InputRecord:
        """Reject an input, with a note that says why."""
        return self.decide_all(Act.REJECTED, [input_id], now, note)[0]

    def give_back(self, input_id: str, now: datetime, note: str) -> InputRecord:
        """Give an input back to its maker for more information; the note says which."""
        return self.decide_all(Act.RETURNED, [input_id], now, note)[0]

    def withdraw(self, input_id: str, now: datetime) -> InputRecord:
        """Take an input back."""
        return self.decide_all(Act.WITHDRAWN, [input_id], now)[0]

    def decide_all(
        self,
        act: Act,
        ids: Sequence[str],
        now: datetime,
        note: str = "",
        *,
        report: Progress = silent,
    ) -> tuple[InputRecord, ...]:
        """Approve, reject, give back or withdraw several inputs: all of them or none."""
        return human_acts.decided_all(self, act, ids, now, note, report)

    def resubmit(self, input_id: str, changes: Resubmission, now: datetime) -> InputRecord:
        """Put a returned input forward anew, on the run it was made on."""
        return human_acts.resubmitted(self, input_id, changes, now)

    def delegate(self, to: str, first: date, last: date, now: datetime, reason: str = "") -> Delegation:
        """Let another account act for the actor from the first day to the last."""
        with self.ledger() as store:
            return Desk(store, self.actor(), self.people).delegate(to, first, last, now, reason)

    def end_delegation(self, number: int, now: datetime) -> Delegation:
        """End a delegation before its last day."""
        if not self.is_begun:
            message = _("There is no delegation {number}.").format(number=number)
            raise RungError.of(message, _("See who stands in for whom: rung people."))
        with self.ledger() as store:
            return Desk(store, self.actor(), self.people).end_delegation(number, now)

    # What there is to act on

    def input(self, input_id: str) -> InputRecord:
        """Return an input by its id; raises RungError where there is none."""
        return human_acts.found(self, input_id)

    def inputs(self, wanted: InputFilter = ALL_INPUTS) -> tuple[InputRecord, ...]:
        """Return the inputs of every kind on record, oldest first."""
        if not self.is_begun:
            return ()
        with self.ledger() as store:
            return tuple(store.inputs(wanted))

    def waiting(self, now: datetime) -> tuple[Waiting, ...]:
        """Return what awaits approval, oldest first, and what speaks against the actor's deciding on each."""
        return human_acts.waiting(self, now)

    def acting_for(self, today: date) -> tuple[Actor, ...]:
        """Return the actor in the place of everybody they stand in for on a day."""
        if not self.is_begun:
            return ()
        with self.ledger() as store:
            return Desk(store, self.actor(), self.people).acting_for(today)

    def delegations(self, today: date) -> tuple[Delegation, ...]:
        """Return the delegations that count on a day or will later, by number."""
        if not self.is_begun:
            return ()
        with self.ledger() as store:
            return tuple(each for each in every_delegation(store).values() if each.is_open(today))

    def customers(
        self,
        wanted: CustomersWanted,
        today: date,
        run_id: str = LATEST,
        *,
        hidden: Collection[str] = (),
    ) -> tuple[str, ...]:
        """Return the ids of the customers of a run who are wanted: as listed, else in the run's order.

        By the values of ``hidden`` quantities nobody is chosen: who is would tell them.
        """
        return human_acts.chosen(self, wanted, today, run_id, hidden)

    def quantities(self, run_id: str = LATEST) -> Mapping[str, Quantity]:
        """Return the quantities a run keeps the customers' values of, by id."""
        return human_acts.quantities_of(self, run_id)

    def key(self, run_id: str = LATEST) -> Quantity:
        """Return the field that identifies a customer of a run."""
        return human_acts.key_of(self, run_id)

    def overrides(
        self, *, customer_id: str | None = None, policy_id: str | None = None
    ) -> tuple[Override, ...]:
        """Return the overrides on record, oldest first."""
        if not self.is_begun:
            return ()
        with self.ledger() as store:
            return overrides_in(store, customer_id=customer_id, policy_id=policy_id)

    def standings(self, today: date, inputs: Sequence[InputRecord]) -> Standings:
        """Return where human inputs stand, each laid over the latest run of its policy."""
        return standings_of(self, today, inputs)

    @contextmanager
    def over(self, run: Run, today: date) -> Iterator[OverlaidRun | None]:
        """Give a run with the ledger to lay over it; None where there is no ledger."""
        if not self.is_begun:
            yield None
            return
        with self.ledger() as store:
            yield OverlaidRun(run, store, today, self.host)

    def laid_over(self, run: Run, today: date) -> LaidOver:
        """Return a run with its effective grades, each beside what the machine and the policy gave."""
        with self.over(run, today) as overlaid:
            if overlaid is None:
                return nothing_laid_over(run.frame(), self.policy_of(run))
            return overlaid.laid()

    def tally(self, run: Run, today: date) -> Tally:
        """Return how many customers of a run have open human input, and where it stands."""
        return self.laid_over(run, today).tally()

    def effective(self, run: Run, customer_id: str, today: date) -> Effective:
        """Return the effective grade of one customer in a run."""
        with self.over(run, today) as overlaid:
            if overlaid is None:
                model = run.find(customer_id).result["model_grade"]
                return Effective(model, model, model)
            return overlaid.effective(customer_id)

    def policy_of(self, run: Run) -> Policy:
        """Return the policy that graded a run, as kept with it."""
        return kept_policy(run.folder / POLICY, run.manifest.policy.sha256).policy
