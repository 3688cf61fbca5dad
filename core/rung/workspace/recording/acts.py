"""What people do with records: opened one by one or many at once, changed, put back, taken back as a slip."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from rung.errors import Place, Problem, RungError
from rung.ledger.canonical import is_writable
from rung.ledger.looking import against_looking
from rung.ledger.service.customer_records import (
    CustomerRecord,
    RecordChange,
    after_change,
    opening_draft,
    record_change_draft,
    record_changed_by,
)
from rung.ledger.service.filters import RecordFilter
from rung.ledger.store import UnreadableEventError
from rung.service.records.filling import filled, refilled
from rung.service.records.form import LONGEST
from rung.service.records.states import WITHDRAWN, due_day, is_withdrawn, opened_first, state_meant
from rung.text import _
from rung.workspace.recording.types import DeclaredType, last_policies, unknown_customer

if TYPE_CHECKING:
    from rung.ledger import Actor, Appending, LedgerStore
    from rung.progress import Progress
    from rung.vocabulary import RecordState
    from rung.workspace.recording.records import Records

__all__ = [
    "Opened",
    "Written",
    "changed",
    "found",
    "no_record",
    "opened",
    "opened_all",
    "opening_of",
    "put_back",
    "taken_back",
]

_NUMBER: Final = re.compile(r"[Rr]?([0-9]{1,18})")
_MOST_TOLD: Final = 50
# Lines of a file told one by one; the rest is counted.


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """One record as somebody wrote it down."""

    customer: str
    """By id or name."""
    values: Mapping[str, str]
    """By the field's id, title or alias."""
    units: Mapping[str, Fraction] = field(default_factory=dict)
    """What a table's headers say numbers are multiplied by, by the field's id."""
    place: Place | None = None
    """Where it was written."""


@dataclass(frozen=True, slots=True)
class Opened:
    """Records that were opened, and what whoever opened them should know."""

    declared: DeclaredType
    records: tuple[CustomerRecord, ...]
    again: tuple[str, ...] = ()
    """Customers who had an open record of the type already."""


def opened(
    records: Records, written_type: str, customer: str, values: Mapping[str, str], now: datetime
) -> Opened:
    """Open a record of a customer; raises RungError with everything that speaks against it."""
    declared, customer_id = records.about(written_type, customer)
    problems: list[Problem] = list(_objections(records.actor))
    made = _made(records, declared, customer_id, Written(customer=customer, values=values), now, problems)
    if problems or made is None:
        raise RungError.all(problems)
    with records.ledger() as store, store.appending() as ledger:
        again = _with_one_open(ledger, declared, [customer_id])
        kept = replace(made, number=ledger.append(opening_draft(made)).sequence)
    return Opened(declared, (kept,), again)


def opened_all(
    records: Records,
    declared: DeclaredType,
    written: Sequence[Written],
    now: datetime,
    report: Progress,
    *,
    is_rehearsal: bool,
) -> Opened:
    """Open many records of one type: all of them or none; raises RungError with every line's mistakes.

    ``is_rehearsal``: they are checked, and none is recorded.
    """
    problems: list[Problem] = list(_objections(records.actor))
    ids = records.ids_of([each.customer for each in written], declared.sector)
    policies = last_policies(records.workspace, [declared.sector])
    made: list[CustomerRecord] = []
    stage = _("Checking")
    for number, each in enumerate(written):
        report(stage, number, len(written))
        customer_id = ids.get(each.customer)
        if customer_id is None:
            problems.append(_unknown(each, policies))
            continue
        one = _made(records, declared, customer_id, each, now, problems)
        if one is not None:
            made.append(one)
    if problems:
        raise RungError.all(_few(problems))
    if is_rehearsal:
        return Opened(declared, tuple(made), _again(records, declared, made))
    stage = _("Recording")
    kept: list[CustomerRecord] = []
    with records.ledger() as store, store.appending() as ledger:
        again = _with_one_open(ledger, declared, [each.customer_id for each in made])
        for place, new in enumerate(made):
            report(stage, place, len(made))
            kept.append(replace(new, number=ledger.append(opening_draft(new)).sequence))
    return Opened(declared, tuple(kept), again)


def _again(records: Records, declared: DeclaredType, made: Sequence[CustomerRecord]) -> tuple[str, ...]:
    if not records.is_begun:
        return ()
    with records.ledger() as store:
        return _with_one_open(store, declared, [each.customer_id for each in made])


def _made(
    records: Records,
    declared: DeclaredType,
    customer_id: str,
    written: Written,
    now: datetime,
    problems: list[Problem],
) -> CustomerRecord | None:
    try:
        values = filled(declared.form, written.values, written.units)
    except RungError as error:
        place = written.place
        problems += error.problems if place is None else (each.at(place) for each in error.problems)
        return None
    state, calendar = opened_first(declared.type), records.calendar
    return CustomerRecord(
        customer_id=customer_id,
        type=declared.type.id,
        sector=declared.sector,
        fields=values,
        state=state.id,
        is_open=state.is_open,
        due=due_day(declared.type, calendar.day_of(now), calendar),
        maker=records.actor.account,
        opened_at=now,
    )


def _unknown(written: Written, policies: Sequence[str]) -> Problem:
    if not written.customer:
        return Problem(_("It says of no customer."), "", written.place)
    return replace(unknown_customer(written.customer, policies), place=written.place)


def _few(problems: Sequence[Problem]) -> list[Problem]:
    more = len(problems) - _MOST_TOLD
    if more <= 0:
        return list(problems)
    return [*problems[:_MOST_TOLD], Problem(_("And {n} more mistakes.").format(n=f"{more:,}"))]


def _with_one_open(
    ledger: LedgerStore | Appending, declared: DeclaredType, customers: Sequence[str]
) -> tuple[str, ...]:
    """Return those of the customers who have an open record of the type."""
    one = customers[0] if len(customers) == 1 else None
    wanted = RecordFilter(customer_id=one, types=(declared.type.id,), is_open=True)
    known = {each.customer_id for each in ledger.records(wanted) if each.sector == declared.sector}
    return tuple(each for each in dict.fromkeys(customers) if each in known)


def _objections(actor: Actor) -> list[Problem]:
    return list(against_looking(actor, _("{name} ({account}) may look, not keep records.")))


def changed(
    records: Records,
    number: str,
    values: Mapping[str, str],
    state: str | None,
    note: str,
    now: datetime,
    due: date | None = None,
) -> CustomerRecord:
    """Change values, state or day of a record; raises RungError with everything that speaks against it."""
    with _held(records, number) as ledger:
        record = found(ledger, number)
        problems = [*_objections(records.actor), *_unfit_note(note)]
        declared = records.type_of(record)
        if declared is None:
            raise RungError.all([*problems, _undeclared(record)])
        fields, moved = _wanted(record, declared, values, state, problems)
        is_open = record.is_open if moved is None else moved.is_open
        opened_on = records.calendar.day_of(record.opened_at)
        problems += _unfit_day(record, due, opened_on, is_open=is_open)
        if not problems and (due is None or due == record.due):
            problems += _idle(record, fields, moved, note)
        if problems:
            raise RungError.all(problems)
        due = record.due if due is None else due
        if is_open and due is None:
            due = due_day(declared.type, opened_on, records.calendar)
        change = RecordChange(
            fields=fields,
            state=None if moved is None or moved.id == record.state else moved.id,
            is_open=is_open,
            due=due,
            note=note.strip(),
            by=records.actor.account,
            at=now,
        )
        ledger.append(record_change_draft(record, change))
        return after_change(record, change)


def _unfit_day(
    record: CustomerRecord, due: date | None, opened_on: date, *, is_open: bool
) -> Iterator[Problem]:
    if due is None:
        return
    if not is_open:
        message = _("{id} would not be open: there is no day to close it by.")
        yield Problem(message.format(id=record.id), _("Leave the day out."))
    elif due < opened_on:
        message = _("{due} is before {day}, when {id} was opened.")
        yield Problem(message.format(due=due.isoformat(), day=opened_on.isoformat(), id=record.id))


def _wanted(
    record: CustomerRecord,
    declared: DeclaredType,
    values: Mapping[str, str],
    state: str | None,
    problems: list[Problem],
) -> tuple[Mapping[str, str | None], RecordState | None]:
    """Return the values that change and the state asked for; what is wrong with them joins ``problems``."""
    fields: Mapping[str, str | None] = {}
    moved = None
    try:
        fields = refilled(declared.form, values, record.fields)
    except RungError as error:
        problems += error.problems
    try:
        moved = None if state is None else state_meant(declared.type, state)
    except RungError as error:
        problems += error.problems
    return fields, moved


def _idle(
    record: CustomerRecord, fields: Mapping[str, str | None], moved: RecordState | None, note: str
) -> Iterator[Problem]:
    """Yield why a change that can be read is none."""
    if is_withdrawn(record) and moved is None:
        message = _("{id} was taken back: nothing of it counts.").format(id=record.id)
        yield Problem(message, _("Open it again with --state, or open another."))
    elif not fields and not note.strip() and (moved is None or moved.id == record.state):
        yield Problem(
            _("Nothing of {id} would change.").format(id=record.id),
            _("Give --set FIELD=VALUE, --state, --due or --note."),
        )


def put_back(records: Records, number: str, note: str, now: datetime) -> CustomerRecord:
    """Undo the last change of a record by another that puts back what stood before it.

    Raises RungError where there is nothing to put back.
    """
    with _held(records, number) as ledger:
        record = found(ledger, number)
        problems = [*_objections(records.actor), *_unfit_note(note)]
        if not record.changes:
            problems.append(
                Problem(
                    _("{id} was opened and never changed.").format(id=record.id),
                    _("If it was opened by mistake: rung record withdraw {id} --reason TEXT").format(
                        id=record.id
                    ),
                )
            )
        if problems:
            raise RungError.all(problems)
        before = opening_of(ledger, record)
        for each in record.changes[:-1]:
            before = after_change(before, each)
        last = record.changes[-1]
        fields = {name: before.fields.get(name) for name in last.fields}
        change = RecordChange(
            fields={name: value for name, value in fields.items() if value != record.fields.get(name)},
            state=None if before.state == record.state else before.state,
            is_open=before.is_open,
            due=before.due,
            note=note.strip(),
            by=records.actor.account,
            at=now,
        )
        if not change.fields and change.state is None and change.due == record.due:
            words = _("The last change of {id} was a note alone; there is nothing to put back.")
            raise RungError.of(words.format(id=record.id))
        ledger.append(record_change_draft(record, change))
        return after_change(record, change)


def taken_back(
    records: Records, numbers: Sequence[str], reason: str, now: datetime
) -> tuple[CustomerRecord, ...]:
    """Take back records that were opened by mistake, all or none: they stay on record and count for nothing.

    Raises RungError without a reason, and for those taken back already.
    """
    problems = [*_objections(records.actor), *_unfit_note(reason)]
    if not reason.strip():
        problems.append(Problem(_("Say why it is taken back."), _("Add --reason TEXT.")))
    done: dict[int, CustomerRecord] = {}
    with _held(records, next(iter(numbers), "")) as ledger:
        for number in numbers:
            try:
                record = found(ledger, number)
            except RungError as error:
                problems += error.problems
                continue
            if is_withdrawn(record):
                problems.append(Problem(_("{id} is taken back already.").format(id=record.id)))
            done[record.number] = record
        if problems:
            raise RungError.all(problems)
        change = RecordChange(
            state=WITHDRAWN,
            is_open=False,
            due=None,
            note=reason.strip(),
            by=records.actor.account,
            at=now,
        )
        for record in done.values():
            ledger.append(record_change_draft(record, change))
    return tuple(after_change(record, change) for record in done.values())


@contextmanager
def _held(records: Records, number: str) -> Iterator[Appending]:
    if not records.is_begun:
        raise no_record(number)
    with records.ledger() as store, store.appending() as ledger:
        yield ledger


def found(ledger: LedgerStore | Appending, number: str) -> CustomerRecord:
    """Return the record of a number, with or without its R; raises RungError where there is none."""
    match = _NUMBER.fullmatch(number.strip())
    record = ledger.record(int(match[1])) if match else None
    if record is None:
        raise no_record(number)
    return record


def no_record(number: str) -> RungError:
    """Return the error of a number that is no record's."""
    message = _("There is no record “{number}”.").format(number=number)
    return RungError.of(message, _("See what there is: rung record list --all."))


def opening_of(ledger: LedgerStore | Appending, record: CustomerRecord) -> CustomerRecord:
    """Return a record as it was when it was opened."""
    event = ledger.event(record.number)
    first = None if event is None else record_changed_by(event, lambda _number: None)
    if first is None:
        raise UnreadableEventError(record.number)
    return first


def _unfit_note(note: str) -> Iterator[Problem]:
    if not is_writable(note):
        yield Problem(_("The note holds bytes that are no text."))
    elif len(note.strip()) > LONGEST:
        message = _("The note has {count} characters; {most} are allowed.")
        hint = _("Keep the document in the customer's file, and name it in the note.")
        yield Problem(message.format(count=len(note.strip()), most=LONGEST), hint)


def _undeclared(record: CustomerRecord) -> Problem:
    message = _("The sector “{sector}” that declares “{type}” is not at hand.")
    words = message.format(sector=record.sector, type=record.type)
    return Problem(words, _("Install its plugin; “rung plugins doctor” tells what is wrong with it."))
