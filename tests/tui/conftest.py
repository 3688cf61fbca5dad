"""A workspace with two runs of a bank's customers and one of retailers, and the program opened on it."""

from __future__ import annotations

import asyncio
import shutil
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest
import textual._wait
from textual.app import App
from textual.pilot import Pilot

from rung.pipeline import GradeRequest
from rung.text import Language, set_language
from rung.workspace import Workspace
from rung_tui.app import ReviewApp
from rung_tui.language import speak
from rung_tui.review import Review

sys.path.insert(0, str(Path(__file__).parent))

from due_cases import calls, shop_of
from screens import settle

# After each key a pilot waits until the process idles; that it samples more often costs nobody certainty.
textual._wait.SLEEP_GRANULARITY = 1 / 100
textual._wait.SLEEP_IDLE = textual._wait.SLEEP_GRANULARITY / 20

Opened = Callable[..., AbstractAsyncContextManager[Pilot[int]]]


def graded(workspace: Workspace, sector: str, policy: str, tables: Path, created_at: datetime) -> str:
    """Grade the tables in a folder and return the run's id."""
    request = GradeRequest(
        source=tables / "customers.csv",
        policy=workspace.shelf.find(policy),
        as_of=date(2026, 6, 30),
        created_at=created_at,
        events={each.stem: each for each in tables.glob("*.csv") if each.stem != "customers"},
        duplicates="first",
    )
    del sector
    return workspace.grade(request, lambda _stage, _done, _whole: None).run_id


def written(workspace: Workspace, sector: str, count: int, folder: Path) -> Path:
    """Write a sector's sample tables."""
    make = workspace.host.sector(sector).sample
    assert make is not None
    sample = make(count, 7)
    folder.mkdir(parents=True)
    sample.customers.write_csv(folder / "customers.csv")
    for table, frame in sample.events.items():
        frame.write_csv(folder / f"{table}.csv")
    return folder


def worsened(tables: Path, folder: Path) -> Path:
    """Copy the bank's tables with every tenth customer's credit record gone bad."""
    shutil.copytree(tables, folder)
    customers = pl.read_csv(folder / "customers.csv", infer_schema=False)
    column = next(name for name in customers.columns if name in {"信用记录", "credit_record"})
    tenth = pl.int_range(pl.len()) % 10 == 3
    customers.with_columns(
        pl.when(tenth).then(pl.lit("差")).otherwise(pl.col(column)).alias(column)
    ).write_csv(folder / "customers.csv")
    return folder


@pytest.fixture(scope="session")
def graded_workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the workspace once; tests that write into it copy it."""
    folder = tmp_path_factory.mktemp("graded") / "workspace"
    workspace = Workspace.create(folder)
    bank = written(workspace, "bank", 240, folder / "data" / "bank")
    later = worsened(bank, folder / "data" / "later")
    tobacco = written(workspace, "tobacco", 60, folder / "data" / "tobacco")
    graded(workspace, "bank", "bank.credit-tiers", bank, datetime(2026, 7, 1, 8, tzinfo=UTC))
    graded(workspace, "tobacco", "tobacco.service-classes", tobacco, datetime(2026, 7, 2, 8, tzinfo=UTC))
    graded(workspace, "bank", "bank.credit-tiers", later, datetime(2026, 7, 3, 8, tzinfo=UTC))
    return folder


@pytest.fixture
def workspace(graded_workspace: Path, tmp_path: Path) -> Workspace:
    """Return a workspace of the test's own."""
    return Workspace.open(Path(shutil.copytree(graded_workspace, tmp_path / "workspace")))


@pytest.fixture(autouse=True)
def terminal(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Have every test in a terminal of 24-bit colours, with nothing of a person's own."""
    own = tmp_path_factory.getbasetemp() / "own"
    for name, value in (("TERM", "xterm-256color"), ("COLORTERM", "truecolor")):
        monkeypatch.setenv(name, value)
    for name in ("XDG_STATE_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(own))
    for name in ("NO_COLOR", "RUNG_THEME", "RUNG_ASCII", "TEXTUAL_COLOR_SYSTEM", "RUNG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(autouse=True)
def workers_end_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have workers given up before widgets are taken down, as at the end of the program itself."""
    shut_down = App._shutdown

    async def ended(self: App[object]) -> None:
        self.workers.cancel_all()
        await asyncio.sleep(0)
        await shut_down(self)

    monkeypatch.setattr(App, "_shutdown", ended)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Begin in English and leave no language behind."""
    speak("en")
    yield
    speak("en")
    set_language("en")


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> date:
    """Let it be a known day."""
    day = date(2026, 7, 10)
    monkeypatch.setattr(Review, "today", staticmethod(lambda: day))
    return day


def review_of(workspace: Workspace, policy: str = "bank.credit-tiers", *, newest: bool = True) -> Review:
    """Open a run by a policy for review."""
    ids = [run_id for run_id in workspace.store.ids() if run_id.endswith(policy)]
    return Review(workspace, workspace.run(ids[0] if newest else ids[-1]))


@pytest.fixture
def opened(workspace: Workspace) -> Opened:
    """Return what opens the program on a run and gives its pilot once everything was read."""

    @asynccontextmanager
    async def open_(
        policy: str = "bank.credit-tiers",
        *,
        size: tuple[int, int] = (80, 24),
        language: Language = "en",
        newest: bool = True,
    ) -> AsyncIterator[Pilot[int]]:
        app = ReviewApp(review_of(workspace, policy, newest=newest), language)
        async with app.run_test(size=size) as pilot:
            await settle(pilot)
            yield pilot

    return open_


@pytest.fixture(scope="session")
def shop_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the shop once: to grade takes longer than to copy what came of it."""
    return shop_of(tmp_path_factory.mktemp("shops") / "shop", calls(21)).folder


@pytest.fixture
def shop(shop_once: Path, tmp_path: Path) -> Workspace:
    """Return a repair shop's workspace: twenty-one customers, all to be called long since."""
    return Workspace.open(Path(shutil.copytree(shop_once, tmp_path / "shop")))
