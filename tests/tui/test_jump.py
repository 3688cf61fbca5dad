"""Getting to rows and panes by letters, panes made wider or alone on the screen, notices to be read again."""

from __future__ import annotations

from typing import Any

import pytest
from screens import lines, text

from conftest import Opened, settle
from rung_tui.panes.jump import Jump, labels
from rung_tui.queue.screen import QueueScreen

pytestmark = pytest.mark.asyncio


def pane_width(pilot: Any) -> int:
    width: int = pilot.app.screen.query_one("#beside").size.width
    return width


async def test_every_row_in_sight_has_a_letter_and_typing_it_goes_there(opened: Opened) -> None:
    async with opened() as pilot:
        await pilot.press("alt+g")
        await pilot.pause()
        assert isinstance(pilot.app.screen, Jump)
        assert [line[0] for line in lines(pilot.app)[3:6]] == ["a", "s", "d"]
        assert "K0000001" in text(pilot.app)
        await pilot.press("d")
        await pilot.pause()
        assert isinstance(pilot.app.screen, QueueScreen)
        assert pilot.app.screen.table.cursor == 2


async def test_a_pane_is_gone_to_by_its_letter(opened: Opened) -> None:
    async with opened(size=(140, 24)) as pilot:
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press("alt+g")
        await pilot.pause()
        screen = pilot.app.screen
        assert isinstance(screen, Jump)
        letter = next(key for key, place in screen._places.items() if place.row is None)
        await pilot.press(letter)
        await pilot.pause()
        assert pilot.app.focused is pilot.app.screen.query_one("#beside")


async def test_more_rows_than_letters_have_two_each(opened: Opened) -> None:
    async with opened(size=(80, 40)) as pilot:
        await pilot.press("alt+g")
        await pilot.pause()
        await pilot.press("a", "d")
        await pilot.pause()
        assert pilot.app.screen.table.cursor == 2  # type: ignore[attr-defined]


async def test_escape_and_a_letter_that_stands_nowhere_leave_one_where_one_is(opened: Opened) -> None:
    async with opened() as pilot:
        for key in ("escape", "1"):
            await pilot.press("alt+g")
            await pilot.pause()
            await pilot.press(key)
            await pilot.pause()
            assert isinstance(pilot.app.screen, QueueScreen)
            assert pilot.app.screen.table.cursor == 0


async def test_labels_are_distinct_and_of_one_length() -> None:
    for count in (0, 1, 26, 27, 500):
        found = labels(count)
        assert len(set(found)) == len(found) == count
        assert len({len(label) for label in found}) <= 1


async def test_the_pane_is_made_wider_and_narrower_by_keys(opened: Opened) -> None:
    async with opened(size=(140, 30)) as pilot:
        await pilot.press("enter")
        await settle(pilot)
        before = pane_width(pilot)
        await pilot.press("<")
        await pilot.pause()
        wider = pane_width(pilot)
        await pilot.press(">", ">")
        await pilot.pause()
        assert pane_width(pilot) < before < wider


async def test_the_line_between_list_and_pane_is_dragged(opened: Opened) -> None:
    async with opened(size=(140, 30)) as pilot:
        await pilot.press("enter")
        await settle(pilot)
        region = pilot.app.screen.query_one("#beside").region
        await pilot.mouse_down(offset=(region.x, 10))
        await pilot.hover(offset=(60, 10))
        await pilot.mouse_up(offset=(60, 10))
        await pilot.pause()
        assert pilot.app.screen.query_one("#beside").region.x in range(59, 62)


async def test_the_pane_in_focus_is_alone_and_then_both_are_there_again(opened: Opened) -> None:
    async with opened(size=(140, 30)) as pilot:
        screen = pilot.app.screen
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press("z")
        await pilot.pause()
        assert not screen.query_one("#beside").region.area
        await pilot.press("z", "tab")
        await pilot.pause()
        assert screen.query_one("#beside").has_focus
        await pilot.press("z")
        await pilot.pause()
        assert screen.query_one("#beside").size.width > 130
        await pilot.press("escape")
        await pilot.pause()
        assert screen.query_one("QueueTable").region.area


async def test_what_was_said_can_be_read_again(opened: Opened) -> None:
    async with opened() as pilot:
        await pilot.press("b")
        await settle(pilot)
        await pilot.press("alt+l")
        await pilot.pause()
        assert "Notices, newest first" in text(pilot.app)
        assert "Nobody is marked" in text(pilot.app)
