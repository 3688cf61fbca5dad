"""One run under review, as the screens see it: rows at once, whatever costs more on a thread beside.

The run's rows come from mapped files. The policy, the ledger, an explanation, an order: for each of these
the core is imported on that thread, after the first paint.
"""

from __future__ import annotations

from asyncio import get_running_loop
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from functools import lru_cache
from threading import RLock
from typing import TYPE_CHECKING, Final, TypeVar

from rung.errors import Problem, RungError
from rung.moments import now
from rung_tui.language import spoken
from rung_tui.marks.marks import Marks
from rung_tui.queue.arranger import Arranger
from rung_tui.queue.columns import QueueColumns
from rung_tui.queue.reason_words import ReasonWords
from rung_tui.queue.recomputed import Recomputed
from rung_tui.queue.rows import RECOMPUTED, RunRows
from rung_tui.scale import scale_of_policy

if TYPE_CHECKING:
    from rung.ledger import DataInput, Ground, InputRecord, Override, Proposal, Supply
    from rung.ledger.grades.laid_over import LaidGrade
    from rung.ledger.notes import Note
    from rung.ledger.rules.approvals import Asked
    from rung.runs import Manifest, Run
    from rung.workspace import Workspace
    from rung.workspace.run_review import RunReview
    from rung.workspace.what_if import WhatIf
    from rung_tui.customer.told import Besides, Told
    from rung_tui.override.form import Form

__all__ = ["Review"]

_Result = TypeVar("_Result")

_REMEMBERED: Final = 64
# Customers whose page is kept: as many as one goes to and fro among.


class Review:
    """A run open for review."""

    def __init__(self, workspace: Workspace, run: Run) -> None:
        self.workspace = workspace
        self.run = run
        self.rows = RunRows(run.results)
        self.columns = QueueColumns(run.manifest)
        self.arranger = Arranger(
            run.results.path,
            run.results.num_rows,
            [named.id for named in run.manifest.grades],
            grade_titles={named.id: (named.title.zh, named.title.en) for named in run.manifest.grades},
        )
        self.drafts: dict[tuple[str, str], Form] = {}
        """Overrides begun and not recorded, by policy and customer; another run takes them over."""
        self.marks = Marks(run.results.num_rows)
        self.arranger.marked = self.marks.flags
        """Customers marked, by their places in the run."""
        self.has_own = False
        """Whether whoever is at the keyboard has customers of their own in the run, once that was read."""
        self.last_batch = ""
        """The id of what was recorded last of many at once, while the program runs."""
        self._threads = {name: ThreadPoolExecutor(1, thread_name_prefix=name) for name in ("arrange", "tell")}
        self._lock = RLock()
        self._core: RunReview | None = None
        self._told = lru_cache(maxsize=_REMEMBERED)(self._tell)

    @property
    def manifest(self) -> Manifest:
        """The run's manifest."""
        return self.run.manifest

    @property
    def core(self) -> RunReview:
        """The core's side of it; imported on first use."""
        with self._lock:
            if self._core is None:
                from rung.workspace.run_review import RunReview

                self._core = RunReview(self.workspace, self.run)
            return self._core

    @staticmethod
    def today() -> date:
        """Return the day it is here."""
        return now().date()

    async def arranging(self, work: Callable[[], _Result]) -> _Result:
        """Do work beside the screen, after other work of its kind: orders, filters, policy, ledger."""
        return await get_running_loop().run_in_executor(self._threads["arrange"], work)

    async def telling(self, work: Callable[[], _Result]) -> _Result:
        """Do work on one customer beside the screen, and beside the sorting of a million."""
        return await get_running_loop().run_in_executor(self._threads["tell"], work)

    def close(self) -> None:
        """End what is under way and give the run's files back."""
        for thread in self._threads.values():
            thread.shutdown(wait=True, cancel_futures=True)
        self.run.close()

    # For a worker

    def read_policy(self) -> ReasonWords:
        """Return the words of every reason, and tell the arranger what it needs of the policy."""
        found = ReasonWords(self.core.reasons(), self.core.refusals())
        self.arranger.reason_titles = {code: (text.zh, text.en) for code, text in found.reasons.items()}
        self.arranger.cut_points = self.core.cut_points()
        self.arranger.before = self.core.run_before()
        return found

    def read_own(self) -> None:
        """Find which customers are those of whoever is at the keyboard."""
        from rung.workspace.own_customers import own_customers

        self.arranger.mine = own_customers(self.workspace, self.run)
        self.has_own = self.arranger.mine is not None

    def read_ledger(self) -> Mapping[str, LaidGrade]:
        """Return the effective grades of customers with an open override, as the ledger has them now."""
        spoken()
        found = self.core.read_ledger(self.today())
        with self._lock:
            self._told.cache_clear()
        return found

    def lay_over(self, standings: Mapping[str, LaidGrade]) -> None:
        """Have rows, columns and orders go by other standings, as just read."""
        anew = self.core.recomputed
        self.arranger.lay_over(standings, anew)
        self.rows.standings, self.rows.recomputed = standings, Recomputed(anew, RECOMPUTED)
        self.columns.marks_scores = bool(self.rows.recomputed)

    def tell(self, number: int, *, is_covered: bool = False) -> Told:
        """Return everything about the customer at a place in the run.

        ``is_covered``: sensitive values stay masked until ``uncover`` shows them.
        """
        spoken()
        with self._lock:
            return self._told(number, is_covered)

    def uncover(self, number: int, fields: frozenset[str]) -> str:
        """Have sensitive values of a customer shown, with that on record; return why they are not."""
        spoken()
        notice = self.core.uncover(number, fields, now())
        with self._lock:
            self._told.cache_clear()
        return notice

    def _tell(self, number: int, is_covered: bool) -> Told:
        from rung_tui.customer.told import Told

        shown = self.core.shown(number, now(), is_covered=is_covered)
        explanation = shown.explanation
        policy, customer = self.core.policy, explanation.customer_id
        standing = None
        if customer in self.rows.standings:
            standing = self.core.effective(customer, self.today())
        if standing is not None and standing.is_overridden:
            service = self.core.service(number, standing.grade, self.today())
            explanation = replace(explanation, service=service)
        return Told(
            number=number,
            as_of=self.manifest.as_of,
            grades=scale_of_policy(policy),
            explanation=explanation,
            standing=standing,
            records=self.core.inputs_of(customer)[::-1],
            history=self.core.history(customer),
            roles=policy.roles,
            reasons={
                kind: {option.id: option.title for option in rules.reasons}
                for kind, rules in (
                    ("override", policy.override),
                    ("correction", policy.correction),
                    ("judgement", policy.judgement),
                )
            },
            people=self.core.people(),
            today=self.today(),
            notes=self._notes(customer),
            given={each.record.id: each for each in self.core.given(number, shown)},
            notice=shown.notice,
            covered=self.core.coverable(shown) if is_covered else {},
        )

    def _notes(self, customer: str) -> tuple[Note, ...]:
        try:
            return self.core.notes(customer)
        except RungError:
            return ()  # what is wrong with the ledger is said where it is read as a whole

    def ground(self, customer: str) -> Ground:
        """Return what an override of the customer would rest on."""
        spoken()
        return self.core.ground(customer, self.today())

    def objections(self, proposal: Proposal, ground: Ground) -> Sequence[Problem]:
        """Return what speaks against a proposal; quick enough for every letter typed."""
        spoken()
        return self.core.objections(proposal, ground, now())

    def asked(self, grade: str, ground: Ground) -> Asked:
        """Return the approvals that giving the customer a grade needs, by what was last read."""
        from rung.ledger import Override, Proposal
        from rung.ledger.rules.overrides import asked_of

        today = self.today()
        records = self.core.inputs_of(ground.customer_id)
        rivals = [each for each in records if isinstance(each, Override) and each.status(today).is_open]
        return asked_of(Proposal(grade=grade, reason=""), ground, rivals, self.core.actor)

    def propose(self, proposal: Proposal, ground: Ground) -> Override:
        """Record an override; raises RungError with everything that speaks against it."""
        spoken()
        return self.core.propose(proposal, ground, now())

    # Other values

    def what_if(self, number: int) -> WhatIf:
        """Return the customer at a place in the run, to be tried with other values."""
        spoken()
        return self.core.what_if(number, now())

    def besides(self, number: int) -> Besides:
        """Return what a customer's own page says besides."""
        from rung_tui.customer.told import Besides

        spoken()
        worse = self.core.worse(number, now())
        return Besides(worse, self.core.answered(number, self.today()))

    def data_objections(self, value: Supply, ground: Ground) -> Sequence[Problem]:
        """Return what speaks against a judgement or correction; quick enough for every letter typed."""
        spoken()
        return self.core.objections(value, ground, now())

    def rehearsed(self, value: Supply, ground: Ground) -> DataInput | None:
        """Return the record a judgement or correction would be; nothing is recorded."""
        spoken()
        return self.core.rehearsed(value, ground, now())

    def supply(self, value: Supply, ground: Ground) -> DataInput:
        """Record a judgement or correction; raises RungError with everything that speaks against it."""
        spoken()
        return self.core.supply(value, ground, now())

    def withdraw(self, input_id: str) -> InputRecord:
        """Take an override back; raises RungError where that may not be."""
        spoken()
        return self.core.withdraw(input_id, now())

    def own_open(self, customer: str) -> list[InputRecord]:
        """Return the customer's open inputs that whoever is at the keyboard made, newest first."""
        mine = self.core.actor.account
        return [
            each
            for each in self.core.inputs_of(customer)[::-1]
            if each.maker == mine and each.status(self.today()).is_open
        ]
