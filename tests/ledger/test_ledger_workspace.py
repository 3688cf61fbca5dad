"""A workspace whose ledger is in PostgreSQL: whoever acts is the login, not the account of the system."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from postgresql_server import OWNER, Server

from rung.errors import RungError
from rung.ledger import EventKind, account
from rung.ledger.events import Draft
from rung.workspace import Workspace

PEOPLE = """
[people.owner]
name = "张伟"
role = "approver"
"""


def test_the_actor_is_the_login(postgresql: Server, schema: str, tmp_path: Path) -> None:
    config = Workspace.create(tmp_path).folder / "rung.toml"
    address = postgresql.address(schema, restores=False)
    config.write_text(f'schema = 1\nledger = "{address}"\n{PEOPLE}', encoding="utf-8")
    human = Workspace.open(tmp_path).human_input
    assert not human.is_begun
    actor = human.actor()
    assert (actor.account, actor.name) == (OWNER, "张伟")
    assert not human.is_begun
    with human.ledger() as store, store.appending() as ledger:
        ledger.append(
            Draft(
                kind=EventKind.NOTE_WRITTEN,
                customer_id="C1",
                policy_id=None,
                payload=b"{}",
                made_at=datetime.now(UTC),
                maker=actor.account,
            )
        )
    assert human.is_begun
    assert not (tmp_path / "ledger.db").exists()


def test_the_actor_of_a_file_is_the_account_of_the_system(tmp_path: Path) -> None:
    assert Workspace.create(tmp_path).human_input.actor().account == account()


def test_a_ledger_whose_link_leads_nowhere_is_told_not_passed_over(tmp_path: Path) -> None:
    folder = Workspace.create(tmp_path).folder
    (folder / "ledger.db").symlink_to(tmp_path / "unmounted" / "ledger.db")
    with pytest.raises(RungError, match=r"The ledger cannot be opened"):
        Workspace.open(tmp_path).human_input.inputs()


@pytest.mark.parametrize("name", ["l" * 300, "a\\u0000b"])
def test_what_is_no_name_of_a_file_is_refused(name: str, tmp_path: Path) -> None:
    config = Workspace.create(tmp_path).folder / "rung.toml"
    config.write_text(f'schema = 1\nledger = "{name}"\n', encoding="utf-8")
    with pytest.raises(RungError, match=r"is no name of a file"):
        Workspace.open(tmp_path).human_input.inputs()
