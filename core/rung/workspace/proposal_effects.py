"""What a human input that is not in effect would do to its customer by now, by the last run of its policy."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from rung.grading.explaining import explain, service_of
from rung.ledger import DataInput, InputFilter, InputRecord, LedgerStore, Overlay
from rung.ledger.grades.correcting import MeasureFaultError, corrected
from rung.ledger.grades.regrading import fault_of, regraded, values_of
from rung.ledger.rules.ground import fired_gates
from rung.ledger.store import OPEN
from rung.pipeline import scorecard_of
from rung.text import Text
from rung.workspace.given_values import GivenValue, given_values

if TYPE_CHECKING:
    from rung.grading.derive import Row
    from rung.grading.explanation import Explanation, ServiceLine
    from rung.ledger.grades.effective import Suspension
    from rung.policy.model import Policy
    from rung.runs.run import Run
    from rung.workspace.workspace import Workspace

__all__ = ["Effects", "LastRun", "PointsMoved", "Side"]


@dataclass(frozen=True, slots=True)
class Side:
    """A customer without the proposal, or with it."""

    computed: str | None
    """The grade the policy computes."""
    grade: str | None
    """The effective one."""
    score: Decimal | None
    service: tuple[ServiceLine, ...]
    suspended: Suspension | None
    """Why the override would not be laid over the grade."""


@dataclass(frozen=True, slots=True)
class PointsMoved:
    """A criterion that gives other points with the proposal."""

    title: Text
    before: Decimal | None
    after: Decimal | None


@dataclass(frozen=True, slots=True)
class Effects:
    """A proposal beside its customer in the last run of its policy."""

    customer_name: str
    before: Side
    after: Side
    moved: tuple[PointsMoved, ...]
    value: GivenValue | None
    """Of a judgement or correction, in words and as whoever asks may read it."""
    is_stale: bool
    """Whether the computed grade, or the source's value, is another than it was made on."""
    notice: str = ""
    """Why a value is masked that might be read."""


class LastRun:
    """The last run by a policy, kept open to show what proposals under it would do; to be closed."""

    def __init__(self, workspace: Workspace, policy_id: str) -> None:
        """Raises RungError where there is no such run, or it cannot be read."""
        self._workspace = workspace
        self.run: Run = workspace.run(workspace.latest_by(policy_id))
        self.scorecard = scorecard_of(self.run, workspace.host)
        self._read: set[tuple[str, str]] = set()
        # Customer and quantity of the sensitive values whose reading is on record.

    @property
    def policy(self) -> Policy:
        """The run's policy."""
        return self.scorecard.compiled.policy

    def close(self) -> None:
        """Give the run's files back."""
        self.run.close()

    def names(self, customers: Collection[str]) -> dict[str, str]:
        """Return what customers are called, by id, of those the run holds."""
        import polars as pl

        about = pl.Series(sorted(customers), dtype=pl.String)
        rows = self.run.frame().filter(pl.col("customer_id").is_in(about.implode()))
        found = rows.select("customer_id", pl.col("customer_name").fill_null("")).collect()
        return dict(found.iter_rows())

    def effects(self, record: InputRecord, store: LedgerStore, now: datetime) -> Effects:
        """Return what a proposal would do; raises RungError where the run does not hold its customer.

        That a sensitive value is shown is put on record, once a customer.
        """
        found = self.run.find(record.customer_id)
        wanted = InputFilter(customer_id=found.id, policy_id=record.policy_id, states=OPEN)
        inputs = [each for each in store.inputs(wanted) if each.id != record.id]
        with_it = [each for each in inputs if each.id not in record.supersedes]
        with_it.append(replace(record, effective_from=now))
        before, was = self._side(found.id, found.measured, inputs, now)
        after, will = self._side(found.id, found.measured, with_it, now)
        value, notice = self._value(record, found.measured, now)
        is_stale = record.model_grade != before.computed
        if value is not None:
            is_stale = value.doubt is not None
        is_masked = isinstance(record, DataInput) and self._is_masked(record, notice)
        return Effects(
            customer_name=found.name or "",
            before=before,
            after=after,
            moved=() if is_masked else _moved(was, will),
            value=value,
            is_stale=is_stale,
            notice=notice,
        )

    def _side(
        self, customer_id: str, measured: Row, inputs: Sequence[InputRecord], now: datetime
    ) -> tuple[Side, Explanation]:
        today, compiled = now.date(), self.scorecard.compiled
        given = values_of(inputs, compiled, today)
        row = measured
        with suppress(MeasureFaultError):
            row = corrected(compiled, measured, given)
        computed = None if fault_of(self.run) else regraded(self.scorecard, measured, given).grade
        overlay = Overlay.on(today, inputs, self.policy, {customer_id: computed})
        gates: Collection[str] = ()
        if overlay.hard and overlay.in_effect:
            gates = fired_gates(self.scorecard, row)
        effective = overlay.of(customer_id, computed, gates)
        told = explain(self.scorecard, row, customer_id)
        service = service_of(self.scorecard, row, effective.grade)
        service = self._workspace.records.started(service, customer_id, compiled)
        return Side(computed, effective.grade, told.score, service, effective.suspended), told

    def _value(self, record: InputRecord, measured: Row, now: datetime) -> tuple[GivenValue | None, str]:
        if not isinstance(record, DataInput):
            return None, ""
        confidential = self._workspace.confidential
        clearance = confidential.clearance(self.scorecard.compiled)
        seen = (record.customer_id, record.subject)
        notice = ""
        if record.subject in clearance.fields and seen not in self._read:
            fields = frozenset({record.subject})
            notice = confidential.opened(record.customer_id, record.policy_id, fields, "screen", now)
            if notice:
                clearance = replace(clearance, may_read=False)
            else:
                self._read.add(seen)
        (value,) = given_values([record], measured, self.scorecard.compiled, clearance)
        return value, notice

    def _is_masked(self, record: DataInput, notice: str) -> bool:
        clearance = self._workspace.confidential.clearance(self.scorecard.compiled)
        return bool(notice) or clearance.masks(record.subject)


def _moved(before: Explanation, after: Explanation) -> tuple[PointsMoved, ...]:
    pairs = zip(before.criteria, after.criteria, strict=True)
    return tuple(
        PointsMoved(was.title, was.points, will.points) for was, will in pairs if was.points != will.points
    )
