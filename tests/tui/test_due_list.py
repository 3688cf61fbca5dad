"""The mode Due: the list narrowed, its customers opened, the mode found and left."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from due_cases import (
    AT,
    NOW,
    calls,
    due,
    graded,
    shop_of,
    with_file,
)
from screens import lines, press, settle, text

from rung.workspace import Workspace
from rung_tui.due.screen import DueScreen

pytestmark = pytest.mark.asyncio


async def test_nothing_due_is_said_and_no_contact_is_asked_for(tmp_path: Path) -> None:
    fresh = shop_of(tmp_path / "fresh", calls(2), as_of=NOW.date(), at=datetime.now(UTC))
    async with due(fresh) as pilot:
        assert "Nothing is due." in text(pilot.app)
        await press(pilot, "l", "enter", "U", "t")
        assert not pilot.app.screen.is_logging  # type: ignore[attr-defined]
        await press(pilot, "w")
        assert "C01" in text(pilot.app)
        await press(pilot, "w", "w")
        assert "Nothing is due." in text(pilot.app)


async def test_a_workspace_without_promises_says_why_nothing_is_due(workspace: Workspace) -> None:
    async with due(workspace) as pilot:
        assert "Nothing is due." in text(pilot.app)
        assert "says of service is only suggested; the mode Policy" in text(pilot.app)
        assert "rung policy" not in text(pilot.app)
        assert "--" not in lines(pilot.app)[2]


async def test_the_list_is_narrowed_to_ones_own(shop: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    people = '[people.li]\nname = "李"\nrole = "reviewer"\nportfolio = ["West"]\n'
    people += '[people.wang]\nname = "王"\nrole = "owner"\n'
    shop = graded(with_file(shop, people, 'portfolio = "owner_id"\n'), at=AT + timedelta(seconds=1))
    monkeypatch.setattr("rung.workspace.human_input.account", lambda: "li")
    async with due(shop) as pilot:
        assert " 1/10 " in text(pilot.app)  # at first, for who looks after customers
        assert "[Mine]" in text(pilot.app)
        assert "East" not in text(pilot.app)
        await press(pilot, "m")
        assert " 1/21 " in text(pilot.app)
        assert "East" in text(pilot.app)


async def test_a_kind_is_chosen_by_one_key(shop: Workspace) -> None:
    async with due(shop) as pilot:
        assert "[Every kind 21]" in text(pilot.app)
        await press(pilot, "t")
        assert "[contact 21]" in text(pilot.app)
        await press(pilot, "t")
        assert "[Every kind 21]" in text(pilot.app)


async def test_enter_opens_the_customer_and_escape_comes_back(shop: Workspace) -> None:
    async with due(shop) as pilot:
        await press(pilot, "down", "enter")
        await settle(pilot)
        assert "客户02  C02" in text(pilot.app)
        assert "Reasons" in text(pilot.app)
        await press(pilot, "escape")
        assert any("▸" in each and "C02" in each for each in lines(pilot.app))


async def test_the_queue_shows_the_new_grade_on_coming_back(shop: Workspace) -> None:
    async with due(shop) as pilot:
        await press(pilot, "l", "z", "Q", "escape")
        await settle(pilot)
        assert any("C01" in each and "D◇" in each for each in lines(pilot.app))


async def test_all_keys_are_listed_those_of_the_outcomes_too(shop: Workspace) -> None:
    async with due(shop, (100, 80)) as pilot:
        await press(pilot, "l", "f1")
        shown = text(pilot.app)
        assert "Trusts the 4S dealer, will not come" in shown
        assert "the customer is not reached" in shown
        assert "Mine or all" in shown


async def test_the_mode_is_in_the_palette_and_not_while_one_is_in_it(shop: Workspace) -> None:
    async with due(shop) as pilot:
        await press(pilot, "ctrl+p", *"log contacts")
        assert "D d Alt+D" not in text(pilot.app)
        await press(pilot, "escape", "escape", "ctrl+p", *"log contacts")
        assert "D d Alt+D" in text(pilot.app)
        await press(pilot, "enter")
        await settle(pilot)
        assert isinstance(pilot.app.screen, DueScreen)
