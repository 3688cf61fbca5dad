"""What the store promises: one chain, nothing half written, and no file taken for a ledger that is none."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from ledger_cases import NOW, draft, fill

from rung.errors import RungError
from rung.ledger import EventFilter, Head, LedgerStore, open_ledger, verify
from rung.ledger.canonical import GENESIS
from rung.ledger.keeping.addresses import PostgresqlAddress
from rung.ledger.keeping.sqlite import open_sqlite


def test_events_come_back_as_they_were_appended(store: LedgerStore) -> None:
    made = fill(store, 3)
    assert list(store.events()) == made
    assert [event.sequence for event in made] == [1, 2, 3]
    assert [event.previous for event in made] == [GENESIS, made[0].hash, made[1].hash]
    assert made[0].made_at == datetime(2026, 3, 1, 2, 31, tzinfo=UTC)


def test_a_ledger_opened_again_goes_on_where_it_ended(place: Path | PostgresqlAddress) -> None:
    with open_ledger(place) as store:
        (first,) = fill(store, 1)
    with open_ledger(place) as store:
        assert store.head() == Head(1, first.hash)
        with store.appending() as ledger:
            assert ledger.next_sequence == 2
            assert ledger.append(draft(2)).previous == first.hash


def test_a_block_that_fails_leaves_nothing(store: LedgerStore) -> None:
    with pytest.raises(ZeroDivisionError), store.appending() as ledger:
        ledger.append(draft(1))
        raise ZeroDivisionError
    assert store.head() == Head(0, GENESIS)


def test_several_events_of_one_block_are_chained(store: LedgerStore) -> None:
    with store.appending() as ledger:
        made = [ledger.append(draft(number)) for number in (1, 2, 3)]
    assert verify(store).is_whole
    assert list(store.events()) == made


def test_a_writer_sees_what_it_appended(store: LedgerStore) -> None:
    with store.appending() as ledger:
        made = ledger.append(draft(1))
        assert list(ledger.events()) == [made]
        assert ledger.head() == Head(1, made.hash)


def test_more_events_than_a_page_are_read_in_order(store: LedgerStore) -> None:
    with store.appending() as ledger:
        for number in range(4_001):
            ledger.append(draft(number))
    assert [event.sequence for event in store.events()] == list(range(1, 4_002))
    assert [event.sequence for event in store.events(after=3_999)] == [4_000, 4_001]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (EventFilter(), [1, 2, 3, 4]),
        (EventFilter(customer_id="客户2"), [2]),
        (EventFilter(maker="wang"), [4]),
        (EventFilter(policy_id="other"), []),
        (EventFilter(kinds=("note.withdrawn",)), []),
        (EventFilter(kinds=("note.withdrawn", "note.written")), [1, 2, 3, 4]),
        (EventFilter(since=NOW + timedelta(minutes=2)), [2, 3, 4]),
        (EventFilter(until=NOW + timedelta(minutes=2)), [1]),
        (EventFilter(maker="li", since=NOW + timedelta(minutes=3)), [3]),
    ],
)
def test_events_are_found_by_customer_person_kind_and_time(
    store: LedgerStore, wanted: EventFilter, found: list[int]
) -> None:
    fill(store, 3)
    with store.appending() as ledger:
        ledger.append(draft(4, maker="wang"))
    assert [event.sequence for event in store.events(wanted)] == found


@pytest.mark.parametrize("act", ["UPDATE events SET maker = 'x'", "DELETE FROM events"])
def test_the_database_itself_refuses_to_change_an_event(
    file: Path, sqlite_store: LedgerStore, act: str
) -> None:
    fill(sqlite_store, 1)
    with (
        closing(sqlite3.connect(file)) as database,
        pytest.raises(sqlite3.IntegrityError, match="append-only"),
    ):
        database.execute(act)


def test_the_database_itself_refuses_a_fork(file: Path, sqlite_store: LedgerStore) -> None:
    fill(sqlite_store, 2)
    rest = "kind, customer_id, policy_id, payload, made_at, maker, previous, hash"
    fork = f"INSERT INTO events SELECT 9, {rest} FROM events WHERE sequence = 2"
    with closing(sqlite3.connect(file)) as database, pytest.raises(sqlite3.IntegrityError, match="UNIQUE"):
        database.execute(fork)


def test_events_are_on_the_disk_when_confirmed(file: Path, sqlite_store: LedgerStore) -> None:
    with closing(sqlite3.connect(file)) as database:
        assert database.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    with sqlite_store.database.engine.connect() as connection:  # type: ignore[attr-defined]
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2  # FULL
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def _database(file: Path, *statements: str) -> None:
    with closing(sqlite3.connect(file)) as database:
        for statement in statements:
            database.execute(statement)
        database.commit()


def _refused(file: Path) -> str:
    with pytest.raises(RungError) as refused:
        open_ledger(file)
    return str(refused.value)


def test_a_text_file_is_no_ledger(file: Path) -> None:
    file.write_text("客户,等级\n" * 400, encoding="utf-8")
    assert _refused(file).startswith(f"{file}: This file is no ledger.")


def test_another_database_is_no_ledger(file: Path) -> None:
    _database(file, "CREATE TABLE orders (id)")
    assert _refused(file).startswith(f"{file}: This file is no ledger.")


def test_a_database_with_other_columns_is_no_ledger(file: Path) -> None:
    _database(file, "CREATE TABLE ledger_schema (version)", "CREATE TABLE events (id)")
    assert "This file is no ledger." in _refused(file)


def test_a_ledger_without_its_edition_is_none(file: Path) -> None:
    open_ledger(file).close()
    _database(file, "DELETE FROM ledger_schema")
    assert "This file is no ledger." in _refused(file)


def test_a_newer_ledger_is_refused(file: Path) -> None:
    open_ledger(file).close()
    _database(file, "INSERT INTO ledger_schema VALUES (3)")
    assert (
        "The ledger was written by a newer Rung (edition 3; this one reads up to 2). Update Rung"
        in _refused(file)
    )


def test_a_file_cut_in_the_middle_is_refused_or_found_damaged(file: Path) -> None:
    with open_ledger(file) as store:
        fill(store, 200)
    content = file.read_bytes()
    file.write_bytes(content[: len(content) // 2])
    with pytest.raises(RungError, match="damaged"), open_ledger(file) as store:
        verify(store)


def test_a_folder_is_no_ledger(tmp_path: Path) -> None:
    assert "cannot be opened or written to" in _refused(tmp_path)


def test_a_ledger_in_no_folder_is_refused_and_makes_none(tmp_path: Path) -> None:
    assert "cannot be opened or written to" in _refused(tmp_path / "gone" / "ledger.db")
    assert list(tmp_path.iterdir()) == []


def test_an_empty_file_is_a_ledger_not_yet_begun(file: Path) -> None:
    file.touch()
    with open_ledger(file) as store:
        assert store.head() == Head(0, GENESIS)


def test_a_full_disk_is_told_and_nothing_is_recorded(sqlite_store: LedgerStore) -> None:
    fill(sqlite_store, 3)
    engine = sqlite_store.database.engine  # type: ignore[attr-defined]
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1")  # it keeps the pages there are
    with (
        pytest.raises(RungError, match=r"The disk is full\. Nothing was recorded"),
        sqlite_store.appending() as ledger,
    ):
        for number in range(10_000):
            ledger.append(draft(number))
    assert (sqlite_store.head().sequence, verify(sqlite_store).is_whole) == (3, True)
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
    fill(sqlite_store, 1)
    assert sqlite_store.head().sequence == 4


def test_a_writer_that_never_ends_is_told_of(file: Path) -> None:
    with (
        open_sqlite(file) as first,
        open_sqlite(file, patience=0.05) as second,
        first.appending() as ledger,
    ):
        ledger.append(draft(1))
        with pytest.raises(RungError, match="Another program has been writing"), second.appending():
            pass
        assert second.head().sequence == 0


def test_a_ledger_in_a_folder_that_may_not_be_written_to_is_read(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_ledger(file) as store:
        fill(store, 2)
    monkeypatch.setattr("os.access", lambda *_: False)
    with open_ledger(file) as store:
        assert len(list(store.events())) == 2
        with pytest.raises(RungError, match="cannot be opened or written to"):
            fill(store, 1)
