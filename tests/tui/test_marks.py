"""Marking customers in the queue: one by one, all that are shown, by the mouse; kept whatever is shown."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from screens import lines, text

from conftest import Opened, settle
from rung_tui.marks.marks import Marks
from rung_tui.queue.screen import QueueScreen


def queue(pilot: Any) -> QueueScreen:
    screen = pilot.app.screen
    assert isinstance(screen, QueueScreen)
    return screen


def marked(pilot: Any) -> list[int]:
    return list(queue(pilot).review.marks)


@pytest.mark.asyncio
async def test_space_marks_the_customer_under_the_cursor_and_goes_on(opened: Opened) -> None:
    async with opened() as pilot:
        await pilot.press("space", "space", "down", "space")
        assert marked(pilot) == [0, 1, 3]
        assert "3 marked" in text(pilot.app)
        assert [line[1] for line in lines(pilot.app)[3:7]] == ["✓", "✓", " ", "✓"]


@pytest.mark.asyncio
async def test_space_takes_the_mark_away_again(opened: Opened) -> None:
    async with opened() as pilot:
        await pilot.press("space", "up", "space")
        assert marked(pilot) == []
        assert "marked" not in text(pilot.app)


@pytest.mark.asyncio
async def test_shift_and_an_arrow_mark_as_they_go(opened: Opened) -> None:
    async with opened() as pilot:
        await pilot.press("shift+down", "shift+down")
        assert marked(pilot) == [0, 1, 2]


@pytest.mark.asyncio
async def test_a_click_before_a_row_marks_it_and_one_with_shift_everybody_between(opened: Opened) -> None:
    async with opened() as pilot:
        await pilot.click("QueueTable", offset=(1, 3))
        assert marked(pilot) == [2]
        await pilot.click("QueueTable", offset=(0, 6), shift=True)
        await settle(pilot)
        assert marked(pilot) == [2, 3, 4, 5]


@pytest.mark.asyncio
async def test_all_shown_are_marked_and_nobody_else(opened: Opened) -> None:
    async with opened() as pilot:
        await pilot.press("slash", *"k000001", "enter")
        await settle(pilot)
        await pilot.press("a")
        await settle(pilot)
        assert marked(pilot) == list(range(9, 19))


@pytest.mark.asyncio
async def test_marks_stay_when_the_order_and_the_filter_change(opened: Opened) -> None:
    async with opened() as pilot:
        await pilot.press("down", "space", "s", *"score", "down", "enter")
        await settle(pilot)
        assert marked(pilot) == [1]
        await pilot.press("slash", *"k0000002", "enter")
        await settle(pilot)
        assert lines(pilot.app)[4][1] == "✓"


@pytest.mark.asyncio
async def test_marks_are_turned_round_among_those_shown_only(opened: Opened) -> None:
    async with opened() as pilot:
        await pilot.press("space", "slash", *"k000000", "enter")
        await settle(pilot)
        await pilot.press("i")
        await settle(pilot)
        assert marked(pilot) == list(range(1, 9))


@pytest.mark.asyncio
async def test_only_the_marked_are_shown_and_then_everybody_again(opened: Opened) -> None:
    async with opened() as pilot:
        await pilot.press("space", "down", "space", "8")
        await settle(pilot)
        assert [row.number for row in queue(pilot).table.source.page(0, 9)] == [0, 2]
        await pilot.press("8")
        await settle(pilot)
        assert len(queue(pilot).table.source) == 240


@pytest.mark.asyncio
async def test_marks_are_cleared_together(opened: Opened) -> None:
    async with opened() as pilot:
        await pilot.press("a")
        await settle(pilot)
        assert "240 marked" in text(pilot.app)
        await pilot.press("w")
        assert marked(pilot) == []


@pytest.mark.asyncio
async def test_without_marks_it_is_said_how_to_set_one(opened: Opened) -> None:
    async with opened() as pilot:
        await pilot.press("b")
        await settle(pilot)
        assert [notice.message for notice in pilot.app._notifications] == [
            "Nobody is marked: Space marks the customer under the cursor."
        ]


@pytest.mark.asyncio
async def test_the_cursor_goes_from_mark_to_mark_in_the_order_shown(opened: Opened) -> None:
    async with opened() as pilot:
        await pilot.press("slash", *"k00001", "enter")
        await settle(pilot)
        await pilot.press("down", "space", "down", "down", "space", "home", "n")
        await settle(pilot)
        assert queue(pilot).table.cursor == 1
        await pilot.press("n")
        await settle(pilot)
        assert queue(pilot).table.cursor == 4
        await pilot.press("alt+b")
        await settle(pilot)
        assert queue(pilot).table.cursor == 1


@given(
    st.integers(1, 60).flatmap(
        lambda n: st.tuples(st.binary(min_size=n, max_size=n), st.sets(st.integers(0, n - 1)))
    )
)
def test_marks_are_as_sets_of_places_are(given: tuple[bytes, set[int]]) -> None:
    raw, first = given
    shown = bytes(byte & 1 for byte in raw)
    places = {place for place, byte in enumerate(shown) if byte}
    marks = Marks(len(shown))
    for place in first:
        marks.put(place, is_marked=True)
    marks.invert(shown)
    assert set(marks) == first ^ places
    assert marks.count == len(first ^ places)
    marks.add(shown)
    assert set(marks) == first | places
