"""A ledger goes from one edition to the next and back: whole or not at all, after a copy was taken."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from ledger_cases import LI, NOW, fill, ground, proposal
from postgresql_server import written

from rung.errors import RungError
from rung.ledger import Desk, EventKind, open_ledger, verify
from rung.ledger.folding import folded
from rung.ledger.keeping.addresses import PostgresqlAddress
from rung.ledger.keeping.beginning import begun_edition
from rung.ledger.keeping.copies import check_copy
from rung.ledger.keeping.migrations import Migrated, migrate
from rung.ledger.keeping.opening import ledger_database

EDITION_1 = Path(__file__).with_name("edition1.sql")

Place = Path | PostgresqlAddress


def migrated(place: Place, backup: Path, to: int = 2) -> Migrated:
    database = ledger_database(place)
    try:
        return migrate(database, "li", backup, NOW + timedelta(days=1), to=to)
    finally:
        database.close()


def edition(place: Place) -> int | None:
    database = ledger_database(place)
    try:
        return begun_edition(database)
    finally:
        database.close()


def begun_in_edition_1(place: Place, tmp_path: Path) -> None:
    """Leave an empty ledger of edition 1."""
    open_ledger(place).close()
    migrated(place, tmp_path / "begun.jsonl", to=1)


@pytest.fixture
def old(file: Path) -> Path:
    """A ledger as the first Rung wrote it: an override, another in its place, the second withdrawn."""
    with closing(sqlite3.connect(file)) as database:
        database.executescript(EDITION_1.read_text(encoding="utf-8"))
    return file


def test_a_ledger_of_the_first_edition_is_refused_with_its_remedy(old: Path) -> None:
    with pytest.raises(RungError, match=r"older Rung .edition 1; this one works with 2.*rung ledger migrate"):
        open_ledger(old)


def test_a_ledger_the_first_rung_wrote_is_brought_up_to_date(old: Path, tmp_path: Path) -> None:
    done = migrated(old, tmp_path / "before.jsonl.gz")
    assert (done.before, done.after, done.events) == (1, 2, 4)
    with open_ledger(old) as store:
        assert verify(store).is_whole
        assert [event.kind for event in store.events()] == [
            "override.proposed",
            "override.proposed",
            "override.withdrawn",
            "ledger.migrated",
        ]
        assert {each.id: each.state.value for each in store.inputs()} == {"O1": "closed", "O2": "closed"}
        assert {each.id: each for each in store.inputs()} == folded(store.events())
        Desk(store, LI).propose(proposal(), ground(), NOW + timedelta(days=1))
        assert verify(store).is_whole
    copy = check_copy(tmp_path / "before.jsonl.gz")
    assert (copy.edition, copy.head.sequence) == (1, 3)


def test_the_way_there_and_back_leaves_the_events_and_says_so(place: Place, tmp_path: Path) -> None:
    begun_in_edition_1(place, tmp_path)
    assert edition(place) == 1
    assert migrated(place, tmp_path / "a.jsonl").after == 2
    assert migrated(place, tmp_path / "b.jsonl", to=1).after == 1
    assert edition(place) == 1
    migrated(place, tmp_path / "c.jsonl")
    with open_ledger(place) as store:
        assert [event.kind for event in store.events()] == ["ledger.migrated"] * 4
        assert verify(store).is_whole
        fill(store, 1)


def test_a_ledger_of_the_edition_wanted_is_left_alone(place: Place, tmp_path: Path) -> None:
    open_ledger(place).close()
    assert migrated(place, tmp_path / "a.jsonl") == Migrated(2, 2, 0, None)
    assert list(tmp_path.glob("*.jsonl")) == []


def test_there_is_no_way_back_past_an_act_of_the_second_edition(place: Place, tmp_path: Path) -> None:
    begun_in_edition_1(place, tmp_path)
    migrated(place, tmp_path / "before.jsonl.gz")
    with open_ledger(place) as store:
        Desk(store, LI).propose(proposal(), ground(), NOW + timedelta(days=1))
    with pytest.raises(RungError, match=r"Event 3 was recorded in edition 2.*before\.jsonl\.gz"):
        migrated(place, tmp_path / "back.jsonl", to=1)
    assert not (tmp_path / "back.jsonl").exists()
    assert edition(place) == 2


def test_a_ledger_begun_in_the_second_edition_has_no_way_back(place: Place, tmp_path: Path) -> None:
    with open_ledger(place) as store:
        fill(store, 1)
    with pytest.raises(RungError, match="There is no way back for it: it was begun in this edition"):
        migrated(place, tmp_path / "back.jsonl", to=1)


def test_where_there_is_no_ledger_there_is_nothing_to_migrate(place: Place, tmp_path: Path) -> None:
    with pytest.raises(RungError, match="There is no ledger yet"):
        migrated(place, tmp_path / "a.jsonl")


def test_a_broken_chain_is_not_migrated(old: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(old)) as database:
        database.execute("DROP TRIGGER events_are_never_changed")
        database.execute("UPDATE events SET maker = 'x' WHERE sequence = 2")
        database.commit()
    with pytest.raises(RungError, match=r"Event 2 was changed after it was recorded.*Nothing was changed"):
        migrated(old, tmp_path / "a.jsonl")
    assert edition(old) == 1


def test_a_backup_that_cannot_be_written_stops_the_migration(old: Path, tmp_path: Path) -> None:
    with pytest.raises(RungError, match="Nothing was written"):
        migrated(old, tmp_path / "nowhere" / "a.jsonl")
    assert edition(old) == 1


def test_who_migrated_is_on_record(place: Place, tmp_path: Path) -> None:
    begun_in_edition_1(place, tmp_path)
    migrated(place, tmp_path / "a.jsonl")
    with open_ledger(place) as store:
        event = store.event(2)
        assert event is not None
        assert event.kind == EventKind.LEDGER_MIGRATED
        assert event.maker == (store.account() or "li")
        assert event.payload.startswith(b'{"backup":"a.jsonl","from":1,"head":"')


@pytest.mark.slow
@pytest.mark.parametrize("place", ["postgresql"], indirect=True)  # on SQLite: tests/torture
def test_a_kill_in_the_middle_leaves_the_ledger_of_one_edition_or_the_other(
    place: Place, tmp_path: Path
) -> None:
    begun_in_edition_1(place, tmp_path)
    for kill in range(12):
        program = subprocess.Popen(
            [
                sys.executable,
                str(Path(__file__).with_name("migrating.py")),
                written(place),
                str(tmp_path / f"k{kill}"),
            ],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert program.stdout is not None
        program.stdout.readline()
        time.sleep(0.02 * kill)
        os.kill(program.pid, signal.SIGKILL)
        program.communicate()
        if edition(place) == 1:
            migrated(place, tmp_path / f"then{kill}.jsonl")
        with open_ledger(place) as store:
            assert verify(store).is_whole
