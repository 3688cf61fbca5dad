"""Where letters are typed, the last line offers no act by a letter."""

from __future__ import annotations

import pytest
from screens import lines, press

from conftest import Opened
from rung_tui.queue.screen import QueueScreen

pytestmark = pytest.mark.asyncio


async def test_while_a_filter_is_typed_only_what_works_there_is_offered(opened: Opened) -> None:
    async with opened() as pilot:
        assert lines(pilot.app)[-1].startswith(" Enter Why  o Override  / Filter  s Sort  h Runs  ")
        await press(pilot, "slash", "a")
        assert lines(pilot.app)[-1].startswith(
            " Enter To the list  Esc Back  ^P Actions  F1 Keys  F12 Modes "
        )
        assert "q Quit" not in lines(pilot.app)[-1]
        await press(pilot, "enter")
        assert lines(pilot.app)[-1].startswith(" Enter Why  o Override  ")


async def test_the_palette_goes_from_the_filter_to_the_list_as_enter_does(opened: Opened) -> None:
    async with opened() as pilot:
        await press(pilot, "slash", "a")
        queue = pilot.app.screen
        assert isinstance(queue, QueueScreen)
        assert queue.check_action("to_list", ())
        queue.action_to_list()
        await pilot.pause()
        assert queue.table.has_focus
        assert not queue.check_action("to_list", ())
