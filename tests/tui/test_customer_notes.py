"""Notes are written on a customer's page: for oneself, a team or everybody; what was typed is kept."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from screens import text
from textual.pilot import Pilot

from conftest import Opened, settle
from rung.ledger.notes import Audience, Note
from rung.workspace import Workspace
from rung.workspace.notes import Notes
from rung_tui.customer.note_dialog import NoteDialog

pytestmark = pytest.mark.asyncio

CUSTOMER = "K0000003"


async def press(pilot: Pilot[int], *keys: str) -> None:
    await pilot.press(*keys)
    await pilot.pause(0.1)
    await settle(pilot)


async def dialog(pilot: Pilot[int]) -> None:
    await press(pilot, "down", "down", "enter", "n")
    assert isinstance(pilot.app.screen, NoteDialog)


async def saved(pilot: Pilot[int]) -> None:
    await pilot.press("ctrl+s")
    for _round in range(100):
        await pilot.pause(0.05)
        if not isinstance(pilot.app.screen, NoteDialog):
            break
    await settle(pilot)


def notes(workspace: Workspace) -> tuple[Note, ...]:
    return workspace.notes.about(CUSTOMER)


async def test_a_note_is_written_and_stands_on_the_page_with_who_and_when(
    opened: Opened, workspace: Workspace
) -> None:
    async with opened() as pilot:
        await dialog(pilot)
        await pilot.press(*"约了下周三", "enter", *"bring the file")
        await saved(pilot)
        (note,) = notes(workspace)
        assert (note.text, note.visible_to) == ("约了下周三\nbring the file", Audience.ALL)
        await press(pilot, "7")
        assert f"N{note.number}  by {note.maker} on " in text(pilot.app)
        assert "约了下周三 bring the file" in text(pilot.app)


async def test_a_note_may_be_for_oneself_alone_and_for_no_team_where_one_has_none(
    opened: Opened, workspace: Workspace
) -> None:
    async with opened() as pilot:
        await dialog(pilot)
        assert "for the team" not in text(pilot.app)
        await pilot.press("x", "tab", "up")
        await saved(pilot)
        assert [each.visible_to for each in notes(workspace)] == [Audience.ME]


async def test_what_was_typed_is_there_again_and_asked_about_at_the_end(opened: Opened) -> None:
    async with opened() as pilot:
        await dialog(pilot)
        await press(pilot, *"half", "escape", "n")
        assert "half" in text(pilot.app)
        await press(pilot, "escape", "q")
        assert "Notes begun and not saved: 1" in text(pilot.app)
        await press(pilot, "enter")


async def test_a_note_that_says_nothing_is_refused_in_the_dialog(
    opened: Opened, workspace: Workspace
) -> None:
    async with opened() as pilot:
        await dialog(pilot)
        await saved(pilot)
        assert "✗ The note says nothing." in text(pilot.app)
        assert notes(workspace) == ()


async def test_a_note_that_cannot_be_recorded_stays_in_the_dialog(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_given: object) -> Note:
        raise OSError("disk full")

    monkeypatch.setattr(Notes, "write", full)
    async with opened() as pilot:
        await dialog(pilot)
        await pilot.press(*"kept")
        await saved(pilot)
        assert "Nothing was recorded: OSError: disk full" in text(pilot.app)
        assert "kept" in text(pilot.app)


async def test_a_section_gone_to_before_all_was_read_is_where_one_is_afterwards(
    opened: Opened, workspace: Workspace
) -> None:
    run = next(each for each in workspace.store.ids() if each.endswith("bank.credit-tiers"))
    workspace.notes.write(CUSTOMER, "short", Audience.ALL, datetime(2026, 7, 10, tzinfo=UTC), run)
    shown = []
    for late in (False, True):
        async with opened() as pilot:
            await press(pilot, "down", "down")
            await pilot.press("enter", *(() if late else "7"))
            await settle(pilot)
            await press(pilot, *("7" if late else ()))
            shown.append(text(pilot.app))
    assert shown[0] == shown[1]
    assert "short" in shown[0]


async def test_a_hostile_note_moves_nothing_and_is_read_as_text(opened: Opened, workspace: Workspace) -> None:
    hostile = "坏\x1b[31m[b]人[/b]\u202e👨\u200d👩\u200d👧"
    run = next(each for each in workspace.store.ids() if each.endswith("bank.credit-tiers"))
    workspace.notes.write(CUSTOMER, hostile, Audience.ALL, datetime(2026, 7, 10, tzinfo=UTC), run)
    async with opened() as pilot:
        await press(pilot, "down", "down", "enter", "7")
        shown = text(pilot.app)
        assert "[b]人[/b]" in shown
        assert "\x1b" not in shown
        assert "\u202e" not in shown


async def test_in_chinese_the_dialog_is_chinese(opened: Opened) -> None:
    async with opened(language="zh") as pilot:
        await dialog(pilot)
        assert "仅本人可见" in text(pilot.app)
