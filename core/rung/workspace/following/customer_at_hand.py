"""One customer in one run, ready to be graded anew again and again: run, scorecard and row are read once."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from rung.ledger import InputFilter, InputKind, Overlay
from rung.ledger.grades.correcting import MeasureFaultError, corrected
from rung.ledger.grades.regrading import fault_of, regraded, values_of
from rung.ledger.rules.ground import fired_gates, ground_in
from rung.ledger.store import OPEN
from rung.runs.arrow import ArrowFile
from rung.runs.run import STANDING
from rung.service.rhythm import Clock
from rung.vocabulary import Kind
from rung.workspace.following.made import Grades

if TYPE_CHECKING:
    from datetime import datetime

    from rung.errors import Problem
    from rung.grading.derive import Row
    from rung.grading.scorecard import Scorecard
    from rung.ledger import Appending, Effective, Ground, InputRecord, LedgerStore
    from rung.runs.run import Customer, Run
    from rung.service.calendars import Calendar

__all__ = ["CustomerAtHand", "row_of"]


def row_of(run: Run, customer_id: str) -> int | None:
    """Return the place of a customer by halving, which finds it only in a run that is in order of ids.

    None says nothing: who is not found so is looked for everywhere.
    """
    low, high = 0, run.manifest.rows
    while low < high:
        middle = (low + high) // 2
        found = run.results.page(["customer_id"], middle, 1)["customer_id"][0]
        if found == customer_id:
            return middle
        if found < customer_id:
            low = middle + 1
        else:
            high = middle
    return None


@dataclass(frozen=True)
class CustomerAtHand:
    """One customer of a run that is open; nothing here looks for it again."""

    run: Run
    scorecard: Scorecard
    found: Customer
    portfolio: str | None
    foreign: Problem | None

    @property
    def policy_id(self) -> str:
        """Id of the run's policy."""
        return self.run.manifest.policy.id

    def inputs(self, ledger: LedgerStore | Appending) -> tuple[InputRecord, ...]:
        """Return the open human input about the customer under the policy, oldest first."""
        wanted = InputFilter(customer_id=self.found.id, policy_id=self.policy_id, states=OPEN)
        return tuple(ledger.inputs(wanted))

    def ground(self, inputs: Iterable[InputRecord], today: date) -> Ground:
        """Return what human input about the customer rests on."""
        data = [each for each in inputs if each.kind is not InputKind.OVERRIDE]
        ground = ground_in(self.run, self.found, self.scorecard, data, today, portfolio=self.portfolio)
        return replace(ground, foreign=self.foreign)

    def effective(self, inputs: Iterable[InputRecord], today: date) -> Effective:
        """Return the effective grade; law: ``OverlaidRun.effective``."""
        inputs, policy = tuple(inputs), self.scorecard.compiled.policy
        model = self.found.result["model_grade"]
        overlay = Overlay.on(today, inputs, policy)
        if not overlay.customers:
            return overlay.of(self.found.id, model)
        computed: dict[str, str | None] = {}
        if overlay.data:
            given = values_of(inputs, self.scorecard.compiled, today)
            anew = regraded(self.scorecard, self.found.measured, given).grade
            computed = {self.found.id: None if fault_of(self.run) else anew}
        gates: tuple[str, ...] = ()
        if overlay.hard and overlay.in_effect:
            gates = fired_gates(self.scorecard, self.row(inputs, today))
        return Overlay.on(today, inputs, policy, computed).of(self.found.id, model, gates)

    def grades(self, inputs: Iterable[InputRecord], today: date) -> Grades:
        """Return the customer's three grades."""
        found = self.effective(inputs, today)
        return Grades(
            model=found.model_grade,
            computed=found.computed_grade,
            effective=found.grade,
            is_overridden=found.is_overridden,
        )

    def row(self, inputs: Iterable[InputRecord], today: date) -> Row:
        """Return the customer's values with those in effect laid in; as measured where a measure fails."""
        given = values_of(inputs, self.scorecard.compiled, today)
        with suppress(MeasureFaultError):
            return corrected(self.scorecard.compiled, self.found.measured, given)
        return self.found.measured

    def since(self, inputs: Iterable[InputRecord], today: date, calendar: Calendar) -> date:
        """Return the day the effective grade began; law: ``since_of``."""
        inputs = tuple(inputs)
        found = self.effective(inputs, today)
        if found.grade != found.model_grade:
            overruled = found.override if found.is_overridden else None
            told = [overruled] if overruled else [*found.data]
            days = [calendar.day_of(each.effective_from) for each in told if each.effective_from]
            if days:
                return max(days)
        file = self.run.folder / STANDING
        if not file.is_file():
            return self.run.manifest.as_of
        standing = ArrowFile.open(file)
        try:
            since: date = standing.row(self.found.row)["since"]
        finally:
            standing.close()
        return since

    def clock(
        self,
        ledger: LedgerStore | Appending,
        inputs: Iterable[InputRecord],
        today: date,
        calendar: Calendar,
    ) -> Clock:
        """Return what the customer's rhythm counts from: ledger and source, whichever contact is later."""
        last = ledger.last_contact(self.found.id)
        moments = [last.at if last else None, self._source_moment(today, calendar)]
        known = [each for each in moments if each is not None]
        return Clock(
            since=self.since(inputs, today, calendar),
            last=max(known, default=None),
            next_on=last.next_on if last else None,
        )

    def _source_moment(self, today: date, calendar: Calendar) -> datetime | None:
        """Return the last contact the source tells of; one still to come is none yet."""
        from datetime import timedelta

        compiled, as_of = self.scorecard.compiled, self.run.manifest.as_of
        name = compiled.vocabulary.last_contact
        value: Any = None if name is None else self.found.measured.get(name)
        if name is None or value is None:
            return None
        quantity = compiled.quantities[name]
        day = value if quantity.kind is Kind.DATE else as_of - timedelta(days=value // quantity.scale)
        return None if day > max(today, as_of) else calendar.moment_of(day)
