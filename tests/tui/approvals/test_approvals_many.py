"""Many proposals decided at once after a preview: each its own record, all of them or none."""

from __future__ import annotations

import pytest
from approvals_office import BETTER, As, approvals, now, status
from screens import press, text

from rung.workspace import Workspace
from rung_tui.approvals.preview import PreviewScreen
from rung_tui.approvals.screen import ApprovalsScreen

pytestmark = pytest.mark.asyncio


async def test_many_are_approved_at_once_after_a_preview_each_its_own_record(
    office: Workspace, acting: As
) -> None:
    acting("zhao")
    office.human_input.propose("K0000007", BETTER, now())
    acting("wang")
    office.human_input.give_back("O3", now(), "why?")
    async with approvals(office) as pilot:
        await press(pilot, "v", "v", *["space"] * 4)
        assert "marked 4: a decision is for all of them" in text(pilot.app)
        await press(pilot, "y")
        assert isinstance(pilot.app.screen, PreviewScreen)
        shown = " ".join(text(pilot.app).split())
        assert "Approve: 3 at once" in shown
        assert "3 override B → A (+1)" in shown
        assert "Left out: 1" in shown
        assert "Decisions cannot be undone." in " ".join(shown.replace("│", " ").split())
        await press(pilot, *"seen", "enter")
        assert "Approve: 3 recorded, each as its own: O1 to O4." in text(pilot.app)
    for number in ("O1", "O2", "O4"):
        last = office.human_input.input(number).last
        assert last is not None
        assert (last.by, last.note) == ("wang", "seen")
    assert status(office, "O3") == "returned"


async def test_many_are_rejected_only_with_a_note_and_leaving_keeps_it(office: Workspace) -> None:
    async with approvals(office) as pilot:
        await press(pilot, "m", "x", "enter")
        assert "✗ Write a note: it says what is wanted, or why." in text(pilot.app)
        await press(pilot, "n", "o", "escape", "x")
        assert pilot.app.screen.query_one("#note").value == "no"  # type: ignore[attr-defined]
        await press(pilot, "enter")
    assert {status(office, each) for each in ("O1", "O2", "O3")} == {"rejected"}


async def test_nothing_is_recorded_of_many_where_one_was_decided_meanwhile(
    office: Workspace, acting: As
) -> None:
    async with approvals(office) as pilot:
        await press(pilot, "m", "y")
        acting("boss")
        acting("lina")
        office.human_input.withdraw("O2", now())
        acting("wang")
        await press(pilot, "enter")
        assert "O2: Override O2 is not open any more: 李娜 withdrew it" in " ".join(text(pilot.app).split())
    assert status(office, "O1") == "proposed"
    assert office.human_input.input("O1").decisions == ()


async def test_all_of_ones_own_are_withdrawn_at_once(office: Workspace, acting: As) -> None:
    acting("lina")
    async with approvals(office) as pilot:
        await press(pilot, "v", "m", "u")
        assert "Withdraw: 3 at once" in text(pilot.app)
        await press(pilot, "enter")
        assert "Withdraw: 3 recorded, each as its own: O1 to O3." in text(pilot.app)
    assert {status(office, each) for each in ("O1", "O2", "O3")} == {"withdrawn"}


async def test_decisions_on_many_that_are_stopped_are_none(office: Workspace) -> None:
    async with approvals(office) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, ApprovalsScreen)
        await press(pilot, "m", "y")
        assert isinstance(pilot.app.screen, PreviewScreen)
        report = screen._report

        def stopped(stage: str, done: int, whole: int | None) -> None:
            screen._is_stopped = done >= 1
            report(stage, done, whole)

        screen._report = stopped  # type: ignore[method-assign]
        await press(pilot, "enter")
        assert "Stopped: nothing was recorded." in text(pilot.app)
    assert {status(office, each) for each in ("O1", "O2", "O3")} == {"proposed"}
