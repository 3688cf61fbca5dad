"""A run with the workspace's human input laid over it as of a day: every grade that counts, and why."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Final

from rung.ledger import (
    DataInput,
    Effective,
    InputFilter,
    InputKind,
    InputRecord,
    LedgerStore,
    Overlay,
    effective_grades,
    laid_over,
)
from rung.ledger.grades.correcting import MeasureFaultError, corrected
from rung.ledger.grades.data_standing import DatumStanding, datum_standing
from rung.ledger.grades.gates import hard_gates
from rung.ledger.grades.placing import RunIds, placed
from rung.ledger.grades.regrading import (
    computed_results,
    fault_of,
    regraded,
    values_of,
    whole_results_over,
)
from rung.ledger.rules.ground import fired_gates
from rung.ledger.store import OPEN
from rung.runs.kept_policy import kept_policy
from rung.runs.run import MEASURED, POLICY, Run

if TYPE_CHECKING:
    import polars as pl

    from rung.grading.derive import Row
    from rung.grading.explanation import Explanation
    from rung.grading.scorecard import Scorecard
    from rung.ledger.grades.laid_over import LaidOver
    from rung.plugins import PluginHost
    from rung.policy.model import Policy

__all__ = ["OverlaidRun"]


_FEW: Final = 50
# Customers up to whom the ledger is asked for each: more, and it is gone through once.


class OverlaidRun:
    """A run, and the ledger to lay over it; both stay the caller's to close."""

    def __init__(
        self,
        run: Run,
        store: LedgerStore,
        today: date,
        host: PluginHost,
        scorecard: Scorecard | None = None,
        *,
        keeps_results: bool = False,
    ) -> None:
        """``keeps_results``: ``laid`` leaves what it computed anew in ``recomputed``."""
        self.run = run
        self._store = store
        self._today = today
        self._host = host
        self._scorecard = scorecard
        self._keeps_results = keeps_results
        self.recomputed: pl.DataFrame | None = None
        """The results, with ``row``, of those with data in effect. None where nobody has any, or a plugin
        failed in the run: the machine's stand."""

    @property
    def scorecard(self) -> Scorecard:
        """What graded the run, made ready only where values were corrected or gates are asked for."""
        from rung.pipeline import scorecard_of

        if self._scorecard is None:
            self._scorecard = scorecard_of(self.run, self._host)
        return self._scorecard

    @cached_property
    def policy(self) -> Policy:
        """The run's policy, as kept."""
        return kept_policy(self.run.folder / POLICY, self.run.manifest.policy.sha256).policy

    @cached_property
    def opened(self) -> pl.DataFrame:
        """The open human input under the run's policy, of customers who are in it; see ``placed``."""
        # The run's ids are read while the ledger is: each waits on something else.
        with ThreadPoolExecutor(1) as reader:
            known = reader.submit(RunIds.of, self.run.frame())
            found = self._store.open_frame(self.run.manifest.policy.id)
        return placed(found, known.result(), self._today)

    def _computed(self, opened: pl.DataFrame) -> pl.DataFrame | None:
        """Return what the policy gives with the data in effect; None where there is none."""
        import polars as pl

        if (opened["kind"] == InputKind.OVERRIDE.value).all():
            return None
        if self._keeps_results and fault_of(self.run) is None:
            measured = pl.scan_ipc(self.run.folder / MEASURED)
            self.recomputed = whole_results_over(measured, self.scorecard, opened, self._today)
            return self.recomputed.rename({"model_grade": "computed_grade"})
        # Reasons tell which gates fired, and only hard ones are asked for.
        with_reasons = bool(hard_gates(self.policy))
        return computed_results(self.run, self.scorecard, opened, self._today, with_reasons=with_reasons)

    def laid(self) -> LaidOver:
        """Return the whole run with its effective grades."""
        opened, policy = self.opened, self.policy
        with ThreadPoolExecutor(1) as grader:
            computed = grader.submit(self._computed, opened)
            return laid_over(
                self.run.frame(),
                opened,
                policy,
                self._today,
                computed=computed.result,
                gates_of=self._gates_of,
            )

    def effective_grades(self, inputs: Collection[InputRecord]) -> dict[str, Effective]:
        """Return the effective grades, with their records, of the customers these inputs are about.

        ``inputs`` are all those open under the policy, or all those of some customers.
        """
        import polars as pl

        about = pl.Series(sorted({each.customer_id for each in inputs}), dtype=pl.String)
        computed = None
        if any(isinstance(each, DataInput) for each in inputs):
            theirs = self.opened.filter(pl.col("customer_id").is_in(about.implode()))
            computed = self._computed(theirs)
        told = () if computed is None else computed.select("customer_id", "computed_grade").iter_rows()
        overlay = Overlay.on(self._today, inputs, self.policy, dict(told))
        return effective_grades(self.run.frame(), overlay, self._gates_of, computed)

    def inputs_of(self, customers: Collection[str]) -> tuple[InputRecord, ...]:
        """Return the open human input about some customers under the run's policy, oldest first."""
        if len(customers) <= _FEW:
            return tuple(each for customer in customers for each in self._of(customer))
        wanted = InputFilter(policy_id=self.run.manifest.policy.id, states=OPEN)
        return tuple(each for each in self._store.inputs(wanted) if each.customer_id in customers)

    def effective(self, customer_id: str) -> Effective:
        """Return the effective grade of one customer; raises RungError for one the run does not hold."""
        found = self.run.find(customer_id)
        inputs = self._of(customer_id)
        overlay = Overlay.on(self._today, inputs, self.policy)
        if not overlay.customers:
            return overlay.of(customer_id, found.result["model_grade"])
        computed: Mapping[str, str | None] = {}
        if overlay.data:
            given = values_of(inputs, self.scorecard.compiled, self._today)
            anew = regraded(self.scorecard, found.measured, given).grade
            computed = {customer_id: None if fault_of(self.run) else anew}
        gates = self._fired(found.measured, inputs) if overlay.hard and overlay.in_effect else ()
        overlay = Overlay.on(self._today, inputs, self.policy, computed)
        return overlay.of(customer_id, found.result["model_grade"], gates)

    def explained(self, customer: str) -> Explanation:
        """Return why a customer, by id or name, has the computed grade, and what is promised with theirs.

        Raises RungError for a customer the run does not hold.
        """
        from rung.grading.explaining import explain as explain_values
        from rung.grading.explaining import service_of
        from rung.pipeline import explain

        found = self.run.find(customer)
        row = self.corrected(found.measured, self._of(found.id))
        if row is found.measured or fault_of(self.run) is not None:
            told = explain(self.run, found.id, self.scorecard)
        else:
            told = explain_values(self.scorecard, row, found.id, found.name or "")
        effective = self.effective(found.id)
        if effective.is_overridden:
            told = replace(told, service=service_of(self.scorecard, row, effective.grade))
        return told

    def corrected(self, measured: Row, inputs: Collection[InputRecord]) -> Row:
        """Return a customer's values with those in effect laid in; as measured where a measure fails."""
        given = values_of(inputs, self.scorecard.compiled, self._today)
        with suppress(MeasureFaultError):
            return corrected(self.scorecard.compiled, measured, given)
        return measured

    def standings_of(self, inputs: Iterable[InputRecord]) -> dict[str, DatumStanding]:
        """Return how judgements and corrections stand to the source's values in the run, by their ids.

        Those about customers the run does not hold are left out.
        """
        import polars as pl

        data = [each for each in inputs if isinstance(each, DataInput)]
        if not data:
            return {}
        measured = pl.scan_ipc(self.run.folder / MEASURED)
        about = pl.Series(sorted({each.customer_id for each in data}), dtype=pl.String)
        rows = measured.filter(pl.col("customer_id").is_in(about.implode())).collect()
        known = {row["customer_id"]: row for row in rows.iter_rows(named=True)}
        return {
            each.id: datum_standing(each, known[each.customer_id], self.scorecard.compiled)
            for each in data
            if each.customer_id in known
        }

    def _of(self, customer_id: str) -> tuple[InputRecord, ...]:
        wanted = InputFilter(customer_id=customer_id, policy_id=self.run.manifest.policy.id, states=OPEN)
        return tuple(self._store.inputs(wanted))

    def _fired(self, measured: Row, inputs: Collection[InputRecord]) -> tuple[str, ...]:
        return fired_gates(self.scorecard, self.corrected(measured, inputs))

    def _gates_of(self, customer_id: str) -> tuple[str, ...]:
        return self._fired(self.run.find(customer_id).measured, self._of(customer_id))
