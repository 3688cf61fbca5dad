"""Makes the cases of this folder importable by its tests, and gives each test a ledger of its own.

What asks for ``store`` or ``place`` runs on both databases; what asks for ``file`` is about SQLite's file.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "grading"))

from postgresql_server import Server, programs

from rung.ledger import LedgerStore, open_ledger
from rung.ledger.keeping.addresses import PostgresqlAddress, postgresql_address


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    if programs() is None:
        pytest.skip("there is no PostgreSQL server to test with")
    pytest.importorskip("psycopg")
    server = Server()
    try:
        yield server
    finally:
        server.remove()


@pytest.fixture(scope="module")
def crashing(postgresql: Server) -> Iterator[Server]:
    """A server that may be killed: nobody else works with it."""
    del postgresql  # it says whether there is one at all
    server = Server()
    try:
        yield server
    finally:
        server.remove()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "ledger.db"


@pytest.fixture
def schema(postgresql: Server) -> str:
    return postgresql.new_schema()


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest) -> Path | PostgresqlAddress:
    """Where a test's ledger is to be, on either database."""
    if request.param == "sqlite":
        found: Path = request.getfixturevalue("file")
        return found
    server: Server = request.getfixturevalue("postgresql")
    return postgresql_address(server.address(request.getfixturevalue("schema")))


@pytest.fixture(scope="session")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file in which a ledger is begun, to be copied: to begin one takes several times as long."""
    made = tmp_path_factory.mktemp("begun") / "ledger.db"
    open_ledger(made).close()
    return made


@pytest.fixture
def store(place: Path | PostgresqlAddress, begun: Path) -> Iterator[LedgerStore]:
    if isinstance(place, Path):
        shutil.copy(begun, place)
    with open_ledger(place) as opened:
        yield opened


@pytest.fixture
def sqlite_store(file: Path, begun: Path) -> Iterator[LedgerStore]:
    shutil.copy(begun, file)
    with open_ledger(file) as opened:
        yield opened
