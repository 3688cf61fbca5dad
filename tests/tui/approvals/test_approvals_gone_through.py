"""One's way through the mode Approvals: notes stay where they were begun, pages open and close."""

from __future__ import annotations

import pytest
from approvals_office import LARGE, approvals
from screens import lines, press, settle, text

from rung.workspace import Workspace
from rung_tui.approvals.listing import Listing
from rung_tui.approvals.screen import ApprovalsScreen

pytestmark = pytest.mark.asyncio


async def test_while_a_note_is_typed_the_last_line_says_how_to_go_back_and_what_was_typed_stays(
    office: Workspace,
) -> None:
    async with approvals(office) as pilot:
        await press(pilot, "b", *"which")
        assert lines(pilot.app)[-1].startswith(" Esc Back ")
        await press(pilot, "escape")
        assert "Note       which" in text(pilot.app)
        await press(pilot, "enter")
        assert "Esc Back" in lines(pilot.app)[-1]
        await press(pilot, "escape")
        assert "Esc Queue" in lines(pilot.app)[-1]
        assert isinstance(pilot.app.screen, ApprovalsScreen)


async def test_a_note_begun_stays_with_its_proposal_and_ending_asks(office: Workspace) -> None:
    async with approvals(office) as pilot:
        await press(pilot, "e", *"half", "escape", "down")
        assert pilot.app.screen.query_one("#note").value == ""  # type: ignore[attr-defined]
        await press(pilot, "escape", "A")
        assert pilot.app.screen.query_one("#note").value == "half"  # type: ignore[attr-defined]
        await press(pilot, "ctrl+q")
        assert "Decisions begun and not recorded: 1" in text(pilot.app)


async def test_another_language_keeps_the_note_and_the_place(office: Workspace) -> None:
    async with approvals(office, size=(140, 40)) as pilot:
        await press(pilot, "down", "e", *"half", "escape", "L")
        shown = text(pilot.app)
        assert "改判 O2 · K0000012 徐晨 · 待审批" in shown
        assert "王伟 · 审批人" in shown
        assert "原因 期间经营变化" in shown
        assert "half" in shown


async def test_the_customers_page_is_opened_from_a_proposal(office: Workspace) -> None:
    async with approvals(office) as pilot:
        await press(pilot, "o")
        await settle(pilot)
        assert not isinstance(pilot.app.screen, ApprovalsScreen)
        assert LARGE in lines(pilot.app)[0]


async def test_the_customers_page_is_opened_and_left(office: Workspace) -> None:
    async with approvals(office) as pilot:
        await press(pilot, "c")
        assert type(pilot.app.screen).__name__ == "OpenedPage"
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, ApprovalsScreen)


async def test_the_mouse_marks_and_changes_the_view(office: Workspace) -> None:
    async with approvals(office) as pilot:
        await pilot.click("ApprovalsTable", offset=(1, 2))
        await settle(pilot)
        assert list(pilot.app.desks["approvals"].marked) == ["O2"]  # type: ignore[attr-defined]
        place = lines(pilot.app)[1].index("Mine 0")
        await pilot.click("#views", offset=(place, 0))
        await settle(pilot)
        assert "Nothing of yours awaits a decision." in text(pilot.app)


async def test_a_damaged_ledger_is_told_and_the_program_goes_on(office: Workspace) -> None:
    async with approvals(office) as pilot:
        (office.folder / "ledger.db").write_bytes(b"no database" * 1000)
        await press(pilot, "r")
        assert isinstance(pilot.app.screen, ApprovalsScreen)
        assert "O1" in text(pilot.app)


async def test_whole_lists_are_never_put_in_words_for_the_name_of_a_worker(
    office: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[object] = []
    monkeypatch.setattr(Listing, "__repr__", lambda self: f"{written.append(self)}")
    async with approvals(office) as pilot:
        await press(pilot, "r", "v")
    assert written == []


async def test_what_workers_are_given_is_not_written_out_at_length(office: Workspace) -> None:
    async with approvals(office) as pilot:
        desk = pilot.app.desks["approvals"]  # type: ignore[attr-defined]
        assert len(repr(desk.listing)) < 120
        assert len(repr(pilot.app.screen.pane.told)) < 120  # type: ignore[attr-defined]
