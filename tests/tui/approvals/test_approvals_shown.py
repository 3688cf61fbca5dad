"""What the mode Approvals shows of a proposal: what it changes, whether it is stale, what it lifts by now."""

from __future__ import annotations

from dataclasses import replace

import pytest
from approvals_office import BETTER, As, approvals, now, status, undated
from screens import lines, press, text

from rung.ledger import InputKind, Supply
from rung.workspace import Workspace
from rung_tui.approvals.screen import ApprovalsScreen

pytestmark = pytest.mark.asyncio

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
 y Approve  b Return  x Reject  Space Mark  Esc Queue  ^P Actions  F1 Keys
"""


async def test_the_whole_screen_says_what_awaits_decision_and_what_it_changes(office: Workspace) -> None:
    async with approvals(office) as pilot:
        assert undated(pilot) == SCREEN


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


async def test_the_pane_stands_beside_the_list_where_there_is_room(office: Workspace) -> None:
    async with approvals(office, size=(140, 40)) as pilot:
        assert any("You may decide." in each and "K0000003" in each for each in lines(pilot.app))


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
