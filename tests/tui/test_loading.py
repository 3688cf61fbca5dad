"""A mode loaded for the first time takes what is typed meanwhile; what was asked for last is shown."""

from __future__ import annotations

import time
from typing import Any

import pytest

from conftest import Opened, settle
from rung_tui.app import ReviewApp
from rung_tui.modes import opening
from rung_tui.modes.loading import Loading
from rung_tui.modes.opening import mode_shown

pytestmark = pytest.mark.asyncio


@pytest.fixture(autouse=True)
def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have no mode loaded yet, and loading take its time."""
    load = opening._opener

    def slowly(mode: Any) -> Any:
        time.sleep(0.5)
        return load(mode)

    monkeypatch.setattr(opening, "_openers", {})
    monkeypatch.setattr(opening, "_opener", slowly)


async def test_keys_typed_while_a_mode_is_loaded_are_for_the_mode(opened: Opened) -> None:
    async with opened() as pilot:
        await pilot.press("R", "a")
        assert isinstance(pilot.app.screen, Loading)
        await settle(pilot)
        assert isinstance(pilot.app, ReviewApp)
        assert mode_shown(pilot.app) == "records"
        assert pilot.app.desks["records"].wish.is_alarms  # type: ignore[attr-defined]


async def test_the_mode_asked_for_last_is_shown(opened: Opened) -> None:
    async with opened() as pilot:
        await pilot.press("R", "alt+j")
        await settle(pilot)
        assert isinstance(pilot.app, ReviewApp)
        assert mode_shown(pilot.app) == "journal"
        assert len(pilot.app.screen_stack) == 2
