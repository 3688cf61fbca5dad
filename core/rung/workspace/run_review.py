"""One run under review: why each customer has its grade, what people laid over it, and what they may do.

What graded the run is read once and kept; every method may be called from any thread.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Final

from rung.errors import Problem
from rung.grading.compiled import Shares
from rung.grading.explaining import explain, service_of
from rung.grading.reasons import reason_text, refusal_text
from rung.ledger import (
    Actor,
    DataInput,
    Desk,
    Effective,
    Ground,
    InputFilter,
    InputRecord,
    Override,
    Proposal,
    Supply,
)
from rung.ledger.confidential import Clearance, values_shown
from rung.ledger.grades.correcting import MeasureFaultError, corrected
from rung.ledger.grades.regrading import fault_of, values_of
from rung.ledger.rules.ground import ground_of
from rung.ledger.rules.overrides import objections
from rung.ledger.rules.supplied import objections_to_value, settled_subject
from rung.pipeline import explain as explain_run
from rung.pipeline import scorecard_of
from rung.runs.past import PastGrade, past_grades
from rung.runs.run import MEASURED, RESULTS
from rung.text import Text
from rung.workspace.given_values import GivenValue, given_values
from rung.workspace.overlaid import OverlaidRun
from rung.workspace.own_policies import OwnPolicies

if TYPE_CHECKING:
    import polars as pl

    from rung.grading.derive import Row
    from rung.grading.explanation import ServiceLine
    from rung.grading.scorecard import Scorecard
    from rung.ledger.grades.laid_over import LaidGrade
    from rung.ledger.notes import Note
    from rung.policy.model import Policy
    from rung.runs.manifest import Manifest
    from rung.runs.run import Run
    from rung.workspace.confidential import Shown
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


class RunReview:
    """A run open for review, in its workspace; the run stays the caller's to close."""

    def __init__(self, workspace: Workspace, run: Run) -> None:
        self.workspace = workspace
        self.run = run
        self._inputs: dict[str, tuple[InputRecord, ...]] = {}
        """The human input about the customers asked for since the ledger was last read."""
        self._scorecard: Scorecard | None = None
        self._shown: dict[str, frozenset[str]] = {}
        """Of each customer, the quantities whose sensitive values were shown, with that on record."""
        self._lock = RLock()
        self.recomputed: pl.DataFrame | None = None
        """The results, with ``row``, of those with data in effect when the ledger was last read."""

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

    @contextmanager
    def _over(self, today: date) -> Iterator[OverlaidRun | None]:
        human = self.workspace.human_input
        if not human.is_begun:
            yield None
            return
        with human.ledger() as store:
            yield OverlaidRun(self.run, store, today, self.workspace.host, self.scorecard, keeps_results=True)

    # One customer

    def shown(self, row: int, now: datetime) -> Shown:
        """Explain the grade of the customer at a place in the run, as whoever is at the screen may read it.

        With the judgements and corrections in effect, as last read. That sensitive values are shown is put on
        record, once a customer. Raises IndexError outside the run.
        """
        found = self.run.customer(row)
        row_now = self._corrected(found.id, found.measured, now.date())
        if fault_of(self.run) is None:
            told = explain(self.scorecard, row_now, found.id, found.name or "")
        else:
            told = explain_run(self.run, found.id, self.scorecard)
        told = self.workspace.records.with_service(told, self.scorecard.compiled)
        recorded = self._shown.get(found.id, frozenset())
        confidential, compiled = self.workspace.confidential, self.scorecard.compiled
        shown = confidential.shown(told, compiled, "screen", now, recorded=recorded)
        self._shown[found.id] = recorded | shown.read
        return shown

    def _corrected(self, customer_id: str, measured: Row, today: date) -> Row:
        """Return a customer's values with those in effect laid in, as last read."""
        given = values_of(self.inputs_of(customer_id), self.scorecard.compiled, today)
        with suppress(MeasureFaultError):
            return corrected(self.scorecard.compiled, measured, given)
        return measured

    def given(self, row: int, shown: Shown) -> tuple[GivenValue, ...]:
        """Return every judgement and correction of the customer at a place in the run, oldest first.

        Values are masked as ``shown`` masks them.
        """
        found = self.run.customer(row)
        data = [each for each in self.inputs_of(found.id) if isinstance(each, DataInput)]
        sensitive = self.workspace.confidential.clearance(self.scorecard.compiled).fields
        # What the explanation does not show was not put on record as read.
        unread = sensitive - values_shown(shown.explanation, sensitive)
        clearance = Clearance(shown.masked | unread, may_read=False)
        return given_values(data, found.measured, self.scorecard.compiled, clearance)

    def notes(self, customer_id: str) -> tuple[Note, ...]:
        """Return the notes about a customer that are for whoever is at the screen, oldest first."""
        return self.workspace.notes.about(customer_id)

    def service(self, row: int, grade: str | None, today: date) -> tuple[ServiceLine, ...]:
        """Return what the customer at a place in the run is promised with a grade, their own or another."""
        found = self.run.customer(row)
        lines = service_of(self.scorecard, self._corrected(found.id, found.measured, today), grade)
        return self.workspace.records.started(lines, found.id, self.scorecard.compiled)

    def effective(self, customer_id: str, today: date) -> Effective | None:
        """Return a customer's effective grade with the records behind it, None where nothing is open."""
        with self._over(today) as overlaid:
            found = None if overlaid is None else overlaid.effective(customer_id)
        has_any = found and (found.override or found.pending or found.data or found.pending_data)
        return found if has_any else None

    def inputs_of(self, customer_id: str) -> tuple[InputRecord, ...]:
        """Return all human input about one customer, oldest first, as known since the ledger was read.

        Raises RungError where the ledger cannot be read.
        """
        with self._lock:
            found = self._inputs.get(customer_id)
            if found is None:
                found = self._inputs[customer_id] = self._on_record(customer_id)
            return found

    def _on_record(self, customer_id: str) -> tuple[InputRecord, ...]:
        human = self.workspace.human_input
        if not human.is_begun:
            return ()
        wanted = InputFilter(customer_id=customer_id, policy_id=self.run.manifest.policy.id)
        with human.ledger() as store:
            return tuple(store.inputs(wanted))

    def history(self, customer_id: str) -> tuple[PastGrade, ...]:
        """Return the customer's grade in every run by the policy that can be read, newest first."""
        return tuple(past_grades(self.workspace.store, customer_id, self.run.manifest))

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
