"""Records worked on: moved on, changed, put back, taken back with a reason."""

from __future__ import annotations

from datetime import date

import pytest
from records_shop import record, records, records_of, shown
from screens import press, without_notices

from rung.workspace import Workspace

pytestmark = pytest.mark.asyncio


async def test_a_record_is_moved_on_with_a_note_and_another_day_and_put_back(shop: Workspace) -> None:
    async with records(shop) as pilot:
        await press(pilot, "enter", "2", *"on it", "tab", *"2026/4/1", "ctrl+s")
        page = shown(pilot)
        assert "[2 In hand]" in page
        assert "To be closed by: 2026-04-01  10 d left" in page
        assert "Received → In hand; to be closed by 2026-04-01" in page
        moved = record(shop, 1)
        assert (moved.state, moved.due) == ("in_hand", date(2026, 4, 1))
        await press(pilot, "u")
        assert "[1 Received]" in shown(pilot)
    back = record(shop, 1)
    assert (back.state, back.due) == ("received", date(2026, 3, 17))


async def test_a_day_that_is_none_and_a_move_that_is_none_are_told(shop: Workspace) -> None:
    async with records(shop) as pilot:
        await press(pilot, "enter", "m", "ctrl+s")
        assert "✗ It would stay as it is." in shown(pilot)
        await press(pilot, "tab", "tab", *"soon", "ctrl+s")
        assert "“soon” is neither a day nor a span" in shown(pilot)
        await press(pilot, *["backspace"] * 4, *"2020-01-01", "ctrl+s")
        assert "2020-01-01 is before 2026-03-02" in shown(pilot)
        await press(pilot, "shift+tab", "shift+tab", "3", "ctrl+s")
        assert "R1 would not be open" in shown(pilot)
    assert record(shop, 1).changes == ()


async def test_fields_are_changed_and_only_what_differs_is_recorded(shop: Workspace) -> None:
    async with records(shop) as pilot:
        await press(pilot, "enter", "e", "end", *"!", "tab", "3", "ctrl+s")
        assert "Subject: 少送一条!" in shown(pilot)
        assert "Cause: Price" in shown(pilot)
        (change,) = record(shop, 1).changes
        assert change.fields == {"subject": "少送一条!", "cause": "price"}
        await press(pilot, "e", "tab", "backspace", "ctrl+s")
    assert record(shop, 1).changes[-1].fields == {"cause": None}


async def test_a_slip_is_taken_back_with_a_reason(shop: Workspace) -> None:
    async with records(shop) as pilot:
        await press(pilot, "enter", "w", *"double", "enter")
        assert "withdrawn" in shown(pilot)
        await press(pilot, "escape")
        await without_notices(pilot)
        assert " 1/2" in shown(pilot)
        await press(pilot, "s", *"taken", "enter")
        assert "R1" in shown(pilot)
    last = record(shop, 1)
    assert (last.state, last.changes[-1].note) == ("withdrawn", "double")


async def test_what_was_done_last_is_undone_from_the_list(shop: Workspace) -> None:
    async with records(shop) as pilot:
        await press(pilot, "enter", "2", "ctrl+s", "escape", "u")
        assert record(shop, 1).state == "received"
        await press(pilot, "n", *"comp", "enter", "enter", *"slip", "ctrl+s", "u", "enter")
        assert dict(records_of(shop, "C1"))["R8"] == "withdrawn"
