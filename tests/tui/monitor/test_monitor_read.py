"""What takes the monitor a while: overrides and how they fared, what was kept; work given up, a run gone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from screens import press, settle, text
from watched_runs import Held, calls_of, monitor, overrule

from conftest import review_of
from rung.errors import RungError
from rung.workspace import Workspace
from rung_tui.monitor.desk import MonitorDesk
from rung_tui.review import Review

pytestmark = pytest.mark.asyncio


async def test_overrides_are_told_and_laid_side_by_side(workspace: Workspace) -> None:
    overrule(workspace, 3)
    async with monitor(workspace, (140, 40)) as pilot:
        assert "effective" in text(pilot.app)
        await press(pilot, "4")
        told = text(pilot.app)
        assert "Overruled: 3 of 233 graded customers, 1.3%" in told
        assert "▲ 0 up, ▼ 3 down" in told
        await press(pilot, "g")
        assert "Side by side: by maker" in text(pilot.app)


async def test_outcomes_say_whether_people_were_right_and_a_bad_file_says_what_is_wrong(
    workspace: Workspace,
) -> None:
    overrule(workspace, 3)
    table = workspace.folder / "outcomes.csv"
    ids = review_of(workspace).run.results.page(["customer_id"], 0, 200)["customer_id"]
    rows = [f"{each},{number % 5 == 0:d},2027-06-30" for number, each in enumerate(ids)]
    table.write_text("customer_id,outcome,outcome_date\n" + "\n".join(rows) + "\n", encoding="utf-8")
    async with monitor(workspace, (140, 60)) as pilot:
        await press(pilot, "4", "o", *"nowhere.csv", "enter")
        assert "✗" in text(pilot.app)
        await press(pilot, "o", "home", "ctrl+k")
        pilot.app.screen.query_one("#asked").value = str(table)
        await press(pilot, "enter")
        told = text(pilot.app)
        assert "How it turned out: “outcome” in outcomes.csv" in told
        assert "feared" in told
        await press(pilot, "f")
        assert "hoped for" in text(pilot.app)


async def test_what_was_kept_and_what_is_to_come_are_told(tmp_path: Path) -> None:
    workspace = calls_of(tmp_path / "calls")
    async with monitor(workspace, (140, 40), review=Review(workspace, workspace.run())) as pilot:
        await press(pilot, "5")
        told = text(pilot.app)
        assert "What falls due, week by week" in told
        assert re.search(r"contact +.* 0%", told)
        await press(pilot, "p")
        assert "90 days back, 13 weeks ahead" in text(pilot.app)


async def test_work_nobody_waits_for_is_given_up(workspace: Workspace, held: Held) -> None:
    async with monitor(workspace) as pilot:
        held.hold()
        await pilot.press("2")
        await pilot.pause(0.1)
        assert "Counting…" in text(pilot.app)
        await pilot.press("escape")
        await pilot.pause(0.05)
        assert "Stopped. r reads it after all." in text(pilot.app)
        held.go()
        await settle(pilot)
        assert "Stopped. r reads it after all." in text(pilot.app)
        await press(pilot, "r")
        assert "Who holds Assets" in text(pilot.app)


async def test_of_two_views_wanted_at_once_the_last_is_shown(workspace: Workspace, held: Held) -> None:
    async with monitor(workspace) as pilot:
        held.hold()
        await pilot.press("2", "3")
        await pilot.pause(0.05)
        held.go()
        await settle(pilot)
        assert "Grade before (down) and now (across)" in text(pilot.app)


async def test_a_run_gone_in_the_middle_is_said_and_the_rest_goes_on(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with monitor(workspace) as pilot:

        def gone(*_given: object) -> None:
            raise RungError.of("The run is damaged.", "Grade the customers again.")

        with monkeypatch.context() as patch:
            patch.setattr(MonitorDesk, "_migration", gone)
            await press(pilot, "3")
            assert "✗ The run is damaged. Grade the customers again." in text(pilot.app)
        await press(pilot, "1")
        assert "Customers by grade" in text(pilot.app)
        await press(pilot, "3")
        assert "Grade before (down) and now (across)" in text(pilot.app)
