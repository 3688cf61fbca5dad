"""Alarms in the mode Records: the time left, answered, closed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from records_shop import TODAY, answer, records, shown
from screens import lines, press, without_notices

from rung.service.events.happening import Happened
from rung.workspace import Workspace

pytestmark = pytest.mark.asyncio


@pytest.fixture
def alarmed(shop: Workspace) -> Workspace:
    """Return the workspace with two alarms: one with an hour left, one long late and to be handed up."""
    happened = [
        Happened(
            customer_id=customer, at=TODAY - timedelta(hours=hours), values={"score": "30"}, key=customer
        )
        for customer, hours in (("C1", 1), ("C2", 5))
    ]
    shop.events.add("surveys", happened, TODAY)
    return shop


async def test_alarms_show_the_time_left_and_who_is_late_comes_first(alarmed: Workspace) -> None:
    async with records(alarmed) as pilot:
        await press(pilot, "a")
        page = shown(pilot)
        assert "a Records" in lines(pilot.app)[-1]
        assert page.index("3 h late") < page.index("60 min left")
        assert "Handed up now, for nobody answered in time: W9." in page
        await press(pilot, "l")
        assert " 1/1  late 1" in shown(pilot)


async def test_an_alarm_is_answered_and_closed(alarmed: Workspace) -> None:
    async with records(alarmed) as pilot:
        await press(pilot, "a", "enter", "a", "tab", *"called him", "ctrl+s")
        assert "李娜, 2026-03-22 10:00: called him" in shown(pilot)
        await press(pilot, "x", "tab", "tab", *"settled", "ctrl+s")
        assert "Duties that wait to be answered: 1" in shown(pilot)
        await press(pilot, "2", "tab", *"fine", "ctrl+s")
        page = shown(pilot)
        assert "Closed by 李娜 on 2026-03-22 10:00: settled" in page
        assert "What came of it: fine" in page
        assert "a Answer" not in page
        await press(pilot, "escape")
        await without_notices(pilot)
        assert " 1/1" in shown(pilot)
        await press(pilot, "s", "down", "down", "enter")
        assert "W9" in shown(pilot)
    alarm = alarmed.alarms.alarm("W9")
    assert alarm.closing is not None
    assert alarm.duties[0].answer is not None


async def test_an_answer_says_something_and_what_was_typed_stays(alarmed: Workspace) -> None:
    async with records(alarmed) as pilot:
        await press(pilot, "a", "enter", "a", "ctrl+s")
        assert "✗ This is needed." in shown(pilot)
        await press(pilot, *"half", "escape", "a")
        assert answer(pilot, "note") == "half"
