"""Overruling many at once from the queue: foreseen, recorded one by one, taken back together."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from screens import press, text
from textual.widgets import TextArea

from conftest import Opened, settle
from rung.ledger import Override
from rung.workspace import Workspace
from rung_tui.bulk.dialog import BulkDialog
from rung_tui.override.pickers import Picker
from rung_tui.queue.screen import QueueScreen

pytestmark = pytest.mark.asyncio


def recorded(workspace: Workspace, day: date) -> list[tuple[str, str | None, str]]:
    found = Workspace.open(workspace.folder).human_input.overrides()
    return [(each.customer_id, each.proposed_grade, each.status(day).value) for each in found]


async def foreseen(pilot: Any) -> None:
    for _round in range(100):
        await pilot.pause(0.05)
        screen = pilot.app.screen
        if not isinstance(screen, BulkDialog) or not (screen._is_foreseeing or screen._is_saving):
            break
    await pilot.pause()


async def filled_in(pilot: Any, grade: int) -> None:
    """Open the dialog on whoever is marked and fill it in."""
    await pilot.press("b")
    for _round in range(60):
        await pilot.pause(0.05)
        if isinstance(pilot.app.screen, BulkDialog):
            break
    screen = pilot.app.screen
    screen.query_one("#grade", Picker).picked = grade
    screen.query_one("#reason", Picker).picked = 0
    screen.query_one(TextArea).text = "region closed"
    await foreseen(pilot)


async def test_what_would_come_of_it_is_shown_before_anything_is_recorded(
    opened: Opened, workspace: Workspace, today: date
) -> None:
    async with opened(size=(100, 40)) as pilot:
        await pilot.press(*["space"] * 6)
        await filled_in(pilot, 3)
        shown = text(pilot.app)
        assert "Override · 6 marked" in shown
        assert "To be recorded:" in shown
        assert "→ D" in shown
        assert recorded(workspace, today) == []


async def test_every_marked_customer_gets_a_record_of_its_own(
    opened: Opened, workspace: Workspace, today: date
) -> None:
    async with opened(size=(100, 40)) as pilot:
        await pilot.press(*["space"] * 3)
        await filled_in(pilot, 3)
        await pilot.press("ctrl+s")
        await foreseen(pilot)
        await settle(pilot)
        assert isinstance(pilot.app.screen, QueueScreen)
        made = recorded(workspace, today)
        assert [each[1] for each in made] == ["D"] * len(made)
        assert len({each[0] for each in made}) == len(made) >= 2
        found = Workspace.open(workspace.folder).human_input.overrides()
        assert len({each.batch for each in found if isinstance(each, Override)}) == 1


async def test_who_is_refused_stands_there_with_the_cause_and_stays_marked(
    opened: Opened, workspace: Workspace, today: date
) -> None:
    async with opened(size=(100, 40)) as pilot:
        await pilot.press("a")
        await settle(pilot)
        await filled_in(pilot, 0)
        shown = text(pilot.app)
        assert "Left out, for the rules refuse them:" in shown
        await pilot.press("ctrl+s")
        await foreseen(pilot)
        await settle(pilot)
        made = recorded(workspace, today)
        assert 0 < len(made) < 240
        assert pilot.app.screen.review.marks.count == 240 - len(made)  # type: ignore[attr-defined]


async def test_where_everybody_is_refused_nothing_is_recorded_and_that_is_said(
    opened: Opened, workspace: Workspace, today: date
) -> None:
    async with opened(size=(100, 40)) as pilot:
        await pilot.press("s", *"grade", "enter")
        await settle(pilot)
        await pilot.press("space")
        await filled_in(pilot, 0)  # the best have that grade already
        await pilot.press("ctrl+s")
        await foreseen(pilot)
        assert "The rules refuse everybody marked" in text(pilot.app)
        assert recorded(workspace, today) == []


async def test_what_was_typed_is_there_when_the_dialog_is_opened_again(opened: Opened, today: date) -> None:
    del today
    async with opened(size=(100, 40)) as pilot:
        await pilot.press("space")
        await filled_in(pilot, 3)
        await pilot.press("escape")
        await settle(pilot)
        assert pilot.app.begun == 1  # type: ignore[attr-defined]
        await pilot.press("b")
        await settle(pilot)
        assert "region closed" in text(pilot.app)


async def test_the_last_of_many_is_taken_back_together_from_any_customer(
    opened: Opened, workspace: Workspace, today: date
) -> None:
    async with opened(size=(100, 40)) as pilot:
        await pilot.press(*["space"] * 4)
        await filled_in(pilot, 3)
        await pilot.press("ctrl+s")
        await foreseen(pilot)
        await settle(pilot)
        count = len(recorded(workspace, today))
        await pilot.press("end", "u")
        await settle(pilot)
        assert f"Take back all {count} recorded together" in text(pilot.app)
        await pilot.press("enter")
        await settle(pilot)
        assert {each[2] for each in recorded(workspace, today)} == {"withdrawn"}


async def test_the_last_of_many_is_taken_back_where_a_filter_leaves_nobody(
    opened: Opened, workspace: Workspace, today: date
) -> None:
    async with opened(size=(100, 40)) as pilot:
        await press(pilot, "slash", *"nobody at all", "enter", "u")
        assert "Nobody is under the cursor." in text(pilot.app)
        await press(pilot, "slash", "ctrl+u", "enter", *["space"] * 4)
        await filled_in(pilot, 3)
        await pilot.press("ctrl+s")
        await foreseen(pilot)
        await press(pilot, "slash", *"nobody at all", "enter", "u")
        assert f"Take back all {len(recorded(workspace, today))} recorded together" in text(pilot.app)
        await press(pilot, "enter")
        assert {each[2] for each in recorded(workspace, today)} == {"withdrawn"}


async def test_one_of_many_is_taken_back_alone(opened: Opened, workspace: Workspace, today: date) -> None:
    async with opened(size=(100, 40)) as pilot:
        await pilot.press(*["space"] * 4)
        await filled_in(pilot, 3)
        await pilot.press("ctrl+s")
        await foreseen(pilot)
        await settle(pilot)
        first = recorded(workspace, today)[0][0]
        pilot.app.screen.table.cursor = int(first[1:]) - 1  # type: ignore[attr-defined]
        await pilot.press("u")
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        states = [each[2] for each in recorded(workspace, today)]
        assert states.count("withdrawn") == 1


async def test_recording_that_is_stopped_leaves_nothing_on_record_and_the_form_filled_in(
    opened: Opened, workspace: Workspace, today: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(size=(100, 40)) as pilot:
        await pilot.press(*["space"] * 6)
        await filled_in(pilot, 3)
        dialog = pilot.app.screen
        assert isinstance(dialog, BulkDialog)
        record = dialog._desk.record

        def slow(customers: Any, proposal: Any, go_on: Any) -> Any:
            dialog._is_stopped = True
            return record(customers, proposal, go_on)

        monkeypatch.setattr(dialog._desk, "record", slow)
        await pilot.press("ctrl+s")
        await foreseen(pilot)
        assert "Stopped: nothing was recorded." in text(pilot.app)
        assert pilot.app.screen is dialog
        assert recorded(workspace, today) == []
