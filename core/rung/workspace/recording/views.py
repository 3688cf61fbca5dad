"""What a workspace shows of its records: one whole, lists of them, a customer's past, what is due, counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from rung.errors import RungError
from rung.ledger.service.customer_records import CustomerRecord
from rung.ledger.service.filters import RecordFilter
from rung.service.records.analysis import Analysis, Span, analysed
from rung.service.records.form import Form
from rung.service.records.past import Entry, past_of
from rung.service.records.states import WITHDRAWN, is_withdrawn
from rung.text import _
from rung.workspace.recording.acts import found, no_record, opening_of
from rung.workspace.recording.masks import masked_record, sensitive_fields
from rung.workspace.recording.own import own_records
from rung.workspace.recording.types import DeclaredType, types_meant

if TYPE_CHECKING:
    import polars as pl

    from rung.progress import Progress
    from rung.service.due import Besides
    from rung.workspace.recording.records import Records

__all__ = [
    "RecordList",
    "RecordRow",
    "RecordsWanted",
    "ShownRecord",
    "analysis",
    "due",
    "listed",
    "past",
    "row_of",
    "shown",
]


@dataclass(frozen=True, slots=True)
class ShownRecord:
    """One record as a person may read it."""

    record: CustomerRecord
    declared: DeclaredType | None
    """Its type; None where its sector is not at hand any more."""
    customer_name: str | None
    late_days: int | None
    """Days past its day, negative while there are some left; None without a day, or where it is closed."""
    past: tuple[Entry, ...]
    """What was done with it, oldest first."""
    masked: frozenset[str] = frozenset()
    """Fields whose values are masked."""
    notice: str = ""
    """Why values are masked though the person may read them: that they did could not be recorded."""
    read: frozenset[str] = frozenset()
    """Sensitive fields whose values it shows: that they were read is on record."""

    @property
    def form(self) -> Form | None:
        """The form of its type."""
        return _form(self.declared)


def shown(
    records: Records, number: str, now: datetime, recorded: frozenset[str] = frozenset()
) -> ShownRecord:
    """Return a record as the actor may read it, with that on record; raises RungError where there is none.

    ``recorded``: the sensitive fields whose reading is on record already.
    """
    if not records.is_begun:
        raise no_record(number)
    with records.ledger() as store:
        record = found(store, number)
        opening = opening_of(store, record)
    declared = records.type_of(record)
    fields = sensitive_fields(record, declared)
    confidential = records.workspace.confidential
    confidential.check(records.field_names)
    notice = confidential.opened(record.customer_id, "", fields - recorded, "record", now)
    hides = confidential.is_watched and (bool(notice) or not confidential.may_read)
    hidden = fields if hides else frozenset()
    masked, first = masked_record(record, hidden), masked_record(opening, hidden)
    names = records.names_of([record.customer_id], record.sector)
    return ShownRecord(
        record=masked,
        declared=declared,
        customer_name=names.get(record.customer_id),
        late_days=_late_days(record, records.calendar.day_of(now)),
        past=tuple(past_of(first, masked, _form(declared))),
        masked=hidden,
        notice=notice,
        read=fields - hidden,
    )


def _form(declared: DeclaredType | None) -> Form | None:
    return None if declared is None else declared.form


def _late_days(record: CustomerRecord, today: date) -> int | None:
    return (today - record.due).days if record.is_open and record.due is not None else None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordsWanted:
    """Which records are wanted; what is not given does not matter."""

    type: str | None = None
    """By id, title or ``sector.type``."""
    states: tuple[str, ...] = ()
    """By id or title."""
    customer_id: str | None = None
    by: str | None = None
    """Account of who opened it."""
    is_mine: bool = False
    """Only those that whoever asks opened, or that are about customers of theirs."""
    is_open: bool | None = True
    """None: closed ones too."""
    is_late: bool = False
    """Only those past their day."""
    withdrawn: bool = False
    """Those taken back too."""
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class RecordRow:
    """One record of a list; sensitive values are masked for everybody."""

    record: CustomerRecord
    declared: DeclaredType | None
    customer_name: str | None
    late_days: int | None


def row_of(records: Records, record: CustomerRecord, now: datetime) -> RecordRow:
    """Return one record as a list of one would show it."""
    confidential, declared = records.workspace.confidential, records.type_of(record)
    hidden = sensitive_fields(record, declared) if confidential.is_watched else frozenset()
    name = records.names_of([record.customer_id], record.sector).get(record.customer_id)
    today = records.calendar.day_of(now)
    return RecordRow(masked_record(record, hidden), declared, name, _late_days(record, today))


@dataclass(frozen=True)
class RecordList:
    """Records wanted, what is late longest first, then by the day due, then by number."""

    records: Records = field(repr=False)
    today: date
    numbers: tuple[int, ...]
    late: int
    """How many are open and past their day."""

    def __len__(self) -> int:
        return len(self.numbers)

    def rows(self, first: int = 0, count: int | None = None, *, whole: bool = False) -> Iterator[RecordRow]:
        """Yield some of the rows, all from ``first`` on where no count is given.

        ``whole``: for a file, with sensitive values unmasked for whoever may read them.
        """
        numbers = self.numbers[first:] if count is None else self.numbers[first : first + count]
        for start in range(0, len(numbers), _AT_ONCE):
            yield from self._page(numbers[start : start + _AT_ONCE], whole=whole)

    def _page(self, numbers: tuple[int, ...], *, whole: bool) -> Iterator[RecordRow]:
        confidential = self.records.workspace.confidential
        is_masked = confidential.is_watched and not (whole and confidential.may_read)
        with self.records.ledger() as store:
            page = [each for each in map(store.record, numbers) if each is not None]
        names = self._names(page)
        for record in page:
            declared = self.records.type_of(record)
            hidden = sensitive_fields(record, declared) if is_masked else frozenset()
            yield RecordRow(
                masked_record(record, hidden),
                declared,
                names.get((record.sector, record.customer_id)),
                _late_days(record, self.today),
            )

    def _names(self, page: Iterable[CustomerRecord]) -> Mapping[tuple[str, str], str]:
        asked: dict[str, list[str]] = {}
        for each in page:
            asked.setdefault(each.sector, []).append(each.customer_id)
        return {
            (sector, customer): name
            for sector, customers in asked.items()
            for customer, name in self.records.names_of(customers, sector).items()
        }


_AT_ONCE: Final = 1_000


def listed(records: Records, wanted: RecordsWanted, now: datetime) -> RecordList:
    """Return the records wanted; raises RungError for types and states there are not."""
    records.workspace.confidential.check(records.field_names)
    today = records.calendar.day_of(now)
    meant = None if wanted.type is None else types_meant(wanted.type, records.types)
    states = _states(records, meant, wanted.states)
    if not records.is_begun:
        return RecordList(records, today, (), 0)
    asked = RecordFilter(
        customer_id=wanted.customer_id,
        types=() if meant is None else tuple(dict.fromkeys(each.type.id for each in meant)),
        states=states,
        is_open=True if wanted.is_late else (None if states else wanted.is_open),
        maker=wanted.by,
        due_by=today - timedelta(days=1) if wanted.is_late else None,
        since=wanted.since,
        until=wanted.until,
    )
    with records.ledger() as store:
        frame = store.records_frame(asked)
    if wanted.is_mine:
        frame = own_records(records, frame)
    return _sorted(records, frame, meant, today, withdrawn=wanted.withdrawn or WITHDRAWN in states)


def _sorted(
    records: Records,
    frame: pl.DataFrame,
    meant: tuple[DeclaredType, ...] | None,
    today: date,
    *,
    withdrawn: bool,
) -> RecordList:
    import polars as pl

    if meant is not None:
        frame = frame.filter(pl.col("sector").is_in([each.sector for each in meant]))
    if not withdrawn:
        frame = frame.filter((pl.col("state") != WITHDRAWN) | pl.col("is_open"))
    is_due = pl.when(pl.col("is_open")).then(pl.col("due"))
    frame = frame.with_columns(is_due.alias("due")).sort("due", "number", nulls_last=True)
    late = frame.select((pl.col("due") < today).sum()).item()
    return RecordList(records, today, tuple(frame["number"]), int(late))


def _states(
    records: Records, meant: tuple[DeclaredType, ...] | None, written: tuple[str, ...]
) -> tuple[str, ...]:
    """Return the ids of the states meant, of any of the types; raises RungError for one that none has."""
    from rung.errors import Problem, did_you_mean
    from rung.workspace.recording.types import same_word

    known = [state for each in (records.types if meant is None else meant) for state in each.type.states]
    ids: dict[str, None] = {}
    problems: list[Problem] = []
    for each in written:
        named = [state.id for state in known if same_word(each, (state.id, state.title.zh, state.title.en))]
        if same_word(each, (WITHDRAWN, "已撤回")):
            named.append(WITHDRAWN)
        if not named:
            message = _("No type of record here has a state “{found}”.").format(found=each)
            hint = did_you_mean(each, tuple(dict.fromkeys(state.id for state in known)))
            problems.append(Problem(message, hint))
        ids |= dict.fromkeys(named)
    if problems:
        raise RungError.all(problems)
    return tuple(ids)


def past(records: Records, customer_id: str, written_type: str | None) -> tuple[Entry, ...]:
    """Return what was done with a customer's records, oldest first; sensitive values masked for everybody."""
    meant = None if written_type is None else types_meant(written_type, records.types)
    if not records.is_begun:
        return ()
    confidential = records.workspace.confidential
    confidential.check(records.field_names)
    types = () if meant is None else tuple(dict.fromkeys(each.type.id for each in meant))
    entries: list[Entry] = []
    with records.ledger() as store:
        for record in store.records(RecordFilter(customer_id=customer_id, types=types)):
            declared = records.type_of(record)
            fields = sensitive_fields(record, declared)
            hidden = fields if confidential.is_watched else frozenset()
            first = masked_record(opening_of(store, record), hidden)
            entries += past_of(first, masked_record(record, hidden), _form(declared))
    return tuple(sorted(entries, key=lambda each: each.at))


def analysis(
    records: Records,
    declared: DeclaredType,
    now: datetime,
    by: Span,
    since: date | None,
    until: date | None,
    report: Progress,
) -> Analysis:
    """Return what records of one type add up to; a cause that is not for the actor is masked."""
    calendar = records.calendar
    today = calendar.day_of(now)
    until = today if until is None else until
    if since is not None and since > until:
        raise RungError.of(
            _("{since} is after {until}.").format(since=since, until=until),
            _("Give the first day as --since, the last as --until."),
        )
    confidential = records.workspace.confidential
    confidential.check(records.field_names)
    hides = confidential.is_watched and not confidential.may_read

    def theirs() -> Iterator[CustomerRecord]:
        if not records.is_begun:
            return
        end = calendar.moment_of(until + timedelta(days=1))
        stage = _("Reading the records")
        with records.ledger() as store:
            every = store.records(RecordFilter(types=(declared.type.id,), until=end))
            for number, each in enumerate(every):
                if not number % _AT_ONCE:
                    report(stage, number, None)
                if each.sector == declared.sector:
                    hidden = sensitive_fields(each, declared) if hides else frozenset()
                    yield masked_record(each, hidden)

    return analysed(theirs(), declared.form, declared.sector, calendar, today, by, since, until)


def due(records: Records, sector: str | None, until: date) -> Iterator[Besides]:
    """Yield the open records of a sector that are to be closed by a day."""
    from rung.service.due import Besides
    from rung.service.due_list import DueKind

    if sector is None or not records.is_begun:
        return
    with records.ledger() as store:
        for each in store.records(RecordFilter(is_open=True, due_by=until)):
            if each.sector != sector or each.due is None or is_withdrawn(each):
                continue
            declared = records.type_of(each)
            if declared is None:
                continue
            yield Besides(
                kind=DueKind.RECORD,
                customer_id=each.customer_id,
                code=each.id,
                what=declared.type.title,
                by=declared.type.by,
                due=each.due,
                latest=each.due,
            )
