"""The mode Approvals: approved, returned, rejected, put forward anew; one's own is blocked, and said why."""

from __future__ import annotations

import re
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from screens import lines, press, settle, text
from textual.pilot import Pilot

from rung.ledger import InputKind, Proposal, Supply
from rung.text import Language
from rung.workspace import Workspace
from rung_tui.app import ReviewApp
from rung_tui.approvals.desk import ApprovalsDesk
from rung_tui.approvals.listing import Listing
from rung_tui.approvals.preview import PreviewScreen
from rung_tui.approvals.screen import ApprovalsScreen
from rung_tui.review import Review

pytestmark = pytest.mark.asyncio

As = Callable[[str], None]
HOSTILE = "坏\x1b[31m[b]人\u202e👨\u200d👩\u200d👧\n第二行"
PEOPLE = """
[people.lina]
name = "李娜"
role = "reviewer"
team = "北区"
manager = "boss"

[people.wang]
name = "王伟"
role = "approver"

[people.zhao]
name = "赵敏"
role = "approver"
manager = "boss"

[people.sun]
name = "孙丽"
role = "reviewer"

[people.boss]
name = "老板"
role = "owner"
"""
BETTER = Proposal(grade="A", reason="interim_performance", narrative=HOSTILE, evidence="F-12")
LARGE, SMALL, THIRD = "K0000003", "K0000012", "K0000018"
# Of B: raising the first needs two approvals, the others one.

SCREEN = """\
 Rung  Approvals  王伟 · approver                                          中文
 v[To decide 3] Mine 0  All 3  Came to lift  a[All policies]
  Id What       My decision  Customer Name                   By   Age Appr.
▸ O1 B → A (+1) ● may decide K0000003 合肥和创新材料有限公司 李娜 0 d 0/2
  O2 B → A (+1) ● may decide K0000012 徐晨                   李娜 0 d 0/1
  O3 B → A (+1) ● may decide K0000018 宁波康成物流有限公司   李娜 0 d 0/2




─Override O1 · K0000003 合肥和创新材料有限公司 · awaiting approval──────────────
 ● You may decide.
 Grade B → A ▲1  as it was proposed
 By now B → A  computed B
 Score 72
 Reason Interim performance (cash flow, liquidity, balance sheet)             ▃
 Narrative 坏[31m[b]人👨👩👧 第二行
 Evidence F-12
 Proposed by 李娜 on YYYY-MM-DD HH:MM · reviewer · team 北区
 Approvals: 0 of 2 · of another reporting line than its maker
 Last day: YYYY-MM-DD · N days left
 Note       read by its maker; a return or rejection needs one
 1/3
 y Approve  b Return  x Reject  Space Mark  u Withdraw  Esc Queue  ^P Actions
"""


@pytest.fixture
def acting(monkeypatch: pytest.MonkeyPatch) -> As:
    """Make the process run under somebody's account."""

    def become(account: str) -> None:
        monkeypatch.setattr("rung.workspace.human_input.account", lambda: account)

    return become


@pytest.fixture(scope="module")
def office_once(graded_workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the office once: to propose takes longer than to copy what was proposed."""
    folder = Path(shutil.copytree(graded_workspace, tmp_path_factory.mktemp("office") / "workspace"))
    file = folder / "rung.toml"
    file.write_text(file.read_text(encoding="utf-8") + PEOPLE, encoding="utf-8")
    workspace = Workspace.open(folder)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("rung.workspace.human_input.account", lambda: "lina")
        for customer in (LARGE, SMALL, THIRD):
            workspace.human_input.propose(customer, BETTER, now())
    return folder


@pytest.fixture
def office(office_once: Path, tmp_path: Path, acting: As) -> Workspace:
    """Return a workspace with people, where three better grades by Li Na await approval; Wang acts."""
    acting("wang")
    return Workspace.open(Path(shutil.copytree(office_once, tmp_path / "workspace")))


def now() -> datetime:
    return datetime.now().astimezone()


@asynccontextmanager
async def approvals(
    workspace: Workspace, size: tuple[int, int] = (80, 24), language: Language = "en"
) -> AsyncIterator[Pilot[int]]:
    """Open the program, and in it the approvals."""
    app = ReviewApp(Review(workspace, workspace.run()), language)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await pilot.press("A")
        await settle(pilot)
        yield pilot


def undated(pilot: Any) -> str:
    """Return the screen with every day and hour written as a pattern."""
    shown = "\n".join(each.rstrip() for each in lines(pilot.app)) + "\n"
    for pattern, put in (
        ("[0-9]{4}-[0-9]{2}-[0-9]{2}", "YYYY-MM-DD"),
        ("[0-9]{2}:[0-9]{2}", "HH:MM"),
        ("36[56] days", "N days"),
    ):
        shown = re.sub(pattern, put, shown)
    return shown


def status(workspace: Workspace, number: str) -> str:
    return workspace.human_input.input(number).status(now().date()).value


async def test_the_whole_screen_says_what_awaits_decision_and_what_it_changes(office: Workspace) -> None:
    async with approvals(office) as pilot:
        assert undated(pilot) == SCREEN


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


async def test_the_customers_page_is_opened_from_a_proposal(office: Workspace) -> None:
    async with approvals(office) as pilot:
        await press(pilot, "o")
        await settle(pilot)
        assert not isinstance(pilot.app.screen, ApprovalsScreen)
        assert LARGE in lines(pilot.app)[0]


async def test_whole_lists_are_never_put_in_words_for_the_name_of_a_worker(
    office: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[object] = []
    monkeypatch.setattr(Listing, "__repr__", lambda self: f"{written.append(self)}")
    async with approvals(office) as pilot:
        await press(pilot, "r", "v")
    assert written == []


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


async def test_a_note_begun_stays_with_its_proposal_and_ending_asks(office: Workspace) -> None:
    async with approvals(office) as pilot:
        await press(pilot, "e", *"half", "escape", "down")
        assert pilot.app.screen.query_one("#note").value == ""  # type: ignore[attr-defined]
        await press(pilot, "escape", "A")
        assert pilot.app.screen.query_one("#note").value == "half"  # type: ignore[attr-defined]
        await press(pilot, "ctrl+q")
        assert "Decisions begun and not recorded: 1" in text(pilot.app)


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


async def test_a_judgement_shows_the_value_before_and_after_and_the_points(
    office: Workspace, acting: As
) -> None:
    acting("lina")
    supply = Supply(
        kind=InputKind.JUDGEMENT,
        subject="credit_record",
        value="excellent",
        narrative="seen",
        evidence="CR-1",
    )
    made = office.human_input.supply("K0000004", supply, now())
    acting("wang")
    async with approvals(office, size=(140, 40)) as pilot:
        await press(pilot, "end")
        shown = text(pilot.app)
        assert f"Judgement {made.id} · K0000004" in shown
        assert "Credit record Poor → Excellent" in shown
        assert "Score 72.5 → 92.5" in shown
        assert "· Credit record 0 → 100 points" in shown
        assert "Senior account manager" in shown


async def test_a_proposal_on_an_older_run_is_told_stale(office: Workspace, acting: As) -> None:
    acting("lina")
    office.human_input.propose("K0000014", replace(BETTER, grade="B"), now(), office.store.ids()[-1])
    acting("wang")
    async with approvals(office) as pilot:
        await press(pilot, "end")
        shown = " ".join(text(pilot.app).split())
        assert "! Stale: the grade overruled was C, the computed one is D by now." in shown
        assert "It would be suspended at once: the computed grade has fallen since." in shown
        marked = [line for line in lines(pilot.app) if "! stale" in line]
        assert len(marked) == 1
        assert "C → B" in marked[0]


async def test_what_lifts_a_grade_unapproved_by_now_is_found(office: Workspace, acting: As) -> None:
    acting("lina")
    supply = Supply(
        kind=InputKind.JUDGEMENT, subject="credit_record", value="fair", narrative="n", evidence="CR-1"
    )
    made = office.human_input.supply("K0000014", supply, now(), office.store.ids()[-1])
    assert made.approvals_needed == 0
    async with approvals(office) as pilot:
        await press(pilot, "v", "v", "v")
        assert "[Came to lift 1]" in text(pilot.app)
        assert "! Given without approval, for it lifted nothing then; by now it does." in text(pilot.app)
        assert "By now D → C  computed D" in text(pilot.app)
        await press(pilot, "u", "enter")
        assert f"Judgement {made.id} of K0000014 is withdrawn." in text(pilot.app)


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


async def test_the_customers_page_is_opened_and_left(office: Workspace) -> None:
    async with approvals(office) as pilot:
        await press(pilot, "c")
        assert type(pilot.app.screen).__name__ == "DueCustomer"
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, ApprovalsScreen)


async def test_the_whole_proposal_is_read_in_place_of_the_list_and_decided_there(office: Workspace) -> None:
    async with approvals(office) as pilot:
        await press(pilot, "enter")
        assert "· contact every 3 months" in text(pilot.app)
        await press(pilot, "n")
        assert "Override O2" in text(pilot.app)
        await press(pilot, "y")
        assert status(office, "O2") == "approved"
        assert "Override O3" in text(pilot.app)
        await press(pilot, "escape")
        assert "My decision" in text(pilot.app)


async def test_another_language_keeps_the_note_and_the_place(office: Workspace) -> None:
    async with approvals(office, size=(140, 40)) as pilot:
        await press(pilot, "down", "e", *"half", "escape", "L")
        shown = text(pilot.app)
        assert "改判 O2 · K0000012 徐晨 · 待审批" in shown
        assert "王伟 · 审批人" in shown
        assert "原因 期间经营变化" in shown
        assert "half" in shown


async def test_the_pane_stands_beside_the_list_where_there_is_room(office: Workspace) -> None:
    async with approvals(office, size=(140, 40)) as pilot:
        assert any("You may decide." in each and "K0000003" in each for each in lines(pilot.app))


async def test_the_mouse_marks_and_changes_the_view(office: Workspace) -> None:
    async with approvals(office) as pilot:
        await pilot.click("ApprovalsTable", offset=(1, 2))
        await settle(pilot)
        assert list(pilot.app.desks["approvals"].marked) == ["O2"]  # type: ignore[attr-defined]
        place = lines(pilot.app)[1].index("Mine 0")
        await pilot.click("#views", offset=(place, 0))
        await settle(pilot)
        assert "Nothing of yours awaits a decision." in text(pilot.app)


async def test_nothing_to_decide_is_said_and_no_key_does_anything(workspace: Workspace) -> None:
    async with approvals(workspace) as pilot:
        assert "Nothing awaits a decision." in text(pilot.app)
        await press(pilot, "y", "x", "space", "m", "enter", "u", "c")
        assert isinstance(pilot.app.screen, ApprovalsScreen)


async def test_only_the_policy_on_screen_or_all_of_them(office: Workspace) -> None:
    async with approvals(office) as pilot:
        assert "a[All policies]" in text(pilot.app)
        await press(pilot, "a")
        assert "a All policies" in text(pilot.app)
        assert "[To decide 3]" in text(pilot.app)


async def test_a_damaged_ledger_is_told_and_the_program_goes_on(office: Workspace) -> None:
    async with approvals(office) as pilot:
        (office.folder / "ledger.db").write_bytes(b"no database" * 1000)
        await press(pilot, "r")
        assert isinstance(pilot.app.screen, ApprovalsScreen)
        assert "O1" in text(pilot.app)


async def test_all_of_ones_own_are_withdrawn_at_once(office: Workspace, acting: As) -> None:
    acting("lina")
    async with approvals(office) as pilot:
        await press(pilot, "v", "m", "u")
        assert "Withdraw: 3 at once" in text(pilot.app)
        await press(pilot, "enter")
        assert "Withdraw: 3 recorded, each as its own: O1 to O3." in text(pilot.app)
    assert {status(office, each) for each in ("O1", "O2", "O3")} == {"withdrawn"}


async def test_what_workers_are_given_is_not_written_out_at_length(office: Workspace) -> None:
    async with approvals(office) as pilot:
        desk = pilot.app.desks["approvals"]  # type: ignore[attr-defined]
        assert len(repr(desk.listing)) < 120
        assert len(repr(pilot.app.screen.pane.told)) < 120  # type: ignore[attr-defined]


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
