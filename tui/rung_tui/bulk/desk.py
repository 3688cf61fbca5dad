"""What is done beside the screen with many customers at once: foreseen, recorded, taken back together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from rung.moments import now
from rung.progress import Progress
from rung_tui.language import _, spoken
from rung_tui.queue.arranger import SupersededError

if TYPE_CHECKING:
    from rung.ledger import Batch, InputRecord, Proposal
    from rung_tui.review import Review

__all__ = ["BatchDesk", "Stage"]


@dataclass(frozen=True, slots=True)
class Stage:
    """How far work on many has come."""

    name: str
    done: int
    whole: int | None

    @property
    def words(self) -> str:
        """As a person reads it."""
        count = f"{self.done:,}" if self.whole is None else f"{self.done:,}/{self.whole:,}"
        return _("{stage}: {count}").format(stage=self.name, count=count)


class BatchDesk:
    """Acts on the customers at some places of a run; every method is for a worker."""

    def __init__(self, review: Review) -> None:
        self._review = review
        self.stage: Stage | None = None
        """The work under way."""

    def ids(self, numbers: Sequence[int]) -> tuple[str, ...]:
        """Return the ids of the customers at these places."""
        import polars as pl

        file = self._review.run.results.path
        ids = pl.scan_ipc(file).select("customer_id").collect().to_series()
        return tuple(ids.gather(pl.Series(numbers, dtype=pl.UInt32)))

    def foresee(self, customers: Sequence[str], proposal: Proposal, go_on: Callable[[], bool]) -> Batch:
        """Return what would come of a proposal for all; raises SupersededError once nobody waits for it."""
        spoken()
        human, run = self._review.workspace.human_input, self._review.manifest.run_id
        return human.rehearse(customers, proposal, _now(), run, report=self._reporting(go_on))

    def record(
        self, customers: Sequence[str], proposal: Proposal, go_on: Callable[[], bool] = lambda: True
    ) -> Batch:
        """Record an override of each: all or, with everything that speaks against it raised, none.

        Raises SupersededError, with nothing recorded, once ``go_on`` says so.
        """
        spoken()
        human, run = self._review.workspace.human_input, self._review.manifest.run_id
        made = human.propose_all(customers, proposal, _now(), run, report=self._reporting(go_on))
        self._review.last_batch = made.id
        return made

    def open_of(self, batch: str) -> tuple[InputRecord, ...]:
        """Return what of a batch is open still and whoever is at the keyboard made."""
        from rung.ledger import InputFilter

        review, today = self._review, self._review.today()
        mine = review.core.actor.account
        found = review.workspace.human_input.inputs(InputFilter(batch=batch)) if batch else ()
        return tuple(each for each in found if each.maker == mine and each.status(today).is_open)

    def take_back(self, ids: Sequence[str]) -> tuple[InputRecord, ...]:
        """Withdraw several records together: all of them or, with the reasons raised, none."""
        from rung.ledger import Act

        spoken()
        return self._review.workspace.human_input.decide_all(Act.WITHDRAWN, ids, _now())

    def _reporting(self, go_on: Callable[[], bool]) -> Progress:
        def report(stage: str, done: int, whole: int | None) -> None:
            if not go_on():
                raise SupersededError
            self.stage = Stage(stage, done, whole)

        return report


def _now() -> datetime:
    return now()
