"""Views with a name, kept for the workspace; one's own customers first; columns left out."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from screens import lines, text
from textual.pilot import Pilot

from conftest import review_of, settle
from rung.ledger import account
from rung.workspace import Workspace
from rung_tui.app import ReviewApp
from rung_tui.asking import AskText
from rung_tui.preferences.memory import Memory
from rung_tui.preferences.settings import Settings
from rung_tui.preferences.wishes import Wishes
from rung_tui.prompt import Prompt
from rung_tui.queue.wish import Sort, View, Wish
from rung_tui.views.saved import SavedView, SavedViews

Program = Callable[..., Any]


@pytest.fixture
def program(workspace: Workspace, tmp_path: Path) -> Program:
    """Return what opens the program with a memory of its own."""

    @asynccontextmanager
    async def open_() -> AsyncIterator[Pilot[int]]:
        settings = Settings(Wishes(), Memory(tmp_path / "state" / "terminal.json", workspace.folder))
        app = ReviewApp(review_of(Workspace.open(workspace.folder)), "en", settings=settings)
        async with app.run_test(size=(100, 24)) as pilot:
            await settle(pilot)
            yield pilot

    return open_


async def keep(pilot: Any, name: str) -> None:
    await pilot.press("v", *"keep this", "enter")
    for _round in range(40):
        await pilot.pause(0.05)
        if isinstance(pilot.app.screen, AskText):
            break
    pilot.app.screen.query_one(Prompt).value = name
    await pilot.press("enter")
    await settle(pilot)


@pytest.mark.asyncio
async def test_a_view_is_kept_by_name_and_is_there_the_next_time(program: Program) -> None:
    async with program() as pilot:
        await pilot.press("slash", *"k000001", "enter", "s", *"customer", "down", "enter")
        await settle(pilot)
        await keep(pilot, "十几号")
    async with program() as pilot:
        assert "1/240" in text(pilot.app)
        await pilot.press("v")
        await settle(pilot)
        for letter in "十几号":
            await pilot.press(letter)
        await pilot.press("enter")
        await settle(pilot)
        assert [row.number for row in pilot.app.screen.table.source.page(0, 3)] == [18, 17, 16]
        assert "k000001" in text(pilot.app)


@pytest.mark.asyncio
async def test_a_view_is_forgotten(program: Program) -> None:
    async with program() as pilot:
        await keep(pilot, "mine")
        await pilot.press("v", *"forget", "enter")
        await settle(pilot)
        assert pilot.app.screen.saved_views.all() == ()


@pytest.mark.asyncio
async def test_a_name_that_is_taken_is_given_away_only_when_that_is_said_twice(program: Program) -> None:
    async with program() as pilot:
        await keep(pilot, "one")
        await pilot.press("4")
        await settle(pilot)
        await keep(pilot, "one")
        assert "A view has that name already." in text(pilot.app)
        await pilot.press("enter")
        await settle(pilot)
        assert [view.wish.view for view in pilot.app.screen.saved_views.all()] == [View.THIN]


@pytest.mark.asyncio
async def test_columns_left_out_stay_out_the_next_time(program: Program) -> None:
    async with program() as pilot:
        await pilot.press("c", *"evid", "enter")
        await settle(pilot)
        await pilot.press("escape")
        await settle(pilot)
        assert "Evid." not in text(pilot.app)
    async with program() as pilot:
        assert "Evid." not in text(pilot.app)


@pytest.mark.asyncio
async def test_who_has_customers_of_their_own_begins_with_them(
    workspace: Workspace, program: Program
) -> None:
    config = workspace.folder / "rung.toml"
    config.write_text(config.read_text() + f'\n[people.{account()}]\nname = "R"\nrole = "owner"\n')
    opened = Workspace.open(workspace.folder)
    run_id = next(each for each in opened.store.ids() if each.endswith("bank.credit-tiers"))
    now = datetime(2026, 7, 5, tzinfo=UTC)
    opened.pool.assign(["K0000005", "K0000009"], account(), "theirs", now, run_id=run_id)
    async with program() as pilot:
        await settle(pilot)
        assert "0[Mine]" in lines(pilot.app)[1]
        assert [row.id for row in pilot.app.screen.table.source.page(0, 9)] == ["K0000005", "K0000009"]
        await pilot.press("1")
        await settle(pilot)
        assert "/240" in text(pilot.app)
        await pilot.press("0")
        await settle(pilot)
        assert "1/2 " in text(pilot.app)


@pytest.mark.asyncio
async def test_who_has_none_is_told_so(program: Program) -> None:
    async with program() as pilot:
        await pilot.press("0")
        assert len(pilot.app.screen.table.source) == 240
        assert [notice.message for notice in pilot.app._notifications] == [
            "No customer of this run is yours by the ledger or rung.toml."
        ]


def test_what_is_kept_and_damaged_is_left_out() -> None:
    memory = Memory(None)
    good = SavedView("a", Wish(View.THIN, "x", Sort("score", descending=True)), ("flags",))
    memory.put("views", [good.plain, {"name": 3}, "b", {**good.plain, "view": "other"}], here=True)
    assert SavedViews(memory).all() == (good,)
