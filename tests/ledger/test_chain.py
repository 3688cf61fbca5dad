"""Whatever byte of the record is changed, verifying notices and names the event."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ledger_cases import draft, fill

from rung.errors import RungError
from rung.ledger import LedgerStore, Misfit, Verdict, open_ledger, verify
from rung.ledger.canonical import GENESIS
from rung.ledger.events import Event

EVENTS = 6
TEXTS = ("kind", "customer_id", "policy_id", "made_at", "maker", "previous", "hash")

several = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


class Whole:
    """An untouched ledger: its file's bytes and its events."""

    def __init__(self, content: bytes, events: list[Event]) -> None:
        self.content = content
        self.events = events

    def __repr__(self) -> str:
        return "an untouched ledger"  # its bytes would drown a failing example


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Whole:
    file = tmp_path_factory.mktemp("whole") / "ledger.db"
    with open_ledger(file) as store:
        made = fill(store, EVENTS)
    return Whole(file.read_bytes(), made)


@contextmanager
def copy_of(content: bytes) -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp())
    try:
        (folder / "ledger.db").write_bytes(content)
        yield folder / "ledger.db"
    finally:
        shutil.rmtree(folder)


def tamper(file: Path, statement: str, *values: Any) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as database:
        database.execute("DROP TRIGGER IF EXISTS events_are_never_changed")
        database.execute("DROP TRIGGER IF EXISTS events_are_never_deleted")
        database.execute(statement, values)


def verdict(file: Path, head: str | None = None) -> Verdict:
    with open_ledger(file) as store:
        return verify(store, head)


def test_an_untouched_chain_is_whole(whole: Whole) -> None:
    with copy_of(whole.content) as file:
        found = verdict(file)
    assert (found.is_whole, found.head.sequence, found.head.hash) == (True, 6, whole.events[-1].hash)


def test_an_empty_ledger_is_whole(store: LedgerStore) -> None:
    found = verify(store, GENESIS)
    assert (found.is_whole, found.head.sequence, found.since_head) == (True, 0, 0)


@several
@given(data=st.data(), number=st.integers(1, EVENTS), column=st.sampled_from(TEXTS))
def test_a_changed_character_is_noticed_and_its_event_named(
    whole: Whole, data: st.DataObject, number: int, column: str
) -> None:
    with copy_of(whole.content) as file:
        with closing(sqlite3.connect(file)) as database:
            query = f"SELECT {column} FROM events WHERE sequence = ?"
            (text,) = database.execute(query, (number,)).fetchone()
        place = data.draw(st.integers(0, len(text) - 1))
        other = data.draw(st.characters(exclude_categories=["Cs"]).filter(lambda char: char != text[place]))
        changed = text[:place] + other + text[place + 1 :]
        tamper(file, f"UPDATE events SET {column} = ? WHERE sequence = ?", changed, number)
        found = verdict(file).broken
    assert found is not None
    assert found.sequence == number


@several
@given(data=st.data(), number=st.integers(1, EVENTS))
def test_a_changed_byte_of_the_payload_is_noticed_and_its_event_named(
    whole: Whole, data: st.DataObject, number: int
) -> None:
    payload = bytearray(whole.events[number - 1].payload)
    place = data.draw(st.integers(0, len(payload) - 1))
    payload[place] ^= data.draw(st.integers(1, 255))
    with copy_of(whole.content) as file:
        tamper(file, "UPDATE events SET payload = ? WHERE sequence = ?", bytes(payload), number)
        found = verdict(file).broken
    assert found is not None
    assert (found.sequence, found.misfit) == (number, Misfit.CONTENT)


@pytest.mark.parametrize("column", [*TEXTS, "payload"])
def test_a_value_of_another_type_is_noticed_even_with_the_same_bytes(whole: Whole, column: str) -> None:
    kind = "TEXT" if column == "payload" else "BLOB"
    with copy_of(whole.content) as file:
        tamper(file, f"UPDATE events SET {column} = CAST({column} AS {kind}) WHERE sequence = 4")
        found = verdict(file).broken
    assert found is not None
    assert (found.sequence, found.misfit) == (4, Misfit.UNREADABLE)


@several
@given(place=st.integers(min_value=0), mask=st.integers(1, 255))
def test_a_changed_byte_of_the_file_is_noticed_or_changes_no_event(
    whole: Whole, place: int, mask: int
) -> None:
    content = bytearray(whole.content)
    content[place % len(content)] ^= mask
    with copy_of(bytes(content)) as file:
        try:
            with open_ledger(file) as store:
                found = verify(store)
                kept = list(store.events()) if found.is_whole else []
        except RungError:
            return
    assert not found.is_whole or kept == whole.events


@pytest.mark.parametrize(
    ("statement", "number", "misfit"),
    [
        ("DELETE FROM events WHERE sequence = 1", 1, Misfit.MISSING),
        ("DELETE FROM events WHERE sequence = 4", 4, Misfit.MISSING),
        ("UPDATE events SET sequence = 9 WHERE sequence = 6", 6, Misfit.MISSING),
        ("UPDATE events SET sequence = 0 WHERE sequence = 2", 2, Misfit.MISSING),
        ("UPDATE events SET maker = 'wang' WHERE sequence = 3", 3, Misfit.CONTENT),
        ("UPDATE events SET customer_id = NULL WHERE sequence = 3", 3, Misfit.CONTENT),
        ("UPDATE events SET hash = previous WHERE sequence = 3", 3, Misfit.HASH),
        ("UPDATE events SET hash = previous WHERE sequence = 6", 6, Misfit.CONTENT),
        ("UPDATE events SET previous = 'x' WHERE sequence = 3", 3, Misfit.LINK),
        ("UPDATE events SET made_at = '2026-03-01T02:31:00Z' WHERE sequence = 1", 1, Misfit.UNREADABLE),
        ("UPDATE events SET maker = CAST(X'FF' AS TEXT) WHERE sequence = 5", 5, Misfit.UNREADABLE),
    ],
)
def test_verifying_says_what_differs(whole: Whole, statement: str, number: int, misfit: Misfit) -> None:
    with copy_of(whole.content) as file:
        tamper(file, statement)
        found = verdict(file)
    assert found.broken is not None
    assert (found.broken.sequence, found.broken.misfit, found.head.sequence) == (number, misfit, number - 1)
    assert str(number) in str(found.broken)


def test_the_first_of_several_broken_events_is_named(whole: Whole) -> None:
    with copy_of(whole.content) as file:
        tamper(file, "UPDATE events SET hash = CAST(hash AS BLOB) WHERE sequence = 5")
        tamper(file, "UPDATE events SET maker = 'x' WHERE sequence = 4")
        found = verdict(file).broken
    assert found is not None
    assert (found.sequence, found.misfit) == (4, Misfit.CONTENT)


def test_an_event_rewritten_with_a_fitting_hash_breaks_the_next(whole: Whole) -> None:
    forged = Event.of(draft(3, maker="wang"), 3, whole.events[1].hash)
    with copy_of(whole.content) as file:
        tamper(
            file,
            "UPDATE events SET maker = ?, hash = ? WHERE sequence = 3",
            "wang",
            forged.hash,
        )
        found = verdict(file).broken
    assert found is not None
    assert (found.sequence, found.misfit) == (4, Misfit.LINK)


def test_a_ledger_cut_short_is_noticed_by_a_head_kept_outside(whole: Whole) -> None:
    head = whole.events[-1].hash
    with copy_of(whole.content) as file:
        tamper(file, "DELETE FROM events WHERE sequence >= 5")
        assert verdict(file).is_whole
        found = verdict(file, head)
    assert found.broken is not None
    assert (found.broken.misfit, found.head.sequence) == (Misfit.HEAD, 4)


def test_a_head_kept_outside_tells_how_many_events_came_since(whole: Whole) -> None:
    with copy_of(whole.content) as file:
        assert verdict(file, whole.events[3].hash).since_head == 2


def test_verifying_reports_its_progress(store: LedgerStore) -> None:
    with store.appending() as ledger:
        for number in range(1, 2501):
            ledger.append(draft(number))
    told: list[tuple[int, int | None]] = []
    verify(store, report=lambda _stage, done, all_: told.append((done, all_)))
    assert told == [(1000, 2500), (2000, 2500)]
