"""Copies of a ledger as JSON lines: written for safekeeping, checked link by link, and put back.

The first line is an object with ``rung_ledger`` (the edition of this form, 1), ``edition``, ``events`` and
``head``. Each further line is one event as stored, with the keys of its row; ``payload`` is the text of its
canonical bytes. A name that ends in ``.gz`` is compressed.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO, Any, Final

from rung.errors import Place, RungError
from rung.ledger.canonical import GENESIS, HASH, canonical
from rung.ledger.events import Event, read_moment
from rung.ledger.keeping.event_rows import INSERT, values_of
from rung.ledger.keeping.service.rebuilding import rebuild_service
from rung.ledger.keeping.sql_store import SqlStore
from rung.ledger.keeping.standing import rebuild
from rung.ledger.keeping.tables import SCHEMA_VERSION
from rung.ledger.store import Head, UnreadableEventError
from rung.progress import Progress
from rung.runs.atomic import whole_file
from rung.text import _

__all__ = ["Copied", "check_copy", "restore", "write_copy"]

_FORM: Final = 1
_PAGE: Final = 1_000
# Events written or told of at once.
_FIELDS: Final = frozenset(
    ("sequence", "kind", "customer_id", "policy_id", "payload", "made_at", "maker", "previous", "hash")
)


@dataclass(frozen=True, slots=True)
class Copied:
    """What a copy holds."""

    edition: int
    head: Head


def write_copy(
    events: Iterable[Event], head: Head, edition: int, target: Path, report: Progress | None = None
) -> None:
    """Write the events up to ``head`` to a new file, completely or not at all.

    Raises RungError where there is a file of that name, or the disk refuses.
    """
    if target.exists():
        raise RungError.of(
            _("There is a file of that name already."),
            _("A copy replaces none: give another name."),
            Place(str(target)),
        )
    header = {"rung_ledger": _FORM, "edition": edition, "events": head.sequence, "head": head.hash}
    with whole_file(target) as part, _opened_to_write(part, is_packed=target.suffix == ".gz") as file:
        file.write(canonical(header) + b"\n")
        for event in events:
            if event.sequence > head.sequence:
                break
            file.write(_line(event) + b"\n")
            if report and event.sequence % _PAGE == 0:
                report(_("Copying the ledger"), event.sequence, head.sequence)


def check_copy(source: Path, report: Progress | None = None) -> Copied:
    """Read a copy through; raises RungError, with its line, where it is none or an event does not fit."""
    with _opened_to_read(source) as file:
        header = _header(file, source)
        for event in _events(file, source, header):
            if report and event.sequence % _PAGE == 0:
                report(_("Checking the copy"), event.sequence, header.head.sequence)
    return header


def restore(store: SqlStore, source: Path, report: Progress | None = None) -> Copied:
    """Put a copy's events into a ledger that has none, all or nothing.

    Raises RungError where the ledger has events, or the copy does not fit; see ``check_copy``.
    """
    with store.database.writing() as connection, _opened_to_read(source) as file:
        if store_has_events(connection):
            raise RungError.of(
                _("The ledger has events already."),
                _("Nothing was recorded. Restore into a ledger that is empty or not begun."),
                Place(store.place),
            )
        header = _header(file, source)
        store.database.let_restore(connection)
        waiting = _events(file, source, header)
        while page := list(islice(waiting, _PAGE)):
            for event in page:
                _refuse_nul(event, source)
            connection.execute(INSERT, [values_of(event) for event in page])
            if report:
                report(_("Restoring the ledger"), page[-1].sequence, header.head.sequence)
        try:
            rebuild(connection, report)
            rebuild_service(connection, report)
        except UnreadableEventError as error:
            raise _misfit(source, error.sequence + 1, str(error)) from error
    return header


def store_has_events(connection: Any) -> bool:
    """Whether a ledger's connection finds events."""
    from sqlalchemy import func, select

    from rung.ledger.keeping.tables import events

    return bool(connection.execute(select(func.count()).select_from(events)).scalar())


def _line(event: Event) -> bytes:
    plain: dict[str, Any] = {**values_of(event)}
    plain["payload"] = event.payload.decode("utf-8")
    return canonical(plain)


@contextmanager
def _opened_to_write(part: Path, *, is_packed: bool) -> Iterator[IO[bytes]]:
    with part.open("wb") as file:
        part.chmod(0o600)  # everything stands in it, and nothing is masked
        if not is_packed:
            yield file
            return
        # Without a name or time in it, the same ledger gives the same bytes.
        with gzip.GzipFile(filename="", mode="wb", fileobj=file, mtime=0) as packed:
            yield packed  # type: ignore[misc]


@contextmanager
def _opened_to_read(source: Path) -> Iterator[IO[bytes]]:
    try:
        with source.open("rb") as file:
            is_packed = file.read(2) == b"\x1f\x8b"
            file.seek(0)
            if not is_packed:
                yield file
                return
            with gzip.GzipFile(fileobj=file) as unpacked:
                yield unpacked  # type: ignore[misc]
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise _none(source) from error
    except OSError as error:
        message = _("The file cannot be read: {cause}.").format(cause=error.strerror or error)
        raise RungError.of(message, place=Place(str(source))) from error


def _header(file: IO[bytes], source: Path) -> Copied:
    found = _parsed(file.readline(), source, 1)
    form, edition = found.get("rung_ledger"), found.get("edition")
    count, head = found.get("events"), found.get("head")
    if not (isinstance(form, int) and isinstance(edition, int) and isinstance(count, int)):
        raise _none(source)
    if not isinstance(head, str) or not HASH.fullmatch(head):
        raise _none(source)
    if form > _FORM or edition > SCHEMA_VERSION:
        raise RungError.of(
            _("The copy was written by a newer Rung."),
            _("Nothing was recorded. Update Rung to work with it."),
            Place(str(source), 1),
        )
    return Copied(edition, Head(count, head))


def _events(file: IO[bytes], source: Path, header: Copied) -> Iterator[Event]:
    """Yield the events of a copy, each held to the one before; the last must be the header's head."""
    end = Head(0, GENESIS)
    for number, line in enumerate(file, 2):
        event = _event(_parsed(line, source, number), source, number)
        if event.sequence != end.sequence + 1:
            detail = _("event {number} comes where {wanted} should").format(
                number=event.sequence, wanted=end.sequence + 1
            )
            raise _misfit(source, number, detail)
        if event.previous != end.hash or event.content_hash() != event.hash:
            detail = _("event {number} is not as it was recorded").format(number=event.sequence)
            raise _misfit(source, number, detail)
        end = Head(event.sequence, event.hash)
        yield event
    if end != header.head:
        detail = _("it ends with event {number}, and should with {wanted}").format(
            number=end.sequence, wanted=header.head.sequence
        )
        raise _misfit(source, end.sequence + 1, detail)


def _parsed(line: bytes, source: Path, number: int) -> dict[str, Any]:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError) as error:
        if number == 1:
            raise _none(source) from error
        raise _misfit(source, number, _("the line cannot be read")) from error
    if not isinstance(found, dict):
        raise _none(source) if number == 1 else _misfit(source, number, _("the line is no event"))
    return found


def _event(found: dict[str, Any], source: Path, number: int) -> Event:
    texts = ("kind", "payload", "made_at", "maker", "previous", "hash")
    is_event = (
        found.keys() == _FIELDS
        and isinstance(found["sequence"], int)
        and all(isinstance(found[name], str) for name in texts)
        and all(isinstance(found[name], str | None) for name in ("customer_id", "policy_id"))
    )
    if not is_event:
        raise _misfit(source, number, _("the line is no event"))
    try:
        made_at = read_moment(found["made_at"])
        payload = found["payload"].encode("utf-8")
    except ValueError as error:
        raise _misfit(source, number, _("the line is no event")) from error
    return Event(**{**found, "payload": payload, "made_at": made_at})


def _refuse_nul(event: Event, source: Path) -> None:
    texts = (event.kind, event.customer_id or "", event.policy_id or "", event.maker)
    if any("\0" in text for text in texts):
        detail = _("event {number} holds a NUL character, which a ledger cannot keep").format(
            number=event.sequence
        )
        raise _misfit(source, event.sequence + 1, detail)


def _misfit(source: Path, line: int, detail: str) -> RungError:
    return RungError.of(
        _("The copy does not fit: {detail}.").format(detail=detail),
        _("Nothing was recorded. Take another copy."),
        Place(str(source), line),
    )


def _none(source: Path) -> RungError:
    return RungError.of(
        _("This file is no copy of a ledger, or it is damaged."),
        _("Nothing was recorded. “rung ledger backup” writes such copies."),
        Place(str(source)),
    )
