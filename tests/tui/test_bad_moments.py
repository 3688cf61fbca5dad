"""What goes wrong at a bad moment: nothing typed is lost, nothing hangs, one word says what happened."""

from __future__ import annotations

import shutil
import time
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from screens import lines, text

from conftest import Opened, graded, review_of, settle
from rung.ledger import Override
from rung.workspace import Workspace
from rung_tui.app import ReviewApp
from rung_tui.override.dialog import OverrideDialog
from rung_tui.override.form import Form
from rung_tui.queue.screen import QueueScreen
from rung_tui.review import Review
from rung_tui.too_small import TooSmall

pytestmark = pytest.mark.asyncio

DRAFT = ("bank.credit-tiers", "K0000003")


async def dialog(pilot: Any) -> OverrideDialog:
    """Open the dialog for K0000003, whose grade is B."""
    await pilot.press("down", "down", "o")
    return await shown(pilot, OverrideDialog)


async def shown(pilot: Any, kind: type[Any]) -> Any:
    for _round in range(100):
        await pilot.pause(0.05)
        if isinstance(pilot.app.screen, kind):
            break
    assert isinstance(pilot.app.screen, kind)
    await pilot.pause()
    return pilot.app.screen


def notices(pilot: Any) -> str:
    return "\n".join(note.message for note in pilot.app._notifications)


def recorded(workspace: Workspace) -> tuple[Override, ...]:
    return workspace.human_input.overrides()


async def test_an_override_recorded_while_the_terminal_is_too_small_closes_its_dialog(
    opened: Opened, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    propose = Review.propose

    def slowly(self: Review, *given: Any) -> Override:
        time.sleep(0.6)
        return propose(self, *given)

    monkeypatch.setattr(Review, "propose", slowly)
    async with opened() as pilot:
        await dialog(pilot)
        await pilot.press("right", "tab", "down", "ctrl+s")
        await pilot.resize_terminal(40, 10)
        await shown(pilot, TooSmall)
        await pilot.pause(1)
        assert len(recorded(workspace)) == 1
        await pilot.resize_terminal(80, 24)
        await shown(pilot, QueueScreen)
        await settle(pilot)
        assert "C▼" in text(pilot.app)


async def test_a_dialog_that_came_over_a_terminal_too_small_leaves_nothing_behind(opened: Opened) -> None:
    async with opened() as pilot:
        await pilot.press("down", "down", "o")
        pilot.app.push_screen(TooSmall((60, 16)))
        await shown(pilot, OverrideDialog)
        await pilot.press("escape")
        await shown(pilot, QueueScreen)
        assert len(pilot.app.screen_stack) == 1


async def test_a_mistake_of_ours_while_recording_keeps_what_was_typed(
    opened: Opened, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_given: Any) -> Override:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Review, "propose", fail)
    async with opened() as pilot:
        await dialog(pilot)
        await pilot.press("right", "tab", "down", "tab")
        pilot.app.focused.insert("已与客户面谈")  # type: ignore[union-attr]
        await pilot.press("ctrl+s")
        await pilot.pause(0.5)
        assert "Nothing was recorded" in text(pilot.app)
        assert "已与客户面谈" in text(pilot.app)
        await pilot.press("escape")
        await shown(pilot, QueueScreen)
    assert recorded(workspace) == ()


async def test_leaving_with_an_override_begun_asks_first(opened: Opened) -> None:
    async with opened() as pilot:
        await dialog(pilot)
        await pilot.press("right", "ctrl+q")
        await pilot.pause()
        assert "Overrides begun and not saved: 1" in text(pilot.app)
        await pilot.press("enter")
        await shown(pilot, OverrideDialog)
        await pilot.press("ctrl+q")
        await pilot.pause()
        await pilot.press("ctrl+q")
        await pilot.pause()
        assert pilot.app.return_code == 0
        assert not pilot.app.is_running


async def test_a_dialog_looked_at_and_left_empty_does_not_ask(opened: Opened) -> None:
    async with opened() as pilot:
        await dialog(pilot)
        await pilot.press("escape")
        await shown(pilot, QueueScreen)
        await pilot.press("q")
        await pilot.pause()
        assert not pilot.app.is_running


async def test_what_was_begun_is_still_there_in_another_run_by_the_policy(
    opened: Opened, workspace: Workspace
) -> None:
    older = [run_id for run_id in workspace.store.ids() if run_id.endswith("bank.credit-tiers")][-1]
    async with opened() as pilot:
        await dialog(pilot)
        await pilot.press("right", "escape")
        await shown(pilot, QueueScreen)
        await pilot.press("h", *older[:8], *older[9:15], "enter")
        await settle(pilot)
        queue = pilot.app.screen
        assert isinstance(queue, QueueScreen)
        assert DRAFT in queue.review.drafts


def policy_altered(run: Path) -> None:
    kept = run / "policy.json"
    kept.write_text(kept.read_text(encoding="utf-8").replace("5", "6", 1), encoding="utf-8")


def results_cut(run: Path) -> None:
    results = run / "results.arrow"
    results.write_bytes(results.read_bytes()[:-100])


@pytest.mark.parametrize(("damage", "said"), [(policy_altered, "was altered"), (results_cut, "is damaged")])
async def test_a_damaged_run_chosen_from_the_list_is_told_and_one_stays_where_one_is(
    opened: Opened, workspace: Workspace, damage: Any, said: str
) -> None:
    (tobacco,) = (run_id for run_id in workspace.store.ids() if "tobacco" in run_id)
    damage(workspace.folder / "runs" / tobacco)
    async with opened() as pilot:
        await pilot.press("h", *"retailers", "enter")
        await pilot.pause(1)
        await settle(pilot)
        assert said in notices(pilot)
        assert "Bank customer tiers" in lines(pilot.app)[0]
        assert pilot.app.is_running


async def test_a_list_of_runs_that_are_all_gone_says_so(opened: Opened, workspace: Workspace) -> None:
    async with opened() as pilot:
        shutil.rmtree(workspace.folder / "runs")
        await pilot.press("h")
        await pilot.pause()
        assert "There is nothing to choose from." in text(pilot.app)
        await pilot.press("enter", "escape")
        await shown(pilot, QueueScreen)
        assert "▸ K0000001" in text(pilot.app)


async def test_a_ledger_damaged_meanwhile_refuses_to_take_back_and_the_program_goes_on(
    opened: Opened, workspace: Workspace
) -> None:
    async with opened() as pilot:
        await dialog(pilot)
        await pilot.press("right", "tab", "down", "ctrl+s")
        await shown(pilot, QueueScreen)
        await settle(pilot)
        for name in ("ledger.db-wal", "ledger.db-shm"):
            (workspace.folder / name).unlink(missing_ok=True)
        (workspace.folder / "ledger.db").write_text("only text " * 500, encoding="utf-8")
        await pilot.press("u")
        await pilot.pause(0.5)
        await pilot.press("enter")
        await pilot.pause(1)
        assert "ledger" in notices(pilot)
        assert pilot.app.is_running


async def test_an_override_of_a_customer_that_is_gone_does_no_harm(
    opened: Opened, workspace: Workspace
) -> None:
    async with opened() as pilot:
        await dialog(pilot)
        await pilot.press("right", "tab", "down", "ctrl+s")
        await shown(pilot, QueueScreen)
        await settle(pilot)
    tables = workspace.folder / "data" / "fewer"
    shutil.copytree(workspace.folder / "data" / "later", tables)
    customers = pl.read_csv(tables / "customers.csv", infer_schema=False)
    customers.filter(pl.nth(0) != "K0000003").write_csv(tables / "customers.csv")
    graded(workspace, "bank", "bank.credit-tiers", tables, datetime(2026, 7, 4, 8, tzinfo=UTC))
    async with opened() as pilot:
        assert "1/239" in text(pilot.app)
        await pilot.press("7")
        await settle(pilot)
        assert "No customer is like that." in text(pilot.app)
    assert [each.customer_id for each in recorded(workspace)] == ["K0000003"]


async def test_a_reason_that_is_no_more_on_the_list_has_to_be_picked_anew(
    workspace: Workspace,
) -> None:
    review = review_of(workspace)
    review.drafts[DRAFT] = Form(grade="C", reason="struck_off", narrative="面谈")
    app = ReviewApp(review, "en")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await dialog(pilot)
        assert "(•)" not in text(app)
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert "No reason is picked." in text(app)
    assert recorded(workspace) == ()


@pytest.mark.parametrize(
    "typed", ["2026-12-31", "2026/12/31", "2026.12.31", "２０２６。１２。３１", "2026年12月31日", "20261231"]
)
async def test_a_day_is_read_as_people_write_it(typed: str) -> None:
    assert Form(expires=typed)._day() == (date(2026, 12, 31), [])


@pytest.mark.parametrize(
    "typed", ["99999999999-1-1", "0-1-1", "2026-02-30", "2026", "12-31", "明天", "2026-1-1-1", "-", "９" * 30]
)
async def test_what_is_no_day_is_said_to_be_none(typed: str) -> None:
    found, problems = Form(expires=typed)._day()
    assert found is None
    assert problems[0].message == f"“{typed}” is no day."
