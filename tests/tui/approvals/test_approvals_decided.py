"""One proposal decided: approved, returned, rejected, put forward anew; one's own is blocked."""

from __future__ import annotations

from datetime import timedelta

import pytest
from approvals_office import BETTER, SMALL, As, approvals, now, status
from screens import lines, press, settle, text

from rung.workspace import Workspace
from rung_tui.approvals.desk import ApprovalsDesk

pytestmark = pytest.mark.asyncio


async def test_one_key_approves_and_the_next_is_at_hand(office: Workspace) -> None:
    async with approvals(office) as pilot:
        await press(pilot, "down", "y")
        assert status(office, "O2") == "approved"
        assert "You approved Override O2 of K0000012: B → A (+1)." in text(pilot.app)
        assert "Override O3 · K0000018" in text(pilot.app)
        assert any("O2" in each and "✓ approved" in each and "1/1" in each for each in lines(pilot.app))
        assert "[To decide 2]" in text(pilot.app)
    assert office.human_input.input("O2").last.by == "wang"  # type: ignore[union-attr]


async def test_where_two_must_approve_the_first_approval_leaves_it_waiting(office: Workspace) -> None:
    async with approvals(office) as pilot:
        await press(pilot, "y")
        assert "It awaits the approval of 1 more and is not in effect." in text(pilot.app)
        await press(pilot, "up", "y")
        assert "✗ 王伟 approved it on" in text(pilot.app)
    assert [each.by for each in office.human_input.input("O1").approvals] == ["wang"]


async def test_the_queue_shows_what_was_approved(office: Workspace) -> None:
    async with approvals(office) as pilot:
        await press(pilot, "down", "y", "escape")
        await settle(pilot)
        await pilot.press("slash", *SMALL.lower(), "enter")
        await settle(pilot)
        assert "A▲" in text(pilot.app)


async def test_a_return_says_what_is_asked_for(office: Workspace) -> None:
    async with approvals(office) as pilot:
        await press(pilot, "b")
        assert "What is asked for" in text(pilot.app)
        await press(pilot, *"which", "enter")
        assert "is returned to 李娜 for more information" in text(pilot.app)
    assert status(office, "O1") == "returned"
    assert office.human_input.input("O1").last.note == "which"  # type: ignore[union-attr]


async def test_a_rejection_without_a_note_is_refused(office: Workspace) -> None:
    async with approvals(office) as pilot:
        await press(pilot, "x", "enter")
        assert "✗ Say why you reject it. Its maker reads the note." in text(pilot.app)
        assert status(office, "O1") == "proposed"
        await press(pilot, *"no", "enter")
        assert "Override O1 of K0000003 is rejected." in text(pilot.app)
    assert status(office, "O1") == "rejected"


async def test_ones_own_proposal_is_blocked_and_the_reason_said(office: Workspace, acting: As) -> None:
    acting("zhao")
    office.human_input.propose("K0000007", BETTER, now())
    async with approvals(office) as pilot:
        assert "Nothing awaits your decision; v shows" in text(pilot.app)
        await press(pilot, "v")
        assert "[Mine 1]" in text(pilot.app)
        assert "✗ You made this proposal; another approver must decide." in text(pilot.app)
        await press(pilot, "y", "x", "b")
        assert "To take it back, withdraw it." in " ".join(text(pilot.app).split())
        assert status(office, "O4") == "proposed"


async def test_who_is_of_the_makers_line_is_told_so_and_may_only_return(
    office: Workspace, acting: As
) -> None:
    acting("zhao")
    async with approvals(office) as pilot:
        await press(pilot, "v", "v", "y")
        shown = " ".join(text(pilot.app).split())
        assert "赵敏 and 李娜 are of one reporting line; somebody of another must decide." in shown
        assert "You may return it for more information." in shown
        await press(pilot, "b", "q", "enter")
    assert status(office, "O1") == "returned"


async def test_what_was_returned_is_put_forward_anew_and_keeps_what_was_not_touched(
    office: Workspace, acting: As
) -> None:
    office.human_input.give_back("O1", now(), "which file?")
    acting("lina")
    async with approvals(office) as pilot:
        await press(pilot, "v", "s")
        assert "? returned: 王伟" in text(pilot.app)
        await press(pilot, "tab", "tab", "tab", *"seen", "escape")
        assert pilot.app.desks["approvals"].begun() == "Decisions begun and not recorded: 1"  # type: ignore[attr-defined]
        await press(pilot, "s")
        assert "seen" in text(pilot.app)
        await press(pilot, "ctrl+s")
        assert "Override O1 of K0000003 is put forward anew" in text(pilot.app)
    made = office.human_input.input("O1")
    assert (made.narrative, made.evidence, made.proposed_grade) == (BETTER.narrative, "F-12", "A")
    assert made.last is not None and made.last.note == "seen"
    assert status(office, "O1") == "proposed"


async def test_what_was_not_returned_cannot_be_resubmitted(office: Workspace, acting: As) -> None:
    acting("lina")
    async with approvals(office) as pilot:
        await press(pilot, "v", "s")
        assert "Override O1 was not given back: it waits for approval as it is." in text(pilot.app)


async def test_a_maker_withdraws_their_own_and_nobody_elses(office: Workspace, acting: As) -> None:
    async with approvals(office) as pilot:
        await press(pilot, "u")
        assert "only its maker may withdraw it, or an owner" in " ".join(text(pilot.app).split())
    acting("lina")
    async with approvals(office) as pilot:
        await press(pilot, "v", "u")
        assert "Withdraw Override O1: " in text(pilot.app)
        assert status(office, "O1") == "proposed"
        await press(pilot, "enter")
        assert "Override O1 of K0000003 is withdrawn." in text(pilot.app)
    assert [status(office, each) for each in ("O1", "O2")] == ["withdrawn", "proposed"]


async def test_a_stand_in_decides_in_the_place_of_another_and_that_is_shown(
    office: Workspace, acting: As
) -> None:
    office.human_input.delegate("sun", now().date(), now().date() + timedelta(days=3), now(), "leave")
    acting("sun")
    async with approvals(office) as pilot:
        assert "standing in for 王伟" in text(pilot.app)
        assert "● You may decide in the place of 王伟." in text(pilot.app)
        await press(pilot, "t")
        assert "孙丽 for 王伟" in text(pilot.app)
        assert "leave" in text(pilot.app)
        await press(pilot, "escape", "y")
        assert "You acted on behalf of 王伟." in text(pilot.app)
    assert office.human_input.input("O1").last.on_behalf_of == "wang"  # type: ignore[union-attr]


async def test_a_failure_while_recording_loses_no_note(
    office: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_given: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(ApprovalsDesk, "decide", broken)
    async with approvals(office) as pilot:
        await press(pilot, "x", *"no", "enter")
        assert "✗ Nothing was recorded: OSError: disk full" in text(pilot.app)
        assert pilot.app.screen.query_one("#note").value == "no"  # type: ignore[attr-defined]
