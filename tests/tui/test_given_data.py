"""Judgements and corrections on the screens: the queue goes by them, and a customer's page has every one."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from screens import lines, text

from conftest import Opened, review_of, settle
from rung.ledger import Effective, InputKind, Supply
from rung.workspace import Workspace
from rung_tui.queue.screen import QueueScreen
from rung_tui.queue.wish import Sort, View, Wish

pytestmark = pytest.mark.asyncio

NOW = datetime(2026, 7, 10, 9, tzinfo=UTC)


def given(workspace: Workspace, customer: str, subject: str, value: str) -> str:
    """Correct a datum of a customer and return the correction's id; none of these lifts a grade."""
    run = next(each for each in workspace.store.ids() if each.endswith("bank.credit-tiers"))
    wanted = Supply(
        kind=InputKind.CORRECTION,
        subject=subject,
        value=value,
        reason="entered_wrong",
        evidence="[b]file 7[/b] =cmd()",
    )
    return workspace.human_input.supply(customer, wanted, NOW, run).id


def row(shown: str, customer: str) -> list[str]:
    return next(line for line in shown.splitlines() if customer in line).split()


async def test_the_queue_shows_the_score_and_reason_that_people_s_data_give(
    opened: Opened, workspace: Workspace
) -> None:
    given(workspace, "K0000005", "assets", "1")
    async with opened(size=(140, 40)) as pilot:
        assert row(text(pilot.app), "K0000005")[2:4] == ["C◇", "67.00◇"]
        assert "Assets are not large enough (small)" in " ".join(row(text(pilot.app), "K0000005"))
        assert row(text(pilot.app), "K0000004")[2:4] == ["B", "72.50"]


async def test_orders_and_filters_go_by_the_same_results(workspace: Workspace) -> None:
    given(workspace, "K0000005", "assets", "1")
    review = review_of(workspace)
    review.read_policy()
    small, by_score = Wish(text="reason:small"), Wish(sort=Sort("score", descending=True))

    def shown(wish: Wish) -> list[int]:
        return list(review.arranger.arrange(wish).order or ())

    def scores() -> list[int]:
        found = review.rows.rows(sorted(shown(by_score)))
        known = {row.number: row.score for row in found}
        return [score for number in shown(by_score) if (score := known[number]) is not None]

    before = shown(by_score).index(4)
    assert 4 not in shown(small)
    review.lay_over(review.read_ledger())
    assert shown(by_score).index(4) > before + 50
    assert scores() == sorted(scores(), reverse=True)
    assert 4 in shown(small)
    assert 4 in shown(Wish(text="grade:C"))
    review.close()


async def test_whom_people_s_data_or_an_override_gave_a_grade_is_no_more_among_the_not_graded(
    workspace: Workspace,
) -> None:
    review = review_of(workspace)
    wish = Wish(View.UNGRADED)
    assert 0 in (review.arranger.arrange(wish).order or ())
    review.arranger.lay_over({"K0000001": Effective(None, "B", "B")})
    assert 0 not in (review.arranger.arrange(wish).order or ())
    review.close()


async def test_a_page_has_every_input_on_record_the_closed_ones_too(
    opened: Opened, workspace: Workspace
) -> None:
    first = given(workspace, "K0000005", "assets", "2")
    second = given(workspace, "K0000005", "assets", "1")
    workspace.human_input.withdraw(second, NOW)
    async with opened(size=(140, 60)) as pilot:
        await pilot.press("down", "down", "down", "down", "enter")
        await pilot.pause(0.5)
        await settle(pilot)
        await pilot.press("enter", "end")
        await pilot.pause(0.2)
        shown = " ".join(text(pilot.app).split())
        assert "On record" in shown
        assert f"{first}  correction Assets" in text(pilot.app)
        assert "superseded" in shown
        assert "withdrawn" in shown
        assert "Entered wrongly" in shown
        assert "Evidence: [b]file 7[/b] =cmd()" in shown


async def test_one_s_own_correction_is_taken_back_from_the_screen(
    opened: Opened, workspace: Workspace
) -> None:
    made = given(workspace, "K0000005", "assets", "1")
    async with opened() as pilot:
        await pilot.press("down", "down", "down", "down", "u")
        await pilot.pause(0.3)
        assert f"Take back {made}, a correction: A → C" in text(pilot.app)
        await pilot.press("enter")
        for _round in range(100):
            await pilot.pause(0.05)
            if workspace.human_input.input(made).withdrawn_at:
                break
        await settle(pilot)
        assert row(text(pilot.app), "K0000005")[3:5] == ["A", "94.00"]


async def test_until_the_ledger_is_read_the_grades_are_called_the_models(
    opened: Opened, workspace: Workspace
) -> None:
    given(workspace, "K0000005", "assets", "1")
    async with opened() as pilot:
        assert "Grade" in lines(pilot.app)[2]
        assert "Reading the ledger" not in text(pilot.app)
        screen = pilot.app.screen
        assert isinstance(screen, QueueScreen)
        screen.review.columns.is_laid_over = False
        screen.table.relabel()
        screen.status.refresh()
        await pilot.pause()
        assert "Model" in lines(pilot.app)[2]
        assert "Reading the ledger…" in text(pilot.app)
