"""What is said stands on a line above the key hints: over no row worked on, gone by itself or with a key."""

from __future__ import annotations

from typing import Any

import pytest
from screens import lines, text

from conftest import Opened
from rung_tui import notice_line
from rung_tui.notice_line import NoticeLine

pytestmark = pytest.mark.asyncio

LONG = "The ledger cannot be written: the disk is full. Give it room, then do the same once more. " * 4


async def said(pilot: Any, message: str, severity: str = "information", seconds: float = 5) -> None:
    pilot.app.notify(message, severity=severity, markup=False, timeout=seconds)
    await pilot.pause(0.1)


async def test_a_notice_lies_over_the_status_line_and_the_next_key_takes_it_away(opened: Opened) -> None:
    async with opened() as pilot:
        before = lines(pilot.app)
        focused = pilot.app.focused
        await said(pilot, "Kept.")
        shown = lines(pilot.app)
        assert shown[-2].strip() == "Kept."
        assert shown[:-2] == before[:-2]
        assert shown[-1] == before[-1]
        assert pilot.app.focused is focused
        await pilot.press("down")
        await pilot.pause()
        assert "Kept." not in text(pilot.app)
        assert lines(pilot.app)[-2].startswith(" 2/")


async def test_a_notice_goes_by_itself_and_an_error_stays(opened: Opened) -> None:
    async with opened() as pilot:
        await said(pilot, "Kept.", seconds=0.2)
        await pilot.pause(0.4)
        assert "Kept." not in text(pilot.app)
        await said(pilot, "Refused.", "error", seconds=0.2)
        await pilot.pause(0.4)
        assert lines(pilot.app)[-2].strip() == "✗ Refused."


async def test_an_error_outlasts_keys_typed_before_it_can_be_read(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened() as pilot:
        monkeypatch.setattr(notice_line, "_READ", 60.0)
        await said(pilot, "Refused.", "error")
        await pilot.press("down")
        assert "✗ Refused." in text(pilot.app)
        monkeypatch.setattr(notice_line, "_READ", 0.0)
        await pilot.press("down")
        await pilot.pause()
        assert "Refused." not in text(pilot.app)


async def test_what_does_not_fit_is_cut_and_says_by_which_key_it_is_read(opened: Opened) -> None:
    async with opened() as pilot:
        await said(pilot, LONG)
        assert lines(pilot.app)[-2].rstrip().endswith("…  Alt+L: all of it")
        assert "The ledger cannot be written" not in "\n".join(lines(pilot.app)[:-2])


async def test_a_long_error_takes_three_rows_but_never_the_row_of_the_cursor(opened: Opened) -> None:
    async with opened() as pilot:
        await said(pilot, LONG, "error")
        assert "The ledger cannot be written" in lines(pilot.app)[-4]
        await pilot.press("pagedown")
        pilot.app.screen.table.cursor = pilot.app.screen.table.rows_in_sight[-1]
        await pilot.pause(0.1)
        await said(pilot, LONG, "error")
        assert "▸" in "".join(line[0] for line in lines(pilot.app))
        assert pilot.app.screen.query_one(NoticeLine).size.height == 1


async def test_a_screen_that_comes_to_the_top_shows_what_was_said_meanwhile(opened: Opened) -> None:
    async with opened() as pilot:
        await pilot.press("f1")
        await said(pilot, "Written.")
        assert "Written." in text(pilot.app)
        pilot.app.screen.dismiss(None)
        await pilot.pause(0.2)
        assert lines(pilot.app)[-2].strip() == "Written."


async def test_messages_name_the_keys_of_ones_own_key_map(opened: Opened) -> None:
    from rung_tui.acts import remap

    async with opened() as pilot:
        try:
            remap({"mark": "x"})
            await pilot.press("b")
            await pilot.pause(0.2)
            assert "Nobody is marked: x marks the customer under the cursor." in text(pilot.app)
        finally:
            remap({})
