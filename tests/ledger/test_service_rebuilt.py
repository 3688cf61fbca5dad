"""What is kept of service is held to the events, and made anew from them alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from service_cases import served
from sqlalchemy import text

from rung.ledger import Misfit, open_ledger, verify
from rung.ledger.keeping.copies import restore, write_copy
from rung.ledger.keeping.tables import SCHEMA_VERSION
from rung.ledger.service.contacts import (
    contact_draft,
)

TAMPERED = [
    (
        "UPDATE contacts SET outcome = 'other' WHERE number = 1",
        "K1",
        'outcome is "other", and the events give "spoken"',
    ),
    ("DELETE FROM contacts WHERE number = 2", "K2", "it is not in the table"),
    ("UPDATE contacts SET number = 99 WHERE number = 5", "K5", "it is not in the table"),
    (
        "UPDATE contacts SET withdrawn = NULL WHERE number = 3",
        "K3",
        "the events tell otherwise whether it was taken back",
    ),
    (
        "UPDATE contacts SET withdrawn = 5 WHERE number = 3",
        "K3",
        "the events tell otherwise whether it was taken back",
    ),
    (
        "UPDATE contacts SET withdrawn = 20 WHERE number = 1",
        "K1",
        "the events tell otherwise whether it was taken back",
    ),
    ("UPDATE last_contacts SET count = 3 WHERE customer_id = 'C1'", "the last contact of C1", "count is 3"),
    ("UPDATE last_contacts SET line = 'x' WHERE customer_id = 'C2'", "the last contact of C2", "line"),
    ("DELETE FROM last_contacts WHERE customer_id = 'C2'", "the last contact of C2", "not in the table"),
    (
        "UPDATE last_contacts SET customer_id = 'D' WHERE customer_id = 'C2'",
        "the last contact of C2",
        "not in",
    ),
    ("UPDATE arrived SET key = '' WHERE number = 7", "E7", "key"),
    ("DELETE FROM arrived WHERE number = 9", "E9", "it is not in the table"),
    ("UPDATE alarms SET state = 'closed' WHERE number = 10", "W10", "state"),
    ("DELETE FROM alarms WHERE number = 11", "W11", "it is not in the table"),
    ("UPDATE alarms SET customer_id = 'C3' WHERE number = 11", "W11", "it is not in the table"),
    ("UPDATE records SET acts = '19' WHERE number = 19", "R19", "acts"),
    ("DELETE FROM records", "R19", "it is not in the table"),
    ("UPDATE holders SET account = 'li' WHERE customer_id = 'C2'", "the holder of C2", "account"),
    ("DELETE FROM holders WHERE customer_id = 'C1'", "the holder of C1", "it is not in the table"),
    (
        "INSERT INTO arrived SELECT 99, customer_id, event_table, at, key, is_known FROM arrived "
        "WHERE number = 7",
        "E99",
        "no event tells of it",
    ),
]


@pytest.mark.parametrize(("change", "name", "detail"), TAMPERED)
def test_a_row_that_was_changed_is_named_and_made_anew(
    store: Any, change: str, name: str, detail: str
) -> None:
    served(store)
    with store.database.writing() as connection:
        connection.execute(text(change))
    broken = verify(store).broken
    assert broken is not None
    assert broken.misfit is Misfit.STANDING
    assert broken.input_id == name
    assert detail in broken.detail
    store.rebuild()
    assert verify(store).is_whole


def test_what_a_database_keeps_as_another_type_is_named(sqlite_store: Any) -> None:
    served(sqlite_store)
    with sqlite_store.database.writing() as connection:
        connection.execute(text("UPDATE contacts SET reached = 5 WHERE number = 2"))
    broken = verify(sqlite_store).broken
    assert broken is not None
    assert (broken.input_id, broken.detail) == ("K2", "reached is 5, and the events give false")


def test_all_is_made_anew_from_nothing(store: Any) -> None:
    served(store)
    before = {name: getattr(store, name)() for name in FRAMES}
    with store.database.writing() as connection:
        for table in ("contacts", "last_contacts", "arrived", "alarms", "records", "holders"):
            connection.execute(text(f"DELETE FROM {table}"))
    assert store.rebuild() == 14
    for name, frame in before.items():
        assert getattr(store, name)().equals(frame), name


FRAMES = (
    "last_contacts_frame",
    "contacts_frame",
    "arrived_frame",
    "alarms_frame",
    "records_frame",
    "holders_frame",
)


def test_a_copy_put_back_has_all_of_it(tmp_path: Path, sqlite_store: Any) -> None:
    served(sqlite_store)
    copy = tmp_path / "copy.jsonl"
    write_copy(sqlite_store.events(), sqlite_store.head(), SCHEMA_VERSION, copy)
    with open_ledger(tmp_path / "other.db") as other:
        restore(other, copy)  # type: ignore[arg-type]
        for name in FRAMES:
            assert getattr(other, name)().equals(getattr(sqlite_store, name)()), name
        assert verify(other).is_whole


def test_ledgers_made_for_benchmarks_are_as_rung_writes_them(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(Path(__file__).parents[2] / "benchmarks" / "ledger"))
    from contacts import filled_with_contacts

    filled_with_contacts(file, 100, 7)
    with open_ledger(file) as store:
        assert verify(store).is_whole
        for event in store.events():
            found = store.contact(event.sequence)
            assert found is not None
            assert contact_draft(found).payload == event.payload
        found = [store.last_contact(f"C{number:07}") for number in range(7)]
        assert [each.count for each in found if each] == [15, 14, 15, 14, 14, 14, 14]


def test_a_large_ledger_is_rebuilt_with_its_indexes(store: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rung.ledger.keeping.service.rebuilding._MANY", 1)
    served(store)
    before = indexes(store)
    store.rebuild()
    assert indexes(store) == before
    assert verify(store).is_whole


def indexes(store: Any) -> list[str]:
    from sqlalchemy import inspect

    with store.database.reading() as connection:
        found = inspect(connection)
        return sorted(
            str(each["name"]) for table in ("contacts", "arrived") for each in found.get_indexes(table)
        )
