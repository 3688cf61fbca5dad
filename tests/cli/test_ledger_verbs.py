"""``rung ledger``: where it is, copies, moves, migrations; one clear line where it cannot be."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from commands import Cli

from rung.ledger import EventKind, account, open_ledger
from rung.ledger.events import Draft


def note(folder: Path, made_at: datetime | None = None) -> None:
    """Record one act."""
    with open_ledger(folder / "ledger.db") as store, store.appending() as ledger:
        ledger.append(
            Draft(
                kind=EventKind.NOTE_WRITTEN,
                customer_id="C1",
                policy_id=None,
                payload=b"{}",
                made_at=made_at or datetime.now(UTC),
                maker="li",
            )
        )


@pytest.fixture
def work(cli: Cli, tmp_path: Path) -> Path:
    assert cli("init").code == 0
    return tmp_path


def test_where_begins_no_ledger(cli: Cli, work: Path) -> None:
    found = cli("ledger", "where")
    assert found.code == 0
    assert f"Ledger: {work / 'ledger.db'}" in found.out
    assert "It is not begun" in found.out
    assert not (work / "ledger.db").exists()


def test_where_tells_of_the_ledger(cli: Cli, work: Path) -> None:
    assert "The ledger is begun" in cli("ledger", "begin").out
    assert "A ledger is there already" in cli("ledger", "begin").out
    note(work)
    told = cli("ledger", "where", "--json").json
    assert (told["edition"], told["events"], len(told["head"])) == (2, 1, 64)
    assert told["bytes"] > 1_000
    assert "Edition 2, 1 events" in cli("ledger", "where").out


def test_the_config_says_where_the_ledger_is(cli: Cli, work: Path) -> None:
    config = (work / "rung.toml").read_text(encoding="utf-8")
    (work / "rung.toml").write_text(config + '\nledger = "kept/acts.db"\n', encoding="utf-8")
    (work / "kept").mkdir()
    cli("ledger", "begin")
    assert (work / "kept" / "acts.db").is_file()


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ('"mysql://li:s3cret@host/db"', "A ledger is kept in a file or in PostgreSQL, not at “mysql”"),
        ('"postgresql://li:s3cret@host:x/db"', "This is no address of a ledger"),
        ('["postgresql://li:s3cret@host/db"]', "does not fit “ledger”"),
        ('""', "does not fit “ledger”"),
    ],
)
def test_an_address_that_is_none_is_one_line_without_its_password(
    cli: Cli, work: Path, written: str, says: str
) -> None:
    config = (work / "rung.toml").read_text(encoding="utf-8")
    (work / "rung.toml").write_text(config + f"\nledger = {written}\n", encoding="utf-8")
    found = cli("ledger", "where")
    assert found.code == 2
    assert says in found.err
    assert "s3cret" not in found.err
    assert found.err.count("\n") == 1


def test_a_backup_is_restored_into_a_ledger_not_yet_begun(cli: Cli, work: Path) -> None:
    note(work)
    note(work)
    head = cli("ledger", "where", "--json").json["head"]
    assert cli("ledger", "backup", "copy.jsonl.gz", "--json").json == {
        "file": "copy.jsonl.gz",
        "events": 2,
        "head": head,
    }
    (work / "ledger.db").unlink()
    assert "2 events are restored" in cli("ledger", "restore", "copy.jsonl.gz").out
    assert cli("audit", "verify", "--head", head).code == 0


def test_what_is_no_backup_begins_no_ledger(cli: Cli, work: Path) -> None:
    (work / "x.jsonl").write_text("hello", encoding="utf-8")
    found = cli("ledger", "restore", "x.jsonl")
    assert found.code == 2
    assert "This file is no copy of a ledger" in found.err
    assert not (work / "ledger.db").exists()


@pytest.mark.parametrize("verb", [("backup", "x"), ("migrate",), ("clock", "--because", "x")])
def test_where_there_is_no_ledger_there_is_nothing_to_do(cli: Cli, work: Path, verb: tuple[str, ...]) -> None:
    found = cli("ledger", *verb)
    assert found.code == 2
    assert "There is no ledger yet." in found.err
    assert not (work / "ledger.db").exists()


@pytest.mark.usefixtures("work")
def test_a_ledger_goes_back_an_edition_and_forth_again(cli: Cli) -> None:
    cli("ledger", "begin")
    assert "It is brought from edition 2 to edition 1." in cli("ledger", "migrate", "--back").out
    found = cli("audit", "log")
    assert found.code == 2
    assert "rung ledger migrate" in found.err
    assert cli("ledger", "where", "--json").json["edition"] == 1
    told = cli("ledger", "migrate", "--json").json
    assert (told["from"], told["to"], told["events"]) == (1, 2, 2)
    assert Path(told["backup"]).is_file()
    assert "The ledger is of edition 2 already." in cli("ledger", "migrate").out


def test_a_table_that_is_wrong_is_found_and_made_anew(cli: Cli, work: Path) -> None:
    note(work)
    with closing(sqlite3.connect(work / "ledger.db")) as database:
        grades = "NULL, NULL, 'A', 'B', -1, 'li', '', 'in_effect', '', NULL, '', '', X''"
        database.execute(f"INSERT INTO inputs VALUES ('O9', 9, 'override', 'C', 'p', {grades})")
        database.commit()
    found = cli("audit", "verify")
    assert found.code == 1
    assert "What is kept of O9 is not what the events tell: no event tells of it." in found.out
    assert cli("ledger", "rebuild", "--json").json == {"entries": 0}
    assert cli("audit", "verify").code == 0


def test_a_clock_that_ran_ahead_is_put_right_on_the_record(cli: Cli, work: Path) -> None:
    note(work, datetime.now(UTC) + timedelta(days=90))
    cli("ledger", "clock", "--because", "电池没电，时钟快了")
    note(work)
    log = cli("audit", "log", "--json").json["events"]
    assert [event["kind"] for event in log] == ["note.written", "clock.corrected", "note.written"]
    assert json.loads(json.dumps(log[1]["payload"]))["reason"] == "电池没电，时钟快了"
    assert "nothing to put right" in cli("ledger", "clock", "--because", "x").err


def test_a_backup_is_put_on_record_and_only_taken_by_whom_may_read_all(cli: Cli, work: Path) -> None:
    note(work)
    config = (work / "rung.toml").read_text(encoding="utf-8")
    people = f'\n[people.{account()}]\nname = "李娜"\nrole = "{{role}}"\n'
    (work / "rung.toml").write_text(config + people.format(role="reviewer"), encoding="utf-8")
    found = cli("ledger", "backup", "copy.jsonl")
    assert found.code == 2
    assert "A backup holds everything unmasked" in found.err
    assert not (work / "copy.jsonl").exists()
    (work / "rung.toml").write_text(config + people.format(role="approver"), encoding="utf-8")
    assert cli("ledger", "backup", "copy.jsonl", "--json").json["events"] == 1
    assert cli("audit", "log", "--json").json["events"][-1]["kind"] == "export.taken"


def test_the_table_is_made_anew_by_an_owner_alone_where_people_are_listed(cli: Cli, work: Path) -> None:
    note(work)
    assert cli("ledger", "rebuild").code == 0
    config = (work / "rung.toml").read_text(encoding="utf-8")
    people = f'\n[people.{account()}]\nname = "李娜"\nrole = "{{role}}"\n'
    for role in ("viewer", "reviewer", "approver"):
        (work / "rung.toml").write_text(config + people.format(role=role), encoding="utf-8")
        refused = cli("ledger", "rebuild")
        assert (refused.code, refused.out) == (2, "")
        assert "李娜 may not do this to the ledger: that takes the role “owner”." in refused.err
    (work / "rung.toml").write_text(config + people.format(role="owner"), encoding="utf-8")
    assert cli("ledger", "rebuild").code == 0


def test_a_new_ledger_is_its_makers_alone_to_read_and_so_is_what_lies_beside_it(cli: Cli, work: Path) -> None:
    cli("ledger", "begin")
    with open_ledger(work / "ledger.db") as store, store.appending():
        modes = {path.name: path.stat().st_mode & 0o777 for path in work.glob("ledger.db*")}
    assert modes == dict.fromkeys(("ledger.db", "ledger.db-wal", "ledger.db-shm"), 0o600)
    (work / "ledger.db").chmod(0o660)
    note(work)
    assert (work / "ledger.db").stat().st_mode & 0o777 == 0o660
