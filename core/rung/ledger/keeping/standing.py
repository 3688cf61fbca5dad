"""The table of human inputs: a row each, made from the events alone and held to them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

from sqlalchemy import Connection, Executable, Row, TextClause, delete, func, select, text

from rung.ledger.events import moment_text
from rung.ledger.folding import changed_by
from rung.ledger.keeping.event_rows import event_of
from rung.ledger.keeping.lines import line_of
from rung.ledger.keeping.tables import IS_SCARCE, events, inputs
from rung.ledger.kinds import EventKind
from rung.ledger.records import InputRecord
from rung.ledger.store import UnreadableEventError
from rung.ledger.written_records import values_by_name, written_record
from rung.progress import Progress
from rung.text import _

__all__ = [
    "UPSERT",
    "Difference",
    "first_difference",
    "rebuild",
    "row_of",
    "streamed",
    "what_differs",
]

_COLUMNS: Final = tuple(inputs.columns.keys())
_PAGE: Final = 2_000
# Rows fetched or written at once.


def _upsert() -> TextClause:
    changed = ", ".join(f"{name} = excluded.{name}" for name in _COLUMNS if name not in ("id", "sequence"))
    return text(
        f"INSERT INTO {inputs.name} ({', '.join(_COLUMNS)}) VALUES ({', '.join(f':{n}' for n in _COLUMNS)}) "
        f"ON CONFLICT (id) DO UPDATE SET {changed}"
    )


UPSERT: Final = _upsert()
"""Puts a row into the table, in the place of the input's own if it has one."""


def row_of(record: InputRecord, sequence: int) -> dict[str, Any]:
    """Return the row of a human input; ``sequence`` is the number of the event that proposed it."""
    values = values_by_name(record)
    row = {name: values.get(name) for name in _COLUMNS}
    row |= {
        "sequence": sequence,
        "kind": record.kind.value,
        "state": record.state.value,
        "made_at": moment_text(record.made_at),
        "expires_at": record.expires_at.isoformat(),
        "effective_from": None if record.effective_from is None else moment_text(record.effective_from),
        "line": line_of(record),
        "record": written_record(record),
    }
    return row


def rebuild(connection: Connection, report: Progress | None = None) -> int:
    """Make the table anew from the events, and return how many human inputs there are.

    Raises UnreadableEventError for an event no human input can be told from.
    """
    connection.execute(delete(inputs))
    made = 0
    page: list[dict[str, Any]] = []
    for row in _told_by_events(connection, _("Reading the events"), report):
        page.append(row)
        made += 1
        if len(page) == _PAGE:
            connection.execute(UPSERT, page)
            page = []
    if page:
        connection.execute(UPSERT, page)
    return made


@dataclass(frozen=True, slots=True)
class Difference:
    """The oldest human input, or what is kept of service, whose row is not what the events tell."""

    sequence: int
    input_id: str
    """Of a human input, or the name of what is kept of service."""
    detail: str


def first_difference(connection: Connection, report: Progress | None = None) -> Difference | None:
    """Return the oldest human input whose row is not what the events tell, None where all are.

    Goes through events and rows customer by customer, so that memory holds one customer's at a time.
    Raises UnreadableEventError for an event no human input can be told from.
    """
    first: Difference | None = None
    for found in _differences(connection, report):
        if first is None or found.sequence < first.sequence:
            first = found
    return first


def _differences(connection: Connection, report: Progress | None) -> Iterator[Difference]:
    told = _told_by_events(connection, _("Comparing what stands with the events"), report)
    kept = _kept(connection)
    expected, row = next(told, None), next(kept, None)
    while expected is not None or row is not None:
        if row is not None and not _has_place(row):
            yield _unknown(row)
            row = next(kept, None)
        elif expected is None or (row is not None and _place(row) < _place(expected)):
            assert row is not None
            yield _unknown(row)
            row = next(kept, None)
        elif row is None or _place(expected) < _place(row):
            detail = _("it is not in the table")
            yield Difference(expected["sequence"], expected["id"], detail)
            expected = next(told, None)
        else:
            if expected != row:
                yield Difference(expected["sequence"], expected["id"], what_differs(expected, row))
            expected, row = next(told, None), next(kept, None)


def _has_place(row: dict[str, Any]) -> bool:
    # SQLite keeps what it is given, whatever the column says.
    return all(isinstance(value, str) for value in _place(row)[:2]) and isinstance(row["sequence"], int)


def _place(row: dict[str, Any]) -> tuple[Any, Any, Any]:
    return row["customer_id"], row["policy_id"], row["sequence"]


def _unknown(row: dict[str, Any]) -> Difference:
    sequence = row["sequence"] if isinstance(row["sequence"], int) else 0
    return Difference(sequence, str(row["id"]), _("no event tells of it"))


def what_differs(expected: dict[str, Any], row: dict[str, Any]) -> str:
    """Return in words the first column in which a row is not what the events give."""
    name = next(
        name
        for name in expected
        if expected[name] != row[name] or type(expected[name]) is not type(row[name])
    )
    words = _("{name} is {found}, and the events give {wanted}")
    if name != "record":
        return words.format(name=name, found=_shown(row[name]), wanted=_shown(expected[name]))
    wanted = json.loads(expected["record"])
    try:
        found = json.loads(row["record"])
        key = next(key for key in wanted if found.get(key, ...) != wanted[key])
    except (AttributeError, StopIteration, TypeError, ValueError):
        return _("its record is not what the events give")
    return words.format(name=key, found=_shown(found.get(key)), wanted=_shown(wanted[key]))


_LONGEST: Final = 80
# Characters of a value that are shown: a narrative may run to pages.


def _shown(value: object) -> str:
    shown = json.dumps(value, ensure_ascii=False, default=repr)
    return shown if len(shown) <= _LONGEST else shown[:_LONGEST] + "…"


_OF_INPUTS: Final = tuple(kind.value for kind in EventKind if kind.of_input is not None)


def _told_by_events(connection: Connection, stage: str, report: Progress | None) -> Iterator[dict[str, Any]]:
    """Yield the rows the events give, by customer, policy and age.

    Acts on a human input are of its customer and policy (see ``changed_by``), so that each pair is told
    from its own events alone.
    """
    of_inputs = events.c.kind.in_(_OF_INPUTS) & IS_SCARCE
    order = (events.c.customer_id, events.c.policy_id, events.c.sequence)
    whole = connection.execute(select(func.count()).select_from(events).where(of_inputs)).scalar()
    read = streamed(connection, select(events).where(of_inputs).order_by(*order))
    done = 0
    for _pair, rows in groupby(read, lambda row: (row.customer_id, row.policy_id)):
        found: dict[str, InputRecord] = {}
        numbers: dict[str, int] = {}
        for row in rows:
            try:
                event = event_of(row)
            except (TypeError, ValueError) as error:
                raise UnreadableEventError(row.sequence) from error
            for record in changed_by(event, found.get):
                found[record.id] = record
                numbers.setdefault(record.id, event.sequence)
            done += 1
            if report and done % _PAGE == 0:
                report(stage, done, whole)
        for record in found.values():
            yield row_of(record, numbers[record.id])


def _kept(connection: Connection) -> Iterator[dict[str, Any]]:
    order = (inputs.c.customer_id, inputs.c.policy_id, inputs.c.sequence)
    for row in streamed(connection, select(inputs).order_by(*order)):
        yield dict(zip(_COLUMNS, row, strict=True))


def streamed(connection: Connection, query: Executable) -> Iterator[Row[Any]]:
    """Yield the rows of a query, some at a time."""
    with connection.execute(query.execution_options(stream_results=True, yield_per=_PAGE)) as found:
        yield from found
