"""The customers of one run under review: why each has its grade, what would change it, what people gave."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import date, datetime
from threading import RLock
from typing import TYPE_CHECKING

from rung.errors import RungError
from rung.grading.explaining import explain, service_of, suggestion
from rung.ledger import (
    Actor,
    DataInput,
    Effective,
    InputFilter,
    InputKind,
    InputRecord,
)
from rung.ledger.confidential import Clearance, masked, values_shown
from rung.ledger.grades.correcting import MeasureFaultError, corrected
from rung.ledger.grades.regrading import fault_of, in_effect, values_of
from rung.moments import day_of
from rung.pipeline import explain as explain_run
from rung.pipeline import scorecard_of
from rung.runs.past import PastGrade, past_grades
from rung.text import Text, _
from rung.workspace.confidential import Shown
from rung.workspace.given_values import GivenValue, given_values
from rung.workspace.overlaid import OverlaidRun
from rung.workspace.panels import seen_of
from rung.workspace.what_if import WhatIf

if TYPE_CHECKING:
    import polars as pl

    from rung.grading.derive import Row
    from rung.grading.explanation import Explanation, ServiceLine, Suggestion
    from rung.grading.scorecard import Scorecard
    from rung.ledger.notes import Note
    from rung.policy.model import Policy
    from rung.runs.run import Run
    from rung.supplies import CustomerSeen
    from rung.workspace.workspace import Workspace

__all__ = ["ReviewedCustomers"]


class ReviewedCustomers:
    """The customers of a run open for review; what graded it is read once, any thread may ask."""

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

    @contextmanager
    def _over(self, today: date) -> Iterator[OverlaidRun | None]:
        human = self.workspace.human_input
        if not human.is_begun:
            yield None
            return
        with human.ledger() as store:
            yield OverlaidRun(self.run, store, today, self.workspace.host, self.scorecard, keeps_results=True)

    def shown(self, row: int, now: datetime, *, is_covered: bool = False) -> Shown:
        """Explain the grade of the customer at a place in the run, as whoever is at the screen may read it.

        With the judgements and corrections in effect, as last read. That sensitive values are shown is put on
        record, once a customer; ``is_covered``: they stay masked until ``uncover`` shows them. Raises
        IndexError outside the run.
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
        if is_covered and confidential.is_watched:
            return self._covered(told)
        shown = confidential.shown(told, compiled, "screen", now, recorded=recorded)
        self._shown[found.id] = recorded | shown.read
        return shown

    def _covered(self, told: Explanation) -> Shown:
        """Return an explanation with only those sensitive values whose reading is on record already."""
        clearance = self._read_already(told.customer_id)
        fields = self.workspace.confidential.clearance(self.scorecard.compiled).fields
        inside = values_shown(told, fields)
        return Shown(
            masked(told, clearance), read=inside - clearance.fields, masked=inside & clearance.fields
        )

    def _read_already(self, customer_id: str) -> Clearance:
        """Return what of a customer may be shown without putting more on record."""
        confidential = self.workspace.confidential
        sensitive = confidential.clearance(self.scorecard.compiled)
        if not confidential.is_watched:
            return sensitive
        recorded = self._shown.get(customer_id, frozenset())
        return Clearance(sensitive.fields - recorded, may_read=False)

    def coverable(self, shown: Shown) -> Mapping[str, Text]:
        """Return the titles of the values masked in an explanation that ``uncover`` may show."""
        if not self.workspace.confidential.may_read or shown.notice:
            return {}
        quantities = self.scorecard.compiled.quantities
        return {name: quantities[name].title for name in quantities if name in shown.masked}

    def uncover(self, row: int, fields: frozenset[str], now: datetime) -> str:
        """Have sensitive values of the customer at a place in the run shown from now on, with that on record.

        Return why they stay masked, nothing where they do not.
        """
        found, confidential = self.run.customer(row), self.workspace.confidential
        if not confidential.may_read:
            return _("You may not read sensitive values.")
        recorded = self._shown.get(found.id, frozenset())
        policy = self.run.manifest.policy.id
        notice = confidential.opened(found.id, policy, fields - recorded, "screen", now)
        if not notice:
            self._shown[found.id] = recorded | fields
        return notice

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

    def what_if(self, row: int, now: datetime) -> WhatIf:
        """Return the customer at a place in the run, to be tried with other values; nothing is recorded.

        Values are masked as ``shown`` masks them. Raises RungError where a plugin failed in the run.
        """
        if fault_of(self.run) is not None:
            message = _("Nobody was graded in this run: a plugin failed.")
            raise RungError.of(message, _("See what is wrong: rung plugins doctor."))
        found = self.run.customer(row)
        clearance = self._read_already(found.id)
        inputs, records = self.inputs_of(found.id), self.workspace.records
        return WhatIf(
            self.scorecard,
            found,
            inputs,
            now.date(),
            clearance,
            lambda told: records.with_service(told, self.scorecard.compiled),
        )

    def worse(self, row: int, now: datetime) -> Suggestion | None:
        """Return the smallest change that costs the customer at a place in the run its grade."""
        if fault_of(self.run) is not None:
            return None
        found, shown = self.run.customer(row), self.shown(row, now, is_covered=True)
        change = suggestion(
            self.scorecard, self._corrected(found.id, found.measured, now.date()), is_down=True
        )
        told = replace(shown.explanation, suggestion=change)
        return masked(told, self._read_already(found.id)).suggestion

    def seen(self, row: int, grade: str | None, today: date) -> CustomerSeen:
        """Return the customer at a place in the run, with their effective grade, as plugins may see them.

        What is covered on the screen is not there; nothing is put on record.
        """
        found, compiled = self.run.customer(row), self.scorecard.compiled
        hidden = self._read_already(found.id).hidden
        values = self._corrected(found.id, found.measured, today)
        return seen_of(self.run, compiled, found, values, grade, hidden)

    def answered(self, row: int, today: date) -> Mapping[str, date]:
        """Return the day each judged criterion was answered, by quantity, where that is known."""
        found = self.run.customer(row)
        days = {
            each.measure: found.measured.get(each.dated_by) for each in self.policy.criteria if each.dated_by
        }
        given = in_effect(self.inputs_of(found.id), today)
        return {name: day for name, day in days.items() if isinstance(day, date)} | {
            each.subject: day_of(each.made_at) for each in given if each.kind is InputKind.JUDGEMENT
        }

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
