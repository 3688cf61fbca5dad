"""A grade whose id is a word goes by its title in the language of the screen; a letter stays a letter."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from screens import lines, settle, text

from conftest import graded, review_of, written
from rung.text import Text
from rung.workspace import Workspace
from rung_tui.app import ReviewApp
from rung_tui.customer.layout import grade_span
from rung_tui.language import speak
from rung_tui.scale import Scale, called

WEALTH = Scale.of(
    [
        ("diamond", Text("钻石客户", "Diamond")),
        ("gold", Text("黄金客户", "Gold")),
        ("A", Text("A类客户", "Tier A")),
        ("C1", Text("C1客户", "First of C")),
    ]
)


def test_words_are_called_by_title_and_letters_stay() -> None:
    assert [WEALTH.called(each) for each in WEALTH] == ["Diamond", "Gold", "A", "C1"]
    speak("zh")
    assert [WEALTH.called(each) for each in WEALTH] == ["钻石客户", "黄金客户", "A", "C1"]


def test_a_grade_of_another_time_keeps_its_id() -> None:
    assert WEALTH.called("platinum") == "platinum"
    assert called("diamond", ("diamond", "gold")) == "diamond"
    assert grade_span("gold", WEALTH).text == "Gold"


@pytest.mark.asyncio
async def test_list_customer_and_dialog_say_the_title(workspace: Workspace) -> None:
    tables = written(workspace, "wealth", 60, workspace.folder / "data" / "wealth")
    graded(workspace, "wealth", "wealth.value-tiers", tables, datetime(2026, 7, 4, 8, tzinfo=UTC))
    app = ReviewApp(review_of(workspace, "wealth.value-tiers"), "zh")
    async with app.run_test(size=(140, 40)) as pilot:
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        shown = text(app)
        for word in ("diamond", "gold", "silver", "ordinary"):
            assert word not in shown
        assert "普通客户" in shown
        assert "钻石客户" in lines(app)[-2]
        await pilot.press("o")
        await pilot.pause(0.5)
        assert "钻石客户" in text(app)
        assert "diamond" not in text(app)
        await pilot.press("escape", "f8")
        await settle(pilot)
        assert "Diamond" in lines(app)[-2]


@pytest.mark.asyncio
async def test_the_policy_and_the_palette_say_the_title_too(workspace: Workspace) -> None:
    tables = written(workspace, "wealth", 60, workspace.folder / "data" / "wealth")
    graded(workspace, "wealth", "wealth.value-tiers", tables, datetime(2026, 7, 4, 8, tzinfo=UTC))
    app = ReviewApp(review_of(workspace, "wealth.value-tiers"), "en")
    async with app.run_test(size=(140, 40)) as pilot:
        await settle(pilot)
        first = lines(app)[4].split()[1]
        await pilot.press("ctrl+p", *first)
        await pilot.pause(0.4)
        await settle(pilot)
        found = [each for each in lines(app) if "│" in each and first in each]
        assert any(title in each for each in found[1:] for title in ("Ordinary", "Silver", "Gold", "Diamond"))
        assert "ordinary" not in text(app)
        await pilot.press("escape", "P")
        await settle(pilot)
        assert "      Diamond " in text(app)
        assert "diamond" not in text(app)
