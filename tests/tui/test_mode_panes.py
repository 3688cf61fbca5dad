"""A pane of any mode is made wider, narrower or the only thing shown by the same keys; and stays so."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from screens import lines, settle, text

from rung.workspace import Workspace
from rung_tui.app import ReviewApp
from rung_tui.preferences.memory import Memory
from rung_tui.preferences.settings import Settings

pytestmark = pytest.mark.asyncio


def program(workspace: Workspace, memory: Path | None = None) -> ReviewApp:
    from conftest import review_of

    settings = None if memory is None else Settings(memory=Memory(memory))
    return ReviewApp(review_of(workspace), "en", settings=settings)


async def pressed(pilot: Any, *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await settle(pilot)


def pane_starts(app: ReviewApp) -> int:
    return app.screen.query_one("#pane").region.x


async def test_the_pane_of_runs_is_made_wider_by_a_key_and_is_so_when_one_comes_back(
    workspace: Workspace, tmp_path: Path
) -> None:
    app = program(workspace, tmp_path / "memory.json")
    async with app.run_test(size=(140, 24)) as pilot:
        await settle(pilot)
        await pressed(pilot, "J")
        before = pane_starts(app)
        await pressed(pilot, "<", "<")
        wider = pane_starts(app)
        assert 9 <= before - wider <= 12  # two steps of four per cent of 140
        await pressed(pilot, "Q", "J")
        assert pane_starts(app) == wider


async def test_the_list_or_the_pane_is_shown_alone_and_esc_shows_both_again(workspace: Workspace) -> None:
    app = program(workspace)
    async with app.run_test(size=(140, 24)) as pilot:
        await settle(pilot)
        await pressed(pilot, "J", "z")
        assert not app.screen.query_one("#pane").display or pane_starts(app) == 0
        assert "Rung 0" not in text(app)
        await pressed(pilot, "escape")
        assert type(app.screen).__name__ == "JournalScreen"
        assert pane_starts(app) > 40
        await pressed(pilot, "tab", "z")
        assert pane_starts(app) == 0


async def test_where_there_is_no_room_for_it_the_pane_is_shown_in_place_of_the_list(
    workspace: Workspace,
) -> None:
    app = program(workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pressed(pilot, "J", "z")
        assert "▸" not in "".join(line[:1] for line in lines(app))
        assert "As of" in text(app)
        await pressed(pilot, "escape", "down")
        assert lines(app)[4].startswith("▸") or lines(app)[3].startswith("▸")
