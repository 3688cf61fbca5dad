"""A ledger in PostgreSQL: each acts under their own login, refusals are words, and no password is shown."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest
from ledger_cases import NOW, draft, fill, ground, policy, proposal
from postgresql_server import OWNER, Server

from rung.errors import RungError
from rung.ledger import Actor, Desk, EventKind, LedgerStore, Role, open_ledger, overrides_in, verify
from rung.ledger.keeping.addresses import postgresql_address
from rung.ledger.keeping.opening import is_begun, login_at
from rung.ledger.keeping.postgresql import open_postgresql
from rung.ledger.keeping.postgresql_refusals import OutcomeUnknownError
from rung.ledger.keeping.postgresql_rights import Rights, rights_at

GRANTS = (
    "GRANT USAGE ON SCHEMA {schema} TO team",
    "GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO team",
    "GRANT INSERT ON {schema}.events TO team",
    "GRANT INSERT, UPDATE ON {schema}.inputs, {schema}.contacts, {schema}.last_contacts, {schema}.arrived, "
    "{schema}.alarms, {schema}.records, {schema}.holders TO team",
)
"""As docs/ledger.md has them."""


@pytest.fixture(scope="module")
def team(postgresql: Server) -> Server:
    """Logins li and wang, and one that needs a password."""
    postgresql.execute(
        "CREATE ROLE team NOLOGIN",
        "CREATE ROLE li LOGIN IN ROLE team",
        "CREATE ROLE wang LOGIN IN ROLE team",
        "CREATE ROLE locked LOGIN PASSWORD 'correct horse'",
        "CREATE ROLE stranger LOGIN",
    )
    hba = postgresql.folder / "data" / "pg_hba.conf"
    hba.write_text(f"local all locked scram-sha-256\n{hba.read_text()}", encoding="utf-8")
    postgresql.execute("SELECT pg_reload_conf()")
    return postgresql


@pytest.fixture
def granted(team: Server, schema: str) -> str:
    """A schema with a ledger that the team may work in."""
    open_ledger(team.address(schema)).close()
    team.execute(*(grant.format(schema=schema) for grant in GRANTS))
    return schema


def ledger(server: Server, schema: str, user: str = OWNER) -> LedgerStore:
    return open_ledger(server.address(schema, user, restores=False))


def refused(address: str) -> str:
    with pytest.raises(RungError) as error:
        open_ledger(address)
    return str(error.value)


def test_each_acts_under_their_own_login(team: Server, granted: str) -> None:
    for login in ("li", "wang"):
        with ledger(team, granted, login) as store:
            assert store.account() == login
            Desk(store, Actor(account=login, name=login)).propose(proposal(), ground(customer_id=login), NOW)
    with ledger(team, granted) as store:
        assert [event.maker for event in store.events()] == ["li", "wang"]
        assert verify(store).is_whole


@pytest.mark.parametrize("login", ["li", OWNER])
def test_nobody_acts_under_anothers_login(team: Server, granted: str, login: str) -> None:
    with (
        ledger(team, granted, login) as store,
        pytest.raises(RungError, match="under the login of whoever made it"),
        store.appending() as held,
    ):
        held.append(draft(1, maker="wang"))
    with ledger(team, granted) as store:
        assert store.head().sequence == 0


def test_only_the_owner_may_say_that_it_restores(team: Server, granted: str) -> None:
    with (
        open_ledger(team.address(granted, "li", restores=True)) as store,
        pytest.raises(RungError, match="under the login of whoever made it"),
        store.appending() as held,
    ):
        held.append(draft(1, maker="wang"))


@pytest.mark.parametrize(
    "act",
    [
        "UPDATE events SET maker = 'x'",
        "DELETE FROM events",
        "TRUNCATE events",
        "DELETE FROM events WHERE false",
    ],
)
@pytest.mark.parametrize("user", [OWNER, "li"])
def test_the_database_itself_refuses_to_change_an_event(
    team: Server, granted: str, act: str, user: str
) -> None:
    import psycopg

    with open_ledger(team.address(granted)) as store:
        fill(store, 1)
    with pytest.raises(psycopg.Error, match=r"append-only|permission denied"):
        team.execute(act, user=user, schema=granted)
    assert team.execute("SELECT count(*) FROM events", schema=granted) == [(1,)]


def test_a_login_with_more_rights_than_acting_takes_is_known(team: Server, granted: str) -> None:
    def rights(user: str) -> Rights:
        return rights_at(postgresql_address(team.address(granted, user, restores=False)))

    assert rights("li") == Rights()
    assert rights(OWNER).owns
    team.execute(f"GRANT DELETE ON {granted}.events TO wang")
    assert rights("wang") == Rights(owns=False, may_change=True)


def test_what_somebody_wrote_into_the_table_of_what_stands_is_not_carried_on(
    team: Server, granted: str
) -> None:
    strict = policy(override={"approval": {"up": "one", "down": "one"}})
    with ledger(team, granted, "li") as store:
        made = Desk(store, Actor(account="li", name="li")).propose(proposal(), ground(policy=strict), NOW)
    team.execute("UPDATE inputs SET state = 'in_effect'", user="li", schema=granted)
    boss = Actor(account="wang", name="wang", role=Role.APPROVER)
    with (
        ledger(team, granted, "wang") as store,
        pytest.raises(RungError, match=f"keeps of {made.id} is not what its events tell"),
    ):
        Desk(store, boss).approve(made.id, NOW)


def test_the_database_itself_refuses_a_fork(team: Server, granted: str) -> None:
    import psycopg

    with open_ledger(team.address(granted)) as store:
        fill(store, 2)
    rest = "kind, customer_id, policy_id, payload, made_at, 'owner', previous, hash"
    with pytest.raises(psycopg.errors.UniqueViolation):
        team.execute(f"INSERT INTO events SELECT 9, {rest} FROM events WHERE sequence = 2", schema=granted)


def test_who_was_granted_nothing_is_told_so(team: Server, granted: str) -> None:
    said = refused(team.address(granted, "stranger", restores=False))
    assert "The schema of the ledger is not there, or you may not use it." in said


def test_who_may_only_read_is_told_so(team: Server, granted: str) -> None:
    team.execute(f"REVOKE INSERT ON {granted}.events FROM team")
    with (
        ledger(team, granted, "li") as store,
        pytest.raises(RungError, match="does not permit it: permission denied for table events"),
        store.appending() as held,
    ):
        held.append(draft(1))


def test_whoever_may_make_no_tables_does_not_begin_a_ledger(team: Server, schema: str) -> None:
    team.execute(f"GRANT USAGE ON SCHEMA {schema} TO li")
    address = postgresql_address(team.address(schema, "li", restores=False))
    assert not is_begun(address)
    assert "permission denied for schema" in refused(team.address(schema, "li", restores=False))


def test_looking_whether_a_ledger_is_begun_begins_none(team: Server, schema: str) -> None:
    address = postgresql_address(team.address(schema))
    assert not is_begun(address)
    assert team.execute(f"SELECT count(*) FROM pg_tables WHERE schemaname = '{schema}'") == [(0,)]
    open_ledger(address).close()
    assert is_begun(address)
    assert login_at(address) == OWNER


def test_a_schema_with_other_tables_is_no_ledger(team: Server, schema: str) -> None:
    team.execute("CREATE TABLE orders (id int)", schema=schema)
    said = refused(team.address(schema))
    assert "What is there is no ledger. Make a schema for the ledger alone" in said


def test_a_newer_ledger_is_refused(team: Server, schema: str) -> None:
    open_ledger(team.address(schema)).close()
    team.execute("INSERT INTO ledger_schema VALUES (3)", schema=schema)
    assert "written by a newer Rung (edition 3; this one reads up to 2)" in refused(team.address(schema))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("schema=SCHEMA", "schema=nowhere"), "The schema of the ledger is not there"),
        (("/postgres?", "/nowhere?"), "There is no such database"),
        (("//owner@", "//nobody@"), "The ledger's database does not let you in"),
        (("//owner@", "//locked:wrong-secret@"), "The ledger's database does not let you in"),
        (("//owner@", "//locked@"), "The ledger's database does not let you in"),
        (("host=/", "host=/nowhere/"), "The ledger's database does not answer"),
    ],
)
def test_a_server_that_refuses_is_told_in_words(
    team: Server, schema: str, change: tuple[str, str], says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PGPASSWORD", raising=False)
    address = team.address(schema).replace("SCHEMA", schema)
    said = refused(address.replace(change[0].replace("SCHEMA", schema), change[1]))
    assert says in said
    assert "wrong-secret" not in said
    assert "\n" not in said


def test_a_password_is_taken_from_the_environment(
    team: Server, granted: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    team.execute("GRANT team TO locked")
    monkeypatch.setenv("PGPASSWORD", "correct horse")
    with ledger(team, granted, "locked") as store:
        assert store.account() == "locked"


@pytest.mark.parametrize(
    "written",
    [
        "postgresql://li:s3cret@host/db",
        "postgresql://host/db?user=li&password=s3cret",
        "postgresql://li:s3cret@host:port/db",
        "postgresql://li:s3cret@[host/db",
        "postgresql://li:s3:cret@host/db?schema=no-schema&sslpassword=s3cret",
        "mysql://li:s3cret@host/db",
    ],
)
def test_a_password_is_never_shown(written: str) -> None:
    try:
        found = postgresql_address(written)
    except RungError as error:
        assert "s3" not in str(error)
    else:
        assert "s3" not in found.shown
        assert "s3" not in repr(found)
        assert found.masked("the password s3cret is wrong") == "the password *** is wrong"


def test_a_server_that_dies_in_the_middle_records_nothing_and_work_goes_on(
    crashing: Server, crashing_schema: str
) -> None:
    with open_ledger(crashing.address(crashing_schema)) as store:
        fill(store, 2)
        with (
            pytest.raises(RungError, match=r"connection .* lost|stopping or starting"),
            store.appending() as held,
        ):
            held.append(draft(3))
            crashing.kill()
            held.append(draft(4))
        with pytest.raises(RungError, match="does not answer"):
            store.head()
        crashing.start()
        assert store.head().sequence == 2
        fill(store, 1)
        assert verify(store).is_whole


def test_a_server_that_dies_while_it_keeps_leaves_it_open_whether_it_did(
    crashing: Server, crashing_schema: str
) -> None:
    with open_ledger(crashing.address(crashing_schema)) as store:
        fill(store, 2)
        with (
            pytest.raises(
                OutcomeUnknownError, match="not known whether it was recorded: look with “rung audit log”"
            ),
            store.appending() as held,
        ):
            held.append(draft(3))
            assert held.event(3) is not None  # it is in the tables, and only not yet kept
            crashing.kill()
        crashing.start()
        assert verify(store).is_whole
        assert store.head().sequence in (2, 3)


@pytest.fixture
def crashing_schema(crashing: Server) -> str:
    return crashing.new_schema()


def test_a_connection_cut_by_the_server_is_told_and_made_anew(team: Server, schema: str) -> None:
    others = "pid <> pg_backend_pid() AND usename = 'owner'"
    cut = f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}"
    with open_ledger(team.address(schema)) as store:
        with pytest.raises(RungError, match="Nothing was recorded"), store.appending() as held:
            held.append(draft(1))
            team.execute(cut)
            held.append(draft(2))
        team.execute(cut)
        fill(store, 1)
        assert store.head().sequence == 1


def test_a_writer_that_never_ends_is_told_of(team: Server, schema: str) -> None:
    address = postgresql_address(team.address(schema))
    with open_postgresql(address) as first, open_postgresql(address, patience=0.05) as second:
        with first.appending() as held:
            held.append(draft(1))
            with pytest.raises(RungError, match="Another program has been writing"), second.appending():
                pass
            assert second.head().sequence == 0
        assert second.head().sequence == 1


def test_a_writer_that_waited_goes_on_from_what_the_other_kept(team: Server, schema: str) -> None:
    from threading import Event, Thread

    address = postgresql_address(team.address(schema))
    begun = Event()
    with open_postgresql(address) as first, open_postgresql(address) as second:

        def wait_and_append() -> None:
            begun.set()
            fill(second, 1)

        with first.appending() as held:
            waiting = Thread(target=wait_and_append)
            waiting.start()
            begun.wait()
            for number in range(1, 20):
                held.append(draft(number))
        waiting.join()
        assert verify(first).head.sequence == 20


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("SET TRANSACTION READ ONLY", "it is a copy for reading"),
        ("SET LOCAL statement_timeout = 1; SELECT pg_sleep(1)", "Another program has been writing"),
        ("DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '53100'; END $$", "database is full"),
        ("DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '53300'; END $$", "no connection left"),
        ("SELECT 1 / 0", "The ledger's database refused: division by zero"),
    ],
)
def test_what_the_server_refuses_in_the_middle_leaves_nothing(
    team: Server, schema: str, statement: str, says: str
) -> None:
    with open_postgresql(postgresql_address(team.address(schema))) as store:
        with pytest.raises(RungError) as error, store.database.writing() as connection:
            connection.exec_driver_sql("INSERT INTO ledger_schema VALUES (1)")
            for each in statement.split("; ") if "DO" not in statement else [statement]:
                connection.exec_driver_sql(each)
            connection.exec_driver_sql("INSERT INTO ledger_schema VALUES (0)")
        assert says in str(error.value)
        assert "Nothing was recorded." in str(error.value)
    assert team.execute("SELECT count(*) FROM ledger_schema", schema=schema) == [(1,)]


def test_without_the_driver_one_line_says_what_to_install() -> None:
    script = (
        "import sys; sys.modules['psycopg'] = None\n"
        "from rung.ledger import open_ledger\n"
        "try: open_ledger('postgresql://li@host/db')\n"
        "except Exception as error: print(type(error).__name__, error)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == (
        "RungError A ledger in PostgreSQL needs a driver that is not installed. "
        "Install it: pip install 'rung[postgresql]'.\n"
    )


def test_who_keeps_the_ledger_in_a_file_imports_no_driver(tmp_path: Any) -> None:
    script = (
        "import sys, pathlib\nfrom rung.ledger import open_ledger\n"
        "open_ledger(pathlib.Path(sys.argv[1])).close()\n"
        "print([name for name in sys.modules if 'psycopg' in name or name.endswith('ledger.postgresql')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "ledger.db")],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "[]\n"


def test_makers_in_the_ledger_are_known_by_their_login(team: Server, granted: str) -> None:
    with ledger(team, granted, "li") as store, store.appending() as held:
        held.append(draft(1, kind=EventKind.NOTE_WRITTEN))
    with ledger(team, granted) as store:
        assert overrides_in(store) == ()
        assert [event.maker for event in store.events()] == ["li"]
