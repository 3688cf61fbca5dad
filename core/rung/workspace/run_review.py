"""One run under review: why each customer has its grade, what people laid over it, and what they may do.

What graded the run is read once and kept; every method may be called from any thread.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Final

from rung.errors import Problem, RungError
from rung.grading.compiled import Shares
from rung.grading.explaining import explain, service_of
from rung.grading.reasons import reason_text, refusal_text
from rung.ledger import (
    Actor,
    Desk,
    Effective,
    Ground,
    Overlay,
    Override,
    Proposal,
    effective_grades,
    overrides_in,
)
from rung.ledger.ground import fired_gates, ground_of
from rung.ledger.overrides import objections
from rung.pipeline import scorecard_of
from rung.runs.run import MEASURED, RESULTS
from rung.text import Text

if TYPE_CHECKING:
    from rung.grading.explanation import Explanation, ServiceLine
    from rung.grading.scorecard import Scorecard
    from rung.policy.model import Policy
    from rung.runs.manifest import Manifest
    from rung.runs.run import Run
    from rung.workspace.workspace import Workspace

__all__ = ["CutPoints", "PastGrade", "RunReview"]

_NEAR_SCORE: Final = 2
"""Points of score within which a customer is near a cut-off."""
_NEAR_SHARE: Final = 50
"""A fiftieth of the cut-off, where customers are ranked by a value instead."""


@dataclass(frozen=True, slots=True)
class CutPoints:
    """Where the grades begin: the column that is cut, and what counts as near to each cut-off."""

    file: Path
    """The results, or the measured values in the same row order."""
    column: str
    at_least: tuple[int, ...]
    """Scaled as the column is."""
    margins: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PastGrade:
    """The model's grade of a customer in one run."""

    run_id: str
    as_of: date
    policy_version: str
    grade: str | None
    score: Decimal | None
    is_this_run: bool


class RunReview:
    """A run open for review, in its workspace; the run stays the caller's to close."""

    def __init__(self, workspace: Workspace, run: Run) -> None:
        self.workspace = workspace
        self.run = run
        self.overrides: tuple[Override, ...] = ()
        """Every override on record under the policy, oldest first, as last read."""
        self._scorecard: Scorecard | None = None
        self._lock = RLock()

    @property
    def scorecard(self) -> Scorecard:
        """What graded the run: its policy as kept, and its cut-offs."""
        with self._lock:
            if self._scorecard is None:
                self._scorecard = scorecard_of(self.run, self.workspace.host)
            return self._scorecard

    @property
    def policy(self) -> Policy:
        """The run's policy."""
        return self.scorecard.compiled.policy

    @property
    def actor(self) -> Actor:
        """Who acts."""
        return self.workspace.human_input.actor()

    # The whole run

    def reasons(self) -> dict[str, Text]:
        """Return what each reason code says."""
        compiled = self.scorecard.compiled
        return {code: reason_text(compiled, code) for code in compiled.reason_codes}

    def refusals(self) -> dict[str, Text]:
        """Return what each cause of not being graded says."""
        compiled = self.scorecard.compiled
        return {code: refusal_text(compiled, code) for code in compiled.refusal_codes}

    def cut_points(self) -> CutPoints | None:
        """Return where the grades begin, None where no one number decides for every customer."""
        compiled = self.scorecard.compiled
        match compiled.method:
            case _ if compiled.has_score:
                near = (_NEAR_SCORE * compiled.score_scale,) * len(compiled.cutoffs)
                return CutPoints(self.run.folder / RESULTS, "score", compiled.cutoffs, near)
            case Shares(ranking) if ranking.within is None:
                given = self.scorecard.calibration.cutoffs[ranking.key].at_least
                known = tuple(cut for cut in given if cut is not None)
                near = tuple(abs(cut) // _NEAR_SHARE for cut in known)
                return CutPoints(self.run.folder / MEASURED, ranking.quantity.id, known, near)
        return None

    def run_before(self) -> Path | None:
        """Return the results of the run before by the same policy, None where this is the first.

        Where the policy looks back, it is the run the grades were measured against.
        """
        looked_at, made = self.run.manifest.previous, self.run.manifest.created_at
        if looked_at is not None and looked_at.run_id in self.workspace.store.ids():
            return self.run.folder.parent / str(looked_at.run_id) / RESULTS
        older = next((each for each in self._same_policy() if each.created_at < made), None)
        return None if older is None else self.run.folder.parent / older.run_id / RESULTS

    def _same_policy(self) -> Iterator[Manifest]:
        """Yield the runs by the same policy, newest first."""
        for manifest in self.workspace.runs().manifests:
            if manifest.policy.id == self.run.manifest.policy.id:
                yield manifest

    def read_ledger(self, today: date) -> dict[str, Effective]:
        """Read the overrides anew and return the effective grade of every customer who has an open one.

        Raises RungError where the ledger is none, or is damaged.
        """
        human = self.workspace.human_input
        if not human.is_begun:
            self.overrides = ()
            return {}
        with human.ledger() as store:
            self.overrides = overrides_in(store, policy_id=self.run.manifest.policy.id)
        overlay = Overlay.on(today, self.overrides, self.policy)
        if not overlay.customers:
            return {}
        return effective_grades(self.run.frame(), overlay, self._gates)

    def _gates(self, customer: str) -> tuple[str, ...]:
        return fired_gates(self.scorecard, self.run.find(customer).measured)

    # One customer

    def explain(self, row: int) -> Explanation:
        """Explain the grade of the customer at a place in the run; raises IndexError outside it."""
        found = self.run.customer(row)
        return explain(self.scorecard, found.measured, found.id, found.name or "")

    def service(self, row: int, grade: str | None) -> tuple[ServiceLine, ...]:
        """Return what the customer at a place in the run is promised with a grade, their own or another."""
        return service_of(self.scorecard, self.run.measured.row(row), grade)

    def overrides_of(self, customer_id: str) -> tuple[Override, ...]:
        """Return the overrides of one customer, newest first, as last read."""
        return tuple(each for each in reversed(self.overrides) if each.customer_id == customer_id)

    def history(self, customer_id: str) -> tuple[PastGrade, ...]:
        """Return the customer's grade in every run by the policy that can be read, newest first."""
        return tuple(self._past(customer_id))

    def _past(self, customer_id: str) -> Iterator[PastGrade]:
        for manifest in self._same_policy():
            try:
                with self.workspace.run(manifest.run_id) as run:
                    row = run.results.find("customer_id", customer_id)
                    result = None if row is None else run.results.row(row)
            except RungError:
                continue  # a damaged run tells nothing here; the list of runs says what is wrong with it
            if result is not None:
                score, decimals = result["score"], manifest.score_decimals
                yield PastGrade(
                    run_id=manifest.run_id,
                    as_of=manifest.as_of,
                    policy_version=manifest.policy.version,
                    grade=result["model_grade"],
                    score=None if score is None or decimals is None else Decimal(score).scaleb(-decimals),
                    is_this_run=manifest.run_id == self.run.manifest.run_id,
                )

    # What people may do

    def ground(self, customer: str) -> Ground:
        """Return what an override of a customer, by id or name, rests on."""
        return ground_of(self.run, customer, self.scorecard)

    def objections(self, proposal: Proposal, ground: Ground, now: datetime) -> Sequence[Problem]:
        """Return what speaks against a proposal, by the overrides last read; nothing is recorded."""
        rivals = [each for each in self.overrides_of(ground.customer_id) if each.status(now.date()).is_open]
        own = [each.id for each in rivals if each.maker == self.actor.account]
        named = tuple(dict.fromkeys((*proposal.supersedes, *own)))
        return objections(replace(proposal, supersedes=named), ground, rivals, self.actor, now)

    def propose(self, proposal: Proposal, ground: Ground, now: datetime) -> Override:
        """Record an override; raises RungError with everything that speaks against it."""
        with self.workspace.human_input.ledger() as store:
            return Desk(store, self.actor).propose(proposal, ground, now)

    def withdraw(self, override_id: str, now: datetime) -> Override:
        """Take an override back; raises RungError where that may not be."""
        return self.workspace.human_input.withdraw(override_id, now)

    def people(self) -> Mapping[str, str]:
        """Return the names of the people the workspace lists, by account."""
        return {account: actor.name for account, actor in self.workspace.human_input.people.listed.items()}
