"""The records of a workspace: forms filled in about customers, of the types its sectors declare."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from rung.errors import RungError
from rung.grading.promised import started
from rung.ledger import EventFilter
from rung.ledger.service.filters import RecordFilter
from rung.service.records.analysis import Analysis, Span
from rung.text import _
from rung.workspace.human_acts import silent
from rung.workspace.recording import acts
from rung.workspace.recording.acts import Opened
from rung.workspace.recording.types import (
    DeclaredType,
    declared_types,
    last_policies,
    latest_runs,
    types_meant,
    unknown_customer,
)

if TYPE_CHECKING:
    import polars as pl

    from rung.grading.compiled import CompiledPolicy
    from rung.grading.explanation import Explanation, ServiceLine
    from rung.ledger import Actor, LedgerStore
    from rung.ledger.service.customer_records import CustomerRecord
    from rung.progress import Progress
    from rung.service.calendars import Calendar
    from rung.service.due import Besides
    from rung.service.records.past import Entry
    from rung.text import Text
    from rung.workspace.recording.customers import Known
    from rung.workspace.recording.views import RecordList, RecordsWanted, ShownRecord
    from rung.workspace.workspace import Workspace

__all__ = ["Records"]


@dataclass(frozen=True)
class Records:
    """The records of one workspace, for whoever works in it."""

    workspace: Workspace

    @cached_property
    def types(self) -> tuple[DeclaredType, ...]:
        """The types of record at hand, of the sector of the last run first."""
        return declared_types(self.workspace)

    @cached_property
    def open_fields(self) -> frozenset[str]:
        """The fields, by id, that are sensitive in no type of record at hand."""
        fields = [field for each in self.types for field in each.type.fields]
        return frozenset(each.id for each in fields) - {each.id for each in fields if each.is_sensitive}

    @property
    def field_names(self) -> frozenset[str]:
        """Every field of a record at hand, by id: names the workspace may keep confidential."""
        return frozenset(field.id for each in self.types for field in each.type.fields)

    @property
    def calendar(self) -> Calendar:
        """The workspace's working days."""
        return self.workspace.service.calendar

    @property
    def actor(self) -> Actor:
        """Who acts."""
        return self.workspace.human_input.actor()

    @property
    def is_begun(self) -> bool:
        """Whether there is a ledger."""
        return self.workspace.human_input.is_begun

    def ledger(self) -> LedgerStore:
        """Open the ledger, beginning one where there is none; to be used in a block."""
        return self.workspace.human_input.ledger()

    # Whom and what is meant

    def type_of(self, record: CustomerRecord) -> DeclaredType | None:
        """Return the type of a record as it is declared now, None where its sector is not at hand."""
        key = (record.sector, record.type)
        return next((each for each in self.types if (each.sector, each.type.id) == key), None)

    def type_meant(self, written: str) -> DeclaredType:
        """Return the one type meant by an id, a title or ``sector.type``.

        Raises RungError where there is none, and where several sectors have one of that name.
        """
        first, *others = types_meant(written, self.types)
        if others:
            raise _several(written, (first, *others))
        return first

    def about(self, written_type: str, customer: str) -> tuple[DeclaredType, str]:
        """Return the type meant, and the id of the customer meant by id or name.

        The customer is in a last run by a policy of the type's sector, or on record. Raises RungError for who
        is neither, and where several sectors declare such a type and know such a customer.
        """
        meant = types_meant(written_type, self.types)
        known = [(each, self.ids_of([customer], each.sector).get(customer)) for each in meant]
        held = [(each, found) for each, found in known if found is not None]
        if len(held) == 1:
            return held[0]
        if not held and len(meant) == 1 and self._is_on_record(customer):
            return meant[0], customer
        if len(meant) > 1 and (held or self._is_on_record(customer)):
            raise _several(written_type, meant)
        policies = last_policies(self.workspace, [each.sector for each in meant])
        raise RungError(unknown_customer(customer, policies))

    def ids_of(self, customers: Sequence[str], sector: str) -> Mapping[str, str]:
        """Return the ids of customers by id, else by a name only one has, in the last runs of a sector."""
        from rung.workspace.recording.customers import ids_of

        return ids_of(self.workspace, latest_runs(self.workspace, sector), customers)

    def customers_like(
        self, typed: str, sector: str | None = None, limit: int = 8, pattern: str | None = None
    ) -> tuple[Known, ...]:
        """Return customers of last runs by the beginning of their id, or part of their name.

        ``sector``: only of its runs; else of all that declare records. ``pattern``: finds names too.
        """
        from rung.workspace.recording.customers import like

        sectors = {each.sector: None for each in self.types} if sector is None else {sector: None}
        runs = [run for each in sectors for run in latest_runs(self.workspace, each)]
        return like(self.workspace, runs, typed, limit, pattern)

    def customer_id(self, customer: str) -> str:
        """Return the id of a customer on record by that id, else of one in a last run by id or name.

        Raises RungError for who is neither.
        """
        if self._is_on_record(customer):
            return customer
        for sector in dict.fromkeys(each.sector for each in self.types):
            found = self.ids_of([customer], sector).get(customer)
            if found is not None:
                return found
        raise RungError.of(
            _("There is no customer “{name}”: not on record, and not in a latest run.").format(name=customer),
            _("Write the id as it stands in the table."),
        )

    def _is_on_record(self, customer: str) -> bool:
        if not self.is_begun:
            return False
        with self.ledger() as store:
            return any(True for _event in store.events(EventFilter(customer_id=customer)))

    # Acts: each raises RungError with everything that speaks against it, and then nothing is recorded

    def open(self, written_type: str, customer: str, values: Mapping[str, str], now: datetime) -> Opened:
        """Open a record of a customer, by id or name; ``values`` by the field's id, title or alias."""
        return acts.opened(self, written_type, customer, values, now)

    def open_all(
        self,
        written_type: str,
        file: Path,
        now: datetime,
        report: Progress,
        *,
        is_rehearsal: bool = False,
    ) -> Opened:
        """Open a record for every line of a table: all of them or none, with every mistake placed.

        ``is_rehearsal``: the table is checked, and nothing is recorded.
        """
        from rung.workspace.recording.tables import written_in

        declared = self.type_meant(written_type)
        written = written_in(file, declared, self.workspace.host.sector(declared.sector))
        return acts.opened_all(self, declared, written, now, report, is_rehearsal=is_rehearsal)

    def change(
        self,
        number: str,
        now: datetime,
        *,
        values: Mapping[str, str] | None = None,
        state: str | None = None,
        note: str = "",
        due: date | None = None,
    ) -> CustomerRecord:
        """Change values or the state of a record, the day it is to be closed by, or write a note to it."""
        return acts.changed(self, number, values or {}, state, note, now, due)

    def put_back(self, number: str, now: datetime, note: str = "") -> CustomerRecord:
        """Undo the last change of a record, by a change that puts back what stood before."""
        return acts.put_back(self, number, note, now)

    def withdraw(self, numbers: Sequence[str], reason: str, now: datetime) -> tuple[CustomerRecord, ...]:
        """Take back records opened by mistake, all or none: they stay on record and count for nothing."""
        return acts.taken_back(self, numbers, reason, now)

    # What there is

    def shown(self, number: str, now: datetime, recorded: frozenset[str] = frozenset()) -> ShownRecord:
        """Return a record as the actor may read it, with what became of it; the reading is put on record.

        ``recorded``: the sensitive fields whose reading is on record already.
        """
        from rung.workspace.recording.views import shown

        return shown(self, number, now, recorded)

    def listed(self, wanted: RecordsWanted, now: datetime) -> RecordList:
        """Return the records wanted, what is late longest first."""
        from rung.workspace.recording.views import listed

        return listed(self, wanted, now)

    def past(self, customer_id: str, written_type: str | None = None) -> tuple[Entry, ...]:
        """Return what was done with a customer's records, oldest first, as lists show it."""
        from rung.workspace.recording.views import past

        return past(self, customer_id, written_type)

    def analysed(
        self,
        written_type: str,
        now: datetime,
        by: Span = Span.MONTH,
        since: date | None = None,
        until: date | None = None,
        report: Progress = silent,
    ) -> Analysis:
        """Return what the records of a type opened from one day to another add up to."""
        from rung.workspace.recording.views import analysis

        return analysis(self, self.type_meant(written_type), now, by, since, until, report)

    # What hangs on them

    def service_waiting(self, declared: DeclaredType) -> tuple[Text, ...]:
        """Return the titles of service that starts with an open record of a type, and ends with it."""
        from rung.workspace.recording.starting import service_waiting

        return service_waiting(self.workspace, latest_runs(self.workspace, declared.sector), declared)

    def on_file(self, compiled: CompiledPolicy) -> pl.DataFrame | None:
        """Return the open records service of a policy starts with (``rung.service.bound.ON_FILE``)."""
        from rung.service.bound import required_records

        types = required_records(compiled)
        if not types or not self.is_begun:
            return None
        with self.ledger() as store:
            frame = store.records_frame(RecordFilter(types=types, is_open=True))
        return _on_file(frame, str(compiled.policy.sector), self.calendar)

    def started(
        self, lines: tuple[ServiceLine, ...], customer_id: str, compiled: CompiledPolicy
    ) -> tuple[ServiceLine, ...]:
        """Return the service of a customer as it stands with the records that are open."""
        waited = tuple(each.terms.requires for each in lines if each.terms.requires is not None)
        if not waited or not self.is_begun:
            return lines
        with self.ledger() as store:
            wanted = RecordFilter(customer_id=customer_id, types=waited, is_open=True)
            found = [each.type for each in store.records(wanted) if each.sector == compiled.policy.sector]
        return started(lines, found)

    def with_service(self, explanation: Explanation, compiled: CompiledPolicy) -> Explanation:
        """Return an explanation whose service has started where the record it waits for is open."""
        lines = self.started(explanation.service, explanation.customer_id, compiled)
        return explanation if lines is explanation.service else replace(explanation, service=lines)

    def due(self, sector: str | None, until: date) -> Iterator[Besides]:
        """Yield the open records of a sector that are to be closed by a day."""
        from rung.workspace.recording.views import due

        return due(self, sector, until)

    def names_of(self, customers: Iterable[str], sector: str) -> Mapping[str, str]:
        """Return what customers are called in the last runs of a sector, as the actor may read it."""
        from rung.workspace.recording.customers import names_of

        return names_of(self.workspace, latest_runs(self.workspace, sector), tuple(customers))


def _several(written: str, meant: Sequence[DeclaredType]) -> RungError:
    message = _("Several sectors have a record type “{found}”.").format(found=written)
    names = _(", ").join(f"{each.sector}.{each.type.id}" for each in meant)
    return RungError.of(message, _("Write one of: {names}.").format(names=names))


def _on_file(frame: pl.DataFrame, sector: str, calendar: Calendar) -> pl.DataFrame:
    import polars as pl

    from rung.service.day_columns import local_days

    theirs = frame.filter(pl.col("sector") == sector)
    days = local_days(theirs["opened_at"], calendar).alias("opened")
    return theirs.select("customer_id", "type").with_columns(days)
