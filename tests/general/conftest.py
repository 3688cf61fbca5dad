"""The sector's policies, and its sample taken in from files and graded by each of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from rung.pipeline import GradeRequest, graded
from rung.plugins import PluginHost
from rung.policy.model import Policy
from rung.policy.shelf import Shelf
from rung.runs.run import Run
from rung.sdk import Sample
from rung_general.sample import sample

HOST = PluginHost()
SHELF = Shelf(HOST)


@pytest.fixture(scope="session")
def host() -> PluginHost:
    return HOST


@pytest.fixture(scope="session")
def shelf() -> Shelf:
    return SHELF


@pytest.fixture(scope="session")
def policy() -> Callable[[str], Policy]:
    """Return a policy of the sector by the last part of its id, its layers put together."""
    return lambda name: SHELF.find(f"general.{name}").policy


@pytest.fixture(scope="session")
def clients() -> Sample:
    return sample(900, 2026)


@pytest.fixture(scope="session")
def files(clients: Sample, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    folder = tmp_path_factory.mktemp("general")
    tables = {"customers": clients.customers, **clients.events}
    for name, table in tables.items():
        table.write_csv(folder / f"{name}.csv")
    return {name: folder / f"{name}.csv" for name in tables}


@pytest.fixture(scope="session")
def graded_by(clients: Sample, files: Mapping[str, Path]) -> Callable[[str], object]:
    """Return a context that grades the sample by a policy of the sector."""

    @contextmanager
    def run(name: str) -> Iterator[Run]:
        request = GradeRequest(
            source=files["customers"],
            policy=SHELF.find(f"general.{name}"),
            as_of=clients.as_of,
            created_at=datetime(2026, 7, 1, tzinfo=UTC),
            events={table: path for table, path in files.items() if table != "customers"},
        )
        with graded(request, HOST, lambda *_: None) as made:
            yield made

    return run
