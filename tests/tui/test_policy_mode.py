"""The mode Policy: a threshold edited and tried, undone, tested, written and published; nothing is lost."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from screens import lines, settle, text
from textual.pilot import Pilot

from conftest import review_of
from rung.text import Language
from rung.workspace import Workspace
from rung_tui.app import ReviewApp
from rung_tui.policy.desk import PolicyDesk
from rung_tui.policy.finish import FinishScreen
from rung_tui.policy.moved import MovedScreen
from rung_tui.policy.pages import PolicyPage
from rung_tui.policy.screen import PolicyScreen

pytestmark = pytest.mark.asyncio

EN = """\
 Rung  Policy  Bank customer tiers  own.credit-tiers 1 over bank.credit-t… 中文
 c Changes 1  n Assumed 1/65  t Test  w Write  p Publish
  Policy                   Value      Assumed Before In the other language
  - How the grade is found            1/3                                      ┃
▸     A  Tier A            score ≥ 88 ✓       90     A类客户                   ┃
      B  Tier B            score ≥ 70 ≈              B类客户                   ┃
      C  Tier C            score ≥ 45 ≈              C类客户
      D  Tier D            the rest                  D类客户
      way of grading       score
  - Criteria                          0/45
    + Assets               weight 30  0/9            资产规模
 A类客户
 ≈ Assumed: the source gives no score; these put each tier's own profile into
   it: A's makes 100, B's 87.5, C's 56.5, D's 18
────────────────────────────────────────────────────────────────────────────────
 5 of 240 move: ▲up 5.
 20260703T080000Z-bank.credit-tiers  5 of 240 move: ▲up 5.
 Enter Change  u Undo  e Effect  m Customers  w Write  p Publish  Esc Queue
"""


@asynccontextmanager
async def policy(
    workspace: Workspace, size: tuple[int, int] = (80, 24), language: Language = "en"
) -> AsyncIterator[Pilot[int]]:
    """Open the program, and in it the policy of the run."""
    app = ReviewApp(review_of(workspace), language)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await pilot.press("P")
        await settle(pilot)
        yield pilot


async def typed(pilot: Pilot[int], text_: str) -> None:
    """Type a text over what stands in the line, and wait until it was tried."""
    await pilot.press("ctrl+u", *text_)
    await settle(pilot)


def desk(pilot: Pilot[int]) -> PolicyDesk:
    """Return the mode's desk."""
    found = pilot.app.desks["policy"]  # type: ignore[attr-defined]
    assert isinstance(found, PolicyDesk)
    return found


def screen(pilot: Pilot[int]) -> PolicyScreen:
    """Return the mode's screen."""
    assert isinstance(pilot.app.screen, PolicyScreen)
    return pilot.app.screen


def value(pilot: Pilot[int], *path: str | int) -> object:
    """Return what the draft says."""
    draft = desk(pilot).draft
    assert draft is not None
    return draft.value(path)


async def lowered(pilot: Pilot[int], to: str = "88") -> None:
    """Type another cut-off of A, and take it."""
    await pilot.press("home", "down", "enter")
    await typed(pilot, to)
    await pilot.press("enter")
    await settle(pilot)


async def test_a_threshold_is_edited_and_whom_that_moves_is_shown(workspace: Workspace) -> None:
    async with policy(workspace) as pilot:
        await lowered(pilot)
        shown = [each.rstrip() for each in lines(pilot.app)]
        assert "\n".join((*shown[:16], *shown[-2:])) + "\n" == EN
        after = [each.split()[2] for each in shown[17:21]]
        assert after == ["37", "88", "62", "46"]


async def test_the_effect_comes_as_one_types_before_anything_is_taken(workspace: Workspace) -> None:
    async with policy(workspace) as pilot:
        await pilot.press("home", "down", "enter")
        await typed(pilot, "88")
        assert "5 of 240 move: ▲up 5." in text(pilot.app)
        await pilot.press("escape")
        await settle(pilot)
        assert value(pilot, "grading", "cutoffs", "A") == 90
        assert "Nobody of 240 moves." in text(pilot.app)


async def test_what_is_wrong_is_said_in_the_policys_words_and_enter_twice_takes_it(
    workspace: Workspace,
) -> None:
    async with policy(workspace) as pilot:
        await pilot.press("home", "down", "enter")
        await typed(pilot, "60")
        assert "The cut-off of “B”, 70, is not below that of “A”, 60." in text(pilot.app)
        assert "As it stands it cannot grade" in text(pilot.app)
        await pilot.press("enter")
        await settle(pilot)
        assert value(pilot, "grading", "cutoffs", "A") == 90
        await pilot.press("enter")
        await settle(pilot)
        assert value(pilot, "grading", "cutoffs", "A") == 60
        assert "Problems 1" in text(pilot.app)


async def test_changes_are_undone_and_made_again(workspace: Workspace) -> None:
    async with policy(workspace) as pilot:
        await lowered(pilot)
        await pilot.press("u")
        await settle(pilot)
        assert value(pilot, "grading", "cutoffs", "A") == 90
        assert "Nobody of 240 moves." in text(pilot.app)
        await pilot.press("ctrl+y")
        await settle(pilot)
        assert value(pilot, "grading", "cutoffs", "A") == 88


async def test_a_draft_outlives_the_program_and_so_does_what_was_being_typed(workspace: Workspace) -> None:
    async with policy(workspace) as pilot:
        await lowered(pilot)
        await pilot.press("down", "enter")
        await typed(pilot, "71")
    async with policy(Workspace.open(workspace.folder)) as pilot:
        assert value(pilot, "grading", "cutoffs", "A") == 88
        assert value(pilot, "grading", "cutoffs", "B") == 70
        assert screen(pilot).is_typing
        assert desk(pilot).typed == "71"
        await pilot.press("enter")
        await settle(pilot)
        assert value(pilot, "grading", "cutoffs", "B") == 71


async def test_those_who_move_are_listed_and_one_is_opened(workspace: Workspace) -> None:
    async with policy(workspace) as pilot:
        await lowered(pilot)
        await pilot.press("m")
        await settle(pilot)
        assert isinstance(pilot.app.screen, MovedScreen)
        assert "The cut-offs are others" in lines(pilot.app)[2]
        assert "▲A" in lines(pilot.app)[2]
        await pilot.press("enter")
        await settle(pilot)
        await settle(pilot)
        assert "K0000002" in text(pilot.app)
        await pilot.press("escape", "escape")
        await settle(pilot)
        assert isinstance(pilot.app.screen, PolicyScreen)


async def test_parts_fold_by_keys_and_by_a_click_on_their_sign(workspace: Workspace) -> None:
    async with policy(workspace) as pilot:
        await pilot.press("home", "left")
        await settle(pilot)
        assert "+ How the grade is found" in text(pilot.app)
        assert "A  Tier A" not in text(pilot.app)
        await pilot.click("TreeTable", offset=(2, 1))
        await settle(pilot)
        assert "- How the grade is found" in text(pilot.app)
        assert "A  Tier A" in text(pilot.app)


async def test_assumed_values_are_gone_through_one_by_one(workspace: Workspace) -> None:
    async with policy(workspace) as pilot:
        await pilot.press("home", "down")
        await pilot.press("a")
        await settle(pilot)
        assert "Assumed 1/65" in text(pilot.app)
        row = screen(pilot).table.current
        assert row is not None
        assert row.node.edit == ("grading", "cutoffs", "B")
        assert not desk(pilot).draft.is_changed  # type: ignore[union-attr]


async def test_tests_that_come_out_otherwise_are_shown_with_what_came_out(workspace: Workspace) -> None:
    async with policy(workspace) as pilot:
        await lowered(pilot)
        await pilot.press("t")
        await settle(pilot)
        assert isinstance(pilot.app.screen, PolicyPage)
        assert "44 of 47 tests passed" in text(pilot.app)
        assert "expected grade B, found A" in text(pilot.app)
        await pilot.press("escape")
        await settle(pilot)
        assert "Tests ✗ 3/47" in text(pilot.app)


async def test_a_draft_is_published_with_the_change_shown_before(workspace: Workspace) -> None:
    async with policy(workspace, size=(100, 30)) as pilot:
        await lowered(pilot)
        await pilot.press("p")
        await settle(pilot)
        assert isinstance(pilot.app.screen, FinishScreen)
        assert "cut-off › Tier A (A): 90 → 88" in text(pilot.app)
        await pilot.press("enter")
        await settle(pilot)
        assert "It is not said why it is changed." in text(pilot.app)
        await pilot.press(*"smaller", "enter")
        await settle(pilot)
        await until(pilot, "own.credit-tiers 2")
    found = Workspace.open(workspace.folder).shelf.find("own.credit-tiers@1")
    assert found.policy.published is not None
    assert found.policy.published.reason == "smaller"
    assert found.table["grading"]["cutoffs"]["A"] == 88


async def test_what_may_not_be_published_says_why_and_stays_a_draft(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = workspace.folder / "rung.toml"
    people = '\n[people.zhang]\nname = "张三"\nrole = "reviewer"\n'
    file.write_text(file.read_text(encoding="utf-8") + people, encoding="utf-8")
    monkeypatch.setattr("rung.workspace.human_input.account", lambda: "zhang")
    async with policy(Workspace.open(workspace.folder), size=(100, 30)) as pilot:
        await lowered(pilot)
        await pilot.press("p")
        await settle(pilot)
        await pilot.press(*"smaller", "enter")
        await settle(pilot)
        assert "张三 may not publish policies: that takes the role “owner”." in text(pilot.app)
        await pilot.press("escape")
        await settle(pilot)
        assert value(pilot, "grading", "cutoffs", "A") == 88
    assert not list((workspace.folder / "policies").glob("*.toml"))


async def test_a_draft_is_thrown_away_only_once_that_was_asked(workspace: Workspace) -> None:
    async with policy(workspace) as pilot:
        await lowered(pilot)
        await pilot.press("x", "enter")
        await settle(pilot)
        assert value(pilot, "grading", "cutoffs", "A") == 88
        await pilot.press("x", "down", "enter")
        await settle(pilot)
        assert value(pilot, "grading", "cutoffs", "A") == 90


async def test_the_other_language_writes_everything_anew(workspace: Workspace) -> None:
    async with policy(workspace, size=(140, 40)) as pilot:
        await pilot.press("L")
        await settle(pilot)
        shown = text(pilot.app)
        assert "评级方式" in shown
        assert "A类客户" in shown
        assert "How the grade is found" not in shown


async def test_while_a_value_is_typed_letters_are_letters(workspace: Workspace) -> None:
    async with policy(workspace) as pilot:
        await pilot.press("home", "down", "enter")
        await pilot.press("ctrl+u", "q", "P", "u")
        await settle(pilot)
        assert desk(pilot).typed == "qPu"
        assert "“qPu” is no number." in text(pilot.app)


async def until(pilot: Pilot[int], wanted: str) -> None:
    """Wait until a text stands on the screen."""
    for _round in range(200):
        if wanted in text(pilot.app):
            return
        await asyncio.sleep(0.03)
        await pilot.pause()
    raise AssertionError(text(pilot.app))
