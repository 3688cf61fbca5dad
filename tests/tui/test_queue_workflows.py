"""Working in the queue: what a person presses, and what then stands on the screen."""

from __future__ import annotations

from typing import Any

import pytest
from screens import lines, text

from conftest import Opened, settle
from rung_tui.modes.mode import QUEUE
from rung_tui.queue.screen import QueueScreen

pytestmark = pytest.mark.asyncio


def queue(pilot: Any) -> QueueScreen:
    screen = pilot.app.screen
    assert isinstance(screen, QueueScreen)
    return screen


def ids(pilot: Any) -> list[str]:
    """Return the customers in sight, top to bottom."""
    return [word for line in lines(pilot.app) for word in line.split() if word.startswith("K00")]


async def test_the_queue_opens_on_the_run_with_its_counts(opened: Opened) -> None:
    async with opened() as pilot:
        shown = text(pilot.app)
        assert "Bank customer tiers 2026.1" in shown
        assert "1/240" in shown
        assert ids(pilot)[:2] == ["K0000001", "K0000002"]


async def test_reasons_are_in_words_once_the_policy_was_read(opened: Opened) -> None:
    async with opened(size=(140, 24)) as pilot:
        assert "Assets are not large enough (" in text(pilot.app)


async def test_arrows_pages_and_ends_move_the_cursor(opened: Opened) -> None:
    async with opened() as pilot:
        table = queue(pilot).table
        await pilot.press("down", "down", "up")
        assert table.cursor == 1
        await pilot.press("pagedown")
        assert table.cursor == 1 + table.size.height - 1
        await pilot.press("end")
        assert table.cursor == 239
        assert "240/240" in text(pilot.app)
        await pilot.press("home")
        assert table.cursor == 0


async def test_typing_a_filter_leaves_the_customers_it_fits(opened: Opened) -> None:
    async with opened() as pilot:
        await pilot.press("slash", *"k0000012")
        await settle(pilot)
        assert ids(pilot) == ["K0000012"]
        await pilot.press("escape")
        await settle(pilot)
        assert "240" in text(pilot.app)


async def test_a_chinese_name_and_a_grade_filter_together(opened: Opened) -> None:
    async with opened() as pilot:
        await pilot.press("slash")
        pilot.app.screen.query_one("#filter").value = "有限公司 grade:a"  # type: ignore[attr-defined]
        await settle(pilot)
        row = queue(pilot).table.current
        assert row is not None
        assert "有限公司" in row.name
        assert row.grade == "A"


async def test_a_filter_nobody_fits_says_so(opened: Opened) -> None:
    async with opened() as pilot:
        await pilot.press("slash", *"zzzz")
        await settle(pilot)
        assert "No customer is like that." in text(pilot.app)


@pytest.mark.parametrize("key", ["slash", "fullwidth_solidus", "f3", "ctrl+f"])
async def test_the_filter_opens_by_key_function_key_and_full_width_sign(opened: Opened, key: str) -> None:
    async with opened() as pilot:
        await pilot.press(key)
        assert pilot.app.focused is pilot.app.screen.query_one("#filter")


async def test_sorting_by_score_puts_the_best_first_and_the_ungraded_last(opened: Opened) -> None:
    async with opened() as pilot:
        await pilot.press("s", *"score", "down", "enter")
        await settle(pilot)
        table = queue(pilot).table
        assert "▼ Score" in text(pilot.app)
        assert table.current is not None
        assert table.current.grade == "A"
        await pilot.press("end")
        assert table.current is not None
        assert table.current.grade is None


async def test_a_click_on_a_header_sorts_and_a_second_turns_it_round(opened: Opened) -> None:
    async with opened() as pilot:
        column = lines(pilot.app)[2].index("Score")
        await pilot.click("QueueTable", offset=(column + 1, 0))
        await settle(pilot)
        assert "▼ Score" in text(pilot.app)
        column = lines(pilot.app)[2].index("Score")
        await pilot.click("QueueTable", offset=(column + 1, 0))
        await settle(pilot)
        assert "▲ Score" in text(pilot.app)


async def test_the_view_of_changes_shows_the_grade_before(opened: Opened) -> None:
    async with opened() as pilot:
        await pilot.press("2")
        await settle(pilot)
        shown = text(pilot.app)
        assert "[Changed]" in shown
        assert "Before" in shown
        assert "▼" in shown
        assert 0 < len(queue(pilot).table.source) < 40


async def test_the_first_run_by_a_policy_has_nothing_to_compare_with(opened: Opened) -> None:
    async with opened(newest=False) as pilot:
        await pilot.press("2")
        await settle(pilot)
        assert "There is no earlier run by this policy" in text(pilot.app)


async def test_borderline_customers_are_within_two_points_of_a_cut_off(opened: Opened) -> None:
    async with opened() as pilot:
        await pilot.press("3")
        await settle(pilot)
        source = queue(pilot).table.source
        scores = [row.score for row in source.page(0, len(source))]
        assert scores
        assert all(
            score is not None and min(abs(score - cut) for cut in (4500, 7000, 9000)) <= 200
            for score in scores
        )


async def test_a_policy_of_rules_has_no_borderline(opened: Opened) -> None:
    async with opened("tobacco.service-classes") as pilot:
        await pilot.press("3")
        await settle(pilot)
        assert "decides by rules" in text(pilot.app)


async def test_customers_not_graded_are_shown_with_the_cause(opened: Opened) -> None:
    async with opened() as pilot:
        await pilot.press("6")
        await settle(pilot)
        source = queue(pilot).table.source
        assert len(source) > 0
        assert all(row.grade is None and row.not_graded for row in source.page(0, len(source)))
        assert "Data missing" in text(pilot.app)


async def test_escape_goes_back_from_a_view_to_all_customers(opened: Opened) -> None:
    async with opened() as pilot:
        await pilot.press("6")
        await settle(pilot)
        await pilot.press("escape")
        await settle(pilot)
        assert len(queue(pilot).table.source) == 240


async def test_a_view_is_a_click_away(opened: Opened) -> None:
    async with opened() as pilot:
        await pilot.click("ViewBar", offset=(lines(pilot.app)[1].index("Not graded"), 0))
        await settle(pilot)
        assert "[Not graded]" in text(pilot.app)


async def test_another_run_is_chosen_from_the_list(opened: Opened) -> None:
    async with opened() as pilot:
        await pilot.press("h")
        assert "Runs, newest first" in text(pilot.app)
        await pilot.press(*"retailers", "enter")
        await settle(pilot)
        assert "Service classes of cigarette retailers" in lines(pilot.app)[0]
        assert "1/60" in text(pilot.app)


async def test_the_palette_finds_an_action_by_some_of_its_letters(opened: Opened) -> None:
    async with opened() as pilot:
        await pilot.press("ctrl+p", *"ungr", "enter")
        await settle(pilot)
        assert "[Not graded]" in text(pilot.app)


async def test_the_palette_offers_every_act_of_screen_and_program(opened: Opened) -> None:
    async with opened(size=(100, 80)) as pilot:
        await pilot.press("colon")
        shown = text(pilot.app)
        for act in (*QueueScreen.ACTS, *type(pilot.app).ACTS):  # type: ignore[attr-defined]
            if act.action not in ("app.palette", QUEUE.action, "to_list"):
                assert act.title() in shown
        assert "To the list" not in shown, "the keys are there already"


async def test_the_filter_alone_offers_to_go_to_the_list(opened: Opened) -> None:
    async with opened(size=(100, 80)) as pilot:
        await pilot.press("slash", "ctrl+p")
        assert "To the list" in text(pilot.app)


async def test_help_lists_every_key(opened: Opened) -> None:
    async with opened(size=(100, 60)) as pilot:
        await pilot.press("f1")
        shown = text(pilot.app)
        assert "Keys and signs" in shown
        assert "/ ／ ^F F3" in shown
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, QueueScreen)


async def test_plugins_are_shown_with_their_faults(opened: Opened) -> None:
    async with opened() as pilot:
        await pilot.press("X")
        await settle(pilot)
        shown = text(pilot.app)
        assert "bank" in shown
        assert "faults now: 0" in shown


async def test_q_ends_the_program(opened: Opened) -> None:
    async with opened() as pilot:
        await pilot.press("q")
        assert pilot.app.return_value == 0
