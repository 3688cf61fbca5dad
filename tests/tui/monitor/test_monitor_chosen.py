"""What is watched is chosen: a view, a value, runs, a cell of the migration and whoever is in it."""

from __future__ import annotations

from pathlib import Path

import pytest
from screens import lines, press, settle, text
from watched_runs import monitor, shop_of

from rung.workspace import Workspace
from rung_tui.customer.panel import CustomerPanel
from rung_tui.monitor.moved import MovedScreen
from rung_tui.monitor.screen import MonitorScreen
from rung_tui.review import Review

pytestmark = pytest.mark.asyncio


async def test_enter_lists_who_moved_so_and_opens_a_customer(workspace: Workspace) -> None:
    async with monitor(workspace) as pilot:
        await press(pilot, "3", "right", "enter")
        assert isinstance(pilot.app.screen, MovedScreen)
        assert "A → B: 1 (3.0% of A)" in text(pilot.app)
        await press(pilot, "enter")
        panel = pilot.app.screen.query_one(CustomerPanel)
        assert panel.told is not None
        assert panel.told.explanation.grade == "B"
        await press(pilot, "escape", "escape", "escape")
        assert not isinstance(pilot.app.screen, MonitorScreen | MovedScreen)


async def test_an_empty_cell_says_that_nobody_moved_so(workspace: Workspace) -> None:
    async with monitor(workspace) as pilot:
        await press(pilot, "3", "down", "enter")
        assert isinstance(pilot.app.screen, MonitorScreen)
        assert "Nobody moved so." in [each.message for each in pilot.app._notifications]


async def test_a_cell_is_chosen_and_opened_with_the_mouse(workspace: Workspace) -> None:
    async with monitor(workspace) as pilot:
        await press(pilot, "3")
        row = next(place for place, each in enumerate(lines(pilot.app)) if each.startswith(" C "))
        column = lines(pilot.app)[row].index("▼")
        await pilot.click(offset=(column, row))
        await settle(pilot)
        assert "C → D: 5 (" in text(pilot.app)
        await pilot.click(offset=(column, row), times=2)
        await settle(pilot)
        assert isinstance(pilot.app.screen, MovedScreen)


async def test_a_click_on_a_view_shows_it(workspace: Workspace) -> None:
    async with monitor(workspace) as pilot:
        row = next(place for place, each in enumerate(lines(pilot.app)) if "2 Concentration" in each)
        await pilot.click(offset=(lines(pilot.app)[row].index("Concentration"), row))
        await settle(pilot)
        assert "Who holds Assets" in text(pilot.app)


async def test_a_value_is_followed_through_the_grades(workspace: Workspace) -> None:
    async with monitor(workspace) as pilot:
        await press(pilot, "v", *"assets", "enter")
        assert "Assets by grade" in text(pilot.app)
        await press(pilot, "v", *"alone", "enter")
        assert "Assets by grade" not in text(pilot.app)


async def test_the_run_watched_is_chosen_and_beside_the_first_there_is_none(workspace: Workspace) -> None:
    async with monitor(workspace) as pilot:
        first = list(pilot.app.screen.desk.manifests)[-1]
        await press(pilot, "n", "down", "enter")
        assert pilot.app.screen.desk.wish.run_id == first
        assert "There is no run before this one to compare with." in text(pilot.app)
        await press(pilot, "3")
        assert "There is no other run by this policy to compare with" in text(pilot.app)
        await press(pilot, "enter", "right")
        await press(pilot, "b", "enter")
        assert "Grade before (down) and now (across)" in text(pilot.app)


async def test_what_was_chosen_is_there_again_when_one_comes_back(workspace: Workspace) -> None:
    async with monitor(workspace) as pilot:
        await press(pilot, "3", "right", "escape")
        assert not isinstance(pilot.app.screen, MonitorScreen)
        await press(pilot, "M")
        assert "A → B: 1 (" in text(pilot.app)


async def test_hostile_names_are_inert_and_new_and_lost_customers_are_found(tmp_path: Path) -> None:
    workspace = shop_of(tmp_path / "shop")
    async with monitor(workspace, review=Review(workspace, workspace.run())) as pilot:
        await press(pilot, "3")
        assert "New: 2 · lost: 1" in text(pilot.app)
        await press(pilot, *["down"] * 5, "enter")
        assert isinstance(pilot.app.screen, MovedScreen)
        assert "坏[31m[b]人👨👩👧" in text(pilot.app)
        await press(pilot, "escape", *["up"] * 5, *["right"] * 5, "enter")
        assert "C1 " in text(pilot.app)
        await press(pilot, "enter")
        panel = pilot.app.screen.query_one(CustomerPanel)
        assert panel.told is not None
        assert panel.told.explanation.customer_id == "C1"
