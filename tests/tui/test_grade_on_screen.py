"""Customers graded from the screen: again from Runs and audit, by what was published from Policy; stopped."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Timer
from typing import Any

import pytest
from screens import lines, press, settle, text
from textual.pilot import Pilot

from conftest import Opened
from rung.workspace import Workspace
from rung_tui.chooser import Chooser
from rung_tui.grading.desk import GradingDesk
from rung_tui.journal.asking import AskScreen
from rung_tui.journal.screen import JournalScreen
from rung_tui.policy.screen import PolicyScreen
from rung_tui.queue.screen import QueueScreen
from rung_tui.sheet import Page

pytestmark = pytest.mark.asyncio

CONFIG = """
[sources.later]
customers = "data/later/customers.csv"
duplicates = "first"
as_of = 2026-06-30
[sources.later.events]
"""
ASKED = """\
╭─ Grade by Bank customer tiers 2026.1: as of which day? ──────────────────╮
│ 2026-06-30                                                               │
│ Customers: later: data/later/customers.csv, 4 tables of events. The      │
│ values are looked at from that day; the run is kept beside the others.   │
╰──────────────────────────────────────────────────────────────────────────╯
"""


@pytest.fixture
def workspace(workspace: Workspace) -> Workspace:
    """Return the workspace with the table of its last bank run named."""
    tables = sorted(each.stem for each in (workspace.folder / "data" / "later").glob("*.csv"))
    events = "".join(f'{each} = "data/later/{each}.csv"\n' for each in tables if each != "customers")
    file = workspace.folder / "rung.toml"
    file.write_text(f"{file.read_text(encoding='utf-8')}{CONFIG}{events}", encoding="utf-8")
    return Workspace.open(workspace.folder)


@contextmanager
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[Event]:
    """Have the grading wait, once the grades are written and before the run is kept, for the event given."""
    from rung.workspace import grading

    go, graded_runs = Event(), grading.graded_runs

    @contextmanager
    def waiting(*given: Any) -> Iterator[Any]:
        with graded_runs(*given) as runs:
            yield runs

    def told(*_given: Any) -> str:
        go.wait(20)
        return ""

    monkeypatch.setattr(grading, "graded_runs", waiting)
    monkeypatch.setattr(grading, "nobody_overrules", told)
    try:
        yield go
    finally:
        go.set()


async def until(pilot: Pilot[int], is_so: Callable[[], object]) -> None:
    """Wait until something is so."""
    for _round in range(400):
        if is_so():
            return
        await pilot.pause(0.05)
    raise AssertionError(text(pilot.app))


def desk(pilot: Pilot[int]) -> GradingDesk:
    """Return what the grading works on."""
    found = pilot.app.desks["grading"]  # type: ignore[attr-defined]
    assert isinstance(found, GradingDesk)
    return found


def runs(workspace: Workspace) -> list[str]:
    """Return what lies in the folder of runs, hidden parts too."""
    return sorted(each.name for each in workspace.store.folder.iterdir())


async def cleared(pilot: Pilot[int], workspace: Workspace, count: int) -> None:
    """Wait until nothing but finished runs lies in their folder."""
    await until(pilot, lambda: len(runs(workspace)) == count)


async def test_the_day_is_asked_with_the_source_and_the_version_told(opened: Opened) -> None:
    async with opened() as pilot:
        await press(pilot, "J", "g")
        assert isinstance(pilot.app.screen, AskScreen)
        shown = lines(pilot.app)
        first = next(number for number, each in enumerate(shown) if "as of which day" in each)
        assert [each[2:78] for each in shown[first : first + 5]] == ASKED.splitlines()


async def test_a_run_is_made_again_and_opened_in_the_queue(opened: Opened, workspace: Workspace) -> None:
    before = set(runs(workspace))
    async with opened() as pilot:
        await press(pilot, "J", "g", "enter")
        assert isinstance(pilot.app.screen, Chooser)
        assert "240 customers" in text(pilot.app)
        (made,) = set(runs(workspace)) - before
        assert f"Kept as run {made}." in text(pilot.app)
        await press(pilot, "enter")
        queue = pilot.app.screen
        assert isinstance(queue, QueueScreen)
        assert queue.review.manifest.run_id == made
        old = workspace.run(workspace.latest_by("bank.credit-tiers")).manifest
        assert str(old.as_of) == "2026-06-30"


async def test_who_stays_has_the_cursor_on_the_new_run(opened: Opened, workspace: Workspace) -> None:
    before = set(runs(workspace))
    async with opened() as pilot:
        await press(pilot, "J", "g", "enter", "escape")
        screen = pilot.app.screen
        assert isinstance(screen, JournalScreen)
        listed = screen.runs.listed
        assert listed is not None
        assert {listed.run_id} == set(runs(workspace)) - before


async def test_another_day_is_taken_and_none_is_refused(opened: Opened, workspace: Workspace) -> None:
    async with opened() as pilot:
        await press(pilot, "J", "g", "ctrl+u", *"soon", "enter")
        assert "“soon” is no date; write it as 2026-06-30." in text(pilot.app)
        await press(pilot, "ctrl+u", *"2026-07-15", "enter", "escape")
        assert str(workspace.run().manifest.as_of) == "2026-07-15"


async def test_what_is_wrong_with_the_tables_stands_on_a_page(opened: Opened, workspace: Workspace) -> None:
    before = runs(workspace)
    (workspace.folder / "data" / "later" / "customers.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    async with opened() as pilot:
        await press(pilot, "J", "g", "enter")
        assert isinstance(pilot.app.screen, Page)
        assert "Nobody was graded. Problems: " in text(pilot.app)
        assert "✗ " in text(pilot.app)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, JournalScreen)
    assert runs(workspace) == before


async def test_while_it_runs_one_goes_on_and_esc_stops_it_without_a_run(
    opened: Opened, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    count = len(runs(workspace))
    with held(monkeypatch) as go:
        async with opened(size=(110, 30)) as pilot:
            await press(pilot, "J", "g")
            await pilot.press("enter")
            await until(pilot, lambda: "Esc stops" in text(pilot.app))
            await until(pilot, lambda: len(runs(workspace)) > count)
            screen = pilot.app.screen
            assert isinstance(screen, JournalScreen)
            place = screen.runs.cursor
            await pilot.press("down" if place == 0 else "up")
            await until(pilot, lambda: screen.runs.cursor != place)  # the screen is not frozen
            await pilot.press("escape")
            await until(pilot, lambda: "Grading was stopped: no run is kept." in text(pilot.app))
            assert isinstance(pilot.app.screen, JournalScreen)
            assert desk(pilot).under_way is None
            go.set()
            await cleared(pilot, workspace, count)


async def test_a_run_made_while_one_is_elsewhere_is_told_and_interrupts_nobody(
    opened: Opened, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    count = len(runs(workspace))
    with held(monkeypatch) as go:
        async with opened(size=(110, 30)) as pilot:
            await press(pilot, "J", "g")
            await pilot.press("enter")
            await until(pilot, lambda: desk(pilot).under_way)
            await pilot.press("Q")
            await until(pilot, lambda: isinstance(pilot.app.screen, QueueScreen))
            go.set()
            await until(pilot, lambda: "Kept as run" in text(pilot.app))
            assert isinstance(pilot.app.screen, QueueScreen)
            assert len(runs(workspace)) == count + 1


async def test_ending_the_program_meanwhile_asks_and_leaves_no_half_run(
    opened: Opened, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    count = len(runs(workspace))
    with held(monkeypatch) as go:
        async with opened(size=(110, 30)) as pilot:
            await press(pilot, "J", "g")
            await pilot.press("enter")
            await until(pilot, lambda: desk(pilot).under_way)
            await pilot.press("ctrl+q")
            await until(pilot, lambda: "Customers are being graded: no run of it is kept." in text(pilot.app))
            Timer(0.5, go.set).start()
            await pilot.press("ctrl+q")
            await until(pilot, lambda: not pilot.app.is_running)
    assert len(runs(workspace)) == count


async def test_one_run_is_made_at_a_time(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    with held(monkeypatch):
        async with opened(size=(110, 30)) as pilot:
            await press(pilot, "J", "g")
            await pilot.press("enter")
            await until(pilot, lambda: desk(pilot).under_way)
            await pilot.press("g")
            await until(pilot, lambda: "Customers are being graded; Esc stops that." in text(pilot.app))
            await pilot.press("escape")
            await until(pilot, lambda: desk(pilot).under_way is None)


async def test_a_run_whose_tables_are_gone_offers_the_sources_there_are(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rung.workspace.run_source.source_of_run", lambda _workspace, _manifest: None)
    async with opened() as pilot:
        await press(pilot, "J", "g")
        assert "Grade whom? Sources of the workspace" in text(pilot.app)
        assert "▸ later: data/later/customers.csv, 4 tables of events" in text(pilot.app)
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, AskScreen)


async def test_where_there_is_no_source_that_is_told(
    opened: Opened, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rung.workspace.run_source.source_of_run", lambda _workspace, _manifest: None)
    (workspace.folder / "rung.toml").write_text("schema = 1\n", encoding="utf-8")
    async with opened() as pilot:
        await press(pilot, "J", "g")
        assert isinstance(pilot.app.screen, Page)
        assert "✗ The tables of this run cannot be read again" in text(pilot.app)


async def test_what_was_published_grades_the_customers_of_the_run(opened: Opened) -> None:
    async with opened() as pilot:
        await press(pilot, "P", "home", "down", "enter")
        await press(pilot, "ctrl+u", *"88", "enter")
        await press(pilot, "p", *"fewer A", "enter")
        assert "Grade by it: g" in text(pilot.app)
        await press(pilot, "g")
        assert "Grade by own.credit-tiers: as of which day?" in text(pilot.app)
        day = str(pilot.app.review_now.today())  # type: ignore[attr-defined]
        await press(pilot, "ctrl+u", *day, "enter")
        if isinstance(pilot.app.screen, AskScreen):
            await press(pilot, "enter")  # another version than that of the day proposed
        assert isinstance(pilot.app.screen, Chooser)
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, QueueScreen)
        assert pilot.app.screen.review.manifest.policy.id == "own.credit-tiers"


async def test_changes_not_written_are_left_out_and_that_is_said_first(
    opened: Opened, workspace: Workspace
) -> None:
    count = len(runs(workspace))
    async with opened() as pilot:
        await press(pilot, "P", "home", "down", "enter")
        await press(pilot, "ctrl+u", *"88", "enter")
        await press(pilot, "g", "enter")
        assert "! The changes of the draft are not written, and left out" in text(pilot.app)
        assert len(runs(workspace)) == count
        await press(pilot, "enter", "escape")
        assert isinstance(pilot.app.screen, PolicyScreen)
        assert len(runs(workspace)) == count + 1
        assert workspace.run().manifest.policy.id == "bank.credit-tiers"


async def test_escape_in_policy_mode_stops_it_and_stays(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    with held(monkeypatch):
        async with opened(size=(110, 30)) as pilot:
            await press(pilot, "P", "g")
            await pilot.press("enter")
            await until(pilot, lambda: "Esc stops" in text(pilot.app))
            await pilot.press("escape")
            await until(pilot, lambda: desk(pilot).under_way is None)
            await settle(pilot)
            assert isinstance(pilot.app.screen, PolicyScreen)
