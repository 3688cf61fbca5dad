"""Keys typed faster than the program works are for what comes, and for nobody else."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import pytest
from due_cases import contacts, due, field, pane_title
from screens import lines, press, settle, text

from conftest import Opened
from rung.workspace import Workspace
from rung_tui.due.desk import DueDesk
from rung_tui.due.table import DueTable
from rung_tui.override.dialog import OverrideDialog
from rung_tui.queue.screen import QueueScreen
from rung_tui.review import Review

pytestmark = pytest.mark.asyncio


def slow(monkeypatch: pytest.MonkeyPatch, owner: type[Any], name: str) -> None:
    """Have a method take its time."""
    quick = getattr(owner, name)

    def slowly(*args: Any, **given: Any) -> Any:
        time.sleep(0.3)
        return quick(*args, **given)

    monkeypatch.setattr(owner, name, slowly)


async def test_each_letter_is_for_the_customer_after_the_one_being_recorded(
    shop: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow(monkeypatch, DueDesk, "log")
    async with due(shop) as pilot:
        await press(pilot, "l")
        await pilot.press("z", "n", "S", "x", "n")
        await settle(pilot)
        assert "C06" in pane_title(pilot)
    logged = [contacts(shop, f"C0{n}") for n in range(1, 6)]
    assert logged == [["goes_to_dealer"], ["no_need_now"], [], ["no_answer"], ["no_need_now"]]


async def test_a_note_typed_at_once_after_a_letter_is_about_the_next_customer(
    shop: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow(monkeypatch, DueDesk, "log")
    async with due(shop) as pilot:
        await press(pilot, "l")
        await pilot.press("n", "enter", *"snow")
        await settle(pilot)
        assert field(pilot, "note") == "snow"
        assert "C02" in pane_title(pilot)
    assert [contacts(shop, each) for each in ("C01", "C02", "C03")] == [["no_need_now"], [], []]


async def test_what_was_typed_for_the_next_is_dropped_where_the_first_was_refused(
    shop: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow(monkeypatch, DueDesk, "log")
    async with due(shop) as pilot:
        await press(pilot, "l", "enter", "enter", *"2020-01-01", "escape")
        await pilot.press("n", "x", "z")
        await settle(pilot)
        assert "C01" in pane_title(pilot)
    assert [contacts(shop, each) for each in ("C01", "C02")] == [[], []]


async def test_what_is_typed_while_a_dialog_is_made_is_for_the_dialog(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow(monkeypatch, Review, "ground")
    async with opened() as pilot:
        await pilot.press("o", "right", "tab", "down", "tab", *"d2")
        await settle(pilot)
        assert isinstance(pilot.app.screen, OverrideDialog)
        assert pilot.app.focused is not None
        assert pilot.app.focused.text == "d2"  # type: ignore[attr-defined]
        assert "(•) Interim performance" in text(pilot.app)


async def test_reading_again_at_once_does_not_give_up_what_is_read_at_first(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow(monkeypatch, Review, "read_policy")
    async with opened() as pilot:
        queue = pilot.app.screen
        assert isinstance(queue, QueueScreen)
        queue.has_read_all = False
        queue._read_more()
        await pilot.press("r")
        await settle(pilot)
        assert queue.has_read_all


async def test_a_mode_left_while_it_reads_takes_nothing_down_with_it(
    shop: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def taken_down_slowly(self: DueTable) -> None:
        del self
        await asyncio.sleep(0.6)

    slow(monkeypatch, DueDesk, "read")
    monkeypatch.setattr(DueTable, "on_unmount", taken_down_slowly, raising=False)
    async with due(shop) as pilot:
        await pilot.press("r", "escape")
        await settle(pilot)
        assert isinstance(pilot.app.screen, QueueScreen)
        await pilot.pause(0.8)


async def test_what_was_written_before_is_added_to_and_not_typed_over(shop: Workspace) -> None:
    async with due(shop) as pilot:
        await press(pilot, "l", "enter", *"busy", "escape", "enter", *" now")
        assert field(pilot, "note") == "busy now"


async def test_in_a_field_no_letter_is_offered(shop: Workspace) -> None:
    async with due(shop) as pilot:
        await press(pilot, "l")
        assert "S Skip" in lines(pilot.app)[-1]
        await press(pilot, "enter")
        assert lines(pilot.app)[-1].startswith(" Tab Next field  Esc Back to the letters  ^P Actions")
        await press(pilot, "escape")
        assert "S Skip" in lines(pilot.app)[-1]
