"""One run under review: why each customer has its grade, what people laid over it, and what they may do.

What graded the run is read once and kept; every method may be called from any thread.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rung.errors import Problem
from rung.grading.compiled import Shares
from rung.grading.reasons import reason_text, refusal_text
from rung.ledger import (
    Actor,
    DataInput,
    Desk,
    Ground,
    InputRecord,
    Override,
    Proposal,
    Supply,
)
from rung.ledger.grades.correcting import MeasureFaultError
from rung.ledger.rules.ground import ground_of
from rung.ledger.rules.overrides import objections
from rung.ledger.rules.supplied import drawn_up_value, objections_to_value, settled_subject
from rung.runs.past import PastGrade
from rung.runs.run import MEASURED, RESULTS
from rung.text import Text
from rung.workspace.own_policies import OwnPolicies
from rung.workspace.reviewed_customers import ReviewedCustomers

if TYPE_CHECKING:
    from rung.ledger.grades.laid_over import LaidGrade
    from rung.runs.manifest import Manifest

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


class RunReview(ReviewedCustomers):
    """A run open for review, in its workspace; the run stays the caller's to close."""

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

    def read_ledger(self, today: date) -> dict[str, LaidGrade]:
        """Read the ledger anew and return the grade of every customer with open human input.

        Raises RungError where the ledger is none, or is damaged.
        """
        with self._lock:
            self._inputs, self.recomputed = {}, None
        with self._over(today) as overlaid:
            if overlaid is None or overlaid.opened.is_empty():
                return {}
            found = overlaid.laid().grades()
            self.recomputed = overlaid.recomputed
            return found

    # What people may do

    def ground(self, customer: str, today: date) -> Ground:
        """Return what human input about a customer, by id or name, rests on, by what was last read."""
        found, human = self.run.find(customer), self.workspace.human_input
        ground = ground_of(
            self.run, found.id, self.scorecard, self.inputs_of(found.id), today, portfolio=human.portfolio
        )
        return replace(ground, foreign=OwnPolicies(human).against_run(self.run, self.policy))

    def objections(self, wanted: Proposal | Supply, ground: Ground, now: datetime) -> Sequence[Problem]:
        """Return what speaks against a proposal, by what was last read; nothing is recorded."""
        people, actor = self.workspace.human_input.people, self.actor
        is_open = [each for each in self.inputs_of(ground.customer_id) if each.status(now.date()).is_open]
        if isinstance(wanted, Proposal):
            overrides = [each for each in is_open if isinstance(each, Override)]
            proposal = replace(wanted, supersedes=_with_own(wanted.supersedes, overrides, actor))
            return objections(proposal, ground, overrides, actor, now, people)
        supply = settled_subject(wanted, ground)
        data = [
            each
            for each in is_open
            if isinstance(each, DataInput) and (each.kind, each.subject) == (supply.kind, supply.subject)
        ]
        supply = replace(supply, supersedes=_with_own(supply.supersedes, data, actor))
        return objections_to_value(supply, ground, data, actor, now, people)

    def propose(self, proposal: Proposal, ground: Ground, now: datetime) -> Override:
        """Record an override; raises RungError with everything that speaks against it."""
        human = self.workspace.human_input
        with human.ledger() as store:
            return Desk(store, self.actor, human.people).propose(proposal, ground, now)

    def supply(self, value: Supply, ground: Ground, now: datetime) -> DataInput:
        """Record a judgement or correction; raises RungError with everything that speaks against it."""
        human = self.workspace.human_input
        with human.ledger() as store:
            return Desk(store, self.actor, human.people).supply(value, ground, now)

    def rehearsed(self, value: Supply, ground: Ground, now: datetime) -> DataInput | None:
        """Return the record a judgement or correction would be; None where the value cannot be given."""
        supply = settled_subject(value, ground)
        subject = ground.subjects.get(supply.subject)
        if subject is None or subject.refusal is not None:
            return None
        try:
            return drawn_up_value(supply, ground, self.actor, now, "")
        except (ValueError, MeasureFaultError):
            return None

    def withdraw(self, input_id: str, now: datetime) -> InputRecord:
        """Take an input back; raises RungError where that may not be."""
        return self.workspace.human_input.withdraw(input_id, now)

    def people(self) -> Mapping[str, str]:
        """Return the names of the people the workspace lists, by account."""
        return {account: actor.name for account, actor in self.workspace.human_input.people.listed.items()}


def _with_own(named: Sequence[str], rivals: Sequence[InputRecord], actor: Actor) -> tuple[str, ...]:
    """Return the ids to supersede: those named, and the actor's own, which need not be."""
    own = (each.id for each in rivals if each.maker == actor.account)
    return tuple(dict.fromkeys((*named, *own)))
