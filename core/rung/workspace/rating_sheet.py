"""Gathers what a customer's rating sheet says: from a run, and from the workspace's ledger beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import islice
from typing import TYPE_CHECKING, Final

from rung.grading.explained_values import value_words
from rung.grading.explaining import explain as explained_values
from rung.grading.explaining import service_of
from rung.ledger import DataInput, Effective, InputFilter, InputRecord
from rung.ledger.confidential import Clearance, masked, values_shown
from rung.ledger.grades.kept_values import kept_value
from rung.ledger.grades.regrading import fault_of, in_effect
from rung.ledger.grades.value_texts import written_value
from rung.moments import day_of
from rung.pipeline import explain, scorecard_of
from rung.runs.past import past_grades
from rung.sheet import GivenInput, Grades, Sheet
from rung.text import MASK, Text
from rung.workspace.overlaid import OverlaidRun
from rung.workspace.panels import covered, panels_of, seen_of

if TYPE_CHECKING:
    from rung.grading.derive import Row
    from rung.grading.explanation import Explanation
    from rung.grading.scorecard import Scorecard
    from rung.plugins import PluginHost
    from rung.runs.run import Customer, Run
    from rung.supplies import CustomerSeen
    from rung.workspace.workspace import Workspace

__all__ = ["sheet_in", "sheet_of"]

_RUNS_TOLD: Final = 8
_STALE: Final = Text("已过时", "stale")
_SOURCE_CHANGED: Final = Text("来源数据已变", "the source has another value now")
_MOOT: Final = Text("来源数据现已一致", "the source says the same now")


def sheet_of(run: Run, customer: str, host: PluginHost, now: datetime) -> Sheet:
    """Return the sheet of a customer, by id or name, of a run outside of any workspace: without a ledger.

    Raises RungError for a customer that is not in the run.
    """
    scorecard = scorecard_of(run, host)
    found = run.find(customer)
    told = explain(run, customer, scorecard)
    return Sheet(
        explanation=told,
        policy=scorecard.compiled.policy,
        manifest=run.manifest,
        grades=Grades(told.grade, told.grade, told.grade),
        drawn_at=now,
        drawn_by="",
        answered=_answered(scorecard, found.measured, Clearance()),
        panels=panels_of(host, seen_of(run, scorecard.compiled, found, found.measured, told.grade)),
    )


def sheet_in(workspace: Workspace, run: Run, customer: str, now: datetime) -> Sheet:
    """Return the sheet of a customer, by id or name, of a workspace's run, as the actor may read it.

    That sensitive values are read is put on record first; where that fails they stay masked, and the
    sheet says so. Raises RungError for a customer that is not in the run.
    """
    human, scorecard = workspace.human_input, scorecard_of(run, workspace.host)
    found = _Gathered.of(workspace, run, scorecard, customer, now)
    told = workspace.records.with_service(found.explanation(), scorecard.compiled)
    sensitive = workspace.confidential.clearance(scorecard.compiled)
    read = values_shown(told, sensitive.fields) | (found.subjects & sensitive.fields)
    notice = workspace.confidential.opened(found.customer.id, told.policy_id, read, "sheet", now)
    clearance = replace(sensitive, may_read=False) if notice else sensitive
    if human.is_begun:
        with human.ledger() as store:
            head = store.head()
    else:
        head = None
    shown = frozenset[str]() if notice or not clearance.may_read else read
    return Sheet(
        explanation=masked(told, clearance),
        policy=scorecard.compiled.policy,
        manifest=run.manifest,
        grades=found.grades(),
        drawn_at=now,
        drawn_by=human.actor().name,
        inputs=tuple(found.inputs(clearance)),
        subjects=found.supplied(told),
        answered=_answered(scorecard, found.customer.measured, clearance),
        people=human.people.listed,
        history=tuple(islice(past_grades(workspace.store, found.customer.id, run.manifest), _RUNS_TOLD)),
        head=head,
        is_in_workspace=True,
        read=shown,
        notice=notice,
        panels=panels_of(
            workspace.host, found.seen(covered(workspace.confidential, scorecard.compiled, shown))
        ),
    )


@dataclass(frozen=True, slots=True)
class _Gathered:
    """A customer in a run, and what people gave for it."""

    run: Run
    scorecard: Scorecard
    customer: Customer
    values: Row
    """As measured, with those in effect laid in."""
    records: tuple[InputRecord, ...]
    """All on record under the policy, oldest first."""
    effective: Effective | None
    today: date

    @classmethod
    def of(
        cls, workspace: Workspace, run: Run, scorecard: Scorecard, customer: str, now: datetime
    ) -> _Gathered:
        """Look a customer up in a run and in the ledger."""
        found, human = run.find(customer), workspace.human_input
        today = day_of(now)
        if not human.is_begun:
            return cls(run, scorecard, found, found.measured, (), None, today)
        with human.ledger() as store:
            wanted = InputFilter(customer_id=found.id, policy_id=run.manifest.policy.id)
            records = tuple(store.inputs(wanted))
            overlaid = OverlaidRun(run, store, today, workspace.host, scorecard)
            effective = overlaid.effective(found.id)
            values = overlaid.corrected(found.measured, records)
        return cls(run, scorecard, found, values, records, effective, today)

    @property
    def subjects(self) -> frozenset[str]:
        """What values were ever given for."""
        return frozenset(each.subject for each in self.records if isinstance(each, DataInput))

    def explanation(self) -> Explanation:
        """Return why the customer has the computed grade, with what is promised with the effective one."""
        if fault_of(self.run) is not None:
            return explain(self.run, self.customer.id, self.scorecard)
        told = explained_values(self.scorecard, self.values, self.customer.id, self.customer.name or "")
        if self.effective is None or not self.effective.is_overridden:
            return told
        return replace(told, service=service_of(self.scorecard, self.values, self.effective.grade))

    def grades(self) -> Grades:
        """Return the grade as the machine, the values given and a person have it."""
        model = self.customer.result["model_grade"]
        if self.effective is None:
            return Grades(model, model, model)
        found = self.effective
        return Grades(model, found.computed_grade, found.grade, found.is_overridden)

    def seen(self, hidden: frozenset[str]) -> CustomerSeen:
        """Return the customer as plugins' panels may see them."""
        grade = self.grades().effective
        return seen_of(self.run, self.scorecard.compiled, self.customer, self.values, grade, hidden)

    def supplied(self, told: Explanation) -> dict[str, str]:
        """Return, of each criterion whose value was given, the id of the input it is from."""
        ids = {each.subject: each.id for each in in_effect(self.records, self.today)}
        return {each.id: ids[each.quantity] for each in told.criteria if each.quantity in ids}

    def inputs(self, clearance: Clearance) -> Iterator[GivenInput]:
        """Yield the inputs as the actor may read them: open ones first, the newest first of each."""
        newest = sorted(self.records, key=lambda each: each.made_at, reverse=True)
        for each in sorted(newest, key=lambda each: not each.status(self.today).is_open):
            status = each.status(self.today)
            if isinstance(each, DataInput):
                yield self._data(each, clearance)
            else:
                marks = tuple(self._doubts(each)) if status.is_open else ()
                yield GivenInput(record=each, status=status, marks=marks)

    def _data(self, record: DataInput, clearance: Clearance) -> GivenInput:
        quantity = self.scorecard.compiled.quantities.get(record.subject)
        status = record.status(self.today)

        def words(value: str | None) -> Text:
            if value is not None and clearance.masks(record.subject):
                return Text.same(MASK)
            if quantity is None:
                return Text.same(value or "")
            try:
                return value_words(kept_value(value, quantity), quantity)
            except ValueError:
                return Text.same(value or "")  # as written, for a policy that cannot hold it any more

        return GivenInput(
            record=record,
            status=status,
            title=quantity.title if quantity else Text.same(record.subject),
            was=words(record.was),
            given=words(record.value),
            marks=tuple(self._changes(record)) if status.is_open else (),
        )

    def _changes(self, record: DataInput) -> Iterator[Text]:
        quantity = self.scorecard.compiled.quantities.get(record.subject)
        if quantity is None or record.subject not in self.customer.measured:
            return
        now = written_value(self.customer.measured[record.subject], quantity)
        if now == record.value:
            yield _MOOT
        elif now != record.was:
            yield _SOURCE_CHANGED

    def _doubts(self, record: InputRecord) -> Iterator[Text]:
        found = self.effective
        if found is None:
            return
        if found.is_stale:
            yield _STALE
        if found.suspended is not None and found.override == record:
            cause = found.suspended.words
            yield Text(f"暂停：{cause.zh}", f"suspended: {cause.en}")


def _answered(scorecard: Scorecard, measured: Row, clearance: Clearance) -> Mapping[str, date]:
    """Return the day the answer to each judged criterion was given, where the source says."""
    days: dict[str, date] = {}
    for each in scorecard.compiled.policy.criteria:
        day = measured.get(each.dated_by) if each.dated_by and not clearance.masks(each.dated_by) else None
        if isinstance(day, date):
            days[each.id] = day
    return days
