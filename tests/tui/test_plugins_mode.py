"""The mode Plugins: what is installed and supplied, faults with their hints, a plugin done without."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from importlib.metadata import EntryPoint
from threading import Event
from typing import Any

import pytest
from screens import lines, press, settle, text, without_notices
from textual.pilot import Pilot

from rung.hooks import ALARM_GROUP, GROUP
from rung.plugins import PluginHost
from rung.text import Language
from rung.workspace import Workspace
from rung.workspace.disabled import disabled_in
from rung_tui.app import ReviewApp
from rung_tui.plugins.desk import PluginsDesk
from rung_tui.plugins.screen import PluginsScreen
from rung_tui.review import Review

pytestmark = pytest.mark.asyncio

HOSTILE = "坏\x1b[31m[b]人\u202e👨\u200d👩\u200d👧"
POINTS = (
    EntryPoint("bank", "rung_bank", GROUP),
    EntryPoint("tobacco", "rung_tobacco", GROUP),
    EntryPoint("lost", "nowhere_at_all", GROUP),
    EntryPoint("bell", "nowhere_at_all", ALARM_GROUP),
)
PEOPLE = '\n[people.li]\nname = "李"\nrole = "approver"\n[people.wang]\nname = "王"\nrole = "owner"\n'


@asynccontextmanager
async def plugins(
    workspace: Workspace,
    size: tuple[int, int] = (80, 24),
    language: Language = "en",
    faults: tuple[str, ...] = (),
) -> AsyncIterator[Pilot[int]]:
    """Open the program with three plugins, one faulty, and in it the plugins."""
    place = Workspace.open(workspace.folder, PluginHost(POINTS))
    run = place.run()
    run.manifest = replace(run.manifest, faults=faults)
    app = ReviewApp(Review(place, run), language)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await pilot.press("X")
        await settle(pilot)
        yield pilot


def notices(pilot: Any) -> str:
    return "\n".join(each.message for each in pilot.app._notifications)


async def test_every_plugin_is_listed_with_where_it_comes_from_and_loads_none(workspace: Workspace) -> None:
    async with plugins(workspace) as pilot:
        rows = lines(pilot.app)
        assert rows[2].startswith("▸ bank    loaded")
        assert rows[3].startswith("  lost    not loaded")
        assert rows[4].startswith("  tobacco not loaded")
        assert "told of alarms" in rows[5]


async def test_checking_loads_all_and_tells_faults_with_what_to_do(workspace: Workspace) -> None:
    async with plugins(workspace, (100, 50)) as pilot:
        await press(pilot, "c")
        assert "Faults found: 2." in notices(pilot)
        assert "faults now: 2" in lines(pilot.app)[1]
        await press(pilot, "down", "enter")
        shown = text(pilot.app)
        assert "✗ import: ModuleNotFoundError: No module named 'nowhere_at_all'" in shown
        assert "Its entry point names the module “nowhere_at_all”, which is not" in shown
        await press(pilot, "escape", "down", "enter")
        assert "tobacco.service-classes" in text(pilot.app)


async def test_faults_when_the_run_was_made_stand_beside_those_of_now(workspace: Workspace) -> None:
    async with plugins(workspace, (140, 40), faults=(f"Plugin “{HOSTILE}” is faulty",)) as pilot:
        shown = text(pilot.app)
        assert "when the run was made: 1" in shown
        assert "坏[31m[b]人👨👩👧" in shown
        assert "\x1b" not in shown


async def test_a_plugin_is_disabled_once_that_is_confirmed_and_enabled_again(workspace: Workspace) -> None:
    async with plugins(workspace) as pilot:
        await press(pilot, "space")
        assert "Do without the plugin bank? Runs made with it: 2" in text(pilot.app)
        await press(pilot, "enter")
        assert disabled_in(workspace.folder) == frozenset()
        await press(pilot, "space", "down", "enter")
        await settle(pilot)
        assert disabled_in(workspace.folder) == {"bank"}
        assert lines(pilot.app)[2].startswith("▸ bank    disabled")
        await without_notices(pilot)
        assert "disabled: 1" in text(pilot.app)
        await press(pilot, "space")
        await settle(pilot)
        assert disabled_in(workspace.folder) == frozenset()
        assert "“bank” is enabled here." in notices(pilot)


async def test_who_is_no_owner_is_told_so_and_nothing_changes(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (workspace.folder / "rung.toml").open("a", encoding="utf-8") as file:
        file.write(PEOPLE)
    monkeypatch.setattr("rung.workspace.human_input.account", lambda: "li")
    async with plugins(workspace) as pilot:
        await press(pilot, "space")
        assert "李 (li) may not say which plugins are used." in notices(pilot)
    assert disabled_in(workspace.folder) == frozenset()


async def test_the_check_can_be_stopped(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    goes_on = Event()

    def slow(_desk: PluginsDesk, report: Any) -> None:
        report("Loading bank", 0, 3)
        goes_on.wait(10)
        report("Loading lost", 1, 3)

    monkeypatch.setattr(PluginsDesk, "check", slow)
    async with plugins(workspace) as pilot:
        await pilot.press("c")
        await pilot.pause(0.4)
        assert "Loading bank 1/3 Esc stops" in lines(pilot.app)[-2]
        await press(pilot, "escape")
        goes_on.set()
        assert "not every plugin was looked at" in notices(pilot)
        assert isinstance(pilot.app.screen, PluginsScreen)


@pytest.mark.parametrize("size", [(60, 16), (80, 24), (140, 40)])
async def test_every_size_is_written_in_the_language_of_now(
    workspace: Workspace, size: tuple[int, int]
) -> None:
    async with plugins(workspace, size, "zh") as pilot:
        assert "中文" not in lines(pilot.app)[0]
        await press(pilot, "f8", "c")
        assert "not loaded" not in lines(pilot.app)[3 if size[1] < 30 else 4]
        assert "faulty" in text(pilot.app)
